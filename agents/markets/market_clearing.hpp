#pragma once

#include "agents/world/world.hpp"
#include "mpi/communicator.hpp"

namespace latecomer {

/// Markets share out this quarter's demand between pools and lead firms (eq. 15, 16).
///
/// Sets shares, sales, unit and price indices of every market, sales of every pool, and the parts
/// of flows that markets decide: final demand and tax on it, exports, imports and tariffs.  Empties
/// the clearing accounts of markets that clear.  Ranks share the work where there are many countries; all have
/// all results.  Collective.
void clear_markets(World& world, const mpi::Communicator& comm = {});

}  // namespace latecomer
