#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// Sets what firms look up to during the next quarter, from pool statistics, results of the quarter
/// and lead firms: frontiers, domestic means and bests, mean revenue and units by position.
void update_references(World& world);

}  // namespace latecomer
