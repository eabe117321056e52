#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// Takes up the parameters that the scenario switches to in the quarter now beginning.
///
/// Firms, markets and whatever else has come about stay as they are.
void switch_parameters(World& world);

/// Gives a world that has come far another scenario of the same economies: parameters as that has
/// them in the quarter that begins, plans of governments.  What exists stays.
void continue_with(World& world, const Scenario& scenario);

}  // namespace latecomer
