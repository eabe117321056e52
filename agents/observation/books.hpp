#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// A relative residual above this breaks an identity of the accounts.
inline constexpr double largest_residual = 1e-9;

/// @throws InternalError that names the quarter and the identity if the books of the quarter just ended do not fit
/// together.  They must have been checked (Observation::identities).
void expects_identities(const World& world);

}  // namespace latecomer
