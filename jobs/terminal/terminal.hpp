#pragma once

#include "mpi/communicator.hpp"

#include <string_view>

/// What the program says: rank 0 speaks for all.
namespace latecomer::jobs {

/// Prints results on standard output.  Not collective.
/// @throws io::FileError if they could not be written, a full disk for instance
void print(std::string_view words, const mpi::Communicator& comm);

/// Prints "latecomer: <words>" on standard error.  Not collective.
void note(std::string_view words, const mpi::Communicator& comm);

}  // namespace latecomer::jobs
