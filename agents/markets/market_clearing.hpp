#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// Markets share out this quarter's demand between pools and lead firms (eq. 15, 16).
///
/// Sets shares, sales, unit and price indices of every market, sales of every pool, and the parts
/// of flows that markets decide: final demand and tax on it, exports, imports and tariffs.  Empties
/// the clearing accounts of markets that clear.
void clear_markets(World& world);

}  // namespace latecomer
