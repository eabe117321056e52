#include "io/files/run_lock.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"

#include <array>
#include <cerrno>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

namespace latecomer::io {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& lock, const LockHolder& holder)
{
    const std::string folder = lock.parent_path().string();
    if (holder.host.empty()) {
        throw InputError(text("run folder '", folder,
                              "' is locked (run.lock names no process): if "
                              "no run is at work there, remove '",
                              lock.string(), '\''));
    }
    throw InputError(text("run folder '", folder, "' is in use (by process ", holder.process,
                          " on ", holder.host,
                          "): wait for it, or choose another --out; if that "
                          "run has died, remove '",
                          lock.string(), '\''));
}

/// Creates the lock, unless one exists: the operating system lets only one process succeed.  A lock
/// that exists has its content.
bool create_lock(const std::filesystem::path& lock)
{
    const LockHolder holder = this_process();
    const std::string content = text(holder.host, ' ', holder.process, ' ', holder.started, '\n');
    const std::string draft = text(lock.string(), '.', holder.process);
    const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    const ssize_t taken = file >= 0 ? ::write(file, content.data(), content.size()) : -1;
    int error = taken < 0 ? errno : ENOSPC;  // a disk that is nearly full takes a part
    bool written = taken == static_cast<ssize_t>(content.size());
    if (file >= 0) {
        ::close(file);
    }
    bool exists = false;
    if (written && ::link(draft.c_str(), lock.c_str()) != 0) {
        error = errno;
        exists = error == EEXIST;
        written = false;
    }
    ::unlink(draft.c_str());
    if (!written && !exists && is_no_room(error)) {
        throw_file_error("write", lock, reason(error));
    }
    if (!written && !exists) {
        throw InputError(text("cannot write into run folder '", lock.parent_path().string(), "' (",
                              reason(error), "): choose another --out or make room there"));
    }
    return written;
}

/// What the system tells of a process: its state and when it began; nothing where it cannot.
struct ProcessState {
    char state = '?';
    std::string started;
};

ProcessState state_of(long process)
{
    // "number (name) state parent ...": the name may hold anything, so count from its last bracket.
    std::ifstream file{text("/proc/", process, "/stat")};
    std::string line;
    std::getline(file, line);
    const std::size_t end = line.rfind(')');
    if (end == std::string::npos) {
        return {};
    }
    std::istringstream fields{line.substr(end + 1)};
    ProcessState state;
    fields >> state.state;
    constexpr int between = 18;  // fields 4 to 21
    for (int i = 0; i <= between; ++i) {
        fields >> state.started;
    }
    return fields ? state : ProcessState{};
}

}  // namespace

bool LockHolder::is_gone() const
{
    if (host.empty() || process <= 0 || host != this_process().host) {
        return false;
    }
    if (::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH) {
        return true;
    }
    const ProcessState now = state_of(process);
    const bool is_another = !started.empty() && !now.started.empty() && started != now.started;
    return now.state == 'Z' || now.state == 'X' || is_another;
}

LockHolder this_process()
{
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) {
        name = {"unknown"};
    }
    return {name.data(), ::getpid(), state_of(::getpid()).started};
}

std::optional<LockHolder> read_lock(const std::filesystem::path& lock)
{
    std::error_code error;
    if (!std::filesystem::exists(lock, error)) {
        return std::nullopt;
    }
    LockHolder holder;
    std::ifstream file{lock};
    if (!(file >> holder.host >> holder.process)) {
        return LockHolder{};
    }
    file >> holder.started;
    return holder;
}

void check_lock(const std::filesystem::path& lock)
{
    const auto holder = read_lock(lock);
    if (holder && !holder->is_gone()) {
        refuse(lock, *holder);
    }
}

void take_lock(const std::filesystem::path& lock)
{
    check_lock(lock);
    if (create_lock(lock)) {
        return;
    }
    ::unlink(lock.c_str());  // of a process that is gone
    if (!create_lock(lock)) {
        refuse(lock, read_lock(lock).value_or(LockHolder{}));  // another run was faster
    }
}

}  // namespace latecomer::io
