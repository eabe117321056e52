#include "agents/governments/governments.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

/// What programmes cost and where their money goes: part of agents/governments/governments.cpp.
namespace latecomer::tests::programme_costs_test {
namespace {

constexpr CountryId home{0};

/// An economy whose firms search for a tenth of their revenue, a quarter of it at the next stage.
World searching_world(const PolicyMix& request)
{
    Scenario scenario = round_scenario(1, 1, 1, 200);
    scenario.parameters.learning.next_stage_share = 0.25;
    give_all(scenario, request);
    World world = make_world(scenario);
    clear_books(world);
    demand_a_hundred(world, home);
    world.countries.tax_revenue[home] = 1e6;
    world.countries.search_share[home] = 0.1;
    world.countries.initial_skill[home] = 0.5;
    double revenue = 100.0;
    for (const PositionId p : world.positions.indices()) {  // 100, 200, 400, ... 12800
        pool_of(world, home, p).revenue = revenue;
        revenue *= 2.0;
    }
    for (const PositionId p : {Positions::collection, Positions::processing}) {
        pool_of(world, home, p).cost = 20.0;  // .05 of it for storage
    }
    pool_of(world, home, Positions::storage).cost = 1000.0;  // buys no storage
    pool_of(world, home, Positions::analytics).cost = 40.0;  // .15 of it
    for (std::size_t j = 0; j < 4; ++j) {
        pool_of(world, home, Positions::application(SectorId{j})).cost = 100.0;  // .10 of it
    }
    return world;
}

void leave(World& world, PositionId p)
{
    world.statistics[world.pool(home, p)].firms = 0;
}

double planned(const World& world, const PolicyMix& mix)
{
    return planned_cost(mix, cost_basis(world, home), world.parameters());
}

double reserved(const World& world, PositionId p)
{
    return world.markets.procurement(home, p);
}

TEST_CASE("costs are measured by demand in numeraire and by administrative capacity")
{
    World world = searching_world(request_of({}));
    CHECK(cost_basis(world, home).demand == 100.0);
    CHECK(cost_basis(world, home).capacity == 0.5);
    world.countries.initial_skill[home] = 0.01;
    CHECK(cost_basis(world, home).capacity == 0.05);
}

TEST_CASE("search is counted at the stage at which it looks")
{
    const World world = searching_world(request_of({}));
    const CostBasis basis = cost_basis(world, home);
    CHECK(basis.search[0] == Approx(7.5));     // three quarters of a tenth of 100
    CHECK(basis.search[1] == Approx(17.5));    // 2.5 of collection, 15 of storage
    CHECK(basis.search[2] == Approx(105.0));   // 5 of storage, 40 of processing, 60 of analytics
    CHECK(basis.search[3] == Approx(2420.0));  // 20 of analytics, 2400 of applications
}

TEST_CASE("search for applications is counted by sector")
{
    const World world = searching_world(request_of({}));
    const CostBasis basis = cost_basis(world, home);
    CHECK(basis.search_in_sector[0] == Approx(167.0));  // 160 and .35 of the 20 of analytics
    CHECK(basis.search_in_sector[1] == Approx(323.0));
    CHECK(basis.search_in_sector[2] == Approx(648.0));
    CHECK(basis.search_in_sector[3] == Approx(1282.0));
}

TEST_CASE("storage orders are the cost shares of storage of all firms")
{
    const World world = searching_world(request_of({}));
    CHECK(cost_basis(world, home).storage_orders == Approx(48.0));  // 1 + 1 + 6 + 4 x 10
}

TEST_CASE("firms are there where pools have some at the start of the quarter")
{
    World world = searching_world(request_of({}));
    CHECK(cost_basis(world, home).has_firms[Positions::analytics.at()]);
    leave(world, Positions::analytics);
    CHECK(!cost_basis(world, home).has_firms[Positions::analytics.at()]);
    CHECK(cost_basis(world, home).has_firms[Positions::storage.at()]);
}

TEST_CASE("training, open data and promotion cost their rate of demand")
{
    const World world = searching_world(request_of({}));
    CHECK(planned(world, request_of({{"1K", 0.5}})) == Approx(0.25));
    CHECK(planned(world, request_of({{"1D", 1.0}})) == Approx(0.5));
    CHECK(planned(world, request_of({{"2D", 1.0}})) == Approx(0.2));
}

TEST_CASE("rules cost more where administrative capacity is low")
{
    const World world = searching_world(request_of({}));
    CHECK(planned(world, request_of({{"1X", 0.5}})) == Approx(0.2));  // .1 over a capacity of .5
}

TEST_CASE("support costs the search that it adds, and the subsidy of storage")
{
    const World world = searching_world(request_of({}));
    CHECK(planned(world, request_of({{"3L", 0.5}})) == Approx(52.5));
    CHECK(planned(world, request_of({{"4L", 0.5}})) == Approx(1210.0));
    // .4 for administration, half of 17.5 for search, .3 of 48 for storage.
    CHECK(planned(world, request_of({{"2L", 1.0}})) == Approx(23.55));
}

TEST_CASE("a sectoral instrument costs in its sector alone")
{
    const World world = searching_world(request_of({}));
    PolicyMix mix = request_of({});
    mix(instrument_named("4L"), SectorId{1}) = 0.5;
    CHECK(planned(world, mix) == Approx(161.5));
    mix = request_of({});
    mix(instrument_named("1D"), SectorId{3}) = 1.0;
    CHECK(planned(world, mix) == Approx(0.05));  // .005 of a tenth of demand
}

TEST_CASE("reserved demand is spent on domestic analytics and costs as much")
{
    World world = searching_world(request_of({{"3D", 0.5}}));
    set_policies(world);
    CHECK(reserved(world, Positions::analytics) == Approx(1.0));
    CHECK(reserved(world, Positions::application(SectorId{0})) == 0.0);
    CHECK(world.results.flows[home].spending == Approx(1.0));
    CHECK(world.results.flows[home].services == Approx(0.0).margin(1e-12));
}

TEST_CASE("reserved demand for applications is dealt to sectors by their demand")
{
    World world = searching_world(request_of({{"4D", 1.0}}));
    leave(world, Positions::application(SectorId{2}));
    set_policies(world);
    CHECK(reserved(world, Positions::application(SectorId{0})) == Approx(0.7));
    CHECK(reserved(world, Positions::application(SectorId{1})) == Approx(0.3));
    CHECK(reserved(world, Positions::application(SectorId{2})) == 0.0);  // nobody to buy from
    CHECK(reserved(world, Positions::application(SectorId{3})) == Approx(0.2));
    CHECK(world.results.flows[home].spending == Approx(1.2));
    CHECK(world.results.flows[home].services == Approx(0.0).margin(1e-12));
}

TEST_CASE("nothing is reserved for analytics that nobody sells")
{
    World world = searching_world(request_of({{"3D", 0.5}}));
    leave(world, Positions::analytics);
    set_policies(world);
    CHECK(reserved(world, Positions::analytics) == 0.0);
    CHECK(world.results.flows[home].spending == 0.0);
}

TEST_CASE("the subsidy of storage joins its orders, and the rest of the programme pays for work")
{
    World world = searching_world(request_of({{"2L", 0.5}, {"3D", 1.0}}));
    world.countries.orders(home, Positions::storage) = 10.0;
    set_policies(world);
    CHECK(world.countries.orders(home, Positions::storage) == Approx(17.2));  // .15 of 48
    CHECK(world.results.flows[home].spending == Approx(13.775));  // half of 23.55, and 2
    CHECK(world.results.flows[home].services == Approx(4.575));   // of search and administration
}

}  // namespace
}  // namespace latecomer::tests::programme_costs_test
