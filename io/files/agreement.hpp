#pragma once

#include "core/errors.hpp"
#include "io/files/file_error.hpp"
#include "mpi/communicator.hpp"

#include <string>
#include <utility>

namespace latecomer::io {

/// Does what only some ranks do; if a file or the user's input defeats one of them, every rank
/// throws an `Error` with the same words, or an OutputError if the machine failed one of them.  Collective;
/// `work` must not throw on one rank while others wait for it inside.
template <class Error = FileError, class Work>
void do_and_agree(const mpi::Communicator& comm, const Work& work)
{
    std::string failure;
    bool machine_failed = false;
    try {
        work();
    } catch (const OutputError& error) {
        failure = error.what();
        machine_failed = true;
    } catch (const FileError& error) {
        failure = error.what();
    } catch (const InputError& error) {
        failure = error.what();
    }
    failure = comm.first_error(std::move(failure));
    if (!failure.empty()) {
        if (comm.any(machine_failed)) {
            throw OutputError(failure);
        }
        throw Error(failure);
    }
}

}  // namespace latecomer::io
