#include "agents/firms/mobility.hpp"
#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

#include <cmath>

/// Whether a climb is worth it: part of agents/firms/mobility.cpp.
namespace latecomer::tests::climbing_test {
namespace {

constexpr CountryId home{0};
constexpr PositionId storage = Positions::storage;
constexpr PositionId analytics = Positions::analytics;

/// The first firm in storage could climb to analytics.  It sells for 10 at a margin of .15 and has a fixed cost
/// of .5: its profit is 1.  Whoever comes to analytics sells an eighth of what four firms sell there, at the same
/// margin and a fixed cost of .2.
struct Climber {
    World world = make_world(scenario());
    PoolId pool = world.pool(home, storage);
    FirmIndex firm{world.firms.slots(pool).begin};
    Tally tally{world};

    explicit Climber(double sales_of_analytics)
    {
        clear_books(world);
        world.countries.wage[home] = 2.0;
        world.countries.exchange_rate[home] = 1.0;
        world.countries.search_share[home] = 0.05;
        set_overhead(storage, 10.0);
        set_overhead(analytics, 4.0);
        world.statistics[world.pool(home, analytics)] = {4, 0, 0.5, 0.5, 0.5};
        pool_of(world, home, analytics).domestic_sales = sales_of_analytics;
        Firms& firms = world.firms.columns;
        firms.capability[2][firm] = 0.9;
        firms.revenue[firm] = 10.0;
        firms.mark_up[firm] = 0.25;
        firms.cash[firm] = 100.0;
    }
    static Scenario scenario()
    {
        Scenario scenario = round_scenario(1, 1, 1, 100);
        scenario.parameters.selection.mark_up_start = 0.25;
        scenario.parameters.finance.fixed_cost = 0.05;
        scenario.parameters.mobility.upgrade_rate = 1.0;
        scenario.parameters.mobility.upgrade_share = 0.5;
        scenario.parameters.mobility.export_rate = 0.0;
        return scenario;
    }
    void set_overhead(PositionId p, double mean_revenue)
    {
        world.references.mean_revenue[p] = mean_revenue;
        world.references.mean_wage[p] = 2.0;
    }
    /// Whether it climbs if it wants so much of its present profit there.
    bool climbs(double patience)
    {
        world.scenario.parameters.mobility.climbing_patience = patience;
        Departures departures;
        sum_world_demand(world);
        decide_mobility(world, {pool, home, storage, firm.at(), 1},
                        mobility_terms(world, home, storage, 0.0), tally, departures);
        return !departures.climbers.empty();
    }
};

TEST_CASE("a firm that makes a profit climbs for patience times that profit, and not for less")
{
    // An eighth of 32 at .15, less .2: .4.
    CHECK(mobility_terms(Climber{32.0}.world, home, storage, 0.0).options[0].profit == Approx(0.4));
    CHECK(Climber{32.0}.climbs(0.39));
    CHECK_FALSE(Climber{32.0}.climbs(0.41));
    CHECK_FALSE(Climber{32.0}.climbs(1.0));
    CHECK(Climber{65.0}.climbs(1.0));
}

TEST_CASE("without patience a firm that makes a profit still does not climb into a loss")
{
    CHECK(Climber{11.0}.climbs(0.0));  // .00625
    CHECK_FALSE(Climber{10.0}.climbs(0.0));
}

TEST_CASE("a firm that makes no profit climbs whatever it expects")
{
    Climber climber{0.0};
    climber.world.firms.columns.revenue[climber.firm] = 3.0;  // .45 less .5
    CHECK(climber.climbs(1.0));
    Climber profitable{0.0};
    profitable.world.firms.columns.revenue[profitable.firm] = 3.5;
    CHECK_FALSE(profitable.climbs(0.0));
}

TEST_CASE("profit is what is left after search, rules, and the cost of exporting of who exports")
{
    Climber searching{32.0};  // .4 there, now .5
    searching.world.countries.search_share[home] = 0.1;
    CHECK(mobility_terms(searching.world, home, storage, 0.0).options[0].profit == Approx(0.2));
    CHECK(searching.climbs(0.39));
    CHECK_FALSE(searching.climbs(0.41));

    Climber ruled{32.0};
    ruled.world.levers[home].compliance_cost = 0.05;
    CHECK(ruled.climbs(0.79));
    CHECK_FALSE(ruled.climbs(0.81));

    Climber at_home{32.0};
    at_home.world.scenario.parameters.mobility.export_fixed_cost = 0.05;
    CHECK_FALSE(at_home.climbs(0.41));
    at_home.world.firms.columns.export_share[at_home.firm] = 1e-9;
    CHECK(at_home.climbs(0.79));
    CHECK_FALSE(Climber{32.0}.climbs(0.81));
}

TEST_CASE("the mark-up at which a firm would climb is its present one")
{
    Climber dear{32.0};
    dear.world.firms.columns.mark_up[dear.firm] = 1.0;  // 4.5 less .5
    CHECK(dear.climbs(0.09));
    CHECK_FALSE(dear.climbs(0.11));
}

TEST_CASE("fixed cost of the next position is at local wages")
{
    Climber climber{32.0};
    climber.set_overhead(analytics, 4.0);
    climber.world.references.mean_wage[analytics] = 4.0;
    CHECK(mobility_terms(climber.world, home, storage, 0.0).options[0].profit == Approx(0.5));
}

TEST_CASE("into an empty pool a firm climbs for what an entrant's share of demand would earn")
{
    Climber climber{0.0};
    World& world = climber.world;
    world.scenario.parameters.entry.seed_share = 0.2;
    world.statistics[world.pool(home, analytics)] = {};
    world.markets.log_taste(home, analytics)[home.at()] = std::log(0.5);
    world.countries.initial_firms[home] = 100.0;    // fifteen of them in analytics
    world.markets.demand(home, analytics) = 600.0;  // .2 x .5/15 of it is 4
    CHECK(mobility_terms(world, home, storage, 0.0).options[0].profit == Approx(0.4));
    CHECK(climber.climbs(0.39));
    CHECK_FALSE(climber.climbs(0.41));
}

TEST_CASE("what counts at the next position is what sellers there can do, not firms alike")
{
    Climber climber{32.0};
    climber.world.statistics[climber.world.pool(home, analytics)] = {4, 0, 0.1, 0.1, 1.01};
    CHECK_FALSE(climber.climbs(0.0));  // .9 of 1.01 is more than .9
    climber.world.statistics[climber.world.pool(home, analytics)] = {4, 0, 5.0, 5.0, 0.9};
    CHECK(climber.climbs(0.0));
}

TEST_CASE("who climbs gives up exports and starts anew with quarters in which they did not pay")
{
    Climber climber{1000.0};
    climber.world.firms.columns.export_share[climber.firm] = 0.5;
    climber.world.firms.columns.weak_exports[climber.firm] = 2;
    Departures departures;
    decide_mobility(climber.world, {climber.pool, home, storage, climber.firm.at(), 1},
                    mobility_terms(climber.world, home, storage, 0.0), climber.tally, departures);
    REQUIRE(departures.leavers.size() == 1);
    CHECK(departures.climbers[0].firm.export_share == 0.0);
    CHECK(departures.climbers[0].firm.weak_exports == 0);
    CHECK(climber.tally.sum(climber.pool, PoolSum::staying_exports) == -0.5);
    CHECK(climber.tally.number(climber.pool, PoolCount::exporters_stopped) == 0);
}

// --- Large firms that leave ------------------------------------------------------------------------

/// Sums of shares of the market and numbers of large firms that left a pool with half of its market.
std::pair<double, std::int64_t> missed(double share_of_pool, double cash)
{
    Climber climber{0.0};
    World& world = climber.world;
    world.markets.share(home, storage)[home.at()] = 0.5;
    world.firms.columns.domestic_share[climber.firm] = share_of_pool;
    world.firms.columns.cash[climber.firm] = cash;
    world.firms.columns.revenue[climber.firm] = 0.0;  // it climbs if it can pay
    climber.climbs(0.0);
    return {climber.tally.sum(climber.pool, PoolSum::large_leavers_share),
            climber.tally.number(climber.pool, PoolCount::large_leavers)};
}

TEST_CASE("a firm with a tenth of its market that leaves it is missed, a smaller one is not")
{
    CHECK(missed(0.25, -1.0) == std::pair{0.125, std::int64_t{1}});   // it fails
    CHECK(missed(0.25, 100.0) == std::pair{0.125, std::int64_t{1}});  // it climbs
    CHECK(missed(0.1875, -1.0) == std::pair{0.0, std::int64_t{0}});
    CHECK(missed(0.25, 0.0) == std::pair{0.0, std::int64_t{0}});  // it stays
}

}  // namespace
}  // namespace latecomer::tests::climbing_test
