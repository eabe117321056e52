#pragma once

#include "agents/world/world.hpp"
#include "mpi/communicator.hpp"

namespace latecomer {

/// A number that stands for the whole state: every bit of every state column of every agent.
///
/// The sum over agents of mixed bits modulo 2^64: it has no order, so ranks, threads and slots do
/// not show.  Collective.
std::uint64_t state_hash(const World& world, const mpi::Communicator& comm);

}  // namespace latecomer
