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
    return tests::make_world(tests::synthetic_scenario(2, 1, 3, 60));
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

TEST_CASE("the best lead firm of every stage is the frontier, at one")
{
    const World world = small_world();
    for (std::size_t s = 0; s < stages; ++s) {
        double best = 0.0;
        for (const LeadId l : world.leads.indices()) {
            best = std::max(best, world.leads.capability[l][s]);
        }
        CHECK(best == 1.0);
        CHECK(world.references.frontier[s] == 1.0);
    }
}

TEST_CASE("no firm starts above 95 per cent of the frontier")
{
    Scenario scenario = tests::synthetic_scenario(2, 1, 3, 200);
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

TEST_CASE("lead firms have all of the market where they are at home")
{
    const World world = small_world();
    const auto shares = world.markets.share(CountryId{2}, Positions::collection);
    CHECK(shares[3] == Approx(0.545455).epsilon(1e-5));
    CHECK(shares[0] == 0.0);
}

TEST_CASE("without lead firms home firms have the market to themselves")
{
    const World world = tests::make_world(tests::synthetic_scenario(2, 0, 0, 60));
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
    Scenario scenario = tests::synthetic_scenario(1, 0, 0, 100);
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

TEST_CASE("the number of firms is a resolution: demand and data grow with it, shares do not")
{
    const World coarse = tests::make_world(tests::synthetic_scenario(2, 1, 3, 100));
    const World fine = tests::make_world(tests::synthetic_scenario(2, 1, 3, 400));
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
