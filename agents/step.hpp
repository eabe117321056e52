#pragma once

#include "agents/world/world.hpp"
#include "mpi/communicator.hpp"

namespace latecomer {

/// Advances the world by one quarter (agents/MODEL.md, section 3).  Collective.
void step(World& world, const mpi::Communicator& comm);

}  // namespace latecomer
