#pragma once

#include "agents/world/scenario.hpp"
#include "jobs/command_line/options.hpp"
#include "jobs/run/machine.hpp"
#include "mpi/communicator.hpp"

namespace latecomer::jobs {

/// Refuses a folder where the run cannot begin or, with --resume, go on; it may hold a run of which the
/// options do not say what to do with it.  Collective.
/// @throws InputError
void check_can_begin(const Scenario& scenario, const RunOptions& options,
                     const mpi::Communicator& comm);

/// Begins a valid scenario, or goes on with it, and runs it; of the options counts what does not
/// belong to the scenario: folder, --resume, --overwrite, progress, time.  Collective.
/// @return the exit status: 0 or stopped_with_work_left
int begin_run(const Scenario& scenario, const RunOptions& options, const Machine& machine,
              const mpi::Communicator& comm);

}  // namespace latecomer::jobs
