#include "jobs/terminal/failure.hpp"

#include "core/text.hpp"
#include "mpi/session.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace latecomer::jobs {
namespace {

using namespace std::chrono_literals;

/// How long a rank waits for the others before it ends the program.
constexpr auto patience = 10s;

/// How long other ranks leave the word to rank 0, which may meet the same error.
constexpr auto courtesy = 1s;

/// One write a line, so that ranks do not mix theirs.
void complain(const std::string& message)
{
    std::fputs(text("latecomer: ", message, '\n').c_str(), stderr);
    std::fflush(stderr);
}

}  // namespace

int end_together(const std::string& message, int status, const mpi::Communicator& comm)
{
    if (comm.is_root()) {
        complain(message);
    }
    if (comm.size() > 1) {
        // MPI cannot be asked to give up: a clock beside it ends the process, and its launcher
        // then the others.
        std::thread{[message, status, silent = comm.is_root()] {
            std::this_thread::sleep_for(patience);
            if (!silent) {
                complain(message);
            }
            std::_Exit(status);
        }}.detach();
    }
    return status;
}

int end_alone(const std::string& message, int status, const mpi::Communicator& comm)
{
    if (comm.size() == 1) {
        complain(message);
        return status;
    }
    if (!comm.is_root()) {
        std::this_thread::sleep_for(courtesy);
    }
    complain(comm.is_root() ? message : text(message, " (rank ", comm.rank(), ')'));
    mpi::abort_all(status);
}

}  // namespace latecomer::jobs
