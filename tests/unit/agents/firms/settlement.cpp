#include "agents/firms/settlement.hpp"

#include "agents/countries/references.hpp"
#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

namespace latecomer::tests::settlement_test {
namespace {

constexpr CountryId home{0};
constexpr PositionId storage = Positions::storage;

/// Two firms divide a pool that sells for 100 at home and 50 abroad.  They have a margin of a fifth of sales, of
/// which search takes half and rules a quarter; overhead is 20.
struct Pool {
    World world = make_world(scenario());
    PositionId position;
    PoolId pool;
    FirmIndex exporter;
    FirmIndex other;
    Tally tally{world};

    explicit Pool(PositionId p = storage)
        : position{p}, pool{world.pool(home, p)}, exporter{world.firms.slots(pool).begin},
          other{exporter.at() + 1}
    {
        clear_books(world);
        world.countries.wage[home] = 8.0;
        world.countries.exchange_rate[home] = 0.5;
        world.countries.search_share[home] = 0.1;
        world.levers[home].compliance_cost = 0.05;
        world.references.mean_revenue[position] = 10.0;
        world.references.mean_wage[position] = 2.0;
        world.references.frontier.fill(2.0);
        world.statistics[pool].exporters = 1;
        PoolResults& results = pool_of(world, home, position);
        results.domestic_weight = 1.0;
        results.export_weight = 1.0;
        results.domestic_sales = 100.0;
        results.export_sales = 50.0;
        Firms& firms = world.firms.columns;
        for (const FirmIndex i : {exporter, other}) {
            firms.growth[i] = 1.0;
            firms.domestic_share[i] = i == exporter ? 0.25 : 0.75;
            firms.export_share[i] = i == exporter ? 1.0 : 0.0;
            firms.mark_up[i] = 0.25;
            firms.price[i] = 2.0;
            firms.cash[i] = 10.0;
            for (auto& capability : firms.capability) {
                capability[i] = i == exporter ? 1.0 : 0.5;
            }
        }
    }
    static Scenario scenario()
    {
        Scenario scenario = round_scenario(2, 1, 1, 100);
        scenario.parameters.finance.fixed_cost = 0.02;
        scenario.parameters.mobility.export_fixed_cost = 0.03;
        scenario.parameters.selection.mark_up_speed = 0.0;
        return scenario;
    }
    void sell()
    {
        settle(world, {pool, home, position, exporter.at(), 2},
               settlement_terms(world, home, position), tally);
    }
};

TEST_CASE("firms pay a part of overhead for being there, who exports some more")
{
    Pool pool;
    pool.sell();
    const Firms& firms = pool.world.firms.columns;
    CHECK(firms.revenue[pool.exporter] == Approx(75.0));
    CHECK(firms.revenue[pool.other] == Approx(75.0));
    // 75 less 60, 7.5, 3.75 and .4 is 3.35; .6 less of who exports.  Of it .8 x .5 stays.
    CHECK(firms.cash[pool.exporter] == Approx(10.0 + 0.4 * 2.75));
    CHECK(firms.cash[pool.other] == Approx(10.0 + 0.4 * 3.35));
    CHECK(pool.tally.sum(pool.pool, PoolSum::profit) == Approx(6.1));
    CHECK(pool.tally.sum(pool.pool, PoolSum::profit_tax) == Approx(1.22));
    CHECK(pool.tally.sum(pool.pool, PoolSum::dividends) == Approx(2.44));
}

TEST_CASE("overhead is mean revenue at local wages, and nothing where nobody sold")
{
    Pool dear;
    dear.world.countries.exchange_rate[home] = 1.0;  // twice as much
    dear.sell();
    CHECK(dear.tally.sum(dear.pool, PoolSum::profit) == Approx(4.7));
    Pool first;
    first.world.references.mean_revenue[storage] = 0.0;
    first.world.references.mean_wage[storage] = 0.0;
    first.sell();
    CHECK(first.tally.sum(first.pool, PoolSum::profit) == Approx(7.5));
}

TEST_CASE("fixed cost does not follow sales: who sells little makes a loss")
{
    Pool pool;
    pool_of(pool.world, home, storage).domestic_sales = 1.0;
    pool_of(pool.world, home, storage).export_sales = 0.0;
    pool.sell();
    CHECK(pool.world.firms.columns.cash[pool.other] == Approx(10.0 + 0.75 * 0.05 - 0.4));
    CHECK(pool.world.firms.columns.cash[pool.exporter] == Approx(10.0 + 0.25 * 0.05 - 1.0));
    CHECK(pool.tally.sum(pool.pool, PoolSum::profit_tax) == 0.0);
}

TEST_CASE("what firms pay is what identities and accounts expect of their pool")
{
    Pool pool;
    pool.sell();
    PoolResults& results = pool_of(pool.world, home, storage);
    results.sellers = 2;
    results.selling_exporters = 1;
    CHECK(fixed_cost(pool.world, home, storage) == Approx(1.4));
    results.revenue = 150.0;
    results.cost = 120.0;
    results.profit = 6.1;
    std::ranges::fill(pool.world.results.flows, CountryFlows{});
    book_firms(pool.world);
    CHECK(pool.world.results.flows[home].fixed_cost == Approx(8.9));  // 1.4 and rules for 7.5
    CHECK(pool.world.results.flows[home].research == Approx(15.0));
    // All that is left of revenue: wages and orders, research, overhead and rules, profit.
    CHECK(results.cost + 15.0 + 8.9 + results.profit == Approx(150.0));
}

TEST_CASE("nobody pays for exporting at processing")
{
    Pool pool{Positions::processing};
    pool.world.statistics[pool.pool].exporters = 0;
    pool.world.firms.columns.export_share[pool.exporter] = 0.0;
    pool.sell();
    // 25 and 75, of which a twentieth is left, less .4 each.
    CHECK(pool.tally.sum(pool.pool, PoolSum::profit) == Approx(4.2));
}

TEST_CASE("capability is added up relative to the frontier, by firms and by what they sold")
{
    Pool pool;
    pool_of(pool.world, home, storage).export_sales = 0.0;
    pool.sell();
    CHECK(pool.tally.sum(pool.pool, PoolSum::capability) == Approx(0.75));            // .5 and .25
    CHECK(pool.tally.sum(pool.pool, PoolSum::weighted_capability) == Approx(31.25));  // 12.5, 18.75
}

TEST_CASE("the largest firm of a pool is the one with the largest share after the quarter")
{
    Pool pool;
    pool.world.firms.columns.growth[pool.exporter] = 9.0;  // 2.25 and .75
    pool_of(pool.world, home, storage).domestic_weight = 3.0;
    pool.sell();
    CHECK(pool.tally.largest_share[pool.pool.at()] == Approx(0.75));
    CHECK(pool.tally.sum(pool.pool, PoolSum::herfindahl) == Approx(0.625));
    Tally elsewhere{pool.world};
    elsewhere.largest_share[pool.pool.at()] = 0.5;
    elsewhere.merge(pool.tally);
    CHECK(elsewhere.largest_share[pool.pool.at()] == Approx(0.75));
}

}  // namespace
}  // namespace latecomer::tests::settlement_test
