#pragma once

#include "agents/world/world.hpp"
#include "mpi/communicator.hpp"

#include <cstddef>
#include <cstdint>

namespace latecomer {

/// What a firm takes on its way to another rank: its pool and its values.
inline constexpr std::size_t bytes_of_moved_firm = sizeof(std::uint64_t) + sizeof(FirmRecord);

/// What its rank holds meanwhile: that, and where it stands in lists.
inline constexpr std::size_t bytes_to_send_firm = bytes_of_moved_firm + 32;

/// Moves firms between ranks once entry, exit and upgrades have made loads so uneven that a share-out costs less than to
/// wait for the fullest rank (mpi/share_outs.hpp).  Called once a quarter.  Collective.
///
/// Firms that climb stay on their rank, so a quarter sends no firm anywhere; only a new partition
/// does.  No result notices.
void rebalance(World& world, const mpi::Communicator& comm);

/// Cuts pools anew into even runs and moves every firm to its owner.  Collective.
void redistribute(World& world, const mpi::Communicator& comm);

/// Moves every firm to its owner in a partition of the firms that there are.  Collective.
void redistribute(World& world, mpi::Partition partition, const mpi::Communicator& comm);

}  // namespace latecomer
