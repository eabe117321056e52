#pragma once

#include "mpi/communicator.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace latecomer::mpi {

/// What all lower ranks together have of each value; zeros on the first.  Same length on every rank.
/// Collective.
///
/// Memory and traffic of a rank grow with the values, not with the ranks.
std::vector<std::int64_t> sum_of_lower_ranks(std::span<const std::int64_t> mine,
                                             const Communicator& comm);

}  // namespace latecomer::mpi
