#pragma once

#include "jobs/command_line/options.hpp"
#include "mpi/communicator.hpp"
#include "mpi/session.hpp"

/// What the program can do, a function a command.  All are collective.
namespace latecomer::jobs {

/// Runs a scenario to its end, or estimates what that would take.
/// @return the exit status
int run(const RunOptions& options, const mpi::Session& session, const mpi::Communicator& comm);

/// Runs another future of an existing run, from one of its quarters on.
/// @return the exit status
int branch(const BranchOptions& options, const mpi::Session& session,
           const mpi::Communicator& comm);

/// Validates a scenario and prints it with all that it leaves open.
void check(const CheckOptions& options, const mpi::Communicator& comm);

/// Prints a part of the manual.
void describe(const DescribeOptions& options, const mpi::Communicator& comm);

/// Prints words for completion by the shell, one a line.
void complete(const CompleteOptions& options, const mpi::Communicator& comm);

/// Writes a table of a result by the Python package beside the program.
/// @return the exit status, that of Python
int export_result(const ExportOptions& options, const mpi::Communicator& comm);

/// Tells what a run or one of its files holds and whether it is intact; or prints the chronicle.
/// @return the exit status: 0, or 2 if something is damaged
int inspect(const InspectOptions& options, const mpi::Communicator& comm);

/// Compares two runs, or two files of runs.
/// @return the exit status: 0 if they are equal, 1 if they differ
int compare(const CompareOptions& options, const mpi::Communicator& comm);

/// Plans, runs or merges a Monte Carlo study, or tells how far it has come.
/// @return the exit status
int run_study(const StudyOptions& options, const mpi::Session& session,
              const mpi::Communicator& comm);

/// Measures the program on this machine and prints a table, or JSON.
void bench_machine(const BenchOptions& options, const mpi::Session& session,
                   const mpi::Communicator& comm);

/// Prints what the program is and what it was built from.
void print_version(const mpi::Communicator& comm);

}  // namespace latecomer::jobs
