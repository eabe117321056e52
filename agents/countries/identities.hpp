#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// Measures how far the quarter just ended is from every identity of the accounts, A1 to A8 of
/// agents/MODEL.md, section 8, relative to the size of what is compared.
void check_identities(World& world);

}  // namespace latecomer
