#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// The use of applications generates data: what sellers keep, take abroad or leave in the country,
/// and what reaches the commons (eq. 18).
///
/// Sets what each pool brings home from abroad; firms of the pool share it by export share.
void distribute_data(World& world);

}  // namespace latecomer
