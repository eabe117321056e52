#include "agents/governments/governments.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

namespace latecomer::tests::governments_test {
namespace {

constexpr CountryId other{0};
constexpr CountryId planner{1};

PolicyPhase phase(std::int64_t from, std::int64_t to, std::int64_t ramp, const PolicyMix& request)
{
    PolicyPhase made;
    made.from = from;
    made.to = to;
    made.ramp_quarters = ramp;
    made.request = request;
    made.pathway = "mix";
    return made;
}

/// Two latecomer economies with a demand of 100.  The second has a plan and more money than it can
/// spend, the first has no plan.
World world_with(const std::vector<PolicyPhase>& phases)
{
    Scenario scenario = round_scenario(2, 1, 1, 80);
    PolicyPlan plan;
    plan.country = latecomer_keys(scenario)[planner.at()];
    plan.phases = phases;
    PolicyPlan elsewhere = plan;
    elsewhere.country = "nowhere";
    scenario.policies = {elsewhere, plan};
    scenario.parameters.government.ramp_quarters = 4;
    World world = make_world(scenario);
    clear_books(world);
    for (const CountryId c : {other, planner}) {
        demand_a_hundred(world, c);
        world.countries.tax_revenue[c] = 1e6;
    }
    return world;
}

World world_with(const PolicyMix& request)
{
    return world_with({phase(0, 4000, 0, request)});
}

Government& government(World& world)
{
    return world.governments[planner];
}

double of_cell(const PolicyMix& mix, std::string_view cell)
{
    return mix(instrument_named(cell), SectorId{0});
}

/// Lets a quarter begin; what an instrument is requested with.
double next_request(World& world, std::string_view cell = "1K")
{
    world.results.events.clear();
    set_policies(world);
    ++world.quarter;
    return of_cell(government(world).requested, cell);
}

/// What the programme may spend (eq. 21): a fifth of 30 in revenue, and a quarter of the room below a
/// debt of .05 of 400 a year.
double available(double tax_revenue, double debt)
{
    World world = world_with(request_of({{"1K", 0.5}}));
    GovernmentParameters& p = world.scenario.parameters.government;
    p.debt_ceiling = 0.05;
    p.borrowing_share = 0.25;
    world.countries.budget_share[planner] = 0.2;
    world.countries.tax_revenue[planner] = tax_revenue;
    world.countries.public_debt[planner] = debt;
    set_policies(world);
    return government(world).available;
}

/// A programme that needs .75 and has `money` for it.
World short_of_money(double money)
{
    World world = world_with(request_of({{"1K", 0.5}, {"2K", 1.0}}));
    world.scenario.parameters.government.borrowing_share = 0.0;
    world.countries.budget_share[planner] = 1.0;
    world.countries.tax_revenue[planner] = money;
    return world;
}

TEST_CASE("a phase holds from its first quarter until the one in which it is over")
{
    World world = world_with({phase(2, 5, 2, request_of({{"1K", 0.8}}))});
    for (const double expected : {0.0, 0.0, 0.4, 0.8, 0.8, 0.6, 0.4, 0.2, 0.0, 0.0}) {
        CHECK(next_request(world) == Approx(expected).margin(1e-15));
    }
}

TEST_CASE("when a phase begins, requests move to it from wherever they are")
{
    World world = world_with(
        {phase(0, 2, 4, request_of({{"1K", 0.8}})), phase(2, 4000, 2, request_of({{"1K", 0.2}}))});
    for (const double expected : {0.2, 0.4, 0.3, 0.2, 0.2}) {
        CHECK(next_request(world) == Approx(expected).epsilon(1e-14));
    }
}

TEST_CASE("the chronicle tells when a phase begins and when none holds any more")
{
    World world = world_with({phase(1, 3, 0, request_of({{"1K", 0.8}}))});
    next_request(world);
    CHECK(world.results.events.empty());
    next_request(world);
    REQUIRE(world.results.events.size() == 1);
    CHECK(world.results.events[0].kind == EventKind::policy);
    CHECK(world.results.events[0].who == world.countries.key[planner]);
    CHECK(world.results.events[0].value == 1.0);
    CHECK(world.results.events[0].label == "mix");
    next_request(world);
    CHECK(world.results.events.empty());
    next_request(world);
    REQUIRE(world.results.events.size() == 1);
    CHECK(world.results.events[0].value == 0.0);
    CHECK(world.results.events[0].label == "none");
}

TEST_CASE("a country without a plan requests nothing, and its levers are neutral")
{
    World world = world_with(request_of({{"1K", 0.5}}));
    set_policies(world);
    CHECK(total(world.governments[other].requested) == 0.0);
    CHECK(world.levers[other].training[0] == 0.0);
    CHECK(world.results.flows[other].spending == 0.0);
    CHECK(world.levers[planner].training[0] == 0.5);
}

TEST_CASE("a programme may spend its part of revenue and of the room below the debt ceiling")
{
    CHECK(available(30.0, 8.0) == Approx(9.0));   // 6 of revenue and a quarter of 12
    CHECK(available(30.0, 0.0) == Approx(11.0));  // a quarter of 20
    CHECK(available(0.0, 8.0) == Approx(3.0));    // of the room alone
    CHECK(available(30.0, 20.0) == Approx(6.0));  // no room is left
    CHECK(available(30.0, 50.0) == Approx(6.0));  // debt above the ceiling takes nothing away
    CHECK(available(-30.0, 8.0) == Approx(3.0));  // nor does revenue below zero
}

TEST_CASE("if money is short, all intensities shrink alike")
{
    World world = short_of_money(0.3);  // .4 of what is required
    set_policies(world);
    CHECK(government(world).required == Approx(0.75));
    CHECK(of_cell(government(world).requested, "1K") == 0.5);
    CHECK(of_cell(government(world).effective, "1K") == Approx(0.2));
    CHECK(of_cell(government(world).effective, "2K") == Approx(0.4));
    CHECK(world.levers[planner].training[0] == Approx(0.2));
    CHECK(world.levers[planner].training[1] == Approx(0.4));
    CHECK(world.results.flows[planner].spending == Approx(0.3));
    CHECK(government(world).spending(instrument_named("2K"), SectorId{0}) ==
          Approx(0.2 * 0.35));  // in the sector with .35 of demand
}

TEST_CASE("with enough money, all that is requested takes effect, and no more is spent")
{
    World world = short_of_money(7.5);
    set_policies(world);
    CHECK(government(world).available == 7.5);
    CHECK(government(world).effective == government(world).requested);
    CHECK(world.results.flows[planner].spending == Approx(0.75));
}

TEST_CASE("a programme that requests nothing needs no money")
{
    World world = world_with(request_of({}));
    world.scenario.parameters.government.borrowing_share = 0.0;
    world.countries.tax_revenue[planner] = 0.0;
    set_policies(world);
    CHECK(world.results.flows[planner].spending == 0.0);
    CHECK(total(government(world).effective) == 0.0);
}

TEST_CASE("money goes to instruments rank by rank, equals alike, and last to those without a rank")
{
    // short_of_money(): .25 for 1K and .5 for 2K are asked for.
    World world = short_of_money(0.3);
    const InstrumentId first = instrument_named("1K");
    const InstrumentId second = instrument_named("2K");
    PolicyPhase& phase = world.scenario.policies[*government(world).plan].phases.front();
    const auto granted = [&](InstrumentId id) {
        set_policies(world);
        return government(world).effective(id, SectorId{0}) /
               government(world).requested(id, SectorId{0});
    };
    CHECK(granted(first) == Approx(0.4));  // .3 of .75
    phase.priority = {{first}};
    CHECK(granted(first) == 1.0);
    CHECK(granted(second) == Approx(0.1));  // .05 of .5
    phase.priority = {{second}};
    CHECK(granted(second) == Approx(0.6));
    CHECK(granted(first) == 0.0);
    phase.priority = {{first, second}};
    CHECK(granted(first) == Approx(0.4));
    CHECK(granted(second) == Approx(0.4));
    CHECK(world.results.flows[planner].spending == Approx(0.3));
}

TEST_CASE(
    "a phase levies its tariffs at the positions of their stages, and no longer than it lasts")
{
    World world = world_with(request_of({{"1K", 0.2}}));
    PolicyPhase& phase = world.scenario.policies[*government(world).plan].phases.front();
    phase.tariff = {0.0, 0.0, 0.25, 0.0};
    phase.to = 1;
    set_policies(world);
    CHECK(world.levers[planner].import_tariff[Positions::analytics.at()] == 0.25);
    CHECK(world.levers[planner].import_tariff[Positions::processing.at()] == 0.25);
    CHECK(world.levers[planner].import_tariff[Positions::storage.at()] == 0.0);
    ++world.quarter;
    set_policies(world);
    CHECK(world.levers[planner].import_tariff[Positions::analytics.at()] == 0.0);
}

TEST_CASE("at equal cost, requests are scaled until they cost their share of demand")
{
    PolicyPhase equal = phase(0, 2, 2, request_of({{"1K", 0.2}, {"2K", 0.1}}));
    equal.cost_share = 0.00225;  // one and a half times the cost of the request
    World world = world_with({equal});
    CHECK(next_request(world) == Approx(0.15));  // half of the way
    CHECK(next_request(world) == Approx(0.3));
    CHECK(of_cell(government(world).requested, "2K") == Approx(0.15));
    CHECK(world.results.flows[planner].spending == Approx(0.225));
    CHECK(government(world).cost_shortfall == Approx(0.0).margin(1e-12));
}

TEST_CASE("at equal cost, requests that would cost more are scaled down")
{
    PolicyPhase equal = phase(0, 2, 0, request_of({{"1K", 0.8}, {"2K", 0.4}}));
    equal.cost_share = 0.0015;  // a quarter of the cost of the request
    World world = world_with({equal});
    CHECK(next_request(world) == Approx(0.2));
    CHECK(of_cell(government(world).requested, "2K") == Approx(0.1));
}

TEST_CASE("what full intensity cannot spend of an equal cost is recorded as missing")
{
    PolicyPhase equal = phase(0, 1, 2, request_of({{"1K", 0.2}, {"2K", 0.1}}));
    equal.cost_share = 0.02;
    World world = world_with({equal});
    CHECK(next_request(world) == 0.5);                       // half of the way to full intensity
    CHECK(government(world).cost_shortfall == Approx(1.0));  // 2 less 1
    next_request(world);                                     // no phase holds any more
    CHECK(government(world).cost_shortfall == 0.0);
}

TEST_CASE("an adaptive government sees what has changed since its phase began")
{
    World world = world_with({phase(1, 4000, 0, request_of({{"1K", 0.5}, {"2K", 0.5}}))});
    world.scenario.policies.back().mode = PolicyMode::adaptive;
    world.scenario.parameters.government.review_quarters = 2;
    pool_of(world, planner, Positions::collection).revenue = 100.0;
    pool_of(world, planner, Positions::storage).revenue = 1.0;
    pool_of(world, other, Positions::storage).revenue = 1.0;
    world.countries.role[CountryId{2}] = CountryRole::latecomer;  // a second one to compare with
    next_request(world);
    CHECK(next_request(world) == 0.5);
    pool_of(world, planner, Positions::storage).revenue = 0.5;
    pool_of(world, other, Positions::storage).revenue = 1.1;
    CHECK(next_request(world) == 0.5);
    CHECK(next_request(world) == Approx(0.4));  // a tenth of 1 moves to the four of storage
    CHECK(of_cell(government(world).requested, "2K") == Approx(0.525));
}

/// A plan two quarters old, and then another scenario.
World with_another_plan(const std::vector<PolicyPlan>& plans)
{
    World world = world_with({phase(0, 4000, 4, request_of({{"1K", 0.8}}))});
    next_request(world);
    next_request(world);
    const Scenario before = world.scenario;
    world.scenario.policies = plans;
    for (PolicyPlan& plan : world.scenario.policies) {
        plan.country = world.countries.key[planner];
    }
    take_up_plans(world, before);
    return world;
}

TEST_CASE("a plan with the same phases goes on where it was")
{
    PolicyPlan plan;
    plan.mode = PolicyMode::adaptive;
    plan.phases = {phase(0, 4000, 4, request_of({{"1K", 0.8}}))};
    World world = with_another_plan({plan});
    CHECK(next_request(world) == Approx(0.6));
    CHECK(world.results.events.empty());
}

TEST_CASE("a plan with other phases begins from what is requested")
{
    PolicyPlan plan;
    plan.phases = {phase(0, 4000, 2, request_of({{"1K", 0.2}}))};
    World world = with_another_plan({plan});
    CHECK(next_request(world) == Approx(0.3));  // half of the way from .4
    CHECK(world.results.events.size() == 1);
}

TEST_CASE("where no plan is left, none is followed")
{
    World world = with_another_plan({});
    CHECK(!government(world).plan);
    CHECK(!government(world).phase);
}

}  // namespace
}  // namespace latecomer::tests::governments_test
