/// Laws of the luck of countries over whole runs (eq. 8b).

#include "agents/world/state_hash.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>

namespace latecomer::tests::closed_forms_climate_test {
namespace {

/// Economies whose firms neither search nor learn by doing, far below lead firms that stay what they are.
Scenario luck_alone(int firms_per_country)
{
    Scenario scenario = round_scenario(4, 1, 3, firms_per_country);
    turn_learning_off(scenario.parameters);
    turn_moves_off(scenario.parameters);
    scenario.parameters.macro.climate_memory = 0.5;
    scenario.parameters.macro.climate_deviation = 0.01;
    scenario.parameters.macro.climate_gap = 0.1;
    return scenario;
}

TEST_CASE(
    "firms of a country move together by the sum of its climates, at all stages, however many")
{
    const int firms_per_country = GENERATE(20, 200);
    World world = make_world(luck_alone(firms_per_country));
    const auto before = members(world);
    Column<CountryId, double> luck(world.countries.size());
    double least_gap = 1e300;
    for (int quarter = 0; quarter < 12; ++quarter) {
        for (const CountryId c : world.countries.indices()) {
            if (world.countries.role[c] == CountryRole::latecomer) {
                least_gap = std::min(least_gap, -world.references.capability_index[c]);
            }
        }
        run(world, 1);
        for (const CountryId c : world.countries.indices()) {
            luck[c] += world.countries.climate[c];
        }
    }
    REQUIRE(least_gap > 0.1);  // so luck counts in full

    Largest deviation;
    double apart = 0.0;
    for (const auto& [id, now] : members(world)) {
        const CountryId c = world.country_of(now.pool);
        for (std::size_t s = 0; s < stages; ++s) {
            deviation(std::abs(
                std::log(now.record.capability[s] / before.at(id).record.capability[s]) - luck[c]));
        }
        apart = std::max(apart, std::abs(luck[c] - luck[CountryId{0}]));
    }
    CHECK(before.size() > 40);
    CHECK(apart > 0.01);  // each country has its own
    CHECK(deviation.value() < 1e-12);
}

TEST_CASE("luck does not depend on the number of firms")
{
    World coarse = make_world(luck_alone(20));
    World fine = make_world(luck_alone(80));
    run(coarse, 8);
    run(fine, 8);
    CHECK(coarse.countries.climate == fine.countries.climate);
}

std::uint64_t hash_after(const Parameters& parameters)
{
    Scenario scenario = round_scenario(3, 1, 3, 60);
    const WorldParameters sizes = scenario.parameters.world;
    scenario.parameters = parameters;
    scenario.parameters.world = sizes;
    World world = make_world(scenario);
    run(world, 10);
    return state_hash(world, mpi::Communicator{});
}

TEST_CASE("without deviation neither memory nor gap of the climate changes anything")
{
    Parameters parameters = round_parameters();
    parameters.macro.climate_deviation = 0.0;
    const std::uint64_t without = hash_after(parameters);
    parameters.macro.climate_memory = 0.1;
    parameters.macro.climate_gap = 5.0;
    CHECK(hash_after(parameters) == without);
    parameters.macro.climate_deviation = 0.001;
    CHECK(hash_after(parameters) != without);
}

TEST_CASE("whether search is efficient in a country shows in what its firms learn")
{
    const auto growth = [](double efficiency) {
        Scenario scenario = round_scenario(1, 1, 2, 2000);
        turn_moves_off(scenario.parameters);
        scenario.parameters.learning.wright_exponent = 0.0;
        World world = make_world(scenario);
        world.countries.search_efficiency[CountryId{0}] = efficiency;
        const auto before = members(world);
        run(world, 8);
        double sum = 0.0;
        for (const auto& [id, now] : members(world)) {
            const std::size_t s = at(world.positions[world.position_of(now.pool)].stage);
            sum += std::log(now.record.capability[s] / before.at(id).record.capability[s]);
        }
        return sum / static_cast<double>(before.size());
    };
    const double usual = growth(1.0);
    CHECK(growth(0.0) == 0.0);
    CHECK(usual > 0.01);
    CHECK(growth(2.0) > 1.3 * usual);
    CHECK(growth(0.5) < 0.8 * usual);
}

}  // namespace
}  // namespace latecomer::tests::closed_forms_climate_test
