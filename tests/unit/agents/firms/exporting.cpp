#include "agents/firms/mobility.hpp"
#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <cmath>

/// How exports begin and end: part of agents/firms/mobility.cpp.
namespace latecomer::tests::exporting_test {
namespace {

constexpr CountryId home{0};
constexpr CountryId neighbour{1};
constexpr CountryId lead_home{2};
constexpr PositionId storage = Positions::storage;

/// A pool of twenty firms with .4 of a market of 100; markets abroad have 400 together.  All firms are good
/// enough to export and keep .15 of what they sell; to export costs .3 a quarter.
struct Pool {
    World world = make_world(scenario());
    PoolId pool = world.pool(home, storage);
    Tally tally{world};
    Departures departures;

    Pool()
    {
        clear_books(world);
        world.countries.wage[home] = 2.0;
        world.countries.exchange_rate[home] = 1.0;
        world.countries.search_share[home] = 0.05;
        world.references.mean_revenue[storage] = 10.0;
        world.references.mean_wage[storage] = 2.0;
        world.markets.share(home, storage)[home.at()] = 0.4;
        world.markets.demand(home, storage) = 100.0;
        world.markets.demand(neighbour, storage) = 150.0;
        world.markets.demand(lead_home, storage) = 250.0;
        world.statistics[pool].firms = 20;
        world.statistics[pool].mean_capability = 0.5;
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            columns().capability[1][i] = 0.5;
            columns().domestic_share[i] = 0.05;
            columns().mark_up[i] = 0.25;
            columns().cash[i] = 0.0;
        }
    }
    static Scenario scenario()
    {
        Scenario scenario = round_scenario(2, 1, 1, 200);
        MobilityParameters& p = scenario.parameters.mobility;
        p.upgrade_rate = 0.0;
        p.export_threshold = 1.0;
        p.export_rate = 1.0;
        p.export_fixed_cost = 0.03;
        p.export_quarters = 3;
        p.export_share = 0.5;
        p.export_size_exponent = 1.0;
        return scenario;
    }
    MobilityParameters& parameters() { return world.scenario.parameters.mobility; }
    Firms& columns() { return world.firms.columns; }
    FirmIndex firm(std::size_t number) const
    {
        return FirmIndex{world.firms.slots(pool).begin + number};
    }
    MobilityTerms terms(double abroad = 0.0)
    {
        sum_world_demand(world);
        return mobility_terms(world, home, storage, abroad);
    }
    void decide(double abroad = 0.0)
    {
        const PoolSlots& slots = world.firms.slots(pool);
        tally.clear();
        departures.clear();
        decide_mobility(world, {pool, home, storage, slots.begin, slots.count}, terms(abroad),
                        tally, departures);
    }
    /// Whether the first firm, of so many times the mean size, begins to export.
    bool begins(double size)
    {
        columns().export_share[firm(0)] = 0.0;
        columns().domestic_share[firm(0)] = 0.05 * size;
        decide();
        return columns().export_share[firm(0)] > 0.0;
    }
};

// --- The beginning (eq. 24) ------------------------------------------------------------------------

TEST_CASE("a mean firm sells at first abroad what export_share of its sales at home are worth")
{
    Pool pool;
    CHECK(pool.terms().first_sales == Approx(1.0));  // half of a twentieth of 40
    CHECK(export_seed(pool.world, home, storage) == Approx(0.0025));
    pool.parameters().export_share = 0.25;
    CHECK(pool.terms().first_sales == Approx(0.5));
}

TEST_CASE(
    "where markets abroad are smaller than at home, first shares there are not above those at home")
{
    Pool pool;
    pool.world.markets.demand(home, storage) = 800.0;
    CHECK(pool.terms().first_sales == Approx(4.0));  // half of a twentieth of .4 of 400
    CHECK(export_seed(pool.world, home, storage) == Approx(0.01));
    pool.world.markets.demand(home, storage) = 400.0;
    CHECK(pool.terms().first_sales == Approx(4.0));
}

TEST_CASE("a firm begins to export if what it first sells abroad earns the cost")
{
    Pool pool;
    CHECK_FALSE(pool.begins(1.9));  // .285 of .3
    CHECK(pool.begins(2.1));
    pool.world.countries.search_share[home] = 0.1;  // .1 of sales are left
    CHECK_FALSE(pool.begins(2.9));
    CHECK(pool.begins(3.1));
}

TEST_CASE("the cost of exporting is relative to mean revenue, at local wages")
{
    Pool pool;
    pool.world.countries.wage[home] = 1.0;
    CHECK_FALSE(pool.begins(0.9));
    CHECK(pool.begins(1.1));
    pool.world.references.mean_revenue[storage] = 30.0;
    CHECK_FALSE(pool.begins(2.9));
    CHECK(pool.begins(3.1));
}

TEST_CASE("a larger mark-up pays for exporting sooner")
{
    Pool pool;
    pool.columns().mark_up[pool.firm(0)] = 0.5;  // .2833 of sales
    CHECK_FALSE(pool.begins(1.04));
    CHECK(pool.begins(1.08));
}

TEST_CASE("first shares grow with size at home to the power of the size exponent")
{
    Pool pool;
    pool.parameters().export_fixed_cost = 0.0;
    pool.parameters().export_size_exponent = 0.5;
    pool.columns().domestic_share[pool.firm(0)] = 0.2;  // four times the mean
    pool.decide(0.01);
    CHECK(pool.columns().export_share[pool.firm(1)] == Approx(0.25));  // .0025 of .01
    CHECK(pool.columns().export_share[pool.firm(0)] == Approx(0.5));
    const auto others = static_cast<double>(pool.world.firms.slots(pool.pool).count - 1);
    CHECK(pool.tally.sum(pool.pool, PoolSum::new_export_powers) == Approx(2.0 + others));
    // Where nobody exported, powers stand for shares.
    CHECK(pool.begins(4.0));
    CHECK(pool.columns().export_share[pool.firm(0)] == Approx(2.0));
}

TEST_CASE("where next to nothing was exported, a first share is as large as sums can hold")
{
    // Seeds of a quarter without demand at home are next to nothing, those of the next quarter are not.
    Pool pool;
    CHECK(pool.terms(1e-9).first_share == Approx(2.5e6));
    CHECK(pool.terms(1e-100).first_share == 0x1p30);
    CHECK(pool.terms(0.0).first_share == 1.0);
}

TEST_CASE("a firm below the threshold of the mean firm does not begin to export, one at it does")
{
    Pool pool;
    pool.columns().capability[1][pool.firm(0)] = 0.4999;
    CHECK_FALSE(pool.begins(10.0));
    pool.columns().capability[1][pool.firm(0)] = 0.5;
    CHECK(pool.begins(10.0));
    pool.world.statistics[pool.pool].sold_capability = 9.0;  // of sales, which is not asked for
    CHECK(pool.begins(10.0));
    pool.parameters().export_threshold = 1.2;
    CHECK_FALSE(pool.begins(10.0));
}

TEST_CASE("of the firms that can begin to export, as many do as the rate says")
{
    Pool pool;
    pool.parameters().export_rate = 0.25;
    pool.parameters().export_fixed_cost = 0.0;
    std::int64_t begun = 0;
    std::int64_t able = 0;
    for (pool.world.quarter = 0; pool.world.quarter < 200; ++pool.world.quarter) {
        std::ranges::fill(pool.columns().export_share, 0.0);
        pool.decide();
        begun += pool.tally.number(pool.pool, PoolCount::new_exporters);
        able += static_cast<std::int64_t>(pool.world.firms.slots(pool.pool).count);
    }
    const double n = static_cast<double>(able);
    CHECK(able > 2000);
    CHECK(std::abs(static_cast<double>(begun) - 0.25 * n) < 4.0 * std::sqrt(n * 0.25 * 0.75));
}

TEST_CASE("the luck of who may export is its own, and another than that of climbing")
{
    const auto when = [](bool others_able) {
        Pool pool;
        pool.parameters().export_rate = 0.5;
        pool.parameters().export_fixed_cost = 0.0;
        std::vector<bool> begun;
        for (pool.world.quarter = 0; pool.world.quarter < 60; ++pool.world.quarter) {
            std::ranges::fill(pool.columns().export_share, 0.0);
            for (std::size_t n = 0; n < 5; ++n) {
                pool.columns().capability[1][pool.firm(n)] = others_able ? 0.5 : 0.1;
            }
            pool.decide();
            begun.push_back(pool.columns().export_share[pool.firm(5)] > 0.0);
        }
        return begun;
    };
    CHECK(when(true) == when(false));
    const Pool pool;
    const std::uint64_t id = identity::bits(pool.world.firms.columns.id[pool.firm(5)]);
    std::vector<bool> climbing;
    for (std::uint32_t quarter = 0; quarter < 60; ++quarter) {
        climbing.push_back(chance(pool.world.random, Stream::upgrade, id, quarter, 0) < 0.5);
    }
    CHECK(when(true) != climbing);
}

TEST_CASE("in a world of one country, and at processing, nobody exports or has a cost of it")
{
    World alone = make_world(round_scenario(1, 0, 0, 100));
    alone.scenario.parameters.mobility.export_fixed_cost = 0.03;
    CHECK_FALSE(mobility_terms(alone, home, storage, 0.0).can_export);
    Pool pool;
    const MobilityTerms terms = mobility_terms(pool.world, home, Positions::processing, 0.0);
    CHECK_FALSE(terms.can_export);
    CHECK(terms.export_cost == 0.0);
}

// --- The end (eq. 24a) -----------------------------------------------------------------------------

/// Exports of the pool are 20, of which the first firm has `share` and the second the rest.
void export_together(Pool& pool, double share)
{
    pool.parameters().export_rate = 0.0;
    pool_of(pool.world, home, storage).export_sales = 20.0;
    pool.columns().export_share[pool.firm(0)] = share;
    pool.columns().export_share[pool.firm(1)] = 1.0 - share;
}

TEST_CASE("exports end after export_quarters in a row in which they did not earn their cost")
{
    Pool pool;
    export_together(pool, 0.09);  // .27 of .3
    for (std::uint32_t quarter = 1; quarter <= 2; ++quarter) {
        pool.decide(0.1);
        CHECK(pool.columns().weak_exports[pool.firm(0)] == quarter);
        CHECK(pool.tally.number(pool.pool, PoolCount::staying_exporters) == 2);
        CHECK(pool.tally.number(pool.pool, PoolCount::exporters_stopped) == 0);
    }
    pool.decide(0.1);
    CHECK(pool.departures.leavers.empty());  // it stays at home
    CHECK(pool.columns().export_share[pool.firm(0)] == 0.0);
    CHECK(pool.columns().weak_exports[pool.firm(0)] == 0);
    CHECK(pool.columns().weak_exports[pool.firm(1)] == 0);
    CHECK(pool.columns().export_share[pool.firm(1)] == Approx(0.91));
    CHECK(pool.tally.number(pool.pool, PoolCount::staying_exporters) == 1);
    CHECK(pool.tally.number(pool.pool, PoolCount::exporters_stopped) == 1);
    CHECK(pool.tally.sum(pool.pool, PoolSum::staying_exports) == Approx(-0.09));
    CHECK(pool.tally.sum(pool.pool, PoolSum::staying_share) == 0.0);
}

TEST_CASE("one quarter in which exports pay counts anew")
{
    Pool pool;
    export_together(pool, 0.09);
    pool.decide(0.1);
    pool.decide(0.1);
    export_together(pool, 0.11);
    pool.decide(0.1);
    CHECK(pool.columns().weak_exports[pool.firm(0)] == 0);
    export_together(pool, 0.09);
    pool.decide(0.1);
    pool.decide(0.1);
    CHECK(pool.columns().export_share[pool.firm(0)] > 0.0);
    CHECK(pool.columns().weak_exports[pool.firm(0)] == 2);
}

TEST_CASE(
    "exports that earn exactly what they cost go on, those at a loss end even if they cost nothing")
{
    Pool pool;
    export_together(pool, 0.5);
    pool.parameters().export_fixed_cost = 0.0;
    pool.columns().mark_up[pool.firm(0)] = 1.0 / 19.0;  // all of the margin is spent on search
    pool.world.countries.search_share[home] = 0.05;
    pool.columns().mark_up[pool.firm(1)] = 0.02;
    pool_of(pool.world, home, storage).export_sales = 0.0;
    pool.decide(0.1);
    CHECK(pool.columns().weak_exports[pool.firm(0)] == 0);
    CHECK(pool.columns().weak_exports[pool.firm(1)] == 0);
    pool_of(pool.world, home, storage).export_sales = 20.0;
    pool.decide(0.1);
    CHECK(pool.columns().weak_exports[pool.firm(1)] == 1);
}

TEST_CASE("who does not export has no quarters in which exports did not pay")
{
    Pool pool;
    pool.parameters().export_rate = 0.0;
    pool.columns().weak_exports[pool.firm(0)] = 2;
    pool.decide();
    CHECK(pool.columns().weak_exports[pool.firm(0)] == 0);
    CHECK(pool.tally.number(pool.pool, PoolCount::exporters_stopped) == 0);
}

TEST_CASE("who stops exporting does not begin again at once, who begins starts to count at zero")
{
    Pool pool;
    export_together(pool, 0.09);
    pool.parameters().export_quarters = 1;
    pool.parameters().export_rate = 1.0;
    pool.columns().domestic_share[pool.firm(0)] = 0.5;  // large enough to begin
    pool.decide(0.1);
    CHECK(pool.columns().export_share[pool.firm(0)] == 0.0);
    CHECK(pool.tally.number(pool.pool, PoolCount::new_exporters) == 0);
    pool.decide(0.1);
    CHECK(pool.columns().export_share[pool.firm(0)] > 0.0);
    CHECK(pool.columns().weak_exports[pool.firm(0)] == 0);
}

TEST_CASE("an exporter that fails is counted as that alone")
{
    Pool pool;
    export_together(pool, 0.09);
    pool.parameters().export_quarters = 1;
    pool.columns().cash[pool.firm(0)] = -1.0;
    pool.decide(0.1);
    CHECK(pool.departures.leavers.size() == 1);
    CHECK(pool.tally.number(pool.pool, PoolCount::exits) == 1);
    CHECK(pool.tally.number(pool.pool, PoolCount::exporters_stopped) == 0);
    CHECK(pool.tally.sum(pool.pool, PoolSum::staying_exports) == Approx(-0.09));
}

TEST_CASE("who stops exporting can fail to matter from the next quarter on")
{
    Pool pool;
    export_together(pool, 0.09);
    pool.parameters().export_quarters = 1;
    pool.columns().domestic_share[pool.firm(0)] = 1e-6;
    pool.decide(0.1);
    CHECK(pool.columns().weak_quarters[pool.firm(0)] == 0);
    pool.decide(0.1);
    CHECK(pool.columns().weak_quarters[pool.firm(0)] == 1);
}

}  // namespace
}  // namespace latecomer::tests::exporting_test
