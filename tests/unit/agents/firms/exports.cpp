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

}  // namespace
}  // namespace latecomer::exports_test
