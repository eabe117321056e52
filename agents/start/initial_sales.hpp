#pragma once

#include "agents/world/world.hpp"
#include "mpi/communicator.hpp"

namespace latecomer {

/// What was sold, ordered and earned in the quarter before the first one, so that the first has a
/// past: market shares and tastes, then demand from applications upstream at those shares.
///
/// `weighted_capability`: mean capability of each pool, weighted by domestic shares.  Collective.
void share_out_initial_sales(World& world, const Column<PoolId, double>& weighted_capability,
                             const mpi::Communicator& comm);

}  // namespace latecomer
