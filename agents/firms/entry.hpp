#pragma once

#include "agents/firms/mobility.hpp"
#include "mpi/communicator.hpp"

#include <span>
#include <vector>

namespace latecomer {

/// What joins pools at the end of a quarter besides upgraders: the sum over all ranks.
struct EntrantTally {
    explicit EntrantTally(std::size_t pools) : sums(pools, 3), best_capability(pools) {}
    void clear();

    enum Quantity : std::size_t { seeds, capability, cash };
    SumTable sums;
    std::vector<double> best_capability;
};

/// Draws the number of entrants of every pool (eq. 26); the same on every rank.
void draw_entrants(World& world);

/// Moves departing firms to their new pools and adds this rank's entrants (eq. 23-26).  `departures`: of any number
/// of threads.  The tally is valid until the next call for this world.  Collective.
const EntrantTally& move_firms(World& world, std::span<const Departures> departures,
                               const mpi::Communicator& comm);

/// Market shares, scales and statistics of pools after firms have come and gone (eq. 26).
void hand_over(World& world, const Tally& tally, const EntrantTally& entrants);

}  // namespace latecomer
