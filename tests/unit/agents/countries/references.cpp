#include "agents/countries/references.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

namespace latecomer::references_test {
namespace {

constexpr std::size_t storage = 1;
constexpr std::size_t analytics = 2;

/// Two latecomer economies and a lead economy in which nobody sold yet.
World quiet_world()
{
    World world = tests::make_world(tests::synthetic_scenario(2, 1, 2, 40));
    for (const PoolId pool : world.pool_indices()) {
        world.statistics[pool] = {};
        world.results.pools[pool] = {};
    }
    return world;
}

PoolStatistics& statistics(World& world, std::size_t country, PositionId p)
{
    return world.statistics[world.pool(CountryId{country}, p)];
}

TEST_CASE("a single latecomer firm is never the frontier")
{
    World world = quiet_world();
    statistics(world, 0, Positions::storage) = {10, 0, 0.5, 9.0};
    update_references(world);
    CHECK(world.references.best[CountryId{0}][storage] == 9.0);
    CHECK(world.references.frontier[storage] == 1.0);
}

TEST_CASE("a country whose firms on average lead is the frontier")
{
    World world = quiet_world();
    statistics(world, 0, Positions::storage) = {10, 0, 1.5, 9.0};
    statistics(world, 1, Positions::storage) = {10, 0, 1.7, 2.0};
    update_references(world);
    CHECK(world.references.frontier[storage] == 1.7);
    CHECK(world.references.frontier[analytics] == 1.0);
}

TEST_CASE("lead firms are the frontier of each stage on its own")
{
    World world = quiet_world();
    world.leads.capability[LeadId{0}] = {1.0, 2.0, 3.0, 4.0};
    world.leads.capability[LeadId{1}] = {4.0, 3.0, 2.0, 1.0};
    update_references(world);
    CHECK(world.references.frontier == ByStage<double>{4.0, 3.0, 3.0, 4.0});
}

TEST_CASE("the mean of a stage counts every firm of its positions once")
{
    World world = quiet_world();
    statistics(world, 0, Positions::processing) = {100, 0, 0.2, 0.9};
    statistics(world, 0, Positions::analytics) = {300, 0, 0.6, 0.8};
    update_references(world);
    CHECK(world.references.mean[CountryId{0}][analytics] == Approx(0.5));
    CHECK(world.references.best[CountryId{0}][analytics] == 0.9);
}

TEST_CASE("without a firm at a stage a country has no reference there")
{
    World world = quiet_world();
    world.references.best[CountryId{1}].fill(7.0);
    update_references(world);
    CHECK(world.references.mean[CountryId{1}] == ByStage<double>{});
    CHECK(world.references.best[CountryId{1}] == ByStage<double>{});
}

TEST_CASE("mean sales of a position are those of the firms that sold, in all countries")
{
    World world = quiet_world();
    PoolResults& first = world.results.pools[world.pool(CountryId{0}, Positions::collection)];
    PoolResults& second = world.results.pools[world.pool(CountryId{1}, Positions::collection)];
    first.revenue = 90.0;
    first.units = 30.0;
    first.sellers = 10;
    second.revenue = 10.0;
    second.units = 20.0;
    second.sellers = 40;
    update_references(world);
    CHECK(world.references.mean_revenue[Positions::collection] == 2.0);
    CHECK(world.references.mean_units[Positions::collection] == 1.0);
    CHECK(world.references.mean_revenue[Positions::storage] == 0.0);
}

}  // namespace
}  // namespace latecomer::references_test
