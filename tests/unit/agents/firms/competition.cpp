#include "agents/firms/competition.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>
#include <limits>

namespace latecomer::competition_test {
namespace {

const CountryId home{0};

/// Three firms in collection; storage is priced 1, wages are 1, demand is not noisy.
World quiet_world()
{
    Scenario scenario = tests::round_scenario(1, 1, 1, 10);
    scenario.parameters.selection.noise = 0.0;
    scenario.parameters.selection.strength = 1.0;
    World world = tests::make_world(scenario);
    world.countries.wage[home] = 1.0;
    for (double& index : world.markets.price_index.span()) {
        index = 1.0;
    }
    const auto firms = world.firms.firms_of(world.pool(home, Positions::collection));
    for (const FirmIndex i : firms) {
        Firms& columns = world.firms.columns;
        columns.domestic_share[i] = 1.0 / 3.0;
        columns.data_stock[i] = 0.0;
        columns.mark_up[i] = 0.0;
        columns.capability[0][i] = 1.0;
    }
    world.pools[world.pool(home, Positions::collection)] = {};
    return world;
}

FirmIndex firm(const World& world, std::size_t number)
{
    return FirmIndex{world.firms.slots(world.pool(home, Positions::collection)).begin + number};
}

/// Capabilities that make prices 1, 2 and 4: unit cost is capability to the power of -.95.
void spread_prices(World& world)
{
    auto& capability = world.firms.columns.capability[0];
    capability[firm(world, 1)] = std::pow(2.0, -1.0 / 0.95);
    capability[firm(world, 2)] = std::pow(4.0, -1.0 / 0.95);
}

PoolResults compete_at_home(World& world, double log_size = 0.0)
{
    const PoolId pool = world.pool(home, Positions::collection);
    const PoolSlots& slots = world.firms.slots(pool);
    const Block block{pool, home, Positions::collection, slots.begin, slots.count};
    SizeEffects sizes;
    const SelectionParameters& p = world.parameters().selection;
    const double share = world.firms.columns.domestic_share[FirmIndex{slots.begin}];
    firm_kernels().size_effects(values_of(world.firms.columns, block), std::exp(log_size) / share,
                                0.25, p.noise_size_exponent, sizes);
    CompetitionValues values;
    SumTable sums(world.pools.size(), static_cast<std::size_t>(CompetitionSum::count));
    compete(world, block, competition_terms(world, home, Positions::collection), sizes, values,
            sums);
    update_pools(world, sums);
    return world.results.pools[pool];
}

TEST_CASE("returns to data diminish")
{
    const DataParameters p;
    CHECK(data_quality(0.0, p) == 0.0);
    CHECK(data_quality(20.0, p) == Approx(0.1591036));  // 1 - 2^-.25
    CHECK(data_quality(300.0, p) == Approx(0.5));       // 1 - 16^-.25
}

TEST_CASE("input prices count by their shares in cost")
{
    World world = quiet_world();
    world.markets.price_index(home, Positions::collection) = 2.0;
    world.markets.price_index(home, Positions::storage) = 4.0;
    const Position& analytics = world.positions[Positions::analytics];
    CHECK(std::exp(log_input_price(world, home, analytics, 1.0)) ==
          Approx(1.3195079));  // 2^.1 x 4^.15
    CHECK(std::exp(log_input_price(world, home, analytics, 0.5)) ==
          Approx(1.1892071));  // 2^.1 x 2^.15
    CHECK(log_input_price(world, home, world.positions[Positions::storage], 1.0) == 0.0);
}

TEST_CASE("price is mark-up on wages by capability and on inputs")
{
    World world = quiet_world();
    world.countries.wage[home] = 0.5;
    world.countries.exchange_rate[home] = 4.0;
    world.markets.price_index(home, Positions::storage) = 16.0;
    const FirmIndex i = firm(world, 0);
    world.firms.columns.mark_up[i] = 0.25;
    world.firms.columns.capability[0][i] = 0.125;
    compete_at_home(world);
    CHECK(world.firms.columns.price[i] == Approx(20.0));  // 1.25 x 16^.95 x 16^.05
}

TEST_CASE("a policy that makes storage cheaper makes its buyers cheaper")
{
    World world = quiet_world();
    world.levers[home].storage_price = 0.5;
    compete_at_home(world);
    CHECK(world.firms.columns.price[firm(world, 0)] == Approx(0.9659363));  // 2^-.05
}

TEST_CASE("firms grow in proportion to competitiveness at selection of strength one")
{
    World world = quiet_world();
    spread_prices(world);
    const PoolResults results = compete_at_home(world);
    const Firms& firms = world.firms.columns;
    CHECK(firms.growth[firm(world, 0)] == Approx(1.0));
    CHECK(firms.growth[firm(world, 1)] == Approx(0.5));
    CHECK(firms.growth[firm(world, 2)] == Approx(0.25));
    CHECK(results.domestic_weight == Approx(0.5833333));  // (1 + .5 + .25)/3
    CHECK(results.appeal == Approx(0.5833333));
    CHECK(results.unit_index == Approx(0.75));  // (1 + .25 + .0625)/1.75
}

TEST_CASE("appeal does not depend on where its expansion starts")
{
    World world = quiet_world();
    spread_prices(world);
    world.scenario.parameters.selection.strength = 0.1;
    World other = world;
    other.pools[other.pool(home, Positions::collection)].log_appeal = 1.5;
    CHECK(compete_at_home(other).appeal == Approx(compete_at_home(world).appeal).epsilon(1e-12));
}

TEST_CASE("without selection, appeal is the geometric mean of competitiveness")
{
    World world = quiet_world();
    spread_prices(world);
    world.scenario.parameters.selection.strength = 0.0;
    CHECK(compete_at_home(world).appeal == Approx(0.5));
    CHECK(world.firms.columns.growth[firm(world, 2)] == 1.0);

    World nearly = quiet_world();
    spread_prices(nearly);
    nearly.scenario.parameters.selection.strength = 1e-8;
    CHECK(compete_at_home(nearly).appeal == Approx(0.5));
}

TEST_CASE("shares that are stored on another scale give the same appeal")
{
    World world = quiet_world();
    spread_prices(world);
    for (std::size_t n = 0; n < 3; ++n) {
        world.firms.columns.domestic_share[firm(world, n)] = 2.0;
    }
    world.pools[world.pool(home, Positions::collection)].domestic_scale = 1.0 / 6.0;
    CHECK(compete_at_home(world).appeal == Approx(0.5833333));
}

TEST_CASE("own data and what a firm can read of the commons raise quality")
{
    World world = quiet_world();
    world.firms.columns.data_stock[firm(world, 0)] = 300.0;
    for (const SectorId j : Range<SectorId>(4)) {
        world.countries.commons(home, j) = 15.0;
        world.countries.open_data(home, j) = 5.0;
    }
    world.firms.columns.capability[0][firm(world, 1)] = 0.5;
    world.firms.columns.data_stock[firm(world, 1)] = 150.0;
    world.firms.columns.capability[0][firm(world, 0)] = 1e-9;
    world.firms.columns.mark_up[firm(world, 1)] = std::pow(2.0, -0.95) - 1.0;  // price 1
    compete_at_home(world);
    const Firms& firms = world.firms.columns;
    CHECK(firms.growth[firm(world, 0)] * firms.price[firm(world, 0)] == Approx(1.0875));
    CHECK(firms.growth[firm(world, 1)] == Approx(1.0875));  // 150 + .5 x .75 x 20/.05
    CHECK(firms.growth[firm(world, 2)] == Approx(1.0875));  // .75 x 20/.05
}

TEST_CASE("a firm that stands for a part of one has a part of the data, which weigh as all of them")
{
    const auto growth_with = [](double data, double grain) {
        World world = quiet_world();
        world.countries.grain[home] = grain;
        world.firms.columns.data_stock[firm(world, 0)] = data;
        compete_at_home(world);
        return world.firms.columns.growth[firm(world, 0)];
    };
    CHECK(growth_with(300.0, 1.0) == Approx(1.0875));
    CHECK(growth_with(75.0, 4.0) == Approx(1.0875));
    CHECK(growth_with(75.0, 1.0) < 1.08);
}

TEST_CASE("demand is noisier for small firms")
{
    World world = quiet_world();
    world.scenario.parameters.selection.noise = 0.1;
    world.scenario.parameters.selection.strength = 0.0;
    const auto log_growth = [&](double log_size) {
        compete_at_home(world, log_size);
        return std::log(world.firms.columns.growth[firm(world, 0)]);
    };
    const double of_mean = log_growth(0.0);
    CHECK(of_mean != 0.0);
    CHECK(log_growth(2.7725887) == Approx(0.5 * of_mean));  // 16 times the mean
    CHECK(log_growth(-2.7725887) == Approx(2.0 * of_mean));
    CHECK(log_growth(100.0) == Approx(0.4728708 * of_mean));  // as 20 times
    CHECK(log_growth(-std::numeric_limits<double>::infinity()) ==
          Approx(2.6591479 * of_mean));  // as a fiftieth
}

TEST_CASE("firms above the mean size grow less, by the drag for each unit of ln size")
{
    World world = quiet_world();
    world.scenario.parameters.selection.size_drag = 0.1;
    world.scenario.parameters.selection.strength = 0.0;
    const auto log_growth = [&](double log_size) {
        compete_at_home(world, log_size);
        return std::log(world.firms.columns.growth[firm(world, 0)]);
    };
    CHECK(log_growth(0.0) == Approx(0.0).margin(1e-15));
    CHECK(log_growth(1.0) == Approx(-0.1));
    CHECK(log_growth(4.0) ==
          Approx(-0.4));  // beyond twenty times the mean, where noise is the same
    CHECK(log_growth(-1.0) == Approx(0.0).margin(1e-15));
    CHECK(log_growth(-300.0) == Approx(0.0).margin(1e-15));
}

TEST_CASE("who has more of its market grows less, by the drag times its share")
{
    World world = quiet_world();
    world.scenario.parameters.selection.strength = 0.0;
    const auto log_growth = [&](double drag) {
        world.scenario.parameters.selection.share_drag = drag;
        compete_at_home(world, 0.0);
        return std::log(world.firms.columns.growth[firm(world, 0)]);
    };
    CHECK(log_growth(0.0) == Approx(0.0).margin(1e-15));
    CHECK(log_growth(0.3) == Approx(-0.1));  // a third of it
}

TEST_CASE("at home the drag looks at the share in the pool, at processing at that in the world")
{
    Scenario scenario = tests::round_scenario(2, 1, 1, 10);
    scenario.parameters.selection.share_drag = 0.1;
    World world = tests::make_world(scenario);
    world.markets.processing_share[home] = 0.25;
    for (const PositionId p : world.positions.indices()) {
        world.pools[world.pool(home, p)].domestic_scale = 0.5;
        CHECK(competition_terms(world, home, p).share_drag ==
              Approx(p == Positions::processing ? 0.0125 : 0.05));
    }
}

TEST_CASE("drag is no part of a pool's appeal")
{
    World world = quiet_world();
    spread_prices(world);
    World dragged = world;
    dragged.scenario.parameters.selection.size_drag = 0.1;
    const double appeal = compete_at_home(world, 2.0).appeal;
    CHECK(compete_at_home(dragged, 2.0).appeal == appeal);
    CHECK(dragged.firms.columns.growth[firm(dragged, 1)] ==
          Approx(world.firms.columns.growth[firm(world, 1)] * std::exp(-0.2)));
}

TEST_CASE("buyers that spread their orders add to the drag at their position alone")
{
    Scenario scenario = tests::round_scenario(1, 1, 1, 10);
    scenario.parameters.selection.size_drag = 0.01;
    scenario.parameters.processing.multi_sourcing = 0.03;
    const World world = tests::make_world(scenario);
    for (const PositionId p : world.positions.indices()) {
        CHECK(competition_terms(world, home, p).size_drag ==
              Approx(p == Positions::processing ? 0.04 : 0.01));
    }
}

TEST_CASE("a pool without firms has no appeal")
{
    World world = quiet_world();
    world.statistics[world.pool(home, Positions::collection)] = {};
    const PoolResults results = compete_at_home(world);
    CHECK(results.appeal == 0.0);
    CHECK(results.unit_index == 0.0);
}

TEST_CASE("exporters alone make a pool's appeal abroad")
{
    World world = quiet_world();
    spread_prices(world);
    CHECK(compete_at_home(world).export_appeal == 0.0);
    const PoolId pool = world.pool(home, Positions::collection);
    world.pools[pool] = {};
    world.statistics[pool].exporters = 1;
    world.firms.columns.export_share[firm(world, 1)] = 1.0;
    const PoolResults results = compete_at_home(world);
    CHECK(results.export_appeal == Approx(0.5));
    CHECK(results.export_index == Approx(0.5));
    CHECK(results.appeal == Approx(0.5833333));
}

}  // namespace
}  // namespace latecomer::competition_test
