#include "agents/firms/learning.hpp"
#include "agents/lead_firms/lead_firms.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>
#include <limits>

/// What makes countries and firms search more than others, and luck: part of agents/firms/learning.cpp.
namespace latecomer::tests::search_test {
namespace {

constexpr CountryId home{0};
constexpr CountryId neighbour{1};
constexpr PositionId application{4};  // the last step of the ladder: all search is at its stage
constexpr PositionId processing = Positions::processing;

/// Hazards are 1 and strength is 1 for a firm of mean size, unless something scales them.
World searching_world()
{
    Scenario scenario = round_scenario(2, 1, 1, 100);
    LearningParameters& p = scenario.parameters.learning;
    p.search_share = 0.05;
    p.innovation_share = 0.5;
    p.innovation_rate = 1.0;
    p.absorption_rate = 1.0;
    p.absorption_strength = 1.0;
    p.skill_reference = 0.8;
    World world = make_world(scenario);
    world.countries.search_share[home] = 0.05;
    world.countries.initial_skill[home] = 0.8;
    world.countries.skill[home].fill(0.8);
    return world;
}

StageTerms terms_of(const World& world)
{
    return learning_terms(world, home, application).current;
}

void check_hazards(const World& world, double expected)
{
    CHECK(terms_of(world).innovation_hazard == Approx(expected));
    CHECK(terms_of(world).absorption_hazard == Approx(expected));
}

// --- Effort ----------------------------------------------------------------------------------------

TEST_CASE("funds count by their exponent, for effort and not for what one absorption closes")
{
    World world = searching_world();
    check_hazards(world, 1.0);
    world.countries.search_share[home] = 0.2;
    world.scenario.parameters.learning.funds_exponent = 0.5;
    check_hazards(world, 2.0);
    CHECK(terms_of(world).strength == Approx(1.0));
    world.scenario.parameters.learning.funds_exponent = 0.0;
    check_hazards(world, 1.0);
    world.scenario.parameters.learning.search_share = 0.0;  // without research nobody searches
    check_hazards(world, 0.0);
}

TEST_CASE("initial skills count by their exponent, and what changes in skills counts in full")
{
    World world = searching_world();
    world.scenario.parameters.learning.skill_exponent = 0.5;
    world.countries.initial_skill[home] = 0.2;
    world.countries.skill[home].fill(0.2);
    check_hazards(world, 0.5);
    CHECK(terms_of(world).strength == Approx(0.5));
    world.countries.skill[home][3] = 0.6;
    check_hazards(world, 1.5);
    CHECK(terms_of(world).strength == Approx(1.5));
    world.countries.skill[home].fill(0.2);
    world.countries.skill[home][2] = 0.9;  // at another stage
    check_hazards(world, 0.5);
    world.scenario.parameters.learning.skill_exponent = 0.0;
    check_hazards(world, 1.0);
}

TEST_CASE("initial skills below .05 count as .05")
{
    World world = searching_world();
    world.scenario.parameters.learning.skill_exponent = 0.5;
    world.countries.initial_skill[home] = 0.01;
    world.countries.skill[home].fill(0.1);
    check_hazards(world, 0.25 * 2.0);  // the root of .05/.8, and twice .05
}

TEST_CASE("a country that is twice as efficient searches twice as much and absorbs no more at once")
{
    World world = searching_world();
    world.countries.search_efficiency[home] = 2.0;
    check_hazards(world, 2.0);
    CHECK(terms_of(world).strength == Approx(1.0));
    CHECK(learning_terms(world, neighbour, application).current.innovation_hazard ==
          Approx(
              learning_terms(searching_world(), neighbour, application).current.innovation_hazard));
}

TEST_CASE("efficiency of search is lognormal over countries with a mean of one")
{
    const auto efficiencies = [](double deviation) {
        Scenario scenario = round_scenario(900, 0, 0, 1);
        scenario.parameters.learning.social_deviation = deviation;
        return make_world(scenario).countries.search_efficiency;
    };
    double sum = 0.0;
    double logs = 0.0;
    double squares = 0.0;
    for (const double efficiency : efficiencies(0.5)) {
        sum += efficiency / 900.0;
        logs += std::log(efficiency) / 900.0;
        squares += std::log(efficiency) * std::log(efficiency) / 900.0;
    }
    // Standard deviations of one: .533, .5, and of a variance sqrt(2/900); margins are four errors.
    CHECK(sum == Approx(1.0).margin(0.072));
    CHECK(logs == Approx(-0.125).margin(0.067));
    CHECK(squares - logs * logs == Approx(0.25).margin(0.048));
    for (const double efficiency : efficiencies(0.0)) {
        CHECK(efficiency == 1.0);
    }
}

TEST_CASE("efficiency of a country stays what it is, in every quarter and beside whichever others")
{
    const auto in_a_world_of = [](std::vector<CountryData> economies) {
        Scenario scenario = table_scenario(std::move(economies), 20);
        scenario.parameters.learning.social_deviation = 0.5;
        World world = make_world(scenario);
        const double at_first = world.countries.search_efficiency[home];
        run(world, 3);
        CHECK(world.countries.search_efficiency[home] == at_first);
        return at_first;
    };
    CHECK(in_a_world_of({economy("B", 7), economy("C", 9)}) == in_a_world_of({economy("B", 7)}));
    CHECK(in_a_world_of({economy("B", 3)}) != in_a_world_of({economy("B", 7)}));
}

// --- Size ------------------------------------------------------------------------------------------

TEST_CASE("a firm's size is its share of its pool times the firms of the pool")
{
    World world = searching_world();
    const PoolId pool = world.pool(home, application);
    world.statistics[pool].firms = 8;
    world.pools[pool].domestic_scale = 0.25;
    CHECK(size_per_share(world, home, application) == Approx(2.0));
    // Neither what the pool sells nor what others do matters.
    world.markets.share(home, application)[home.at()] = 0.01;
    world.statistics[world.pool(neighbour, application)].firms = 1000;
    CHECK(size_per_share(world, home, application) == Approx(2.0));
}

TEST_CASE("at processing size is the share of the world's processing times the firms of the world")
{
    World world = searching_world();
    world.statistics[world.pool(home, processing)].firms = 8;
    world.statistics[world.pool(neighbour, processing)].firms = 24;
    world.pools[world.pool(home, processing)].domestic_scale = 0.5;
    world.markets.processing_share[home] = 0.75;
    CHECK(size_per_share(world, home, processing) == Approx(12.0));  // .5 x .75 x 32
}

// --- Luck ------------------------------------------------------------------------------------------

/// ln of what a quarter without learning makes of capability at each stage, firm by firm.
std::vector<double> growth_of_firms(double climate, double capability_index, double depreciation)
{
    Scenario scenario = round_scenario(2, 1, 1, 100);
    turn_learning_off(scenario.parameters);
    scenario.parameters.learning.depreciation = depreciation;
    scenario.parameters.learning.gate_half = 1e6;  // luck passes any gate
    scenario.parameters.macro.climate_gap = 0.5;
    World world = make_world(scenario);
    world.countries.climate[home] = climate;
    world.references.capability_index[home] = capability_index;
    std::vector<double> growth;
    for (const Block& block : blocks_of(world)) {
        SizeEffects size;
        const auto before = members(world);
        learn(world, block, learning_terms(world, block.country, block.position), size);
        for (std::size_t n = 0; block.country == home && n < block.size; ++n) {
            const FirmRecord now = record_of(world.firms.columns, FirmIndex{block.first + n});
            for (std::size_t s = 0; s < stages; ++s) {
                growth.push_back(
                    std::log(now.capability[s] / before.at(now.id).record.capability[s]));
            }
        }
    }
    CHECK(growth.size() > 100);
    return growth;
}

void check_all(const std::vector<double>& growth, double expected)
{
    Largest deviation;
    for (const double of_firm : growth) {
        deviation(std::abs(of_firm - expected));
    }
    CHECK(deviation.value() < 1e-14);
}

TEST_CASE("far from the frontier all firms of a country share its climate, at all stages")
{
    check_all(growth_of_firms(0.03, -0.5, 0.0), 0.03);
    check_all(growth_of_firms(0.03, -4.0, 0.0), 0.03);
    check_all(growth_of_firms(-0.03, -0.5, 0.0), -0.03);
    check_all(growth_of_firms(0.03, -0.5, 0.01), 0.02);
}

TEST_CASE("near the frontier a climate counts as far as the gap goes, and beyond it not at all")
{
    check_all(growth_of_firms(0.04, -0.125, 0.0), 0.01);
    check_all(growth_of_firms(-0.04, -0.125, 0.0), -0.01);
    check_all(growth_of_firms(0.04, 0.0, 0.0), 0.0);
    check_all(growth_of_firms(0.04, 0.5, 0.0), 0.0);
    check_all(growth_of_firms(0.04, std::numeric_limits<double>::quiet_NaN(), 0.0), 0.0);
}

TEST_CASE("lead firms have no luck of their country")
{
    Scenario scenario = round_scenario(1, 1, 2, 40);
    turn_learning_off(scenario.parameters);
    World world = make_world(scenario);
    world.countries.climate[CountryId{1}] = 0.5;
    world.references.capability_index[CountryId{1}] = -2.0;
    const auto before = world.leads.capability;
    lead_firms_learn(world);
    CHECK(world.leads.capability == before);
}

TEST_CASE("a lead firm absorbs lead_absorption of what a latecomer firm with its gap would")
{
    Scenario scenario = round_scenario(1, 1, 2, 40);
    turn_learning_off(scenario.parameters);
    scenario.parameters.learning.absorption_strength = 0.5;
    scenario.parameters.learning.absorption_range = 2.0;
    scenario.parameters.learning.lead_absorption = 0.25;
    World world = make_world(scenario);
    const LeadId lead{1};
    world.references.frontier.fill(1.0);
    world.leads.capability[lead] = {std::exp(-2.0), std::exp(-4.0), 1.0, 2.0};
    lead_firms_learn(world);
    CHECK(std::log(world.leads.capability[lead][0]) == Approx(-2.0 + 0.25 * std::exp(-1.0)));
    CHECK(std::log(world.leads.capability[lead][1]) == Approx(-4.0 + 0.5 * std::exp(-2.0)));
    CHECK(world.leads.capability[lead][2] == 1.0);
    CHECK(world.leads.capability[lead][3] == 2.0);
}

}  // namespace
}  // namespace latecomer::tests::search_test
