#pragma once

#include "agents/firms/mobility.hpp"
#include "agents/world/tally.hpp"

#include <span>

/// The two visits to all firms in a quarter.  Each visit does everything it can while a
/// block of firms is in cache; what pools and countries need is summed on the way.
namespace latecomer {

/// Firms learn, set prices and compete; pools know their appeal on every market.  Collective.
void firms_learn_and_compete(World& world, const mpi::Communicator& comm);

/// What the second visit found, valid until the next one to the same world.
struct Settled {
    const Tally& tally;                      ///< of all ranks
    std::span<const Departures> departures;  ///< from this rank's pools, by thread
};

/// Firms sell, pay, gather data, and decide to exit, upgrade or export.  Results of all pools are
/// known afterwards.  Collective.
Settled firms_settle_and_decide(World& world, const mpi::Communicator& comm);

}  // namespace latecomer
