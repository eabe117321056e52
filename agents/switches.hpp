#pragma once

#include "agents/world.hpp"

namespace latecomer {

/// Takes up the parameters that the scenario switches to in the quarter now beginning.
///
/// Firms, markets and whatever else has come about stay as they are.
void switch_parameters(World& world);

}  // namespace latecomer
