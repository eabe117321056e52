#include "agents/firms/mobility.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>

#include <algorithm>
#include <vector>

namespace latecomer::mobility_test {
namespace {

const CountryId home{0};

/// A latecomer economy at wage 2 with 100 mean firms that earn nothing: none fails, is able to climb or to
/// export.
World quiet_world()
{
    World world = tests::make_world(tests::round_scenario(1, 1, 1, 100));
    world.scenario.parameters.mobility.upgrade_rate = 1.0;
    world.countries.wage[home] = 2.0;
    tests::let_mean_revenue_be_the_wage(world);
    Firms& firms = world.firms.columns;
    for (const PoolId pool : world.pool_indices()) {
        world.statistics[pool].mean_capability = 0.5;
        world.statistics[pool].sold_capability = 0.5;
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            for (auto& capability : firms.capability) {
                capability[i] = 0.4;
            }
            firms.domestic_share[i] = 1.0 / static_cast<double>(world.statistics[pool].firms);
            firms.cash[i] = 0.0;
            firms.revenue[i] = 0.0;
        }
    }
    return world;
}

struct Decisions {
    Tally tally;
    Departures departures;
};

Decisions decide(World& world, PositionId p)
{
    const PoolId pool = world.pool(home, p);
    const PoolSlots& slots = world.firms.slots(pool);
    const MobilityTerms terms = mobility_terms(world, home, p, mean_share_abroad(world, home, p));
    Decisions decisions{Tally(world), {}};
    for (std::size_t done = 0; done < slots.count; done += block_size) {
        const Block block{pool, home, p, slots.begin + done,
                          std::min(block_size, slots.count - done)};
        decide_mobility(world, block, terms, decisions.tally, decisions.departures);
    }
    return decisions;
}

/// Where the first leaver is.
FirmIndex leaver_of(const World& world, const Decisions& decisions)
{
    const Leaver& leaver = decisions.departures.leavers.front();
    return FirmIndex{world.firms.slots(leaver.pool).begin + leaver.place};
}

/// The second firm of a pool: the one that tests do something to.
FirmIndex chosen(const World& world, PositionId p)
{
    return FirmIndex{world.firms.slots(world.pool(home, p)).begin + 1};
}

TEST_CASE("a firm exits when its cash is negative, not when it is nothing")
{
    World world = quiet_world();
    CHECK(decide(world, Positions::collection).departures.leavers.empty());

    const FirmIndex i = chosen(world, Positions::collection);
    world.firms.columns.cash[i] = -0.25;
    Decisions decisions = decide(world, Positions::collection);
    const PoolId pool = world.pool(home, Positions::collection);
    REQUIRE(decisions.departures.leavers.size() == 1);
    CHECK(decisions.departures.climbers.empty());
    CHECK(leaver_of(world, decisions) == i);
    CHECK(decisions.tally.number(pool, PoolCount::exits) == 1);
    CHECK(decisions.tally.sum(pool, PoolSum::exit_cash) == -0.25);
    CHECK(decisions.tally.sum(pool, PoolSum::cash) == 0.25);
    CHECK(decisions.tally.sum(pool, PoolSum::staying_share) == Approx(-1.0 / 30.0));
}

TEST_CASE("a firm exits in its eighth weak quarter in a row")
{
    World world = quiet_world();
    const FirmIndex i = chosen(world, Positions::collection);
    world.firms.columns.domestic_share[i] = 0.0016;  // 1/20 of 1/30 is .00167
    for (std::uint32_t quarter = 1; quarter <= 7; ++quarter) {
        CHECK(decide(world, Positions::collection).departures.leavers.empty());
        CHECK(world.firms.columns.weak_quarters[i] == quarter);
    }
    const Decisions eighth = decide(world, Positions::collection);
    REQUIRE(eighth.departures.leavers.size() == 1);
    CHECK(leaver_of(world, eighth) == i);
}

TEST_CASE("one quarter above the least share makes a weak firm strong again")
{
    World world = quiet_world();
    const FirmIndex i = chosen(world, Positions::collection);
    world.firms.columns.weak_quarters[i] = 7;
    world.firms.columns.domestic_share[i] = 0.0017;
    CHECK(decide(world, Positions::collection).departures.leavers.empty());
    CHECK(world.firms.columns.weak_quarters[i] == 0);
}

TEST_CASE("an exporter is not weak, however little it sells at home")
{
    World world = quiet_world();
    const FirmIndex i = chosen(world, Positions::collection);
    world.firms.columns.weak_quarters[i] = 7;
    world.firms.columns.domestic_share[i] = 0.0;
    world.firms.columns.export_share[i] = 0.1;
    Decisions decisions = decide(world, Positions::collection);
    CHECK(decisions.departures.leavers.empty());
    CHECK(decisions.tally.number(world.pool(home, Positions::collection),
                                 PoolCount::staying_exporters) == 1);
}

TEST_CASE("a firm that climbs keeps its identity, data and windows and pays for the move")
{
    World world = quiet_world();
    Firms& firms = world.firms.columns;
    const FirmIndex i = chosen(world, Positions::collection);
    const FirmId id = firms.id[i];
    firms.capability[1][i] = 0.46;  // .9 x .5 is needed
    firms.cash[i] = 1.0;
    firms.data_stock[i] = 7.0;
    firms.windows[i] = 5;
    firms.export_share[i] = 0.3;
    firms.weak_quarters[i] = 3;
    world.markets.share(home, Positions::storage)[0] = 0.2;

    Decisions decisions = decide(world, Positions::collection);
    REQUIRE(decisions.departures.leavers.size() == 1);
    REQUIRE(decisions.departures.climbers.size() == 1);
    const Climber& climber = decisions.departures.climbers[0];
    CHECK(climber.to == world.pool(home, Positions::storage));
    CHECK(climber.firm.id == id);
    CHECK(climber.firm.data_stock == 7.0);
    CHECK(climber.firm.windows == 5);
    CHECK(climber.firm.capability == ByStage<double>{0.4, 0.46, 0.4, 0.4});
    CHECK(climber.firm.cash == Approx(0.6));  // .2 wages of 2
    CHECK(climber.firm.export_share == 0.0);
    CHECK(climber.firm.weak_quarters == 0);
    CHECK(climber.firm.domestic_share == Approx(0.05));  // half of a tenth
}

TEST_CASE("what a climbing firm takes along is counted where it arrives")
{
    World world = quiet_world();
    const FirmIndex i = chosen(world, Positions::collection);
    world.firms.columns.capability[1][i] = 0.46;
    world.firms.columns.cash[i] = 1.0;
    world.markets.share(home, Positions::storage)[0] = 0.2;
    Decisions decisions = decide(world, Positions::collection);
    const PoolId from = world.pool(home, Positions::collection);
    const PoolId to = world.pool(home, Positions::storage);
    Tally& tally = decisions.tally;
    CHECK(tally.number(from, PoolCount::upgrades_out) == 1);
    CHECK(tally.number(to, PoolCount::upgrades_in) == 1);
    CHECK(tally.sum(from, PoolSum::cash) == -1.0);
    CHECK(tally.sum(to, PoolSum::cash) == Approx(0.6));
    CHECK(tally.sum(to, PoolSum::capability) == Approx(0.46));
    CHECK(tally.sum(to, PoolSum::seeds) == Approx(0.01));  // half of .2/10
    CHECK(tally.best_capability[to.at()] == 0.46);
}

TEST_CASE("a firm without the capability, the cash or the luck does not climb")
{
    World world = quiet_world();
    Firms& firms = world.firms.columns;
    const FirmIndex i = chosen(world, Positions::collection);
    firms.capability[1][i] = 0.44;
    firms.cash[i] = 1.0;
    CHECK(decide(world, Positions::collection).departures.leavers.empty());
    firms.capability[1][i] = 0.46;
    firms.cash[i] = 0.4;
    CHECK(decide(world, Positions::collection).departures.leavers.empty());
    firms.cash[i] = 1.0;
    world.scenario.parameters.mobility.upgrade_rate = 0.0;
    CHECK(decide(world, Positions::collection).departures.leavers.empty());
}

TEST_CASE("where nobody leads the way, climbing takes a part of the frontier")
{
    World world = quiet_world();
    world.statistics[world.pool(home, Positions::storage)].sold_capability = 0.1;
    const MobilityTerms terms = mobility_terms(
        world, home, Positions::collection, mean_share_abroad(world, home, Positions::collection));
    REQUIRE(terms.options.size() == 1);
    CHECK(terms.options[0].threshold == Approx(0.225));  // .9 x .25
}

TEST_CASE("a firm that climbs into an empty pool starts like an entrant")
{
    World world = quiet_world();
    const FirmIndex i = chosen(world, Positions::collection);
    world.firms.columns.capability[1][i] = 0.46;
    world.firms.columns.cash[i] = 1.0;
    world.statistics[world.pool(home, Positions::storage)] = {};
    world.markets.log_taste(home, Positions::storage)[0] = std::log(0.5);
    const Decisions decisions = decide(world, Positions::collection);
    REQUIRE(decisions.departures.leavers.size() == 1);
    // .16 x .5/10 times a lognormal draw; stored as it is, because the pool has no share yet.
    const double seed = decisions.departures.climbers[0].firm.domestic_share;
    CHECK(seed > 0.0008);
    CHECK(seed < 0.08);
    CHECK(decisions.tally.sum(world.pool(home, Positions::storage), PoolSum::seeds) ==
          Approx(seed));
}

TEST_CASE("firms choose among applications in proportion to demand")
{
    Scenario scenario = tests::round_scenario(1, 1, 1, 10000);
    World world = tests::make_world(scenario);
    world.scenario.parameters.mobility.upgrade_rate = 1.0;
    Firms& firms = world.firms.columns;
    const PoolId pool = world.pool(home, Positions::analytics);
    for (const FirmIndex i : world.firms.firms_of(pool)) {
        firms.capability[3][i] = 5.0;
        firms.cash[i] = 100.0;
        firms.revenue[i] = 0.0;
    }
    std::vector<int> arrived(8);
    const Decisions decisions = decide(world, Positions::analytics);
    for (const Climber& climber : decisions.departures.climbers) {
        ++arrived[world.position_of(climber.to).at()];
    }
    // 1500 firms; four standard deviations of a binomial number are at most 78.
    CHECK(arrived[4] == Approx(525).margin(74));
    CHECK(arrived[5] == Approx(225).margin(56));
    CHECK(arrived[6] == Approx(600).margin(76));
    CHECK(arrived[7] == Approx(150).margin(47));
}

TEST_CASE("applications are the top of the ladder")
{
    const World world = quiet_world();
    CHECK(mobility_terms(world, home, Positions::application(SectorId{0}),
                         mean_share_abroad(world, home, Positions::application(SectorId{0})))
              .options.empty());
}

TEST_CASE(
    "a capable firm begins to export with a tenth of the mean share at home and pays nothing yet")
{
    World world = quiet_world();
    Firms& firms = world.firms.columns;
    const FirmIndex i = chosen(world, Positions::collection);
    firms.capability[0][i] = 0.61;  // 1.2 x .5 is needed
    world.markets.share(home, Positions::collection)[0] = 0.3;
    world.markets.share(CountryId{1}, Positions::collection)[0] = 0.01;
    Decisions decisions = decide(world, Positions::collection);
    CHECK(decisions.departures.leavers.empty());
    CHECK(firms.cash[i] == 0.0);
    CHECK(firms.export_share[i] == Approx(0.1));  // .1 x .3/30 over .01
    const PoolId pool = world.pool(home, Positions::collection);
    CHECK(decisions.tally.number(pool, PoolCount::new_exporters) == 1);
    CHECK(decisions.tally.sum(pool, PoolSum::cash) == 0.0);
    CHECK(decisions.tally.sum(pool, PoolSum::new_export_powers) == 1.0);
}

TEST_CASE("a firm without the capability or the luck does not begin to export")
{
    World world = quiet_world();
    Firms& firms = world.firms.columns;
    const FirmIndex i = chosen(world, Positions::collection);
    firms.capability[0][i] = 0.59;
    decide(world, Positions::collection);
    CHECK(firms.export_share[i] == 0.0);
    firms.capability[0][i] = 0.61;
    world.scenario.parameters.mobility.export_rate = 0.0;
    decide(world, Positions::collection);
    CHECK(firms.export_share[i] == 0.0);
}

TEST_CASE("processing has no exporters, it sells to the world anyway")
{
    World world = quiet_world();
    Firms& firms = world.firms.columns;
    const FirmIndex i = chosen(world, Positions::processing);
    firms.capability[2][i] = 5.0;
    firms.cash[i] = 100.0;
    world.scenario.parameters.mobility.upgrade_rate = 0.0;
    decide(world, Positions::processing);
    CHECK(firms.export_share[i] == 0.0);
    CHECK(firms.cash[i] == 100.0);
}

TEST_CASE("a firm that climbs does not begin to export in the same quarter")
{
    World world = quiet_world();
    Firms& firms = world.firms.columns;
    const FirmIndex i = chosen(world, Positions::collection);
    firms.capability[0][i] = 5.0;
    firms.capability[1][i] = 5.0;
    firms.cash[i] = 100.0;
    Decisions decisions = decide(world, Positions::collection);
    REQUIRE(decisions.departures.leavers.size() == 1);
    CHECK(decisions.departures.climbers[0].firm.cash == Approx(99.6));
    CHECK(decisions.tally.number(world.pool(home, Positions::collection),
                                 PoolCount::new_exporters) == 0);
}

}  // namespace
}  // namespace latecomer::mobility_test
