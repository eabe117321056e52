#pragma once

#include <exception>
#include <string>

namespace latecomer::mpi {

/// The time in which MPI may be used: begins it when constructed, ends it when destroyed.
///
/// One a process, in main(), before all communicators.  Needs no launcher: a program started by
/// hand is a world of one rank, for which MPI is not even begun.  Errors must not leave its
/// lifetime, because the other ranks would wait for ever: catch inside.  If one does leave, by
/// unwinding or by std::terminate, every rank of the program ends with status 1.
class Session {
public:
    /// Starts MPI if a launcher has started this process, with calls from the main thread only
    /// (MPI_THREAD_FUNNELED).  Collective.
    ///
    /// @throws InternalError if MPI has run before in this process or cannot give this level
    Session();

    /// Waits for all ranks, then ends MPI if it runs.  Collective.
    ~Session();

    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// The name of the computer, or part of one, that this rank runs on.
    std::string processor_name() const;

private:
    int exceptions_at_start_;
    std::terminate_handler terminate_before_ = nullptr;
};

/// Whether a Session is alive in this process.
bool is_live();

/// Ends every rank of the program at once; without a Session, this process.
[[noreturn]] void abort_all(int status);

/// The MPI library and the version of the standard that it follows, in one line; files name it as
/// part of their origin.  Needs no Session.
std::string library_version();

}  // namespace latecomer::mpi
