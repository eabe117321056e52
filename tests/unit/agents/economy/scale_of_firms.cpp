#include "agents/countries/references.hpp"
#include "agents/economy/economies.hpp"
#include "agents/economy/positions.hpp"
#include "agents/firms/competition.hpp"
#include "agents/firms/entry.hpp"
#include "agents/start/initial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <array>
#include <vector>

/// How many firms economies have, and what a firm is that stands for a part of one.
namespace latecomer::tests::scale_of_firms_test {
namespace {

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

TEST_CASE("where nothing is sold yet, entrants know as much as a part of a firm elsewhere")
{
    Scenario scenario = table_scenario({economy("A", 1), economy("B", 2), economy("C", 3)}, 200);
    scenario.parameters.entry.rate = 0.5;
    World world = make_world(scenario);
    const PositionId p = Positions::collection;
    for (const std::size_t c : {0U, 1U}) {
        world.results.pools[world.pool(CountryId{c}, p)].units = 0.0;
        world.results.pools[world.pool(CountryId{c}, p)].sellers = 0;
    }
    world.countries.grain[CountryId{1}] = 4.0;
    world.countries.grain[CountryId{2}] = 2.0;
    const PoolResults& selling = world.results.pools[world.pool(CountryId{2}, p)];
    // Of those who sell, two stand for one.
    const double units = selling.units / (static_cast<double>(selling.sellers) / 2.0);
    const auto before = members(world);
    draw_entrants(world);
    move_firms(world, {}, mpi::Communicator{});
    std::array<int, 2> entrants{};
    for (const auto& [id, member] : members(world)) {
        const std::size_t c = world.country_of(member.pool).at();
        if (!before.contains(id) && world.position_of(member.pool) == p && c < 2) {
            ++entrants[c];
            CHECK(member.record.experience[0] == Approx(40.0 * units / (c == 0 ? 1.0 : 4.0)));
        }
    }
    CHECK(entrants[0] > 0);
    CHECK(entrants[1] > 0);
}

}  // namespace
}  // namespace latecomer::tests::scale_of_firms_test
