#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// An adaptive government looks at what its instruments brought since its last review, and moves
/// requests from the stage that did worst for its money to the one that did best
/// (agents/governments/README.md, "Adaptive governments").
void review_policy(World& world, CountryId c);

/// Forgets what was spent and remembers how things are: a new period to be reviewed begins.
void begin_review_period(World& world, CountryId c);

}  // namespace latecomer
