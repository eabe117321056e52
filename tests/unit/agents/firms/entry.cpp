#include "agents/firms/entry.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <array>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

namespace latecomer::entry_test {
namespace {

const CountryId home{0};
constexpr PositionId collection = Positions::collection;
const mpi::Communicator alone;

/// Two latecomer economies, the first of 100 firms, and a lead economy; nobody sold yet.
World quiet_world()
{
    World world = tests::make_world(tests::round_scenario(2, 1, 1, 100));
    for (const PoolId pool : world.pool_indices()) {
        world.results.pools[pool] = {};
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            world.firms.columns.domestic_share[i] *= world.pools[pool].domestic_scale;
        }
    }
    return world;
}

PoolId pool_of(const World& world)
{
    return world.pool(home, collection);
}

/// Takes all firms out of a pool, and the pool out of its markets.
void empty(World& world, PoolId pool)
{
    while (world.firms.slots(pool).count > 0) {
        std::size_t first = 0;
        world.firms.remove(pool, std::span{&first, 1});
    }
    world.statistics[pool] = {};
    const auto shares = world.markets.share(world.country_of(pool), world.position_of(pool));
    shares[world.country_of(pool).at()] = 0.0;
    shares[3] = 1.0;
}

/// Entry and hand-over of a quarter in which nobody leaves; `entrants` join the pool.
void enter(World& world, PoolId pool, std::int64_t entrants)
{
    for (const PoolId other : world.pool_indices()) {
        world.results.pools[other].staying_share = world.statistics[other].firms > 0 ? 1.0 : 0.0;
    }
    world.results.pools[pool].entrants = entrants;
    const EntrantTally tally = move_firms(world, {}, alone);
    hand_over(world, Tally(world), tally);
}

/// The shares of a pool's firms at home as the next quarter sees them; they add up to one.
double firms_together(const World& world, PoolId pool)
{
    double sum = 0.0;
    for (const FirmIndex i : world.firms.firms_of(pool)) {
        sum += world.firms.columns.domestic_share[i];
    }
    return sum * world.pools[pool].domestic_scale;
}

double market_together(const World& world, CountryId d)
{
    const auto shares = world.markets.share(d, collection);
    return std::accumulate(shares.begin(), shares.end(), 0.0);
}

FirmRecord newest(const World& world, PoolId pool)
{
    const PoolSlots& slots = world.firms.slots(pool);
    return record_of(world.firms.columns, FirmIndex{slots.begin + slots.count - 1});
}

TEST_CASE("on average as many firms enter as the rate of entry says")
{
    World world = tests::make_world(tests::round_scenario(1, 1, 1, 10000));
    const PoolId pool = pool_of(world);
    world.results.pools[pool] = {};
    std::int64_t entrants = 0;
    for (world.quarter = 0; world.quarter < 400; ++world.quarter) {
        draw_entrants(world);
        entrants += world.results.pools[pool].entrants;
    }
    CHECK(entrants == Approx(25200).margin(640));  // .021 x 10000 x .3; four standard deviations
}

TEST_CASE("more profit never means fewer entrants, and enough loss none")
{
    World world = quiet_world();
    PoolResults& results = world.results.pools[pool_of(world)];
    world.scenario.parameters.entry.rate = 0.5;
    world.scenario.parameters.entry.profit_response = 2.0;
    results.revenue = 1.0;
    std::int64_t before = 0;
    for (const double profit : {-0.4, -0.2, 0.0, 0.15, 0.5, 1.0}) {
        results.profit = profit;
        draw_entrants(world);
        CHECK(results.entrants >= before);
        before = results.entrants;
    }
    CHECK(before > 20);
    results.profit = -0.5;
    draw_entrants(world);
    CHECK(results.entrants == 0);
}

TEST_CASE("nobody enters in a lead economy")
{
    World world = quiet_world();
    world.scenario.parameters.entry.rate = 10.0;
    draw_entrants(world);
    for (const PositionId p : world.positions.indices()) {
        CHECK(world.results.pools[world.pool(CountryId{2}, p)].entrants == 0);
    }
    CHECK(world.results.pools[pool_of(world)].entrants > 100);
}

TEST_CASE("every entrant is made once, with an identity of its own")
{
    World world = quiet_world();
    world.quarter = 4;
    const PoolId pool = pool_of(world);
    const std::size_t before = world.firms.slots(pool).count;
    enter(world, pool, 50);
    CHECK(world.firms.slots(pool).count == before + 50);
    CHECK(world.statistics[pool].firms == static_cast<std::int64_t>(before) + 50);
    std::set<FirmId> ids;
    std::set<FirmId> born_now;
    for (const FirmIndex i : world.firms.firms_of(pool)) {
        const FirmId id = world.firms.columns.id[i];
        ids.insert(id);
        if (identity::birth(id) == 5) {
            born_now.insert(id);
        }
    }
    CHECK(ids.size() == before + 50);
    REQUIRE(born_now.size() == 50);
    CHECK(*born_now.begin() == identity::make(0, 0, 5, 0));
    CHECK(*born_now.rbegin() == identity::make(0, 0, 5, 49));
}

TEST_CASE("the best entrant is the best of a pool in which nobody stayed to be better")
{
    World world = quiet_world();
    const PoolId pool = pool_of(world);
    const std::size_t before = world.firms.slots(pool).count;
    enter(world, pool, 50);
    const std::size_t begin = world.firms.slots(pool).begin;
    double best = 0.0;
    for (std::size_t slot = begin + before; slot < begin + before + 50; ++slot) {
        best = std::max(best, world.firms.columns.capability[0][FirmIndex{slot}]);
    }
    CHECK(world.statistics[pool].best_capability == best);
}

TEST_CASE("an entrant imitates the mean firm, less so above its own stage")
{
    World world = quiet_world();
    world.scenario.parameters.entry.dispersion = 0.0;
    world.references.plain_mean[home].fill(0.5);
    world.countries.wage[home] = 2.0;
    tests::let_mean_revenue_be_the_wage(world);
    enter(world, world.pool(home, Positions::storage), 1);
    const FirmRecord firm = newest(world, world.pool(home, Positions::storage));
    CHECK(firm.capability[0] == Approx(0.435));
    CHECK(firm.capability[1] == Approx(0.435));
    CHECK(firm.capability[2] == Approx(0.348));
    CHECK(firm.capability[3] == Approx(0.348));
    CHECK(firm.cash == 0.25);
    CHECK(firm.mark_up == 0.3);
    CHECK(firm.data_stock == 0.0);
    CHECK(firm.export_share == 0.0);
}

TEST_CASE(
    "where no firm is to be imitated, skills say what part of the frontier an entrant starts from")
{
    World world = quiet_world();
    world.countries.skill[home] = {1.0, 0.5, 0.25, 0.8};
    world.scenario.parameters.entry.dispersion = 0.0;
    world.references.plain_mean[home].fill(0.0);
    enter(world, world.pool(home, PositionId{4}), 1);
    const FirmRecord firm = newest(world, world.pool(home, PositionId{4}));
    CHECK(firm.capability[0] == Approx(0.12));
    CHECK(firm.capability[1] == Approx(0.03));   // .06 of the frontier, times skill
    CHECK(firm.capability[2] == Approx(0.015));  // .06
    CHECK(firm.capability[3] == Approx(0.12));   // .15
}

TEST_CASE(
    "entrants are at the floor where what is public is more than what domestic firms can teach")
{
    World world = quiet_world();
    world.scenario.parameters.entry.rate = 10.0;
    world.references.frontier.fill(2.0);
    world.countries.skill[home].fill(0.5);
    const auto at_floor = [&](double mean) {
        world.references.plain_mean[home].fill(mean);
        draw_entrants(world);
        const PoolResults& results = world.results.pools[pool_of(world)];
        CHECK(results.entrants > 100);
        CHECK((results.entrants_at_floor == 0 || results.entrants_at_floor == results.entrants));
        return results.entrants_at_floor > 0;
    };
    CHECK(at_floor(0.0));
    CHECK(at_floor(0.137));  // .87 of it is less than .12 of 2 x .5
    CHECK_FALSE(at_floor(0.139));
    world.countries.skill[home][0] = 1.0;
    CHECK(at_floor(0.139));
    world.countries.skill[home] = {0.0, 1.0, 1.0, 1.0};  // at other stages
    CHECK_FALSE(at_floor(0.139));
}

TEST_CASE("entrants imitate firms as they are, not what is sold most")
{
    World world = quiet_world();
    world.scenario.parameters.entry.dispersion = 0.0;
    world.references.plain_mean[home].fill(0.5);
    world.references.mean[home].fill(0.9);
    enter(world, pool_of(world), 1);
    CHECK(newest(world, pool_of(world)).capability[0] == Approx(0.435));
}

TEST_CASE("no entrant is above 95 per cent of the frontier")
{
    World world = quiet_world();
    world.references.plain_mean[home].fill(5.0);
    enter(world, pool_of(world), 20);
    CHECK(newest(world, pool_of(world)).capability[0] == 0.95);
    CHECK(newest(world, pool_of(world)).capability[3] == Approx(0.76));
}

TEST_CASE("an entrant has forty quarters of mean output behind it")
{
    World world = quiet_world();
    PoolResults& here = world.results.pools[pool_of(world)];
    here.units = 60.0;
    here.sellers = 30;
    enter(world, pool_of(world), 1);
    CHECK(newest(world, pool_of(world)).experience == ByStage<double>{80.0, 80.0, 80.0, 80.0});

    // Where nobody sold, the mean of the world counts; where nobody did anywhere, one unit.
    const PoolId other = world.pool(CountryId{1}, collection);
    enter(world, other, 1);
    CHECK(newest(world, other).experience[0] == 80.0);
    enter(world, world.pool(home, Positions::analytics), 1);
    CHECK(newest(world, world.pool(home, Positions::analytics)).experience[0] == 40.0);
}

TEST_CASE("entrants take market share from all: pools and markets stay whole")
{
    World world = quiet_world();
    const PoolId pool = pool_of(world);
    enter(world, pool, 30);
    CHECK(firms_together(world, pool) == Approx(1.0));
    CHECK(market_together(world, home) == Approx(1.0));
    // About .16 of the mean share of .4/n each: .4 becomes (.4 + x)/(1 + x).
    CHECK(world.markets.share(home, collection)[0] > 0.41);
    CHECK(world.markets.share(home, collection)[0] < 0.50);
}

TEST_CASE("those who stay divide what those who left had")
{
    World world = quiet_world();
    const PoolId pool = pool_of(world);
    const FirmIndex i{world.firms.slots(pool).begin};
    const double left = world.firms.columns.domestic_share[i];
    const std::int64_t before = world.statistics[pool].firms;
    const Departures departures{{{pool, 0}}, {}};
    for (const PoolId other : world.pool_indices()) {
        world.results.pools[other].staying_share = world.statistics[other].firms > 0 ? 1.0 : 0.0;
    }
    world.results.pools[pool].staying_share = 1.0 - left;
    world.results.pools[pool].exits = 1;
    const EntrantTally tally = move_firms(world, std::span{&departures, 1}, alone);
    hand_over(world, Tally(world), tally);
    CHECK(world.statistics[pool].firms == before - 1);
    CHECK(firms_together(world, pool) == Approx(1.0));
    CHECK(world.markets.share(home, collection)[0] ==
          Approx(0.4 * (1.0 - left) / (0.4 * (1.0 - left) + 0.6)));
    CHECK(market_together(world, home) == Approx(1.0));
}

TEST_CASE("firms that enter an empty pool found it")
{
    World world = quiet_world();
    const PoolId pool = pool_of(world);
    empty(world, pool);
    CHECK(world.markets.share(home, collection)[0] == 0.0);
    enter(world, pool, 3);
    CHECK(world.statistics[pool].firms == 3);
    CHECK(world.firms.slots(pool).count == 3);
    CHECK(firms_together(world, pool) == Approx(1.0));
    CHECK(market_together(world, home) == Approx(1.0));
    // Three times .16 x .4/30 or so, by lognormal draws.
    CHECK(world.markets.share(home, collection)[0] > 0.0005);
    CHECK(world.markets.share(home, collection)[0] < 0.05);
}

TEST_CASE("a pool that everybody leaves has no share of its market")
{
    World world = quiet_world();
    const PoolId pool = pool_of(world);
    for (const PoolId other : world.pool_indices()) {
        world.results.pools[other].staying_share = world.statistics[other].firms > 0 ? 1.0 : 0.0;
    }
    world.results.pools[pool].staying_share = 0.0;
    hand_over(world, Tally(world), EntrantTally(world.pools.size()));
    CHECK(world.markets.share(home, collection)[0] == 0.0);
    CHECK(world.markets.share(home, collection)[3] == 1.0);
    CHECK(world.pools[pool].domestic_scale == 1.0);
}

TEST_CASE("a market that lost its only supplier has none")
{
    World world = tests::make_world(tests::round_scenario(1, 0, 0, 100));
    hand_over(world, Tally(world), EntrantTally(world.pools.size()));
    CHECK(world.markets.share(home, collection)[0] == 0.0);
    CHECK(world.markets.processing_share[home] == 0.0);
}

}  // namespace
}  // namespace latecomer::entry_test
