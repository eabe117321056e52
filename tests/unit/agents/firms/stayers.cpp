#include "agents/firms/mobility.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

/// What decisions leave behind, in the pool and where firms arrive: part of agents/firms/mobility.cpp.
namespace latecomer::tests::stayers_test {
namespace {

constexpr CountryId home{0};
constexpr PositionId storage = Positions::storage;

/// Firms in storage at a wage that is worth 2: all alike, none earns anything, fails, climbs or begins to export.
struct Pool {
    World world = make_world(round_scenario(1, 1, 1, 100));
    PoolId pool = world.pool(home, storage);
    Tally tally{world};
    Departures departures;

    Pool()
    {
        world.scenario.parameters.mobility.upgrade_rate = 1.0;
        world.countries.wage[home] = 4.0;
        world.countries.exchange_rate[home] = 0.5;
        let_mean_revenue_be_the_wage(world);
        for (PoolStatistics& statistics : world.statistics) {
            statistics.mean_capability = 0.5;
            statistics.sold_capability = 0.5;
        }
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            columns().capability[1][i] = 0.4;
            columns().capability[2][i] = 0.3;
            columns().cash[i] = 0.0;
            columns().revenue[i] = 0.0;
            columns().domestic_share[i] = 0.1;
        }
    }
    Firms& columns() { return world.firms.columns; }
    FirmIndex firm(std::size_t number) const
    {
        return FirmIndex{world.firms.slots(pool).begin + number};
    }
    void decide()
    {
        const PoolSlots& slots = world.firms.slots(pool);
        decide_mobility(
            world, {pool, home, storage, slots.begin, slots.count},
            mobility_terms(world, home, storage, mean_share_abroad(world, home, storage)), tally,
            departures);
    }
    void let_climb(FirmIndex i)
    {
        columns().capability[2][i] = 0.46;  // .9 x .5 is needed
        columns().cash[i] = 0.5;            // .2 wages are needed
    }
};

TEST_CASE("an exporter that fails takes its exports and its capability out of the pool")
{
    Pool pool;
    pool.columns().cash[pool.firm(2)] = -1.0;
    pool.columns().export_share[pool.firm(2)] = 0.25;
    pool.decide();
    CHECK(pool.tally.sum(pool.pool, PoolSum::staying_exports) == -0.25);
    CHECK(pool.tally.sum(pool.pool, PoolSum::capability) == -0.4);
    CHECK(pool.tally.number(pool.pool, PoolCount::staying_exporters) == 0);
}

TEST_CASE("a climber is counted by the step that it takes")
{
    Pool pool;
    pool.let_climb(pool.firm(2));
    pool.decide();
    CHECK(pool.tally.upgrades(pool.pool, Positions::analytics) == 1);
    CHECK(pool.departures.leavers.size() == 1);
    CHECK(pool.departures.climbers[0].firm.cash == Approx(0.1));  // .4 paid
}

TEST_CASE("a climber is strong again, however weak it was")
{
    Pool pool;
    pool.let_climb(pool.firm(2));
    pool.columns().domestic_share[pool.firm(2)] = 0.0;
    pool.columns().weak_quarters[pool.firm(2)] = 3;
    pool.decide();
    REQUIRE(pool.departures.leavers.size() == 1);
    CHECK(pool.departures.climbers[0].firm.weak_quarters == 0);
}

TEST_CASE("a climber into a pool that sells nothing brings a share that can be divided by")
{
    Pool pool;
    pool.let_climb(pool.firm(2));
    pool.world.markets.share(home, Positions::analytics)[home.at()] = 0.0;
    pool.decide();
    REQUIRE(pool.departures.leavers.size() == 1);
    CHECK(pool.departures.climbers[0].firm.domestic_share == 1.0);
    CHECK(pool.tally.sum(pool.world.pool(home, Positions::analytics), PoolSum::seeds) >= 0.0);
}

TEST_CASE("the best of a pool is the best of those who stay")
{
    Pool pool;
    pool.columns().capability[1][pool.firm(1)] = 0.45;
    pool.decide();
    CHECK(pool.tally.best_capability[pool.pool.at()] == 0.45);

    Pool left;
    left.columns().capability[1][left.firm(1)] = 0.45;
    left.columns().cash[left.firm(1)] = -1.0;
    left.decide();
    CHECK(left.tally.best_capability[left.pool.at()] == 0.4);

    Pool able;  // a firm that could climb, had it the luck
    able.world.scenario.parameters.mobility.upgrade_rate = 0.0;
    able.let_climb(able.firm(1));
    able.columns().capability[1][able.firm(1)] = 0.45;
    able.decide();
    CHECK(able.departures.leavers.empty());
    CHECK(able.tally.best_capability[able.pool.at()] == 0.45);
}

TEST_CASE("an exporter that could climb but does not is counted among exporters once")
{
    Pool pool;
    pool.world.scenario.parameters.mobility.upgrade_rate = 0.0;
    pool.let_climb(pool.firm(2));
    pool.columns().export_share[pool.firm(2)] = 0.25;
    pool.columns().export_share[pool.firm(4)] = 0.75;
    pool.decide();
    CHECK(pool.tally.number(pool.pool, PoolCount::staying_exporters) == 2);
    CHECK(pool.tally.number(pool.pool, PoolCount::new_exporters) == 0);
}

TEST_CASE("a firm that is just good enough climbs, or begins to export, and is not weak")
{
    Pool climber;
    climber.let_climb(climber.firm(2));
    climber.columns().capability[2][climber.firm(2)] =
        mobility_terms(climber.world, home, storage,
                       mean_share_abroad(climber.world, home, storage))
            .options.front()
            .threshold;
    climber.decide();
    CHECK(climber.departures.leavers.size() == 1);

    Pool exporter;
    exporter.columns().capability[1][exporter.firm(2)] =
        mobility_terms(exporter.world, home, storage,
                       mean_share_abroad(exporter.world, home, storage))
            .export_threshold;
    exporter.decide();
    CHECK(exporter.tally.number(exporter.pool, PoolCount::new_exporters) == 1);

    Pool small;
    small.columns().domestic_share[small.firm(2)] =
        mobility_terms(small.world, home, storage, mean_share_abroad(small.world, home, storage))
            .weak_share;
    small.decide();
    CHECK(small.columns().weak_quarters[small.firm(2)] == 0);
}

TEST_CASE("where nobody leads, a part of the frontier is needed, however far that has moved")
{
    Pool pool;
    pool.world.references.frontier.fill(4.0);
    MobilityTerms terms =
        mobility_terms(pool.world, home, storage, mean_share_abroad(pool.world, home, storage));
    CHECK(terms.options.front().threshold == Approx(0.9));
    terms = mobility_terms(pool.world, home, storage, mean_share_abroad(pool.world, home, storage),
                           std::move(terms));  // in the same memory
    CHECK(terms.options.size() == 1);
}

TEST_CASE("the luck of a firm is its own, whoever else may climb")
{
    const auto climbs = [](bool with_others) {
        Pool pool;
        pool.world.scenario.parameters.mobility.upgrade_rate = 0.5;
        const FirmId id = pool.columns().id[pool.firm(7)];
        std::vector<bool> when;
        for (pool.world.quarter = 0; pool.world.quarter < 50; ++pool.world.quarter) {
            pool.departures.clear();
            for (std::size_t n = with_others ? 0 : 7; n < 8; ++n) {
                pool.let_climb(pool.firm(n));
            }
            pool.decide();
            when.push_back(
                std::ranges::any_of(pool.departures.climbers,
                                    [&](const Climber& climber) { return climber.firm.id == id; }));
        }
        return when;
    };
    CHECK(climbs(true) == climbs(false));
    CHECK(std::ranges::count(climbs(true), true) > 10);
}

TEST_CASE("of the firms that can climb, those do whose luck suffices")
{
    Pool pool;
    pool.world.scenario.parameters.mobility.upgrade_rate = 0.5;
    std::size_t climbed = 0;
    for (pool.world.quarter = 0; pool.world.quarter < 200; ++pool.world.quarter) {
        pool.departures.clear();
        for (std::size_t n = 0; n < 10; ++n) {
            pool.let_climb(pool.firm(n));
        }
        pool.decide();
        climbed += pool.departures.climbers.size();
    }
    CHECK(climbed == Approx(1000).margin(90));  // four standard deviations
}

}  // namespace
}  // namespace latecomer::tests::stayers_test
