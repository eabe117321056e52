#include "agents/start/initial.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace latecomer::initial_test {
namespace {

World small_world()
{
    return tests::make_world(tests::round_scenario(2, 1, 3, 60));
}

TEST_CASE("the first firms go to positions by largest remainder")
{
    // Exactly 3, 1, 2, 1.5, .875, .375, 1, .25: the two left over go to the fifth and the fourth.
    const Positions positions{Parameters{}};
    CHECK(initial_firms_by_position(positions, 10) ==
          std::vector<std::int64_t>{3, 1, 2, 2, 1, 0, 1, 0});
    CHECK(initial_firms_by_position(positions, 0) == std::vector<std::int64_t>(8, 0));
    CHECK(initial_firms_by_position(positions, 1) ==
          std::vector<std::int64_t>{1, 0, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("the firms that statistics count are the firms that there are")
{
    const World world = small_world();
    std::int64_t firms = 0;
    for (const PoolId pool : world.pool_indices()) {
        CHECK(world.statistics[pool].firms ==
              static_cast<std::int64_t>(world.firms.slots(pool).count));
        firms += world.statistics[pool].firms;
    }
    CHECK(firms == 120);
    CHECK(firm_count(world) == 120);
    CHECK(world.firms.size() == 120);
}

TEST_CASE("a lead economy starts without latecomer firms and at capability one")
{
    const World world = small_world();
    const CountryId lead{2};
    CHECK(world.countries.role[lead] == CountryRole::lead);
    CHECK(world.countries.wage[lead] == 1.0);
    CHECK(world.countries.initial_firms[lead] == 0.0);
    for (const PositionId p : world.positions.indices()) {
        CHECK(world.firms.slots(world.pool(lead, p)).count == 0);
    }
}

TEST_CASE("what lead firms sell at first is the frontier of every stage, at one")
{
    const World world = small_world();
    for (std::size_t s = 0; s < stages; ++s) {
        // Of three lead firms the first sells 6/11, the second 3/11, the third 2/11.
        CHECK(6.0 * world.leads.capability[LeadId{0}][s] +
                  3.0 * world.leads.capability[LeadId{1}][s] +
                  2.0 * world.leads.capability[LeadId{2}][s] ==
              Approx(11.0));
        CHECK(world.leads.capability[LeadId{0}][s] != Approx(1.0));
        CHECK(world.references.frontier[s] == Approx(1.0));
        CHECK(world.references.home[CountryId{2}][s] == Approx(1.0));
    }
    CHECK(world.references.capability_index[CountryId{2}] == Approx(0.0).margin(1e-14));
}

TEST_CASE("no firm starts above 95 per cent of the frontier")
{
    Scenario scenario = tests::round_scenario(2, 1, 3, 200);
    scenario.parameters.entry.dispersion = 3.0;
    const World world = tests::make_world(scenario);
    double best = 0.0;
    for (const PoolId pool : world.pool_indices()) {
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            for (const auto& capability : world.firms.columns.capability) {
                best = std::max(best, capability[i]);
            }
        }
    }
    CHECK(best == 0.95);
}

TEST_CASE("firms divide their pool, and suppliers every market")
{
    const World world = small_world();
    for (const PoolId pool : world.pool_indices()) {
        double all = 0.0;
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            all += world.firms.columns.domestic_share[i] * world.pools[pool].domestic_scale;
        }
        CHECK(all == Approx(world.statistics[pool].firms > 0 ? 1.0 : 0.0));
        const auto shares = world.markets.share(world.country_of(pool), world.position_of(pool));
        CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(1.0));
    }
}

TEST_CASE("home firms start with two fifths, lead firms share the rest by rank")
{
    const World world = small_world();
    const auto shares = world.markets.share(CountryId{0}, Positions::collection);
    CHECK(shares[0] == 0.4);
    CHECK(shares[1] == 0.0);
    CHECK(shares[3] == Approx(0.327273).epsilon(1e-5));  // .6 x 6/11
    CHECK(shares[4] == Approx(0.163636).epsilon(1e-5));
    CHECK(shares[5] == Approx(0.109091).epsilon(1e-5));
    CHECK(world.markets.taste(CountryId{0}, Positions::collection, 0) == Approx(0.4));
    CHECK(world.markets.taste(CountryId{0}, Positions::collection, 1) == Approx(0.01));
}

TEST_CASE("sales of lead firms fall with their rank to the power of the concentration")
{
    const auto parts = [](double concentration) {
        Scenario scenario = tests::round_scenario(2, 1, 4, 60);
        scenario.parameters.trade.lead_concentration = concentration;
        const World world = tests::make_world(scenario);
        const auto shares = world.markets.share(CountryId{2}, Positions::storage);
        CHECK(world.leads.units(LeadId{1}, Positions::storage) /
                  world.leads.units(LeadId{0}, Positions::storage) ==
              Approx(shares[4] / shares[3]));
        return std::vector<double>{shares[3], shares[4], shares[5], shares[6]};
    };
    CHECK(parts(0.0) == std::vector<double>{0.25, 0.25, 0.25, 0.25});
    const std::vector<double> squares = parts(2.0);  // 144, 36, 16 and 9 of 205
    CHECK(squares[0] == Approx(0.702439));
    CHECK(squares[1] == Approx(0.175610));
    CHECK(squares[2] == Approx(0.0780488));
    CHECK(squares[3] == Approx(0.0439024));
}

TEST_CASE("lead firms have all of the market where they are at home")
{
    const World world = small_world();
    const auto shares = world.markets.share(CountryId{2}, Positions::collection);
    CHECK(shares[3] == Approx(0.545455).epsilon(1e-5));
    CHECK(shares[0] == 0.0);
}

TEST_CASE("without lead firms home firms have the market to themselves")
{
    const World world = tests::make_world(tests::round_scenario(2, 0, 0, 60));
    CHECK(world.leads.size() == 0);
    CHECK(world.markets.share(CountryId{0}, Positions::storage)[0] == 1.0);
}

TEST_CASE("the world market of processing starts divided by numbers of firms")
{
    const World world = small_world();
    const auto firms = [&](std::size_t c) {
        return world.statistics[world.pool(CountryId{c}, Positions::processing)].firms;
    };
    REQUIRE(firms(0) + firms(1) == 24);
    CHECK(world.markets.processing_share[CountryId{0}] ==
          Approx(static_cast<double>(firms(0)) / 24.0));
    CHECK(world.markets.processing_share[CountryId{2}] == 0.0);
}

TEST_CASE("firms have forty quarters of their first sales behind them")
{
    const World world = small_world();
    const PoolId pool = world.pool(CountryId{0}, Positions::collection);
    double sold = 0.0;
    for (const FirmIndex i : world.firms.firms_of(pool)) {
        const Firms& firms = world.firms.columns;
        CHECK(firms.revenue[i] == Approx(1.3 * firms.units[i]));
        CHECK(firms.experience[0][i] == Approx(40.0 * firms.units[i]));
        CHECK(firms.experience[3][i] == Approx(40.0 * firms.units[i]));
        CHECK(firms.data_stock[i] == 0.0);
        CHECK(firms.cash[i] == world.countries.wage[CountryId{0}]);
        sold += firms.revenue[i];
    }
    CHECK(sold == Approx(world.results.pools[pool].revenue));
    CHECK(sold > 0.0);
}

TEST_CASE("initial sales order the inputs of the first quarter")
{
    // Collection of country 0 buys storage at home; storage itself buys nothing anywhere.
    Scenario scenario = tests::round_scenario(1, 0, 0, 100);
    const World world = tests::make_world(scenario);
    const double demand =
        world.countries.initial_demand[CountryId{0}] * world.countries.adoption[CountryId{0}];
    const auto orders = [&](PositionId p) {
        return world.countries.orders(CountryId{0}, p) / demand;
    };
    CHECK(orders(Positions::analytics) == Approx(0.153846).epsilon(1e-5));  // .2/1.3
    CHECK(orders(Positions::collection) ==
          Approx(0.050296).epsilon(1e-5));  // (.05 + .1 x .1538)/1.3
    CHECK(orders(Positions::storage) == Approx(0.096609).epsilon(1e-5));
    CHECK(orders(Positions::processing) == 0.0);
}

TEST_CASE("references of the first quarter are those of initial sales, and wages do not move")
{
    const World world = small_world();
    const CountryId c{0};
    double sales = 0.0;
    double capability = 0.0;
    for (const FirmIndex i : world.firms.firms_of(world.pool(c, Positions::storage))) {
        sales += world.firms.columns.revenue[i];
        capability += world.firms.columns.revenue[i] * world.firms.columns.capability[1][i];
    }
    CHECK(world.references.mean[c][1] == Approx(capability / sales));
    for (const CountryId any : world.countries.indices()) {
        CHECK(world.references.home_before[any] == world.references.home[any]);
    }
}

TEST_CASE("the number of firms is a resolution: demand and data grow with it, shares do not")
{
    const World coarse = tests::make_world(tests::round_scenario(2, 1, 3, 100));
    const World fine = tests::make_world(tests::round_scenario(2, 1, 3, 400));
    const CountryId c{0};
    CHECK(fine.countries.initial_demand[c] == Approx(4.0 * coarse.countries.initial_demand[c]));
    CHECK(fine.leads.units(LeadId{0}, Positions::analytics) ==
          Approx(4.0 * coarse.leads.units(LeadId{0}, Positions::analytics)).epsilon(0.01));
    CHECK(coarse.data_resolution == 0.5);
    CHECK(fine.data_resolution == 2.0);
    CHECK(fine.countries.wage[c] == coarse.countries.wage[c]);
}

}  // namespace
}  // namespace latecomer::initial_test
