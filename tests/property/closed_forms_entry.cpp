/// Laws of numbers of firms: entry, exit, resolution.

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>
#include <cstring>
#include <vector>

namespace latecomer::tests::closed_forms_entry_test {
namespace {

TEST_CASE("without entry and exit the number of firms is constant")
{
    Scenario scenario = round_scenario(3, 1, 3, 100);
    turn_exit_off(scenario.parameters);
    scenario.parameters.selection.mark_up_low = 0.2;  // above the cost of search
    scenario.parameters.entry.rate = 0.0;
    World world = make_world(scenario);
    const std::int64_t firms = firm_count(world);
    std::int64_t upgrades = 0;
    for (int quarter = 0; quarter < 40; ++quarter) {
        run(world, 1);
        for (const PoolResults& results : world.results.pools) {
            upgrades += results.upgrades_in;
        }
        REQUIRE(firm_count(world) == firms);
    }
    CHECK(upgrades > 0);
}

struct EntryCase {
    double rate;
    int firms_per_country;
    int quarters;
};

TEST_CASE("entrants that do not respond to profit are Poisson in number")
{
    const EntryCase entry = GENERATE(EntryCase{0.021, 200, 40},  // mean .084 to 1.26
                                     EntryCase{10.0, 100, 8});   // mean 25 to 300
    Scenario scenario = table_scenario({economy("A", 0), economy("B", 1)}, entry.firms_per_country);
    turn_exit_off(scenario.parameters);
    scenario.parameters.selection.mark_up_low = 0.2;
    scenario.parameters.entry.rate = entry.rate;
    scenario.parameters.entry.profit_response = 0.0;
    World world = make_world(scenario);

    // Of a Poisson number x of mean m: (x - m)^2/m has mean 1 and variance 2 + 1/m.
    const double shares[] = {0.30, 0.10, 0.20, 0.15, 0.0875, 0.0375, 0.10, 0.025};
    double entrants = 0.0;
    double expected = 0.0;
    double dispersion = 0.0;
    double variance = 0.0;
    std::int64_t firms = firm_count(world);
    for (int quarter = 0; quarter < entry.quarters; ++quarter) {
        run(world, 1);
        for (const PoolId pool : world.pool_indices()) {
            const double mean =
                entry.rate * entry.firms_per_country * shares[world.position_of(pool).at()];
            const double number = static_cast<double>(world.results.pools[pool].entrants);
            CHECK(world.results.pools[pool].exits == 0);
            entrants += number;
            expected += mean;
            dispersion += (number - mean) * (number - mean) / mean - 1.0;
            variance += 2.0 + 1.0 / mean;
        }
    }
    const double z_of_number = (entrants - expected) / std::sqrt(expected);
    const double z_of_dispersion = dispersion / std::sqrt(variance);
    INFO("z = " << z_of_number << " and " << z_of_dispersion);
    CHECK(std::abs(z_of_number) < 4.0);
    CHECK(std::abs(z_of_dispersion) < 4.0);
    CHECK(static_cast<double>(firm_count(world) - firms) == entrants);
}

// --- Resolution ------------------------------------------------------------------------------------

/// A world of equal firms that learn by doing and sell everywhere, under the luck of their countries: nothing
/// but the number of firms depends on the resolution.
World equal_firms(int firms_per_country)
{
    // Eighty firms divide among positions without remainder.
    Scenario scenario =
        table_scenario({economy("A", 0), economy("B", 1), economy("L", 2)}, firms_per_country);
    scenario.countries.back().role = CountryRole::lead;
    scenario.countries.back().lead_firms = 3;
    Parameters& parameters = scenario.parameters;
    turn_everything_on(parameters);
    turn_search_off(parameters);
    turn_exit_off(parameters);
    let_everybody_export(parameters);
    parameters.learning.lead_success = 0.1;
    parameters.mobility.upgrade_rate = 0.0;
    parameters.entry.rate = 0.0;
    parameters.entry.dispersion = 0.0;
    parameters.selection.noise = 0.0;
    World world = make_world(scenario);
    Firms& firms = world.firms.columns;
    for (const PoolId pool : world.pool_indices()) {
        const auto range = world.firms.firms_of(pool);
        const auto n = static_cast<double>(range.size());
        const PoolResults& results = world.results.pools[pool];
        for (const FirmIndex i : range) {
            firms.domestic_share[i] = 1.0 / n;
            firms.revenue[i] = results.revenue / n;
            firms.units[i] = results.units / n;
            for (auto& experience : firms.experience) {
                experience[i] = 40.0 * results.units / n;
            }
        }
        world.pools[pool].domestic_scale = 1.0;
    }
    return world;
}

TEST_CASE("a finer picture of equal firms is the same picture")
{
    World coarse = equal_firms(80);
    World fine = equal_firms(320);
    REQUIRE(firm_count(fine) == 4 * firm_count(coarse));
    const ByStage<double> before = coarse.references.home[CountryId{0}];
    run(coarse, 24);
    run(fine, 24);
    REQUIRE(firm_count(fine) == 4 * firm_count(coarse));

    Largest deviation;
    for (std::size_t k = 0; k < coarse.markets.share.span().size(); ++k) {
        deviation(difference(fine.markets.share.span()[k], coarse.markets.share.span()[k]));
    }
    for (const CountryId c : coarse.countries.indices()) {
        deviation(difference(fine.countries.wage[c], coarse.countries.wage[c]));
        deviation(difference(fine.countries.adoption[c], coarse.countries.adoption[c]));
        deviation(
            std::abs(fine.references.capability_index[c] - coarse.references.capability_index[c]));
        deviation(
            difference(fine.countries.final_demand[c], 4.0 * coarse.countries.final_demand[c]));
        deviation(difference(fine.countries.income[c], 4.0 * coarse.countries.income[c]));
        for (std::size_t s = 0; s < stages; ++s) {
            deviation(difference(fine.references.home[c][s], coarse.references.home[c][s]));
            deviation(difference(fine.references.frontier[s], coarse.references.frontier[s]));
        }
        for (const PositionId p : coarse.positions.indices()) {
            deviation(difference(fine.markets.price_index(c, p), coarse.markets.price_index(c, p)));
            const PoolResults& x = fine.results.pools[fine.pool(c, p)];
            const PoolResults& y = coarse.results.pools[coarse.pool(c, p)];
            deviation(difference(x.revenue, 4.0 * y.revenue));
            deviation(difference(x.profit, 4.0 * y.profit));
        }
    }
    CHECK(difference(coarse.references.home[CountryId{0}][3], before[3]) > 0.01);
    CHECK(coarse.trade.exports > 0.0);
    CHECK(deviation.value() < 1e-9);
}

/// Means over latecomer economies of what does not depend on the number of firms.
struct Path {
    static constexpr std::size_t size = 8;
    static constexpr const char* names[size] = {"capability index",
                                                "ln wage",
                                                "adoption",
                                                "ln demand per firm",
                                                "ln commons per firm",
                                                "domestic share of applications",
                                                "firms per initial firm",
                                                "ln price of applications"};
    std::array<double, size> values{};
};

Path path(int firms_per_country, int seed)
{
    Scenario scenario = round_scenario(6, 2, 4, firms_per_country);
    scenario.parameters.run.seed = seed;
    scenario.parameters.data.pooled_weight = 5.0;  // so that data and markets count in a short run
    scenario.parameters.trade.sensitivity = 0.5;
    World world = make_world(scenario);
    run(world, 12);
    Path result;
    double economies = 0.0;
    for (const CountryId c : world.countries.indices()) {
        if (world.countries.role[c] != CountryRole::latecomer) {
            continue;
        }
        ++economies;
        const double firms = world.countries.initial_firms[c];
        double commons = 0.0;
        double sales = 0.0;
        double demand = 0.0;
        double price = 0.0;
        for (std::size_t j = 0; j < world.positions.sectors(); ++j) {
            const PositionId p = Positions::application(SectorId{j});
            commons += world.countries.commons(c, SectorId{j});
            sales += world.results.pools[world.pool(c, p)].domestic_sales;
            demand += world.markets.spending(c, p);
            price += std::log(world.markets.price_index(c, p));
        }
        result.values[0] += world.references.capability_index[c];
        result.values[1] += std::log(world.countries.wage[c]);
        result.values[2] += world.countries.adoption[c];
        result.values[3] += std::log(demand / firms);
        result.values[4] += std::log(commons / firms);
        result.values[5] += sales / demand;
        result.values[6] += static_cast<double>(firms_in(world, c)) / firms;
        result.values[7] += price;
    }
    for (double& value : result.values) {
        value /= economies;
    }
    return result;
}

TEST_CASE("four times as many firms are a finer picture of the same countries")
{
    // Selection works on the variance within pools, which in a sample of n is (n - 1)/n of what it
    // is in a large one: wages of N and 4 N firms differ by a bias of 1/N, here a third of what
    // four standard errors of so many seeds can see.
    constexpr int seeds = 8;
    std::array<double, Path::size> sum{};
    std::array<double, Path::size> squares{};
    for (int seed = 1; seed <= seeds; ++seed) {
        const Path coarse = path(400, seed);
        const Path fine = path(1600, seed);
        for (std::size_t k = 0; k < Path::size; ++k) {
            const double step = fine.values[k] - coarse.values[k];
            sum[k] += step;
            squares[k] += step * step;
        }
    }
    for (std::size_t k = 0; k < Path::size; ++k) {
        const double mean = sum[k] / seeds;
        const double error =
            std::sqrt(std::max(0.0, squares[k] / seeds - mean * mean) / (seeds - 1));
        INFO(Path::names[k] << ": difference " << mean << ", standard error " << error);
        CHECK(std::abs(mean) <= 4.0 * error + 1e-12);
    }
}

}  // namespace
}  // namespace latecomer::tests::closed_forms_entry_test
