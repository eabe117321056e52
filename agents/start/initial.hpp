#pragma once

#include "agents/world/world.hpp"
#include "mpi/communicator.hpp"

namespace latecomer {

/// The world before its first quarter, with this rank's part of the firms.  Collective.
///
/// Economies come from the scenario's country table or, in a synthetic world, from random draws
/// (agents/MODEL.md, section 5).  The number of ranks does not change one bit of it.
World make_world(const Scenario& scenario, const mpi::Communicator& comm);

/// The same without latecomer firms and without their sales: what a checkpoint is read into.
World make_empty_world(const Scenario& scenario);

/// The numbers of latecomer firms by position with which an economy of so many firms starts:
/// rounded so that they add up.
std::vector<std::int64_t> initial_firms_by_position(const Positions& positions, std::int64_t firms);

}  // namespace latecomer
