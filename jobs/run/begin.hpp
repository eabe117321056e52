#pragma once

#include "agents/world/scenario.hpp"
#include "jobs/command_line/options.hpp"
#include "jobs/run/machine.hpp"
#include "mpi/communicator.hpp"

namespace latecomer::jobs {

/// Begins a valid scenario, or goes on with it, and runs it; of the options counts what does not
/// belong to the scenario: folder, --resume, --overwrite, progress, time.  Collective.
/// @return the exit status: 0 or stopped_with_work_left
int begin_run(const Scenario& scenario, const RunOptions& options, const Machine& machine,
              const mpi::Communicator& comm);

}  // namespace latecomer::jobs
