#pragma once

#include "agents/world/scenario.hpp"
#include "jobs/run/summary.hpp"
#include "mpi/communicator.hpp"

#include <string>

namespace latecomer::jobs {

/// Below this part of what plans ask for, a run warns: what it shows is then no longer the plan.
inline constexpr double least_granted = 0.9;

/// One line on the economies that are granted less of what their plans ask for, the least first; empty if
/// there is none.
std::string underfunded_line(const Summary& summary);

/// Runs a scenario with plans coarsely, with few firms in each economy, and tells what it ends with.
/// What plans are granted hardly depends on the number of firms.  Collective.
/// @return nothing but a summary without economies where no economy has a plan
Summary try_plans(Scenario scenario, const mpi::Communicator& comm);

}  // namespace latecomer::jobs
