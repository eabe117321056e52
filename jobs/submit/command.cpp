#include "jobs/submit/command.hpp"

#include "io/files/file_error.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace latecomer::jobs::submit {
namespace {

constexpr int no_such_program = 127;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

/// A file without a name, to be read when the other program has ended.
File make_scratch(const std::string& program)
{
    File file{std::tmpfile(), &std::fclose};
    if (!file) {
        io::throw_file_error("call", program, io::reason(errno));
    }
    return file;
}

std::string content_of(std::FILE* file)
{
    std::rewind(file);
    std::string content;
    std::array<char, 4096> piece{};
    for (std::size_t got = 1; got > 0;) {
        got = std::fread(piece.data(), 1, piece.size(), file);
        content.append(piece.data(), got);
    }
    return content;
}

/// Each "NAME=value" of the environment with which this process began.
std::vector<std::string> first_environment()
{
    std::ifstream file{"/proc/self/environ", std::ios::binary};
    std::vector<std::string> variables;
    for (std::string one; std::getline(file, one, '\0');) {
        variables.push_back(one);
    }
    return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& words)
{
    std::vector<char*> pointers;
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

CommandEnd call(std::span<const std::string> words)
{
    std::vector<std::string> arguments(words.begin(), words.end());
    std::vector<std::string> variables = first_environment();
    const File output = make_scratch(arguments.front());
    const File errors = make_scratch(arguments.front());

    posix_spawnattr_t attributes;
    sigset_t ours;  // what this program ignores, another need not
    sigemptyset(&ours);
    sigaddset(&ours, SIGXFSZ);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &ours);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ::fileno(output.get()), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ::fileno(errors.get()), STDERR_FILENO);
    pid_t process = 0;
    const int error = ::posix_spawnp(&process, arguments.front().c_str(), &actions, &attributes,
                                     pointers_to(arguments).data(),
                                     variables.empty() ? environ : pointers_to(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error == ENOENT || error == EACCES) {
        return {no_such_program, {}, io::reason(error)};
    }
    if (error != 0) {
        io::throw_file_error("call", arguments.front(), io::reason(error));
    }
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    CommandEnd end;
    end.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    end.output = content_of(output.get());
    end.errors = content_of(errors.get());
    return end;
}

}  // namespace latecomer::jobs::submit
