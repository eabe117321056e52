#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// Exchange rates, wages, final demand of the new quarter, and adoption for the next (eq. 1-3).
void update_macro(World& world);

/// Skills of the next quarter: they rise with training, erode, and drain to where capability is
/// higher (eq. 3b).  Firms learn with the skills of before.
void update_skills(World& world);

}  // namespace latecomer
