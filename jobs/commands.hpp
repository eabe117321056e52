#pragma once

#include "jobs/options.hpp"
#include "mpi/communicator.hpp"
#include "mpi/session.hpp"

/// What the program can do, a function a command.  All are collective.
namespace latecomer::jobs {

/// Runs a scenario to its end, or estimates what that would take.
void run(const RunOptions& options, const mpi::Session& session, const mpi::Communicator& comm);

/// Validates a scenario and prints it with all that it leaves open.
void check(const CheckOptions& options, const mpi::Communicator& comm);

/// Prints a part of the manual.
void describe(const DescribeOptions& options, const mpi::Communicator& comm);

/// Prints the outcomes of a finished run, or its chronicle.
void inspect(const InspectOptions& options, const mpi::Communicator& comm);

/// Prints what the program is and what it was built from.
void print_version(const mpi::Communicator& comm);

}  // namespace latecomer::jobs
