#pragma once

#include "agents/economy/economies.hpp"
#include "agents/world/world.hpp"

namespace latecomer {

/// Countries with their initial state; clearing accounts and shares are still empty.
Countries make_countries(const std::vector<Economy>& economies, const Parameters& parameters);

}  // namespace latecomer
