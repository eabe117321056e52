#include "agents/observation/dollars.hpp"

#include "agents/observation/outputs.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>
#include <utility>
#include <vector>

/// What results are worth in US dollars (eq. 37, 38).
namespace latecomer::tests::dollars_test {
namespace {

/// A lead economy and two that try to catch up, of other sizes and productivities.
Scenario three_economies()
{
    CountryData lead = economy("USA", 0, 16000.0);
    lead.role = CountryRole::lead;
    lead.lead_firms = 2;
    lead[Indicator::productivity].value = 100000.0;
    CountryData middle = economy("MID", 1, 800.0);
    middle[Indicator::productivity].value = 25000.0;
    CountryData poor = economy("POO", 2, 120.0);
    poor[Indicator::productivity].value = 4000.0;
    Scenario scenario = table_scenario({lead, middle, poor}, 50);
    scenario.reference_productivity = 100000.0;
    return scenario;
}

TEST_CASE("in dollars, demand at full adoption is five percent of the GDP of every economy")
{
    const Scenario scenario = three_economies();
    const double scale = usd_per_numeraire(scenario).value();
    const World world = make_world(scenario);
    for (const CountryId c : world.countries.indices()) {
        const double gdp = scenario.countries[c.at()][Indicator::gdp].value * 1e9;
        CHECK(world.countries.initial_demand[c] * 4.0 * scale == Approx(0.05 * gdp).epsilon(1e-12));
    }
}

TEST_CASE("dollars do not depend on how many firms stand for an economy")
{
    Scenario scenario = three_economies();
    const double coarse = usd_per_numeraire(scenario).value();
    scenario.parameters.world.firms_per_country *= 8;
    CHECK(usd_per_numeraire(scenario).value() == Approx(coarse / 8.0).epsilon(1e-12));
}

TEST_CASE("relative productivity turns back into the dollars a worker of the figures")
{
    const Scenario scenario = three_economies();
    CHECK(usd_per_worker(scenario).value() == Approx(100000.0).epsilon(1e-12));
    World world = make_world(scenario);
    for (const CountryId c : world.countries.indices()) {
        world.references.capability_index[c] = std::log(world.countries.initial_productivity[c]) *
                                               scenario.parameters.macro.capability_exponent;
    }
    for (const Output& output : outputs()) {
        if (output.key != "relative_productivity") {
            continue;
        }
        std::vector<double> values(output_size(world, output));
        output.fill(world, values);
        for (const CountryId c : world.countries.indices()) {
            CHECK(std::exp(values[c.at()]) * *usd_per_worker(scenario) ==
                  Approx(scenario.countries[c.at()][Indicator::productivity].value));
        }
    }
}

TEST_CASE("dollars a worker are those of the United States, whichever economy comes first")
{
    Scenario scenario = three_economies();
    scenario.countries[1].role = CountryRole::both;
    scenario.countries[1].lead_firms = 1;
    std::swap(scenario.countries[0], scenario.countries[1]);
    CHECK(usd_per_worker(scenario).value() == Approx(100000.0).epsilon(1e-12));
}

TEST_CASE(
    "without the United States dollars a worker are those of the first economy with lead firms")
{
    Scenario scenario = three_economies();
    scenario.countries[0].key = "AAA";
    scenario.countries[0].role = CountryRole::both;
    scenario.countries[0][Indicator::productivity].value = 64000.0;
    CHECK(usd_per_worker(scenario).value() == Approx(64000.0).epsilon(1e-12));
    scenario.countries[0].role = CountryRole::advanced;
    scenario.countries[0].lead_firms = 0;
    CHECK_FALSE(usd_per_worker(scenario));
    CHECK(usd_per_numeraire(scenario));
}

TEST_CASE("a synthetic world and one whose capability ignores productivity have no dollars")
{
    const Scenario synthetic = synthetic_scenario(2, 1, 1, 10);
    CHECK_FALSE(usd_per_numeraire(synthetic));
    CHECK_FALSE(usd_per_worker(synthetic));
    Scenario alike = three_economies();
    alike.parameters.macro.capability_exponent = 0.0;
    CHECK_FALSE(usd_per_worker(alike));
}

}  // namespace
}  // namespace latecomer::tests::dollars_test
