#pragma once

#include "jobs/terminal/progress_style.hpp"
#include "mpi/communicator.hpp"

#include <string_view>

/// What the program says: rank 0 speaks for all.
namespace latecomer::jobs {

/// Makes sure that what cannot be written is an error with words.  To be called before all else.
///
/// A standard stream that was closed is not given to the next file that somebody opens, and a limit of
/// file size (ulimit -f) makes writes fail instead of ending the program without a word.
void prepare_output();

/// Prints results on standard output.  Not collective.
/// @throws io::OutputError if they could not be written, a full disk for instance
void print(std::string_view words, const mpi::Communicator& comm);

/// Prints "latecomer: <words>" on standard error.  Not collective.
void note(std::string_view words, const mpi::Communicator& comm);

/// Prints a remark on a run on standard error: {"note": "<words>"} where progress is JSON, else
/// "latecomer: note: <words>".  Not collective.
void remark(std::string_view words, ProgressStyle style, const mpi::Communicator& comm);

}  // namespace latecomer::jobs
