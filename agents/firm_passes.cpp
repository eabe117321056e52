#include "agents/firm_passes.hpp"

#include "agents/accounts.hpp"
#include "agents/competition.hpp"
#include "agents/learning.hpp"
#include "agents/settlement.hpp"
#include "agents/windows.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"

namespace latecomer {

std::vector<Block> blocks_of(const World& world)
{
    std::vector<Block> blocks;
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

/// One value per pool that has firms on this rank, made by `make(country, position)`.
template <class Make>
auto for_local_pools(const World& world, const Make& make)
{
    using Terms = decltype(make(CountryId{}, PositionId{}));
    Column<PoolId, Terms> terms(world.pools.size());
    for (const PoolId pool : world.pool_indices()) {
        if (world.firms.slots(pool).count > 0) {
            terms[pool] = make(world.country_of(pool), world.position_of(pool));
        }
    }
    return terms;
}

}  // namespace

void firms_learn_and_compete(World& world, const mpi::Communicator& comm)
{
    const auto learning = for_local_pools(
        world, [&](CountryId c, PositionId p) { return learning_terms(world, c, p); });
    const auto windows = for_local_pools(
        world, [&](CountryId c, PositionId p) { return window_terms(world, c, p); });
    const auto competition = for_local_pools(
        world, [&](CountryId c, PositionId p) { return competition_terms(world, c, p); });
    const std::vector<Block> blocks = blocks_of(world);
    const std::size_t sums = static_cast<std::size_t>(CompetitionSum::count);
    std::vector<SumTable> by_thread(static_cast<std::size_t>(thread_count()),
                                    SumTable(world.pools.size(), sums));
    world.stopwatch.enter(Phase::count);
    for_each_index(static_cast<long>(blocks.size()), [&](long index, int thread) {
        Laps laps{world.stopwatch, thread};
        const Block& block = blocks[static_cast<std::size_t>(index)];
        LearningScratch learning_scratch;
        CompetitionScratch competition_scratch;
        adopt_windows(world, block, windows[block.pool]);
        learn(world, block, learning[block.pool], learning_scratch);
        laps.lap(Phase::learn);
        compete(world, block, competition[block.pool], learning_scratch.log_size,
                competition_scratch, by_thread[static_cast<std::size_t>(thread)]);
        laps.lap(Phase::price);
    });
    world.stopwatch.enter(Phase::reduce);
    SumTable& total = by_thread.front();
    for (std::size_t thread = 1; thread < by_thread.size(); ++thread) {
        total.merge(by_thread[thread]);
    }
    comm.sum(total.words());
    expects_summable(world, total, "competition");
    world.stopwatch.enter(Phase::pools);
    update_pools(world, total);
}

Tally firms_settle_and_decide(World& world, std::vector<Departure>& departures,
                              const mpi::Communicator& comm)
{
    const auto settlement = for_local_pools(
        world, [&](CountryId c, PositionId p) { return settlement_terms(world, c, p); });
    const auto mobility = for_local_pools(
        world, [&](CountryId c, PositionId p) { return mobility_terms(world, c, p); });
    const std::vector<Block> blocks = blocks_of(world);
    const auto threads = static_cast<std::size_t>(thread_count());
    std::vector<Tally> tallies(threads, Tally(world));
    std::vector<std::vector<Departure>> departing(threads);
    world.stopwatch.enter(Phase::count);
    for_each_index(static_cast<long>(blocks.size()), [&](long index, int thread) {
        Laps laps{world.stopwatch, thread};
        const Block& block = blocks[static_cast<std::size_t>(index)];
        const auto mine = static_cast<std::size_t>(thread);
        settle(world, block, settlement[block.pool], tallies[mine]);
        laps.lap(Phase::accounts);
        decide_mobility(world, block, mobility[block.pool], tallies[mine], departing[mine]);
        laps.lap(Phase::mobility);
    });
    world.stopwatch.enter(Phase::reduce);
    Tally& total = tallies.front();
    for (std::size_t thread = 1; thread < threads; ++thread) {
        total.merge(tallies[thread]);
    }
    for (const auto& of_thread : departing) {
        departures.insert(departures.end(), of_thread.begin(), of_thread.end());
    }
    reduce(total, comm);
    expects_summable(world, total.sums, "settlement");
    world.stopwatch.enter(Phase::pools);
    take_results(world, total);
    return std::move(total);
}

}  // namespace latecomer
