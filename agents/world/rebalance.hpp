#pragma once

#include "agents/world/world.hpp"
#include "mpi/communicator.hpp"

namespace latecomer {

/// Ranks share firms anew once the fullest has this much more than the mean.
inline constexpr double tolerated_imbalance = 0.1;

/// Moves firms between ranks if entry, exit and upgrades have made loads uneven.  Collective.
///
/// Firms that climb stay on their rank, so a quarter sends no firm anywhere; only a new partition
/// does.  No result notices.
void rebalance(World& world, const mpi::Communicator& comm);

/// Cuts pools anew into even runs and moves every firm to its owner.  Collective.
void redistribute(World& world, const mpi::Communicator& comm);

}  // namespace latecomer
