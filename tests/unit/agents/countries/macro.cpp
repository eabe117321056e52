#include "agents/countries/macro.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>
#include <vector>

namespace latecomer::tests::macro_test {
namespace {

constexpr CountryId home{0};
constexpr CountryId neighbour{1};

// --- Wages -----------------------------------------------------------------------------------------

/// Two latecomer economies at a wage of 2 whose home capability is .5 at every stage and was so before.
World wage_world()
{
    Scenario scenario = round_scenario(2, 1, 1, 40);
    scenario.parameters.macro.wage_response = 0.5;
    World world = make_world(scenario);
    world.countries.wage[home] = 2.0;
    world.countries.wage[neighbour] = 2.0;
    for (auto* column : {&world.references.home, &world.references.home_before}) {
        std::ranges::fill(*column, ByStage<double>{0.5, 0.5, 0.5, 0.5});
    }
    return world;
}

double wage_after(const World& before)
{
    World world = before;
    update_macro(world);
    CHECK(world.countries.wage[neighbour] == 2.0);
    return world.countries.wage[home];
}

TEST_CASE("wages pass on growth of capability by stage with weights .05, .12, .15 and .68")
{
    const double weights[] = {0.05, 0.12, 0.15, 0.68};
    for (std::size_t s = 0; s < stages; ++s) {
        World world = wage_world();
        world.references.home[home][s] = 1.0;
        CHECK(wage_after(world) == Approx(2.0 * std::pow(2.0, 0.5 * weights[s])));
    }
    World world = wage_world();
    world.references.home[home].fill(1.0);
    CHECK(wage_after(world) == Approx(2.0 * std::sqrt(2.0)));  // the weights are one together
}

TEST_CASE("wages fall where capability falls, and stay where it stays or nothing is passed on")
{
    World world = wage_world();
    CHECK(wage_after(world) == 2.0);
    world.references.home[home].fill(0.25);
    CHECK(wage_after(world) == Approx(2.0 * std::sqrt(0.5)));
    world.scenario.parameters.macro.wage_response = 0.0;
    CHECK(wage_after(world) == 2.0);
}

TEST_CASE("a stage at which somebody sells for the first time does not move wages")
{
    World world = wage_world();
    world.references.home_before[home][1] = 0.0;
    world.references.home[home][1] = 0.01;
    CHECK(wage_after(world) == 2.0);
    world.references.home[home][1] = 0.0;  // nobody ever
    CHECK(wage_after(world) == 2.0);
}

// --- Demand ----------------------------------------------------------------------------------------

/// Final demand of an economy that adopted fully, over its initial demand, in a quarter.
double demand_in(std::uint32_t quarter, std::int64_t growth_quarters)
{
    Scenario scenario = round_scenario(1, 1, 1, 40);
    scenario.parameters.macro.demand_growth = 0.5;
    scenario.parameters.macro.growth_quarters = growth_quarters;
    World world = make_world(scenario);
    world.quarter = quarter;
    world.countries.adoption[home] = 1.0;
    world.countries.income[home] = 0.0;
    update_macro(world);
    return world.countries.final_demand[home] / world.countries.initial_demand[home];
}

TEST_CASE("demand grows for growth_quarters and then no more")
{
    CHECK(demand_in(0, 3) == 1.0);
    CHECK(demand_in(1, 3) == Approx(1.5));
    CHECK(demand_in(2, 3) == Approx(2.25));
    CHECK(demand_in(3, 3) == Approx(3.375));
    CHECK(demand_in(4, 3) == Approx(3.375));
    CHECK(demand_in(400, 3) == Approx(3.375));
    CHECK(demand_in(2, 0) == 1.0);
}

// --- Climate ---------------------------------------------------------------------------------------

/// Climates of many economies over the quarters, one list for each quarter.
std::vector<std::vector<double>> climates(double memory, double deviation, int quarters)
{
    Scenario scenario = round_scenario(400, 0, 0, 1);
    scenario.parameters.macro.climate_memory = memory;
    scenario.parameters.macro.climate_deviation = deviation;
    World world = make_world(scenario);
    std::vector<std::vector<double>> by_quarter;
    for (int quarter = 0; quarter < quarters; ++quarter, ++world.quarter) {
        update_macro(world);
        const auto now = world.countries.climate.span();
        by_quarter.emplace_back(now.begin(), now.end());
    }
    return by_quarter;
}

double mean_product(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += a[i] * b[i];
    }
    return sum / static_cast<double>(a.size());
}

TEST_CASE("from the first quarter on climates have their standard deviation in the long run")
{
    // Relative standard error of a variance of 400 normals: sqrt(2/400) = .071; margins are four.
    const auto by_quarter = climates(0.9, 0.25, 41);
    for (const std::size_t quarter : {0U, 1U, 10U, 40U}) {
        INFO("quarter " << quarter);
        CHECK(mean_product(by_quarter[quarter], by_quarter[quarter]) ==
              Approx(0.0625).margin(0.0625 * 0.284));
        // The mean has a standard error of .25/20.
        const std::vector<double> ones(400, 1.0);
        CHECK(std::abs(mean_product(by_quarter[quarter], ones)) < 0.05);
    }
}

TEST_CASE("of a climate its memory is left after a quarter, and the power of it after more")
{
    // A sample correlation r of 400 has a standard error of (1 - r^2)/20, at most .05.
    const auto by_quarter = climates(0.8, 0.25, 21);
    const auto correlation = [&](std::size_t from, std::size_t lag) {
        const auto& a = by_quarter[from];
        const auto& b = by_quarter[from + lag];
        return mean_product(a, b) / std::sqrt(mean_product(a, a) * mean_product(b, b));
    };
    for (const std::size_t from : {0U, 8U}) {
        CHECK(correlation(from, 1) == Approx(0.8).margin(4 * 0.018));
        CHECK(correlation(from, 4) == Approx(0.4096).margin(4 * 0.042));
        CHECK(correlation(from, 12) == Approx(0.0687).margin(4 * 0.05));
    }
}

TEST_CASE("full memory keeps the first climate, no memory forgets it")
{
    const auto kept = climates(1.0, 0.25, 5);
    CHECK(kept.front() == kept.back());
    const auto news = climates(0.0, 0.25, 2);
    CHECK(std::abs(mean_product(news[0], news[1])) < 4.0 * 0.0625 / 20.0);
}

TEST_CASE("without deviation there is no climate")
{
    for (const auto& of_quarter : climates(0.9, 0.0, 5)) {
        CHECK(std::ranges::all_of(of_quarter, [](double x) { return x == 0.0; }));
    }
}

TEST_CASE("the climate of an economy does not depend on which others there are")
{
    const auto in_a_world_of = [](std::vector<CountryData> economies) {
        Scenario scenario = table_scenario(std::move(economies), 10);
        scenario.parameters.macro.climate_deviation = 0.25;
        World world = make_world(scenario);
        update_macro(world);
        ++world.quarter;
        update_macro(world);
        return world.countries.climate[CountryId{world.countries.size() - 1}];
    };
    CHECK(in_a_world_of({economy("A", 3), economy("B", 7)}) == in_a_world_of({economy("B", 7)}));
    CHECK(in_a_world_of({economy("B", 3)}) != in_a_world_of({economy("B", 7)}));
}

// --- Skills ----------------------------------------------------------------------------------------

TEST_CASE("trained skills drain away with the gap of the capability index to the highest")
{
    Scenario scenario = round_scenario(2, 1, 1, 40);
    scenario.parameters.macro.skill_erosion = 0.01;
    scenario.parameters.macro.skill_drain = 0.1;
    World world = make_world(scenario);
    world.countries.initial_skill[home] = 0.3;
    world.countries.skill[home].fill(0.5);
    world.references.capability_index[home] = std::log(0.25);
    world.references.capability_index[neighbour] = std::log(0.5);
    world.references.capability_index[CountryId{2}] = std::nan("");  // which is no highest
    update_skills(world);
    CHECK(world.countries.skill[home][2] == Approx(0.5 - 0.06 * 0.2));  // .01 and .1 x half
}

}  // namespace
}  // namespace latecomer::tests::macro_test
