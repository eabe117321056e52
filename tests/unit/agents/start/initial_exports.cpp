#include "agents/observation/books.hpp"
#include "agents/start/initial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace latecomer::tests::initial_exports_test {
namespace {

/// What economies export of ICT services, USD bn.
const std::vector<double> known_exports{4.0, 1.0, 10.0, 0.0, 0.0};

/// Five economies: two latecomers, one that is both, an advanced one that exports nothing, and a lead economy.
Scenario exporting_scenario(double level)
{
    std::vector<CountryData> countries{economy("A", 1, 100.0), economy("B", 2, 200.0),
                                       economy("C", 3, 400.0), economy("D", 4, 50.0),
                                       economy("L", 5, 800.0)};
    const CountryRole roles[] = {CountryRole::latecomer, CountryRole::latecomer, CountryRole::both,
                                 CountryRole::advanced, CountryRole::lead};
    const double productivity[] = {20000.0, 10000.0, 30000.0, 60000.0, 80000.0};
    for (std::size_t c = 0; c < countries.size(); ++c) {
        countries[c].role = roles[c];
        countries[c][Indicator::productivity].value = productivity[c];
        countries[c][Indicator::ict_service_exports] = {known_exports[c], "", "assumed", "test"};
    }
    countries[2].lead_firms = 1;
    countries[4].lead_firms = 3;
    countries[4][Indicator::ict_service_exports].value = 100.0;  // of lead firms: not of interest
    Scenario scenario = table_scenario(std::move(countries), 200);
    scenario.parameters.trade.export_level = level;
    scenario.parameters.mobility.export_threshold = 1.1;
    scenario.parameters.mobility.export_size_exponent = 0.8;
    return scenario;
}

bool is_service(const World& world, PositionId p)
{
    const Stage stage = world.positions[p].stage;
    return p != Positions::processing &&
           (stage == Stage::analytics || stage == Stage::applications);
}

/// Demand for analytics and applications that home firms do not have for themselves, in all countries.
double contestable_demand(const World& world)
{
    double sum = 0.0;
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            if (!is_service(world, p)) {
                continue;
            }
            const Position& position = world.positions[p];
            const double demand =
                position.sector ? world.countries.initial_demand[d] * world.countries.adoption[d] *
                                      world.parameters().sectors[position.sector->at()].demand_share
                                : world.countries.orders(d, p);
            const bool firms = world.statistics[world.pool(d, p)].firms > 0;
            sum += demand * (firms ? 1.0 - position.parameters.captive_niche : 1.0);
        }
    }
    return sum;
}

/// What firms of a country sell abroad and to lead firms.
double exports_of(const World& world, CountryId c)
{
    double sum = 0.0;
    for (const PositionId p : world.positions.indices()) {
        sum += world.results.pools[world.pool(c, p)].export_sales;
    }
    const double processing = std::accumulate(world.countries.processing_orders.begin(),
                                              world.countries.processing_orders.end(), 0.0);
    return sum + world.markets.processing_share[c] * processing;
}

TEST_CASE("economies have the parts in exports that the table says, and all together the level")
{
    const double level = GENERATE(0.05, 0.1, 0.2);
    const World world = make_world(exporting_scenario(level));
    const double all = level * contestable_demand(world);
    double sum = 0.0;
    for (const CountryId c : world.countries.indices()) {
        CAPTURE(level, c.at());
        const double part = known_exports[c.at()] / 15.0;
        // Who is known to export nothing still processes a little.
        CHECK(exports_of(world, c) / all == Approx(part).epsilon(0.01).margin(0.002));
        sum += exports_of(world, c);
    }
    CHECK(sum == Approx(all).epsilon(0.01));
}

TEST_CASE("only analytics and applications are sold abroad, by pools that have firms")
{
    const World world = make_world(exporting_scenario(0.1));
    for (const PoolId pool : world.pool_indices()) {
        const PositionId p = world.position_of(pool);
        const CountryId c = world.country_of(pool);
        const bool exports = is_service(world, p) && c.at() < 3;
        CAPTURE(pool.at());
        CHECK((world.results.pools[pool].export_sales > 0.0) == exports);
        CHECK((world.statistics[pool].exporters > 0) == exports);
        for (const CountryId d : world.countries.indices()) {
            if (d != c) {
                CHECK((world.markets.share(d, p)[c.at()] > 0.0) == exports);
            }
        }
    }
}

TEST_CASE("a pool has one share in all countries but its own, and lead firms what is left")
{
    const World world = make_world(exporting_scenario(0.1));
    const PositionId p = Positions::application(SectorId{1});
    const double share = world.markets.share(CountryId{1}, p)[0];
    CHECK(share > 0.0);
    for (const std::size_t d : {1U, 2U, 3U, 4U}) {
        CHECK(world.markets.share(CountryId{d}, p)[0] == Approx(share));
    }
    for (const CountryId d : world.countries.indices()) {
        const auto shares = world.markets.share(d, p);
        CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(1.0));
        if (world.statistics[world.pool(d, p)].firms > 0) {
            CHECK(shares[d.at()] == 0.4);
        }
    }
}

TEST_CASE(
    "exporters are above the threshold or the best of their pool, and larger ones export more")
{
    const double threshold = GENERATE(0.0, 1.1, 100.0);
    Scenario scenario = exporting_scenario(0.1);
    scenario.parameters.mobility.export_threshold = threshold;
    const World world = make_world(scenario);
    const Firms& firms = world.firms.columns;
    for (const PoolId pool : world.pool_indices()) {
        const PoolStatistics& now = world.statistics[pool];
        const std::size_t s = at(world.positions[world.position_of(pool)].stage);
        if (!(world.results.pools[pool].export_sales > 0.0)) {
            for (const FirmIndex i : world.firms.firms_of(pool)) {
                CHECK(firms.export_share[i] == 0.0);
            }
            continue;
        }
        std::int64_t exporters = 0;
        std::int64_t best = 0;
        double shares = 0.0;
        double ratio = 0.0;
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            const double capability = firms.capability[s][i];
            const bool may =
                capability >= threshold * now.mean_capability || capability == now.best_capability;
            CHECK((firms.export_share[i] > 0.0) == may);
            best += capability == now.best_capability ? 1 : 0;
            if (may) {
                ++exporters;
                shares += export_share(world, pool, i);
                const double of_this =
                    firms.export_share[i] / std::pow(domestic_share(world, pool, i), 0.8);
                ratio = ratio == 0.0 ? of_this : ratio;
                CHECK(of_this == Approx(ratio));
            }
        }
        CHECK(exporters >= 1);
        CHECK(exporters == now.exporters);
        CHECK(exporters == world.results.pools[pool].selling_exporters);
        CHECK(shares == Approx(1.0));
        if (threshold == 0.0) {
            CHECK(exporters == now.firms);
        }
        if (threshold == 100.0) {
            CHECK(exporters == best);
        }
    }
}

TEST_CASE("what firms earn is what their pools sell at home and abroad")
{
    const World world = make_world(exporting_scenario(0.1));
    const Firms& firms = world.firms.columns;
    for (const PoolId pool : world.pool_indices()) {
        double earned = 0.0;
        double weighted = 0.0;
        const std::size_t s = at(world.positions[world.position_of(pool)].stage);
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            earned += firms.revenue[i];
            weighted += firms.revenue[i] * firms.capability[s][i];
        }
        CAPTURE(pool.at());
        CHECK(earned == Approx(world.results.pools[pool].revenue));
        CHECK(weighted == Approx(world.results.pools[pool].weighted_capability));
    }
}

TEST_CASE("processing goes to those who export and are far from the frontier")
{
    const World world = make_world(exporting_scenario(0.1));
    // Parts in exports 4, 1, 10 of 15 times distances 3/4, 7/8, 5/8 of productivity.
    const double weights[] = {4.0 * 0.75, 1.0 * 0.875, 10.0 * 0.625};
    const double sum = 3.0 + 0.875 + 6.25;
    const double least = 0.01 * sum / 5.0;  // what D has, which is known to export nothing
    for (std::size_t c = 0; c < 3; ++c) {
        CHECK(world.markets.processing_share[CountryId{c}] == Approx(weights[c] / (sum + least)));
    }
    CHECK(world.markets.processing_share[CountryId{3}] == Approx(least / (sum + least)));
    CHECK(world.markets.processing_share[CountryId{4}] == 0.0);
}

TEST_CASE("at a level of zero nobody exports at the start")
{
    const World world = make_world(exporting_scenario(0.0));
    for (const PoolId pool : world.pool_indices()) {
        CHECK(world.results.pools[pool].export_sales == 0.0);
        CHECK(world.statistics[pool].exporters == 0);
    }
}

TEST_CASE("exports take no more than what lead firms had")
{
    const World world = make_world(exporting_scenario(1.0));
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            const auto shares = world.markets.share(d, p);
            CHECK(std::ranges::all_of(shares, [](double share) { return share >= 0.0; }));
            if (!world.positions[p].world_market) {
                CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(1.0));
            }
        }
    }
}

TEST_CASE("books of a world that exports from the start add up in its first quarters")
{
    const double level = GENERATE(0.1, 1.0);
    World world = make_world(exporting_scenario(level));
    for (int quarter = 0; quarter < 4; ++quarter) {
        run(world, 1);
        CHECK_NOTHROW(expects_identities(world));
    }
    CHECK(world.trade.exports > 0.0);
}

}  // namespace
}  // namespace latecomer::tests::initial_exports_test
