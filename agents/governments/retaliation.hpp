#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// Home governments of lead firms answer losses abroad with tariffs, which end in time (eq. 31).
///
/// Clears the place of losses of the quarter now beginning.
void retaliate(World& world);

}  // namespace latecomer
