#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// Clears the one world market for low-value processing (eq. 15, 16): homes of lead firms buy, countries supply.
void clear_processing(World& world);

}  // namespace latecomer
