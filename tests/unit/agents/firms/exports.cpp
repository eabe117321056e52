#include "agents/firms/entry.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <numeric>

/// Hand-over between exporters: part of agents/firms/entry.cpp.
namespace latecomer::exports_test {
namespace {

const CountryId home{0};
const CountryId neighbour{1};
const CountryId lead_home{2};
constexpr PositionId collection = Positions::collection;

/// A pool of home with so many new exporters; its exporters that stay have `staying` of its exports
/// together, which are `abroad` of each foreign market.
World handed_over(double abroad, double staying, std::int64_t newcomers)
{
    World world = tests::make_world(tests::round_scenario(2, 1, 1, 100));
    for (const PoolId pool : world.pool_indices()) {
        world.results.pools[pool].staying_share = world.statistics[pool].firms > 0 ? 1.0 : 0.0;
    }
    for (const CountryId d : {neighbour, lead_home}) {
        world.markets.share(d, collection)[0] = abroad;
        world.markets.share(d, collection)[3] -= abroad;
    }
    const PoolId pool = world.pool(home, collection);
    world.results.pools[pool].staying_export_share = staying;
    world.results.pools[pool].new_exporters = newcomers;
    world.results.pools[pool].new_export_powers = static_cast<double>(newcomers);  // of mean size
    sum_world_demand(world);
    const double of_newcomer =
        mobility_terms(world, home, collection, mean_share_abroad(world, home, collection))
            .first_share;
    Firms& firms = world.firms.columns;
    std::size_t slot = world.firms.slots(pool).begin;
    if (staying > 0.0) {
        firms.export_share[FirmIndex{slot++}] = 0.25 * staying;
        firms.export_share[FirmIndex{slot++}] = 0.75 * staying;
    }
    for (std::int64_t n = 0; n < newcomers; ++n) {
        firms.export_share[FirmIndex{slot++}] = of_newcomer;
    }
    hand_over(world, Tally(world), EntrantTally(world.pools.size()));
    return world;
}

double exporter_share(const World& world, std::size_t number)
{
    const PoolId pool = world.pool(home, collection);
    return world.pools[pool].export_scale *
           world.firms.columns.export_share[FirmIndex{world.firms.slots(pool).begin + number}];
}

double exporters_together(const World& world)
{
    double sum = 0.0;
    for (std::size_t n = 0; n < 20; ++n) {
        sum += exporter_share(world, n);
    }
    return sum;
}

void check_markets(const World& world)
{
    for (const CountryId d : {home, neighbour, lead_home}) {
        const auto shares = world.markets.share(d, collection);
        CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(1.0));
    }
}

TEST_CASE("the first exporters of a pool divide its exports evenly")
{
    const World world = handed_over(0.0, 0.0, 4);
    CHECK(exporters_together(world) == Approx(1.0));
    CHECK(exporter_share(world, 0) == Approx(0.25));
    CHECK(world.markets.share(neighbour, collection)[0] > 0.0);
    check_markets(world);
}

TEST_CASE("first exporters bring a tenth of the mean share at home to every market abroad")
{
    World world = tests::make_world(tests::round_scenario(2, 1, 1, 100));
    world.statistics[world.pool(home, collection)].firms = 40;
    CHECK(export_seed(world, home, collection) == Approx(0.001));  // .1 x .4/40
}

TEST_CASE("when all exporters leave, the pool has nothing abroad")
{
    const World world = handed_over(0.2, 0.0, 0);
    CHECK(world.markets.share(neighbour, collection)[0] == 0.0);
    CHECK(world.markets.share(lead_home, collection)[0] == 0.0);
    CHECK(world.pools[world.pool(home, collection)].export_scale == 1.0);
    check_markets(world);
}

TEST_CASE("newcomers divide the exports when all others leave")
{
    const World world = handed_over(0.2, 0.0, 5);
    CHECK(exporters_together(world) == Approx(1.0));
    CHECK(exporter_share(world, 4) == Approx(0.2));
    CHECK(world.markets.share(neighbour, collection)[0] < 0.05);
    CHECK(world.markets.share(neighbour, collection)[0] > 0.0);
    check_markets(world);
}

TEST_CASE("exporters that stay divide what others left, in proportion")
{
    const World world = handed_over(0.2, 0.4, 0);
    CHECK(exporters_together(world) == Approx(1.0));
    CHECK(exporter_share(world, 0) == Approx(0.25));
    CHECK(exporter_share(world, 1) == Approx(0.75));
    CHECK(world.markets.share(lead_home, collection)[0] == Approx(0.0909091));  // .08/.88
    check_markets(world);
}

TEST_CASE("newcomers take their part from exporters that stay")
{
    const World world = handed_over(0.2, 1.0, 2);
    CHECK(exporters_together(world) == Approx(1.0));
    CHECK(exporter_share(world, 1) == Approx(3.0 * exporter_share(world, 0)));
    CHECK(exporter_share(world, 2) == Approx(exporter_share(world, 3)));
    CHECK(exporter_share(world, 2) < exporter_share(world, 0));
    check_markets(world);
}

TEST_CASE("newcomers come with their sizes to a power, which they keep beside those who stay")
{
    World world = tests::make_world(tests::round_scenario(2, 1, 1, 100));
    world.scenario.parameters.mobility.export_share = 0.5;
    for (const PoolId pool : world.pool_indices()) {
        world.results.pools[pool].staying_share = world.statistics[pool].firms > 0 ? 1.0 : 0.0;
    }
    const PoolId pool = world.pool(home, collection);
    world.statistics[pool].firms = 40;
    world.markets.share(home, collection)[0] = 0.4;
    world.markets.share(neighbour, collection)[0] = 0.1;
    world.markets.share(neighbour, collection)[3] -= 0.1;
    world.markets.share(lead_home, collection)[0] = 0.3;
    world.markets.share(lead_home, collection)[3] -= 0.3;
    // Two exporters stay with half of exports; two others come, of which one has power 3 and the other 1.  At
    // a first share of .005 that is .02 beside .05 and .15 in the two markets, and beside their mean of .1.
    world.results.pools[pool].staying_export_share = 0.5;
    world.results.pools[pool].new_export_powers = 4.0;
    sum_world_demand(world);
    const double first_share = mobility_terms(world, home, collection, 0.2).first_share;
    const std::size_t begin = world.firms.slots(pool).begin;
    Firms& firms = world.firms.columns;
    firms.export_share[FirmIndex{begin}] = 0.4;
    firms.export_share[FirmIndex{begin + 1}] = 0.1;
    firms.export_share[FirmIndex{begin + 2}] = 3.0 * first_share;
    firms.export_share[FirmIndex{begin + 3}] = first_share;
    hand_over(world, Tally(world), EntrantTally(world.pools.size()));
    CHECK(exporter_share(world, 0) == Approx(0.08 / 0.12));
    CHECK(exporter_share(world, 1) == Approx(0.02 / 0.12));
    CHECK(exporter_share(world, 2) == Approx(0.015 / 0.12));
    CHECK(exporter_share(world, 3) == Approx(0.005 / 0.12));
    // What is lost goes to all others, in proportion.
    CHECK(world.markets.share(neighbour, collection)[0] == Approx(0.07 / 0.97));
    CHECK(world.markets.share(lead_home, collection)[0] == Approx(0.17 / 0.87));
    CHECK(world.markets.share(neighbour, collection)[3] == Approx((0.6 - 0.1) / 0.97));
    check_markets(world);
}

TEST_CASE("newcomers have all exports of a pool whose exporters have next to nothing abroad")
{
    const World world = handed_over(1e-100, 1.0, 2);
    CHECK(exporters_together(world) == Approx(1.0));
    CHECK(exporter_share(world, 0) < 1e-8);
    CHECK(exporter_share(world, 2) == Approx(0.5));
    check_markets(world);
}

TEST_CASE("the first exporters of a pool divide its exports by their powers")
{
    World world = tests::make_world(tests::round_scenario(2, 1, 1, 100));
    const PoolId pool = world.pool(home, collection);
    world.results.pools[pool].new_export_powers = 4.0;
    const std::size_t begin = world.firms.slots(pool).begin;
    world.firms.columns.export_share[FirmIndex{begin}] = 3.0;
    world.firms.columns.export_share[FirmIndex{begin + 1}] = 1.0;
    sum_world_demand(world);
    hand_over(world, Tally(world), EntrantTally(world.pools.size()));
    CHECK(exporter_share(world, 0) == Approx(0.75));
    CHECK(exporter_share(world, 1) == Approx(0.25));
}

}  // namespace
}  // namespace latecomer::exports_test
