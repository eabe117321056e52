#include "agents/economy/economies.hpp"

#include "agents/countries/references.hpp"
#include "agents/economy/positions.hpp"
#include "agents/firms/competition.hpp"
#include "agents/start/initial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace latecomer::tests::economies_test {
namespace {

/// What the model sees of an economy alone in the world, at a reference of 80,000.
Economy made_of(CountryData country)
{
    return economies_of(round_parameters(), std::span{&country, 1}, 80000.0).front();
}

CountryData with(Indicator which, double value)
{
    CountryData country = economy("A", 0);
    country[which].value = value;
    return country;
}

Economy of_productivity(double relative)
{
    return made_of(with(Indicator::productivity, 80000.0 * relative));
}

double index_of(const ByStage<double>& gradient)
{
    const ByStage<double> weights{0.05, 0.12, 0.15, 0.68};
    double sum = 0.0;
    for (std::size_t s = 0; s < stages; ++s) {
        sum += weights[s] * std::log(gradient[s]);
    }
    return sum;
}

// --- What figures become ---------------------------------------------------------------------------

TEST_CASE(
    "capability is a power of productivity relative to the reference, wealth of its people aside")
{
    CHECK(of_productivity(0.25).capability == Approx(0.5));
    CHECK(of_productivity(1.0).capability == Approx(1.0));
    CHECK(of_productivity(1.44).capability == Approx(1.2));
    CHECK(made_of(with(Indicator::population, 1.0)).capability == Approx(0.5));
}

TEST_CASE("a lead economy is at the frontier whatever its productivity")
{
    CountryData country = with(Indicator::productivity, 20000.0);
    country.role = CountryRole::lead;
    CHECK(made_of(country).capability == 1.0);
    CHECK(made_of(country).gradient == ByStage<double>{1.0, 1.0, 1.0, 1.0});
    country.role = CountryRole::both;
    CHECK(made_of(country).capability == Approx(0.5));
}

TEST_CASE("far behind, upper stages lag; the index says how far behind an economy is on the whole")
{
    for (const double relative : {0.01, 0.25, 0.5, 0.9, 1.0, 1.3}) {
        CAPTURE(relative);
        CHECK(index_of(of_productivity(relative).gradient) == Approx(0.0).margin(1e-14));
    }
    // Capability .1 is more than .7 in ln below the frontier: the whole profile 1, .9, .6, .7 holds, over its mean
    // exp(.12 ln .9 + .15 ln .6 + .68 ln .7) = .7177.
    const ByStage<double> far = of_productivity(0.01).gradient;
    CHECK(far[0] == Approx(1.39332).epsilon(1e-5));
    CHECK(far[1] / far[0] == Approx(0.9));
    CHECK(far[2] / far[0] == Approx(0.6));
    CHECK(far[3] / far[0] == Approx(0.7));
    // Half way in ln, its root.
    const ByStage<double> half = of_productivity(std::exp(-0.7)).gradient;
    CHECK(half[1] / half[0] == Approx(std::sqrt(0.9)));
    CHECK(half[3] / half[0] == Approx(std::sqrt(0.7)));
    for (const double relative : {1.0, 1.3}) {
        CHECK(of_productivity(relative).gradient == ByStage<double>{1.0, 1.0, 1.0, 1.0});
    }
}

TEST_CASE("synthetic economies keep the whole profile, so that their worlds stay what they were")
{
    const Scenario scenario = round_scenario(3, 1, 3, 60);
    for (const Economy& economy : economies_of(scenario)) {
        CHECK(economy.gradient == ByStage<double>{1.0, 0.9, 0.6, 0.7});
        CHECK(economy.grain == 1.0);
        CHECK(economy.exports == 0.0);
    }
}

TEST_CASE("broadband is infrastructure: it moves storage alone, within a fifth")
{
    const ByStage<double> usual = made_of(economy("A", 0)).gradient;
    const auto storage = [&](double subscriptions) {
        const ByStage<double> gradient =
            made_of(with(Indicator::broadband, subscriptions)).gradient;
        CHECK(gradient[0] == usual[0]);
        CHECK(gradient[2] == usual[2]);
        CHECK(gradient[3] == usual[3]);
        return gradient[at(Stage::storage)] / usual[at(Stage::storage)];
    };
    CHECK(storage(5.0) == 1.0);
    CHECK(storage(10.0) == Approx(1.07177).epsilon(1e-5));  // 2^.1
    CHECK(storage(2.5) == Approx(0.933033).epsilon(1e-5));
    CHECK(storage(0.0) == Approx(0.8));
    CHECK(storage(80.0) == Approx(1.2));
}

TEST_CASE("schooling becomes skills: fourteen years are all there are")
{
    const auto skill = [](double years) {
        return made_of(with(Indicator::schooling, years)).skill;
    };
    CHECK(skill(9.8) == Approx(0.7));
    CHECK(skill(3.5) == Approx(0.25));
    CHECK(skill(0.0) == 0.05);
    CHECK(skill(16.0) == 1.0);
}

TEST_CASE("users of the internet become adoption, at least the floor")
{
    Parameters parameters = round_parameters();
    parameters.macro.adoption_start = 0.5;
    parameters.macro.adoption_start_lead = 0.8;
    parameters.macro.adoption_floor = 0.04;
    const auto adoption = [&](double users, CountryRole role) {
        CountryData country = with(Indicator::internet_users, users);
        country.role = role;
        return economies_of(parameters, std::span{&country, 1}, 80000.0).front().adoption;
    };
    CHECK(adoption(60.0, CountryRole::latecomer) == Approx(0.3));
    CHECK(adoption(60.0, CountryRole::both) == Approx(0.3));
    CHECK(adoption(60.0, CountryRole::advanced) == Approx(0.3));
    CHECK(adoption(60.0, CountryRole::lead) == Approx(0.48));
    CHECK(adoption(0.0, CountryRole::latecomer) == 0.04);
}

TEST_CASE("research and revenue of the state are relative to what is usual, within limits")
{
    const Parameters p = round_parameters();
    const auto search = [&](double percent) {
        return made_of(with(Indicator::rd_expenditure, percent)).search_share /
               p.learning.search_share;
    };
    CHECK(search(1.5) == Approx(1.0));
    CHECK(search(0.9) == Approx(0.6));
    CHECK(search(0.0) == 0.25);
    CHECK(search(5.0) == 2.0);
    const auto budget = [&](double percent) {
        return made_of(with(Indicator::government_revenue, percent)).budget_share /
               p.government.budget_share;
    };
    CHECK(budget(27.0) == Approx(1.0));
    CHECK(budget(18.0) == Approx(2.0 / 3.0));
    CHECK(budget(5.0) == 0.5);
    CHECK(budget(90.0) == 2.0);
}

TEST_CASE("who lacks a figure is at what parameters hold for; who tells of no exports has none")
{
    CountryData country;
    country.key = "A";
    const Economy bare = made_of(country);
    CHECK(bare.capability == 1.0);
    CHECK(bare.skill == Approx(0.7));
    CHECK(bare.search_share == Approx(round_parameters().learning.search_share));
    CHECK(bare.budget_share == Approx(round_parameters().government.budget_share));
    CHECK(bare.gradient[at(Stage::storage)] == 1.0);
    CHECK(bare.exports == 0.0);
}

// --- Roles -----------------------------------------------------------------------------------------

/// A latecomer, a lead economy, one that is both and an advanced one, each with two lead firms in the table.
std::vector<CountryData> four_roles()
{
    std::vector<CountryData> countries;
    for (const CountryRole role :
         {CountryRole::latecomer, CountryRole::lead, CountryRole::both, CountryRole::advanced}) {
        const auto row = static_cast<std::int64_t>(countries.size());
        countries.push_back(economy(std::string(country_role_names[countries.size()]), row));
        countries.back().role = role;
        countries.back().lead_firms = has_lead_firms(role) ? 2 : 0;
        countries.back()[Indicator::ict_service_exports] = {3.0, "", "assumed", "test"};
    }
    return countries;
}

TEST_CASE("roles say who has latecomer firms, who has lead firms and who exports")
{
    const Scenario scenario = table_scenario(four_roles(), 40);
    const std::vector<Economy> economies = economies_of(scenario);
    CHECK(economies[0].firms == 40);
    CHECK(economies[1].firms == 0);
    CHECK(economies[2].firms == 40);
    CHECK(economies[3].firms == 40);
    CHECK(economies[0].lead_firms == 0);
    CHECK(economies[1].lead_firms == 2);
    CHECK(economies[2].lead_firms == 2);
    CHECK(economies[3].lead_firms == 0);
    CHECK(economies[1].exports == 0.0);
    CHECK(economies[2].exports == 3.0);
    const World world = make_world(scenario);
    CHECK(world.leads.size() == 4);
    for (const CountryId c : world.countries.indices()) {
        CHECK(firms_in(world, c) == economies[c.at()].firms);
    }
}

TEST_CASE("who catches up are latecomers and those that are both")
{
    CHECK(catches_up(CountryRole::latecomer));
    CHECK(catches_up(CountryRole::both));
    CHECK_FALSE(catches_up(CountryRole::lead));
    CHECK_FALSE(catches_up(CountryRole::advanced));
}

// --- Numbers of firms ------------------------------------------------------------------------------

/// Economies of capability a half whose demand is 1 : 4 : 16 : 64 and one lead economy.
std::vector<CountryData> small_and_large()
{
    std::vector<CountryData> countries{economy("A", 1, 10.0), economy("B", 2, 40.0),
                                       economy("C", 3, 160.0), economy("D", 4, 640.0),
                                       economy("L", 5, 500.0)};
    countries.back().role = CountryRole::lead;
    countries.back().lead_firms = 2;
    return countries;
}

Scenario scaled(double exponent, int least, int firms = 200)
{
    Scenario scenario = table_scenario(small_and_large(), firms);
    scenario.parameters.world.firm_exponent = exponent;
    scenario.parameters.world.least_firms = least;
    return scenario;
}

TEST_CASE("firms are proportional to size, and each stands for itself")
{
    const std::vector<Economy> economies = economies_of(scaled(1.0, 0));
    // Of 800 firms 1/85, 4/85, 16/85 and 64/85.
    CHECK(economies[0].firms == 9);
    CHECK(economies[1].firms == 38);
    CHECK(economies[2].firms == 151);
    CHECK(economies[3].firms == 602);
    for (const Economy& economy : economies) {
        CHECK(economy.grain == 1.0);
    }
}

TEST_CASE("below one the exponent gives small economies more firms, and keeps their total")
{
    const std::vector<Economy> economies = economies_of(scaled(0.5, 0));
    // Of 800 firms 1/15, 2/15, 4/15 and 8/15.
    CHECK(economies[0].firms == 53);
    CHECK(economies[1].firms == 107);
    CHECK(economies[2].firms == 213);
    CHECK(economies[3].firms == 427);
    CHECK(economies[4].firms == 0);
    // At the usual number of firms there would be 9.41 where there are 53.
    CHECK(economies[0].grain == Approx(53.0 / (800.0 / 85.0)));
    CHECK(economies[3].grain == Approx(427.0 / (800.0 * 64.0 / 85.0)));
    CHECK(economies[4].grain == 1.0);
}

TEST_CASE("with exponent zero all economies have as many firms")
{
    for (const Economy& economy : economies_of(scaled(0.0, 0))) {
        CHECK(economy.firms == (economy.role == CountryRole::lead ? 0 : 200));
    }
}

TEST_CASE("every position has the least number of firms, where that makes economies finer than "
          "their size")
{
    const Scenario scenario = scaled(1.0, 3);
    const std::vector<Economy> economies = economies_of(scenario);
    const Positions positions{scenario.parameters};
    for (std::size_t c = 0; c < 4; ++c) {
        CAPTURE(c);
        const auto firms = initial_firms_by_position(positions, economies[c].firms);
        CHECK(*std::ranges::min_element(firms) >= 3);
        CHECK(economies[c].grain ==
              Approx(static_cast<double>(economies[c].firms) / (200.0 * economies[c].size)));
    }
    // The smallest position has a fortieth of the firms: 120 are enough.
    CHECK(economies[0].firms == 120);
    CHECK(economies[1].firms == 120);
    CHECK(economies[2].firms == 151);
    CHECK(economies[3].firms == 602);
}

TEST_CASE("a position that has no firms at the start needs none")
{
    Scenario scenario = scaled(1.0, 3);
    scenario.parameters.collection.initial_firms = 0.5;
    scenario.parameters.processing.initial_firms = 0.0;
    CHECK(economies_of(scenario)[0].firms == 120);
}

// --- What a firm is that stands for a part of one --------------------------------------------------

TEST_CASE("demand follows GDP however many firms there are")
{
    const World one = make_world(scaled(1.0, 0));
    const World many = make_world(scaled(0.3, 5));
    for (const CountryId c : one.countries.indices()) {
        CHECK(many.countries.initial_demand[c] == Approx(one.countries.initial_demand[c]));
        CHECK(many.countries.initial_demand[c] /
                  many.scenario.countries[c.at()][Indicator::gdp].value ==
              Approx(many.countries.initial_demand[CountryId{0}] / 10.0));
    }
}

TEST_CASE("cash and costs of a firm are divided by how many stand for one")
{
    const World world = make_world(scaled(0.5, 0));
    for (const CountryId c : world.countries.indices()) {
        const double grain = economies_of(world.scenario)[c.at()].grain;
        CHECK(world.countries.grain[c] == grain);
        for (const PositionId p : world.positions.indices()) {
            for (const FirmIndex i : world.firms.firms_of(world.pool(c, p))) {
                CHECK(world.firms.columns.cash[i] == Approx(world.countries.wage[c] / grain));
            }
            const double wage = world.countries.wage[c] * world.countries.exchange_rate[c];
            CHECK(overhead(world, c, p) * grain ==
                  Approx(world.references.mean_revenue[p] * wage / world.references.mean_wage[p]));
        }
    }
}

TEST_CASE("in means over the world a firm that stands for a part of one counts as that part")
{
    const World world = make_world(scaled(0.5, 0));
    for (const PositionId p : world.positions.indices()) {
        double revenue = 0.0;
        double whole = 0.0;
        double wages = 0.0;
        for (const CountryId c : world.countries.indices()) {
            const double firms = static_cast<double>(world.statistics[world.pool(c, p)].firms) /
                                 world.countries.grain[c];
            revenue += world.results.pools[world.pool(c, p)].revenue;
            whole += firms;
            wages += firms * world.countries.wage[c];
        }
        CHECK(world.references.mean_revenue[p] == Approx(revenue / whole));
        CHECK(world.references.mean_wage[p] == Approx(wages / whole));
    }
}

TEST_CASE("fixed costs weigh on an economy alike however many firms stand for it")
{
    // With one economy every firm sells the mean, whole or part.
    const auto burden = [](int least) {
        Scenario scenario = table_scenario({economy("A", 0)}, 200);
        scenario.parameters.world.least_firms = least;
        const World world = make_world(scenario);
        const CountryId c{0};
        const PositionId p = Positions::collection;
        return fixed_cost(world, c, p) / world.results.pools[world.pool(c, p)].revenue;
    };
    CHECK(burden(0) == Approx(0.02));  // finance.fixed_cost
    CHECK(burden(40) == Approx(0.02));
}

TEST_CASE("a firm's own data weigh as those of the firm that it stands for a part of")
{
    const World world = make_world(scaled(0.5, 0));
    for (const CountryId c : world.countries.indices()) {
        CHECK(competition_terms(world, c, Positions::analytics).own_data ==
              world.countries.grain[c]);
    }
}

TEST_CASE("entrants bring cash and sell as firms of their economy do")
{
    // Of two economies alike but for the number of firms, the finer one has entrants that are as much smaller.
    const auto mean_cash_of_entrants = [](int firms_of_second) {
        Scenario scenario = table_scenario({economy("A", 1), economy("B", 2)}, 200);
        turn_exit_off(scenario.parameters);
        scenario.parameters.entry.rate = 0.5;
        World world = make_world(scenario);
        world.countries.grain[CountryId{1}] = static_cast<double>(firms_of_second) / 200.0;
        update_references(world);
        const auto before = members(world);
        run(world, 1);
        std::array<double, 2> sum{};
        std::array<double, 2> number{};
        for (const auto& [id, member] : members(world)) {
            const std::size_t c = world.country_of(member.pool).at();
            if (!before.contains(id) && world.position_of(member.pool) == Positions::collection) {
                sum[c] += member.record.cash;
                number[c] += 1.0;
            }
        }
        REQUIRE(number[0] > 10.0);
        REQUIRE(number[1] > 10.0);
        return (sum[1] / number[1]) / (sum[0] / number[0]);
    };
    CHECK(mean_cash_of_entrants(200) == Approx(1.0).epsilon(0.02));
    CHECK(mean_cash_of_entrants(800) == Approx(0.25).epsilon(0.02));
}

}  // namespace
}  // namespace latecomer::tests::economies_test
