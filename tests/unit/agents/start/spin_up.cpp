#include "agents/start/spin_up.hpp"

#include "agents/observation/books.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <vector>

namespace latecomer::tests::spin_up_test {
namespace {

/// Countries have luck, firms come, go, climb and export all the time.
Scenario lively(int spin_up)
{
    Scenario scenario = round_scenario(3, 1, 3, 100);
    turn_everything_on(scenario.parameters);
    scenario.parameters.entry.rate = 0.1;
    scenario.parameters.mobility.upgrade_rate = 0.3;
    scenario.parameters.run.spin_up = spin_up;
    return scenario;
}

/// The same as a table of economies that export.
Scenario lively_table(int spin_up)
{
    std::vector<CountryData> countries{economy("A", 1, 50.0), economy("B", 2, 200.0),
                                       economy("C", 3, 100.0), economy("L", 4, 400.0)};
    countries[1][Indicator::productivity].value = 40000.0;
    for (std::size_t c = 0; c < 3; ++c) {
        countries[c][Indicator::ict_service_exports] = {static_cast<double>(c + 1), "", "assumed",
                                                        "test"};
    }
    countries.back().role = CountryRole::lead;
    countries.back().lead_firms = 3;
    Scenario scenario = table_scenario(std::move(countries), 100);
    turn_everything_on(scenario.parameters);
    scenario.parameters.trade.export_level = 0.1;
    scenario.parameters.world.firm_exponent = 0.5;
    scenario.parameters.run.spin_up = spin_up;
    return scenario;
}

template <class Range>
std::vector<double> copied(const Range& values)
{
    return {values.begin(), values.end()};
}

// --- The quarters of a spin-up ---------------------------------------------------------------------

TEST_CASE("in a spin-up books add up every quarter, and the clock of the run stands at zero")
{
    const bool table = GENERATE(false, true);
    World world = make_world(table ? lively_table(20) : lively(20));
    for (std::uint32_t quarter = 1; quarter <= 20; ++quarter) {
        REQUIRE(world.spins_up());
        run(world, 1);
        CHECK_NOTHROW(expects_identities(world));
        CHECK(world.quarter == 0);
        CHECK(world.spun == quarter);
        CHECK(world.clock() == quarter);
    }
    CHECK_FALSE(world.spins_up());
    for (std::uint32_t quarter = 1; quarter <= 5; ++quarter) {
        run(world, 1);
        CHECK_NOTHROW(expects_identities(world));
        CHECK(world.quarter == quarter);
        CHECK(world.spun == 20);
        CHECK(world.clock() == 20 + quarter);
    }
}

TEST_CASE("in a spin-up economies stand still")
{
    const bool table = GENERATE(false, true);
    Scenario scenario = table ? lively_table(12) : lively(12);
    scenario.parameters.macro.income_share = 0.0;  // else demand follows incomes
    World world = make_world(scenario);
    const World start = world;
    for (int quarter = 0; quarter < 12; ++quarter) {
        run(world, 1);
        CHECK(copied(world.countries.wage) == copied(start.countries.wage));
        CHECK(copied(world.countries.exchange_rate) == copied(start.countries.exchange_rate));
        CHECK(copied(world.countries.adoption) == copied(start.countries.adoption));
        CHECK(copied(world.countries.final_demand) == copied(start.countries.final_demand));
        for (const CountryId c : world.countries.indices()) {
            CHECK(world.countries.skill[c] == start.countries.skill[c]);
            CHECK(world.countries.climate[c] == 0.0);
            for (std::size_t s = 0; s < stages; ++s) {
                const bool leads = world.countries.role[c] == CountryRole::lead;
                CHECK(same(world.references.home[c][s],
                           leads ? 1.0 : world.countries.initial_capability[c][s]));
                CHECK(same(world.references.frontier[s], 1.0));
            }
        }
    }
    run(world, 1);
    for (const CountryId c : world.countries.indices()) {
        CHECK(world.countries.climate[c] != 0.0);
    }
    CHECK(copied(world.countries.adoption) != copied(start.countries.adoption));
}

TEST_CASE("in a spin-up foreign suppliers share markets as at the start, those that can sell")
{
    World world = make_world(lively_table(12));
    const SupplierTable start = world.markets.share;
    const std::size_t leader = world.markets.supplier(LeadId{0});
    std::size_t sellers = 0;
    for (int quarter = 0; quarter < 12; ++quarter) {
        run(world, 1);
        for (const CountryId d : world.countries.indices()) {
            for (const PositionId p : world.positions.indices()) {
                const auto sales = world.markets.sales(d, p);
                for (std::size_t k = 0; k < sales.size() && !world.positions[p].world_market; ++k) {
                    if (k == world.markets.supplier(d) || k == leader || sales[k] == 0.0) {
                        continue;
                    }
                    ++sellers;
                    CHECK(same(sales[k] / sales[leader], start(d, p)[k] / start(d, p)[leader]));
                }
            }
        }
    }
    // Two lead firms in four markets of seven positions, and exporters besides.
    CHECK(sellers > 12 * 2 * 4 * 7);
}

TEST_CASE(
    "at the end of a spin-up shares are those of the start, although firms have come and gone")
{
    Scenario scenario = lively(12);
    scenario.parameters.world.firms_per_country = 400;  // no pool loses all of them
    World world = make_world(scenario);
    const std::vector<double> start = copied(world.markets.share.span());
    const std::vector<double> processing = copied(world.markets.processing_share);
    const auto moved = [&] {
        Largest largest;
        for (std::size_t k = 0; k < start.size(); ++k) {
            largest(std::abs(world.markets.share.span()[k] - start[k]));
        }
        for (const CountryId c : world.countries.indices()) {
            largest(std::abs(world.markets.processing_share[c] - processing[c.at()]));
        }
        return largest.value();
    };
    run(world, 11);
    CHECK(moved() > 1e-3);  // entrants have taken their part
    run(world, 1);
    CHECK(moved() < 1e-14);
    run(world, 1);
    CHECK(moved() > 1e-6);
}

TEST_CASE("no window, switch, policy or climate acts in a spin-up; in the first quarter all do")
{
    Scenario scenario = lively(6);
    scenario.windows = {{"servers", Stage::storage, 0, 0.3, 0.5, 0.5, 0.5}};
    ParameterSwitch borders{"borders close", 0, scenario.parameters};
    borders.parameters.trade.barrier = 0.7;
    scenario.switches = {borders};
    give_all(scenario, request_of({{"1K", 0.5}, {"2X", 0.8}, {"3K", 0.5}}));
    World world = make_world(scenario);
    const Column<CountryId, Levers> levers = world.levers;
    for (int quarter = 0; quarter < 6; ++quarter) {
        run(world, 1);
        CHECK(world.parameters().trade.barrier == 0.15);
        CHECK(std::ranges::all_of(world.technology.base, [](double x) { return x == 1.0; }));
        CHECK(std::ranges::none_of(world.results.events, [](const Event& event) {
            return event.kind != EventKind::upgrade && event.kind != EventKind::leaver;
        }));
        for (const CountryId c : world.countries.indices()) {
            CHECK(std::memcmp(&world.levers[c], &levers[c], sizeof(Levers)) == 0);
            CHECK(world.countries.climate[c] == 0.0);
            CHECK(world.countries.public_debt[c] == 0.0);
        }
    }
    run(world, 1);
    CHECK(world.parameters().trade.barrier == 0.7);
    for (const EventKind kind : {EventKind::window, EventKind::parameters, EventKind::policy}) {
        CHECK(std::ranges::count(world.results.events, kind, &Event::kind) >= 1);
    }
    for (const Event& event : world.results.events) {
        CHECK(event.quarter == 0);
    }
    CHECK(std::memcmp(&world.levers[CountryId{0}], &levers[CountryId{0}], sizeof(Levers)) != 0);
}

TEST_CASE("the climate of the first quarter after a spin-up is that of a run without one")
{
    World spun = make_world(lively(5));
    World plain = make_world(lively(0));
    run(spun, 6);
    run(plain, 1);
    CHECK(copied(spun.countries.climate) == copied(plain.countries.climate));
    CHECK(plain.countries.climate[CountryId{0}] != 0.0);
}

TEST_CASE("no two firms ever have one identity, before the first quarter or after it")
{
    World world = make_world(lively(10));
    std::map<FirmId, std::uint32_t> first_seen;
    for (const auto& [id, member] : members(world)) {
        CHECK(identity::birth(id) == 0);
        first_seen[id] = 0;
    }
    std::map<FirmId, Member> before = members(world);
    for (std::uint32_t quarter = 1; quarter <= 16; ++quarter) {
        run(world, 1);
        const std::map<FirmId, Member> now = members(world);
        CHECK(now.size() == world.firms.size());
        std::int64_t born = 0;
        for (const auto& [id, member] : now) {
            if (!before.contains(id)) {
                CHECK(identity::birth(id) == quarter);
                CHECK(first_seen.emplace(id, quarter).second);
                ++born;
            }
        }
        CHECK(born > 5);
        before = now;
    }
}

TEST_CASE("a run without a spin-up is the run that it was")
{
    World world = make_world(lively(0));
    CHECK_FALSE(world.spins_up());
    run(world, 1);
    CHECK(world.quarter == 1);
    CHECK(world.clock() == 1);
    CHECK(world.spun == 0);
}

// --- Its end ---------------------------------------------------------------------------------------

TEST_CASE("when a spin-up ends, the rest of the economy pays public debts and no money is lost")
{
    World world = make_world(lively(0));
    run(world, 4);
    const CountryId c{1};
    world.countries.public_debt[c] = 7.0;
    const double wealth = world.countries.other_wealth[c];
    release(world);
    CHECK(world.countries.public_debt[c] == 0.0);
    CHECK(world.countries.other_wealth[c] == wealth - 7.0);
    run(world, 1);
    CHECK_NOTHROW(expects_identities(world));
}

TEST_CASE("the first to climb after a spin-up is the first of the run")
{
    World world = make_world(lively(12));
    run(world, 11);
    const auto someone = [](std::uint8_t step) { return step != 0; };
    CHECK(std::ranges::any_of(world.climbed.span(), someone));
    run(world, 1);
    CHECK(std::ranges::none_of(world.climbed.span(), someone));
}

TEST_CASE("after a spin-up markets rest: shares move less than without")
{
    const auto moved_by = [](int spin_up) {
        Scenario scenario = lively_table(spin_up);
        scenario.parameters.trade.habit = 0.8;
        World world = make_world(scenario);
        run(world, spin_up);
        const std::vector<double> before = copied(world.markets.share.span());
        run(world, 1);
        double sum = 0.0;
        for (std::size_t k = 0; k < before.size(); ++k) {
            sum += std::abs(world.markets.share.span()[k] - before[k]);
        }
        return sum;
    };
    CHECK(moved_by(20) < 0.25 * moved_by(0));
}

}  // namespace
}  // namespace latecomer::tests::spin_up_test
