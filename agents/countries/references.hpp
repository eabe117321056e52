#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// Sets what firms look up to during the next quarter, from pool statistics, results of the quarter
/// and lead firms: frontiers, means, bests and capability_index, mean revenue and wage by position.
void update_references(World& world);

/// Mean revenue of a firm at a position, at the wages of a country (numeraire a quarter): what fixed costs are
/// relative to (eq. 17).  Where a firm stands for a part of one, that part.  Of the last quarter.
double overhead(const World& world, CountryId c, PositionId p);

/// What all firms of a pool that sold paid for being there and for exporting (eq. 17; numeraire a quarter).
double fixed_cost(const World& world, CountryId c, PositionId p);

}  // namespace latecomer
