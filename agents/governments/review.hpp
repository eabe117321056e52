#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// An adaptive government compares what became of its goals since the phase began with its peers, and moves requests to
/// the stage that lags most (agents/governments/README.md, "Adaptive governments").
void review_policy(World& world, CountryId c);

/// Remembers how things are in all economies: what is reviewed begins now.
void begin_review_period(World& world, CountryId c);

}  // namespace latecomer
