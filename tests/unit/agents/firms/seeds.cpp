#include "agents/firms/mobility.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>

/// Market shares that newcomers bring: part of agents/firms/mobility.cpp.
namespace latecomer::tests::seeds_test {
namespace {

constexpr CountryId home{0};
constexpr PositionId storage = Positions::storage;
constexpr PositionId processing = Positions::processing;

/// An economy of 100 firms at the start, a tenth of them in storage, which has .4 of its market.
World storing_world()
{
    World world = make_world(round_scenario(2, 1, 1, 100));
    world.countries.initial_firms[home] = 100.0;
    world.statistics[world.pool(home, storage)].firms = 8;
    world.markets.share(home, storage)[home.at()] = 0.4;
    sum_world_demand(world);
    return world;
}

/// Nobody is left in a pool; customers would like to buy .5 of what they need there.
void empty(World& world, PositionId p)
{
    world.statistics[world.pool(home, p)].firms = 0;
    world.markets.log_taste(home, p)[home.at()] = std::log(0.5);
    world.markets.processing_taste[home] = 0.25;
}

TEST_CASE("an entrant brings .16 of the share of a mean firm, times its size")
{
    World world = storing_world();
    CHECK(entrant_seed(world, home, storage, 1.0) == Approx(0.008));  // .16 x .4/8
    CHECK(entrant_seed(world, home, storage, 2.5) == Approx(0.02));
    world.statistics[world.pool(home, storage)].firms = 1;
    CHECK(entrant_seed(world, home, storage, 1.0) == Approx(0.064));
    world.statistics[world.pool(home, processing)].firms = 4;
    world.markets.processing_share[home] = 0.2;
    CHECK(entrant_seed(world, home, processing, 1.0) == Approx(0.008));  // .16 x .2/4
}

TEST_CASE("into an empty pool an entrant brings .16 of the taste for a usual firm there")
{
    World world = storing_world();
    empty(world, storage);
    CHECK(entrant_seed(world, home, storage, 1.0) == Approx(0.008));  // .16 x .5/10
    CHECK(entrant_seed(world, home, storage, 2.5) == Approx(0.02));
    world.countries.initial_firms[home] = 5.0;  // half a firm in storage counts as one
    CHECK(entrant_seed(world, home, storage, 1.0) == Approx(0.08));
    world.countries.initial_firms[home] = 100.0;
    empty(world, processing);
    CHECK(entrant_seed(world, home, processing, 1.0) == Approx(0.002));  // .16 x .25/20
}

TEST_CASE("shares inside an empty pool are stored as they are, else relative to the pool's")
{
    World world = storing_world();
    CHECK(share_base(world, home, storage) == 0.4);
    world.markets.share(home, storage)[home.at()] = 0.0;
    CHECK(share_base(world, home, storage) == 1e-300);
    empty(world, storage);
    CHECK(share_base(world, home, storage) == 1.0);
}

TEST_CASE("a new exporter brings a tenth of the share of a mean firm at home")
{
    World world = storing_world();
    CHECK(export_seed(world, home, storage) == Approx(0.005));  // .1 x .4/8
    world.markets.share(home, storage)[home.at()] = 0.0;
    CHECK(export_seed(world, home, storage) == 1e-300);
}

TEST_CASE("the share abroad is the mean over all markets but that at home")
{
    World world = storing_world();
    world.markets.share(CountryId{1}, storage)[home.at()] = 0.1;
    world.markets.share(CountryId{2}, storage)[home.at()] = 0.3;
    CHECK(mean_share_abroad(world, home, storage) == Approx(0.2));
    const World one_country = make_world(round_scenario(1, 0, 0, 100));
    CHECK(mean_share_abroad(one_country, home, storage) == 0.0);
}

}  // namespace
}  // namespace latecomer::tests::seeds_test
