#include "agents/countries/references.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

#include <cmath>

namespace latecomer::tests::references_test {
namespace {

constexpr CountryId first{0};
constexpr CountryId second{1};
constexpr CountryId lead_home{2};
constexpr LeadId lead{0};
constexpr LeadId rival{1};
constexpr PositionId storage_firms = Positions::storage;
constexpr std::size_t collection = 0;
constexpr std::size_t storage = 1;
constexpr std::size_t analytics = 2;
constexpr std::size_t applications = 3;

/// Two latecomer economies and a lead economy with two lead firms, in which nobody ever sold.
World quiet_world(int lead_economies = 1, int lead_firms = 2)
{
    World world = make_world(round_scenario(2, lead_economies, lead_firms, 40));
    clear_books(world);
    std::ranges::fill(world.statistics, PoolStatistics{});
    for (auto* column : {&world.references.mean, &world.references.home}) {
        std::ranges::fill(*column, ByStage<double>{});
    }
    std::ranges::fill(world.leads.capability, ByStage<double>{1.0, 1.0, 1.0, 1.0});
    world.references.frontier.fill(1.0);
    return world;
}

PoolStatistics& statistics(World& world, CountryId c, PositionId p)
{
    return world.statistics[world.pool(c, p)];
}

/// A pool sells, and the mean capability of what it sells is so much.
void sell(World& world, CountryId c, PositionId p, double revenue, double capability)
{
    pool_of(world, c, p).revenue = revenue;
    pool_of(world, c, p).weighted_capability =
        revenue * capability / world.references.frontier[at(world.positions[p].stage)];
}

/// A lead firm of a capability at storage sells there; prices are 1.
void lead_sells(World& world, LeadId l, double value, double capability)
{
    world.leads.capability[l][storage] = capability;
    world.leads.units(l, storage_firms) = value;
}

double frontier_at_storage(World& world)
{
    update_references(world);
    return world.references.frontier[storage];
}

// --- Means -----------------------------------------------------------------------------------------

TEST_CASE("the mean of a stage weights its positions by what they sell, the plain mean by firms")
{
    World world = quiet_world();
    statistics(world, first, Positions::processing) = {100, 0, 0.2, 0.9, 0.0};
    statistics(world, first, Positions::analytics) = {300, 0, 0.6, 0.8, 0.0};
    sell(world, first, Positions::processing, 10.0, 0.25);
    sell(world, first, Positions::analytics, 70.0, 0.65);
    update_references(world);
    CHECK(world.references.mean[first][analytics] == Approx(0.6));        // an eighth and seven
    CHECK(world.references.plain_mean[first][analytics] == Approx(0.5));  // a quarter and three
    CHECK(world.references.best[first][analytics] == 0.9);
}

TEST_CASE("a sum of capability over an old frontier is a mean on the scale of firms")
{
    World world = quiet_world();
    world.references.frontier[storage] = 4.0;
    pool_of(world, first, storage_firms).revenue = 20.0;
    pool_of(world, first, storage_firms).weighted_capability = 3.0;
    update_references(world);
    CHECK(world.references.mean[first][storage] == Approx(0.6));
    CHECK(statistics(world, first, storage_firms).sold_capability == Approx(0.6));
}

TEST_CASE("what firms sold counts, whether they are still there or not")
{
    World world = quiet_world();
    statistics(world, first, storage_firms) = {};  // all left
    sell(world, first, storage_firms, 5.0, 0.75);
    update_references(world);
    CHECK(world.references.mean[first][storage] == Approx(0.75));
    CHECK(world.references.plain_mean[first][storage] == 0.0);
}

TEST_CASE("a pool and a stage at which nobody sells keep their last mean")
{
    World world = quiet_world();
    sell(world, first, storage_firms, 5.0, 0.75);
    update_references(world);
    sell(world, first, storage_firms, 0.0, 0.0);
    update_references(world);
    CHECK(world.references.mean[first][storage] == Approx(0.75));
    CHECK(world.references.home[first][storage] == Approx(0.75));
    CHECK(statistics(world, first, storage_firms).sold_capability == Approx(0.75));
    CHECK(world.references.mean[second][storage] == 0.0);
}

TEST_CASE("without a firm at a stage a country has no plain mean and no best there")
{
    World world = quiet_world();
    world.references.best[second].fill(7.0);
    world.references.plain_mean[second].fill(7.0);
    update_references(world);
    CHECK(world.references.plain_mean[second] == ByStage<double>{});
    CHECK(world.references.best[second] == ByStage<double>{});
}

TEST_CASE("home is what firms sell, and where none ever did what lead firms at home sell")
{
    World world = quiet_world();
    sell(world, first, storage_firms, 5.0, 0.75);
    lead_sells(world, lead, 10.0, 2.0);
    lead_sells(world, rival, 30.0, 1.0);
    update_references(world);
    CHECK(world.references.home[first][storage] == Approx(0.75));
    CHECK(world.references.home[second][storage] == 0.0);  // no lead firm is at home there
    CHECK(world.references.home[lead_home][storage] == Approx(1.25));
    // Lead firms that sell nothing: the best of them.
    world.leads.capability[rival][applications] = 3.0;
    update_references(world);
    CHECK(world.references.home[lead_home][applications] == 3.0);
}

TEST_CASE("what home was is known for one quarter")
{
    World world = quiet_world();
    sell(world, first, storage_firms, 5.0, 0.25);
    update_references(world);
    sell(world, first, storage_firms, 5.0, 0.5);
    update_references(world);
    CHECK(world.references.home_before[first][storage] == Approx(0.25));
    CHECK(world.references.home[first][storage] == Approx(0.5));
    sell(world, first, storage_firms, 5.0, 0.75);
    update_references(world);
    CHECK(world.references.home_before[first][storage] == Approx(0.5));
}

// --- Frontier --------------------------------------------------------------------------------------

TEST_CASE("the frontier is what lead firms sell, weighted by sales, at each stage on its own")
{
    World world = quiet_world();
    lead_sells(world, lead, 30.0, 2.0);
    lead_sells(world, rival, 10.0, 1.0);
    world.leads.capability[lead][collection] = 5.0;
    world.leads.capability[rival][collection] = 3.0;
    world.leads.units(rival, Positions::collection) = 8.0;
    update_references(world);
    CHECK(world.references.frontier[storage] == Approx(1.75));
    CHECK(world.references.frontier[collection] ==
          Approx(3.0));  // who sells nothing does not count
    CHECK(world.references.frontier[analytics] == 1.0);
}

TEST_CASE("a lead firm counts by the value of what it sells, at all its positions")
{
    World world = quiet_world();
    const PositionId one = Positions::application(SectorId{0});
    const PositionId other = Positions::application(SectorId{1});
    world.leads.capability[lead][applications] = 2.0;
    world.leads.units(lead, one) = 10.0;
    world.leads.price(lead, one) = 3.0;
    world.leads.units(lead, other) = 30.0;
    world.leads.units(rival, one) = 20.0;
    update_references(world);
    CHECK(world.references.frontier[applications] == Approx(1.75));  // 30 and 30 of 80 in all
}

TEST_CASE("a latecomer firm that is best is not the frontier, nor is an economy below lead firms")
{
    World world = quiet_world();
    lead_sells(world, lead, 10.0, 1.0);
    statistics(world, first, storage_firms) = {10, 0, 1.5, 9.0, 0.0};
    sell(world, first, storage_firms, 1000.0, 0.99);
    CHECK(frontier_at_storage(world) == Approx(1.0));
    CHECK(world.references.best[first][storage] == 9.0);
}

TEST_CASE("economies that sell better than lead firms raise the frontier by what they sell")
{
    World world = quiet_world();
    lead_sells(world, lead, 60.0, 1.0);
    sell(world, first, storage_firms, 20.0, 2.0);
    sell(world, second, storage_firms, 500.0, 0.9);
    CHECK(frontier_at_storage(world) == Approx(1.25));
    sell(world, first, storage_firms, 20.0, 2.0);
    sell(world, second, storage_firms, 20.0, 1.2);
    CHECK(frontier_at_storage(world) == Approx(1.24));  // 60 + 40 + 24 over 100
}

TEST_CASE("the frontier falls when the best of lead firms lose their customers")
{
    World world = quiet_world();
    lead_sells(world, lead, 30.0, 2.0);
    lead_sells(world, rival, 10.0, 1.0);
    CHECK(frontier_at_storage(world) == Approx(1.75));
    lead_sells(world, lead, 10.0, 2.0);
    CHECK(frontier_at_storage(world) == Approx(1.5));
}

TEST_CASE("if lead firms sell nothing, the best of them stands for their mean")
{
    World world = quiet_world();
    lead_sells(world, lead, 0.0, 1.5);
    lead_sells(world, rival, 0.0, 0.5);
    sell(world, first, storage_firms, 10.0, 1.25);
    CHECK(frontier_at_storage(world) == 1.5);
    sell(world, first, storage_firms, 10.0, 2.0);
    sell(world, second, storage_firms, 30.0, 3.0);
    CHECK(frontier_at_storage(world) == Approx(2.75));  // of what is sold
}

TEST_CASE("a world without lead firms looks up to its largest mean")
{
    World world = quiet_world(0, 0);
    sell(world, first, storage_firms, 1000.0, 0.25);
    sell(world, second, storage_firms, 10.0, 0.5);
    CHECK(frontier_at_storage(world) == Approx(0.5));
    sell(world, first, storage_firms, 1000.0, 0.25);
    sell(world, second, storage_firms, 10.0, 0.3);
    CHECK(frontier_at_storage(world) == Approx(0.3));
    CHECK(world.references.frontier[analytics] == 1.0);  // nobody: what was known stays known
}

// --- capability_index ------------------------------------------------------------------------------

TEST_CASE("the index of capability weights gaps of home to the frontier by .05, .12, .15 and .68")
{
    World world = quiet_world();
    for (const PositionId p : {Positions::collection, storage_firms, Positions::analytics,
                               Positions::application(SectorId{2})}) {
        world.leads.units(lead, p) = 10.0;
    }
    world.leads.capability[lead] = {1.0, 2.0, 1.0, 4.0};
    sell(world, first, Positions::collection, 1.0, std::exp(-1.0));
    sell(world, first, storage_firms, 1.0, 2.0 * std::exp(-2.0));
    sell(world, first, Positions::analytics, 1.0, std::exp(-3.0));
    sell(world, first, Positions::application(SectorId{2}), 1.0, 4.0 * std::exp(-4.0));
    update_references(world);
    CHECK(world.references.capability_index[first] == Approx(-3.46));  // .05 + .24 + .45 + 2.72
    CHECK(world.references.capability_index[lead_home] == Approx(0.0).margin(1e-15));
    CHECK(std::isnan(world.references.capability_index[second]));
}

TEST_CASE("a stage at which a country never sold anything is not in its index")
{
    World world = quiet_world();
    lead_sells(world, lead, 10.0, 1.0);
    sell(world, first, storage_firms, 1.0, 0.5);
    update_references(world);
    CHECK(world.references.capability_index[first] == Approx(std::log(0.5)));
}

// --- Overhead --------------------------------------------------------------------------------------

TEST_CASE("mean sales and wages of a position are those of the firms that sold, in all countries")
{
    World world = quiet_world();
    PoolResults& one = pool_of(world, first, Positions::collection);
    PoolResults& other = pool_of(world, second, Positions::collection);
    one.revenue = 90.0;
    one.sellers = 10;
    other.revenue = 10.0;
    other.sellers = 40;
    world.countries.wage[first] = 1.0;
    world.countries.exchange_rate[first] = 2.0;
    world.countries.wage[second] = 0.5;
    world.countries.exchange_rate[second] = 1.0;
    update_references(world);
    CHECK(world.references.mean_revenue[Positions::collection] == 2.0);
    CHECK(world.references.mean_wage[Positions::collection] == Approx(0.8));  // 10 x 2 and 40 x .5
    CHECK(world.references.mean_revenue[storage_firms] == 0.0);
    // Overhead is mean revenue at local wages, and nothing where nobody sold.
    CHECK(overhead(world, first, Positions::collection) == Approx(5.0));
    CHECK(overhead(world, second, Positions::collection) == Approx(1.25));
    CHECK(overhead(world, first, storage_firms) == 0.0);
}

TEST_CASE("firms pay overhead for being there, exporters some more, and nobody more at processing")
{
    World world = quiet_world();
    world.scenario.parameters.finance.fixed_cost = 0.02;
    world.scenario.parameters.mobility.export_fixed_cost = 0.03;
    for (const PositionId p : {storage_firms, Positions::processing}) {
        world.references.mean_revenue[p] = 10.0;
        world.references.mean_wage[p] = 2.0;
        pool_of(world, first, p).sellers = 5;
        pool_of(world, first, p).selling_exporters = 2;
    }
    world.countries.wage[first] = 1.0;
    world.countries.exchange_rate[first] = 1.0;
    CHECK(fixed_cost(world, first, storage_firms) == Approx(0.8));  // 5 x (.1 + .06)
    CHECK(fixed_cost(world, first, Positions::processing) == Approx(0.5));
}

}  // namespace
}  // namespace latecomer::tests::references_test
