#pragma once

#include "agents/firms/competition.hpp"
#include "agents/firms/entry.hpp"
#include "agents/firms/learning.hpp"
#include "agents/firms/mobility.hpp"
#include "agents/firms/settlement.hpp"
#include "agents/firms/windows.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace latecomer {

/// Memory that the passes over firms use again every quarter.  It is no part of the
/// state: a quarter reads only what it has written itself.
struct FirmScratch {
    std::vector<Block> blocks;  ///< this rank's firms, from the start of a quarter until they move

    // What firms of a pool have in common; only of pools with firms on this rank.
    Column<PoolId, LearningTerms> learning;
    Column<PoolId, std::vector<WindowTerms>> windows;
    Column<PoolId, CompetitionTerms> competition;
    Column<PoolId, SettlementTerms> settlement;
    Column<PoolId, MobilityTerms> mobility;

    Column<PoolId, double> share_abroad;      ///< mean of its exporters together
    Column<PoolId, double> staying_abroad;    ///< part of it that stays, where it is at home ...
    Column<PoolId, double> newcomers_abroad;  ///< ... and what new exporters add

    // By thread; the first of each has the sum over ranks in the end.
    std::vector<SumTable> competition_sums;
    std::vector<Tally> tallies;
    std::vector<Departures> departures;

    TallyMessage message;
    // This rank's, of all threads.
    Grouped<PoolId, std::size_t> leavers;         ///< places in the pool
    Grouped<PoolId, const FirmRecord*> climbers;  ///< where they arrive
    Column<PoolId, mpi::Range> newcomers;
    std::vector<std::size_t> arrivals;  ///< by pool: for how many it needs room
    std::optional<EntrantTally> entrants;
};

/// Makes room for as many leavers as a quarter has, and more; it grows with the slots for firms only.
void expect_departures(World& world);

/// Lets all sums over a world's firms be plain ones, or exact again: for benchmarks, see
/// SumTable::be_plain.  One rank; not before the first quarter.
void use_plain_sums(World& world, bool plain);

/// The scratch memory of a world, made when it is first asked for.
FirmScratch& scratch_of(World& world);

}  // namespace latecomer
