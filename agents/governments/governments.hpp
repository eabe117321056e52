#pragma once

#include "agents/policy/instruments.hpp"
#include "agents/world/world.hpp"

namespace latecomer {

/// Gives every country its government, which has not asked for anything yet.
void make_governments(World& world);

/// Governments follow the plans of the world's scenario from now on.  Those whose phases are others
/// than in `before` begin the one that holds now, from what they request at present.
void take_up_plans(World& world, const Scenario& before);

/// Governments request instruments, adapt, and spend what they have: levers, reserved demand and
/// subsidised storage of the quarter (eq. 20-22).
///
/// Uses demand, revenue, orders, taxes and debt of the last quarter.
void set_policies(World& world);

/// What the cost of a country's instruments depends on (eq. 20).
CostBasis cost_basis(const World& world, CountryId c);

}  // namespace latecomer
