#include "agents/economy/economies.hpp"

#include "agents/start/initial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

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
    // exp(.12 ln .9 + .15 ln .6 + .68 ln .7) = .71763.
    const ByStage<double> far = of_productivity(0.01).gradient;
    CHECK(far[0] == Approx(1.39348).epsilon(1e-5));
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
        countries.back().lead_firms = 2;  // of no effect where none may be
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

}  // namespace
}  // namespace latecomer::tests::economies_test
