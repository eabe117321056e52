#include "agents/firms/entry.hpp"
#include "agents/firms/firm_draws.hpp"
#include "agents/firms/windows.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

#include <numeric>

/// What entrants are and what they add up to: part of agents/firms/entry.cpp.
namespace latecomer::tests::arrivals_test {
namespace {

constexpr CountryId home{0};
constexpr PositionId storage = Positions::storage;
constexpr PositionId processing = Positions::processing;
const mpi::Communicator alone;

/// Entrants at storage differ in size only.  The frontier is 2, the mean firm has .8, a wage is worth 2.
World arriving_world(const std::vector<TechnologyWindow>& windows = {})
{
    Scenario scenario = round_scenario(2, 1, 1, 100);
    scenario.parameters.entry.dispersion = 0.0;
    scenario.windows = windows;
    World world = make_world(scenario);
    std::ranges::fill(world.results.pools, PoolResults{});
    for (const PoolId pool : world.pool_indices()) {
        world.results.pools[pool].staying_share = world.statistics[pool].firms > 0 ? 1.0 : 0.0;
    }
    world.countries.wage[home] = 4.0;
    world.countries.exchange_rate[home] = 0.5;
    let_mean_revenue_be_the_wage(world);
    world.countries.initial_firms[home] = 100.0;
    world.references.plain_mean[home].fill(0.8);
    world.references.frontier.fill(2.0);
    world.countries.skill[home].fill(0.5);
    return world;
}

void enter(World& world, std::int64_t entrants, PositionId p = storage)
{
    pool_of(world, home, p).entrants = entrants;
    const EntrantTally tally = move_firms(world, {}, alone);
    hand_over(world, Tally(world), tally);
}

PoolStatistics& statistics(World& world)
{
    return world.statistics[world.pool(home, storage)];
}

FirmRecord newest(const World& world)
{
    const PoolSlots& slots = world.firms.slots(world.pool(home, storage));
    return record_of(world.firms.columns, FirmIndex{slots.begin + slots.count - 1});
}

TEST_CASE("an entrant has .87 of the mean firm, and .8 of that above its own stage")
{
    World world = arriving_world();
    enter(world, 1);
    const FirmRecord firm = newest(world);
    CHECK(firm.capability[0] == Approx(0.696));
    CHECK(firm.capability[1] == Approx(0.696));
    CHECK(firm.capability[2] == Approx(0.5568));
    CHECK(firm.capability[3] == Approx(0.5568));
    CHECK(firm.cash == 0.25);  // an eighth of 2
    CHECK(firm.mark_up == 0.3);
    CHECK(firm.price == 1.0);
    CHECK(firm.growth == 1.0);
    CHECK(firm.data_stock == 0.0);
    CHECK(firm.export_share == 0.0);
}

TEST_CASE("an entrant has at least a part of the frontier and at most .95 of it")
{
    World world = arriving_world();
    world.references.plain_mean[home] = {0.1, 0.1, 3.0, 0.1};
    enter(world, 1);
    CHECK(newest(world).capability[0] == Approx(0.12));        // .12 of 2 x .5
    CHECK(newest(world).capability[1] == Approx(0.087));       // .87 of .1: more than .06 of 2 x .5
    CHECK(newest(world).capability[2] == Approx(1.9 * 0.8));   // .95 of 2
    CHECK(newest(world).capability[3] == Approx(0.15 * 0.8));  // .15 of 2 x .5
}

TEST_CASE("entrants spread around what they imitate by the dispersion of entry")
{
    World world = arriving_world();
    world.scenario.parameters.entry.dispersion = 0.25;
    enter(world, 1);
    const FirmRecord firm = newest(world);
    const double n = capability_draw(world.random, Stream::entrant, firm.id, world.quarter, 1);
    CHECK(firm.capability[1] == Approx(0.696 * std::exp(0.25 * n)));
    CHECK(std::abs(n) > 0.0);
    CHECK(std::abs(n) <= 2.0);
}

TEST_CASE("entrants have the windows that are open and gain as far as others lack them")
{
    World world = arriving_world({{"", Stage::storage, 0, 0.4, 0.5, 0.5, 0.5}});
    world.technology.old_shares[home.at()] = 0.5;
    enter(world, 1);
    CHECK(newest(world).windows == 1);
    CHECK(newest(world).capability[1] == Approx(0.696 * std::exp(0.2)));
    CHECK(newest(world).capability[0] == Approx(0.696));
}

TEST_CASE("what 600 entrants bring is added up, block by block")
{
    World world = arriving_world();
    const std::int64_t before = statistics(world).firms;
    enter(world, 600);
    CHECK(statistics(world).best_capability == Approx(0.696));
    enter(world, 0);  // a second quarter adds nothing of the first
    CHECK(statistics(world).best_capability == 0.0);
    const PoolSlots& slots = world.firms.slots(world.pool(home, storage));
    CHECK(slots.count == static_cast<std::size_t>(before) + 600);
    CHECK(statistics(world).firms == before + 600);
    CHECK(pool_of(world, home, storage).cash == Approx(150.0));
    CHECK(statistics(world).mean_capability == 0.0);  // nobody was counted as staying
}

TEST_CASE("firms that climb arrive where they climb to, and firms that exit nowhere")
{
    World world = arriving_world();
    const PoolId from = world.pool(home, storage);
    const PoolId to = world.pool(home, Positions::analytics);
    const FirmIndex climber{world.firms.slots(from).begin};
    const FirmIndex failed{world.firms.slots(from).begin + 1};
    FirmRecord moved = record_of(world.firms.columns, climber);
    moved.cash = 123.0;
    const FirmId gone = world.firms.columns.id[failed];
    const std::size_t before = members(world).size();
    const Departures departures{{{from, 0}, {from, 1}}, {{to, moved}}};
    move_firms(world, std::span{&departures, 1}, alone);
    move_firms(world, {}, alone);  // in the next quarter nobody leaves again
    const auto firms = members(world);
    CHECK(firms.at(moved.id).pool == to);
    CHECK(firms.at(moved.id).record.cash == 123.0);
    CHECK(!firms.contains(gone));
    CHECK(firms.size() == before - 1);
}

TEST_CASE("the mean and the best of a pool count those who stay and those who enter")
{
    const auto after = [](double best_staying) {
        World world = arriving_world();
        statistics(world).firms = 400;
        Tally tally(world);
        const PoolId pool = world.pool(home, storage);
        tally.add(pool, PoolSum::capability, 91.2);  // over the frontier
        tally.best_capability[pool.at()] = best_staying;
        pool_of(world, home, storage).entrants = 600;
        const EntrantTally entrants = move_firms(world, {}, alone);
        hand_over(world, tally, entrants);
        return statistics(world);
    };
    CHECK(after(0.5).firms == 1000);
    CHECK(after(0.5).mean_capability == Approx(0.6));  // 182.4 and 600 x .696
    CHECK(after(0.5).best_capability == Approx(0.696));
    CHECK(after(0.9).best_capability == 0.9);
}

TEST_CASE("firms of a pool are those before and those who arrive less those who leave")
{
    World world = arriving_world();
    statistics(world).firms = 10;
    PoolResults& results = pool_of(world, home, storage);
    results.upgrades_in = 4;
    results.exits = 2;
    results.upgrades_out = 1;
    Tally tally(world);
    tally.add(world.pool(home, storage), PoolSum::capability, 2.75);  // over the frontier
    hand_over(world, tally, EntrantTally(world.pools.size()));
    CHECK(statistics(world).firms == 11);
    CHECK(statistics(world).mean_capability == 0.5);
    results.upgrades_in = 0;
    results.exits = 10;
    hand_over(world, tally, EntrantTally(world.pools.size()));
    CHECK(statistics(world).firms == 0);
    CHECK(statistics(world).mean_capability == 0.0);
}

TEST_CASE("seeds of a quarter are those of climbers and those of entrants")
{
    World world = arriving_world();
    pool_of(world, home, storage).seeds = 0.25;
    enter(world, 3);
    const double seeds = pool_of(world, home, storage).seeds;
    CHECK(seeds > 0.25);
    CHECK(seeds < 0.5);
}

TEST_CASE("the world market for processing stays whole when firms enter it")
{
    World world = arriving_world();
    enter(world, 20, processing);
    const auto& shares = world.markets.processing_share;
    CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(1.0));
}

TEST_CASE("the number of entrants follows profit and policy")
{
    const auto drawn = [](double entry, double profit) {
        World world = arriving_world();
        world.scenario.parameters.entry.rate = 100.0;  // 1000 where profit is as usual
        world.levers[home].entry[storage.at()] = entry;
        pool_of(world, home, storage).revenue = profit > 0.0 ? 4.0 : 0.0;
        pool_of(world, home, storage).profit = profit;
        draw_entrants(world);
        return static_cast<double>(pool_of(world, home, storage).entrants);
    };
    CHECK(drawn(1.0, 0.0) == Approx(1000).margin(127));  // four standard deviations
    CHECK(drawn(0.5, 0.0) == Approx(500).margin(90));
    CHECK(drawn(1.0, 2.0) == Approx(1350).margin(147));  // .5 less .15 more
}

TEST_CASE("an entrant has forty quarters of mean output behind it, however small")
{
    World world = arriving_world();
    pool_of(world, home, storage).units = 0.5;
    pool_of(world, home, storage).sellers = 4;
    pool_of(world, CountryId{1}, storage).units = 100.0;
    pool_of(world, CountryId{1}, storage).sellers = 1;
    enter(world, 1);
    CHECK(newest(world).experience[0] == Approx(5.0));
    pool_of(world, home, storage) = {};
    pool_of(world, CountryId{1}, storage).units = 0.5;  // elsewhere in the world
    pool_of(world, CountryId{1}, storage).sellers = 2;
    enter(world, 1);
    CHECK(newest(world).experience[1] == Approx(10.0));
}

}  // namespace
}  // namespace latecomer::tests::arrivals_test
