#pragma once

#include "agents/world/world.hpp"
#include "mpi/communicator.hpp"

namespace latecomer {

/// A number that stands for the whole state of the world: every bit of every state column of every
/// firm, and of every list that ranks share.
///
/// The sum over firms of mixed bits modulo 2^64 has no order, so ranks, threads and slots do not
/// show.  What outcomes remember is of the run, not of the world, and is no part of it.  Collective.
std::uint64_t state_hash(const World& world, const mpi::Communicator& comm);

/// The two things that it is made of: the firms of all ranks, and what ranks share.  Collective.
std::uint64_t firm_hash(const World& world, const mpi::Communicator& comm);
std::uint64_t state_hash(std::uint64_t firms, std::uint64_t shared);

}  // namespace latecomer
