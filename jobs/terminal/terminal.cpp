#include "jobs/terminal/terminal.hpp"

#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "jobs/terminal/json.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace latecomer::jobs {

void prepare_output()
{
    std::signal(SIGXFSZ, SIG_IGN);
    // The lowest free number is taken.  What is written to standard output must fail.
    for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(number, F_GETFD) < 0) {
            (void)::open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

void print(std::string_view words, const mpi::Communicator& comm)
{
    if (!comm.is_root()) {
        return;
    }
    const std::size_t written = std::fwrite(words.data(), 1, words.size(), stdout);
    if (written != words.size() || std::fflush(stdout) != 0) {
        throw io::OutputError(text("cannot write to standard output (", io::reason(errno), ')'));
    }
}

void note(std::string_view words, const mpi::Communicator& comm)
{
    if (comm.is_root()) {
        std::fputs(text("latecomer: ", words, '\n').c_str(), stderr);
    }
}

void remark(std::string_view words, ProgressStyle style, const mpi::Communicator& comm)
{
    if (style != ProgressStyle::json) {
        note(text("note: ", words), comm);
    } else if (comm.is_root()) {
        std::fputs(text("{\"note\": ", json_text(words), "}\n").c_str(), stderr);
    }
}

}  // namespace latecomer::jobs
