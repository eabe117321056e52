#include "jobs/terminal/terminal.hpp"

#include "core/text.hpp"
#include "io/files/file_error.hpp"

#include <cerrno>
#include <cstdio>

namespace latecomer::jobs {

void print(std::string_view words, const mpi::Communicator& comm)
{
    if (!comm.is_root()) {
        return;
    }
    const std::size_t written = std::fwrite(words.data(), 1, words.size(), stdout);
    if (written != words.size() || std::fflush(stdout) != 0) {
        throw io::FileError(text("cannot write to standard output (", io::reason(errno), ')'));
    }
}

void note(std::string_view words, const mpi::Communicator& comm)
{
    if (comm.is_root()) {
        std::fputs(text("latecomer: ", words, '\n').c_str(), stderr);
    }
}

}  // namespace latecomer::jobs
