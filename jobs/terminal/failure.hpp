#pragma once

#include "mpi/communicator.hpp"

#include <string>

/// How the program ends when something went wrong.
namespace latecomer::jobs {

/// Ends after an error that every rank meets alike: rank 0 says it, and all leave MPI together.
///
/// If some rank met it alone, the others will never come: then this rank says it and ends the
/// program after a while.
/// @return the status
int end_together(const std::string& message, int status, const mpi::Communicator& comm);

/// Ends every rank after an error that this rank may be alone with.
/// @return the status, in a program of one rank; else it does not return
int end_alone(const std::string& message, int status, const mpi::Communicator& comm);

}  // namespace latecomer::jobs
