#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// Measures how far the quarter just ended is from every identity of the accounts, A1 to A8 of
/// agents/MODEL.md, section 8, relative to the size of what is compared.
void check_identities(World& world);

/// A residual above this breaks an identity.
inline constexpr double largest_residual = 1e-9;

/// @throws InternalError that names the quarter and the identity if the books of the quarter just ended do not fit
/// together.  They must have been checked (Observation::identities).
void expects_identities(const World& world);

}  // namespace latecomer
