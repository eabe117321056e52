#include "agents/firms/firm_passes.hpp"

#include "agents/countries/accounts.hpp"
#include "agents/firms/firm_scratch.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"

#include <utility>

namespace latecomer {

std::vector<Block> blocks_of(const World& world, std::vector<Block> reused)
{
    std::vector<Block> blocks = std::move(reused);
    blocks.clear();
    const std::size_t most = world.firms.room() / block_size + world.pools.size();
    if (blocks.capacity() < most) {
        blocks.reserve(2 * most);
    }
    for (const PoolId pool : world.pool_indices()) {
        const PoolSlots& slots = world.firms.slots(pool);
        for (std::size_t done = 0; done < slots.count; done += block_size) {
            blocks.push_back({pool, world.country_of(pool), world.position_of(pool),
                              slots.begin + done, std::min(block_size, slots.count - done)});
        }
    }
    return blocks;
}

namespace {

/// Sets the terms of each pool that has firms on this rank to `make(country, position, before)`,
/// where `before` are those of the last quarter, for their memory.
template <class Terms, class Make>
void set_terms(const World& world, Column<PoolId, Terms>& terms, const Make& make)
{
    terms.resize(world.pools.size());
    for (const PoolId pool : world.pool_indices()) {
        if (world.firms.slots(pool).count > 0) {
            terms[pool] =
                make(world.country_of(pool), world.position_of(pool), std::move(terms[pool]));
        }
    }
}

/// One cleared value for each thread.
template <class T, class... Arguments>
void clear_for_threads(std::vector<T>& by_thread, const Arguments&... arguments)
{
    const auto threads = static_cast<std::size_t>(thread_count());
    if (by_thread.size() != threads) {
        by_thread.assign(threads, T(arguments...));
    }
    for (T& of_thread : by_thread) {
        of_thread.clear();
    }
}

/// Calls `visit(block, thread, laps)` for all blocks of the scratch memory, on all threads.
template <class Visit>
void for_each_block(World& world, const std::vector<Block>& blocks, const Visit& visit)
{
    for_each_index(static_cast<long>(blocks.size()), [&](long index, int thread) {
        Laps laps{world.stopwatch, thread};
        visit(blocks[static_cast<std::size_t>(index)], static_cast<std::size_t>(thread), laps);
    });
}

}  // namespace

void firms_learn_and_compete(World& world, const mpi::Communicator& comm)
{
    FirmScratch& scratch = scratch_of(world);
    set_terms(world, scratch.learning, [&](CountryId c, PositionId p, const LearningTerms&) {
        return learning_terms(world, c, p);
    });
    set_terms(world, scratch.windows,
              [&](CountryId c, PositionId p, std::vector<WindowTerms>&& before) {
                  return window_terms(world, c, p, std::move(before));
              });
    set_terms(world, scratch.competition, [&](CountryId c, PositionId p, const CompetitionTerms&) {
        return competition_terms(world, c, p);
    });
    scratch.blocks = blocks_of(world, std::move(scratch.blocks));
    clear_for_threads(scratch.competition_sums, world.pools.size(),
                      static_cast<std::size_t>(CompetitionSum::count));
    world.stopwatch.enter(Phase::count);
    clear_for_threads(scratch.tallies, world);
    for_each_block(world, scratch.blocks, [&](const Block& block, std::size_t thread, Laps& laps) {
        SizeEffects size;
        CompetitionValues values;
        adopt_windows(world, block, scratch.windows[block.pool]);
        learn(world, block, scratch.learning[block.pool], size);
        laps.lap(Phase::learn);
        compete(world, block, scratch.competition[block.pool], size, values,
                scratch.competition_sums[thread]);
        if (world.observation.distributions) {
            count_capability(block, values.log_capability, scratch.tallies[thread]);
        }
        laps.lap(Phase::price);
    });
    world.stopwatch.enter(Phase::reduce);
    SumTable& total = scratch.competition_sums.front();
    for (std::size_t thread = 1; thread < scratch.competition_sums.size(); ++thread) {
        total.merge(scratch.competition_sums[thread]);
    }
    comm.sum(total.words());
    expects_summable(world, total, "competition");
    world.stopwatch.enter(Phase::pools);
    update_pools(world, total);
}

Settled firms_settle_and_decide(World& world, const mpi::Communicator& comm)
{
    FirmScratch& scratch = scratch_of(world);
    set_terms(world, scratch.settlement, [&](CountryId c, PositionId p, const SettlementTerms&) {
        return settlement_terms(world, c, p);
    });
    mean_shares_abroad(world, scratch.share_abroad);
    sum_world_demand(world);
    set_terms(world, scratch.mobility, [&](CountryId c, PositionId p, MobilityTerms&& before) {
        return mobility_terms(world, c, p, scratch.share_abroad[world.pool(c, p)],
                              std::move(before));
    });
    clear_for_threads(scratch.departures);
    expect_departures(world);
    world.stopwatch.enter(Phase::count);
    for_each_block(world, scratch.blocks, [&](const Block& block, std::size_t thread, Laps& laps) {
        Tally& tally = scratch.tallies[thread];
        settle(world, block, scratch.settlement[block.pool], tally);
        laps.lap(Phase::accounts);
        decide_mobility(world, block, scratch.mobility[block.pool], tally,
                        scratch.departures[thread]);
        laps.lap(Phase::mobility);
    });
    world.stopwatch.enter(Phase::reduce);
    Tally& total = scratch.tallies.front();
    for (std::size_t thread = 1; thread < scratch.tallies.size(); ++thread) {
        total.merge(scratch.tallies[thread]);
    }
    reduce(total, world.observation.distributions, scratch.message, comm);
    expects_summable(world, total.sums, "settlement");
    world.stopwatch.enter(Phase::pools);
    take_results(world, total);
    return {total, scratch.departures};
}

}  // namespace latecomer
