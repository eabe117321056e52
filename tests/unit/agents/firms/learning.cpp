#include "agents/firms/learning.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>

namespace latecomer::learning_test {
namespace {

const CountryId home{0};

/// Three firms in collection, two in processing, unless there are more.  Nobody searches; the gate is
/// open.
World quiet_world(int firms_in_country = 10)
{
    Scenario scenario = tests::round_scenario(1, 1, 1, firms_in_country);
    LearningParameters& p = scenario.parameters.learning;
    p.innovation_rate = 0.0;
    p.absorption_rate = 0.0;
    p.gate_half = 0.0;
    World world = tests::make_world(scenario);
    Firms& firms = world.firms.columns;
    for (const PoolId pool : world.pool_indices()) {
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            for (std::size_t s = 0; s < stages; ++s) {
                firms.capability[s][i] = 0.5;
                firms.experience[s][i] = 10.0;
            }
            firms.units[i] = 0.0;
            firms.domestic_share[i] = 1.0 / static_cast<double>(world.statistics[pool].firms);
        }
        world.pools[pool].domestic_scale = 1.0;
    }
    world.countries.initial_skill[home] = 0.7;  // at which skills scale nothing
    world.countries.skill[home].fill(0.7);
    world.references.best[home].fill(0.0);
    world.references.mean[home].fill(0.0);
    return world;
}

FirmIndex first_of(const World& world, PositionId p)
{
    return FirmIndex{world.firms.slots(world.pool(home, p)).begin};
}

FirmRecord first_after_learning(World& world, PositionId p, SizeEffects& size)
{
    const PoolId pool = world.pool(home, p);
    const PoolSlots& slots = world.firms.slots(pool);
    learn(world, {pool, home, p, slots.begin, slots.count}, learning_terms(world, home, p), size);
    return record_of(world.firms.columns, first_of(world, p));
}

FirmRecord first_after_learning(World& world, PositionId p)
{
    SizeEffects size;
    return first_after_learning(world, p, size);
}

TEST_CASE("success grows with the hazard up to a ceiling")
{
    CHECK(success_probability(0.0, 0.25) == 0.0);
    CHECK(success_probability(0.1, 0.25) == Approx(0.0951626));
    CHECK(success_probability(5.0, 0.25) == 0.25);
}

TEST_CASE("an innovation gains between nothing and the highest step, more often little")
{
    const LearningParameters p;  // steps of -.05 to .25, Beta(1, 5)
    CHECK(innovation_gain(1e-9, p) == 0.0);
    CHECK(innovation_gain(1.0 - 1e-15, p) == Approx(0.223).epsilon(0.01));
    CHECK(innovation_gain(0.96875, p) == Approx(0.0953102));  // half way: a step of .1
    CHECK(innovation_gain(0.5, p) == 0.0);
}

TEST_CASE("absorption closes part of a small gap and little of a large one")
{
    CHECK(absorption_gain(1.0, 0.16, 1.1) == Approx(0.0644628).epsilon(1e-5));
    CHECK(absorption_gain(11.0, 0.16, 1.1) == Approx(7.99e-5).epsilon(1e-3));
    CHECK(absorption_gain(0.0, 0.16, 1.1) == 0.0);
}

TEST_CASE("absorption never takes a firm beyond its reference")
{
    CHECK(absorption_gain(0.1, 10.0, 1e6) == 0.1);
}

TEST_CASE("doubling experience raises capability by two to the power of b")
{
    World world = quiet_world();
    world.firms.columns.units[first_of(world, Positions::collection)] = 10.0;
    const FirmRecord firm = first_after_learning(world, Positions::collection);
    CHECK(firm.capability[0] == Approx(0.5 * 1.1095695));  // 2^.15
    CHECK(firm.experience[0] == 20.0);
    CHECK(firm.capability[1] == 0.5);
    CHECK(firm.experience[1] == 10.0);
}

TEST_CASE("low-value processing teaches less than other work")
{
    World world = quiet_world();
    world.firms.columns.units[first_of(world, Positions::processing)] = 10.0;
    const FirmRecord firm = first_after_learning(world, Positions::processing);
    CHECK(firm.capability[2] == Approx(0.5 * 1.0643702));  // 2^.09
}

TEST_CASE("at half of the upstream access that it needs, a firm learns half as much")
{
    World world = quiet_world();
    world.scenario.parameters.learning.gate_half = 0.5;
    world.firms.columns.units[first_of(world, Positions::processing)] = 10.0;
    const FirmRecord firm = first_after_learning(world, Positions::processing);
    // Imported cloud gives .6 of the frontier: .36/(.36 + .25) of 2^.09 in logs.
    CHECK(firm.capability[2] == Approx(0.5 * 1.0375039));

    World weak = quiet_world();
    weak.scenario.parameters.learning.gate_half = 0.5;
    weak.scenario.parameters.learning.cloud_route = 0.2;  // its own .5 is better
    weak.firms.columns.units[first_of(weak, Positions::processing)] = 10.0;
    CHECK(first_after_learning(weak, Positions::processing).capability[2] ==
          Approx(0.5 * 1.0316832));
}

TEST_CASE("collection has no gate")
{
    World world = quiet_world();
    world.scenario.parameters.learning.gate_half = 1e6;
    world.firms.columns.units[first_of(world, Positions::collection)] = 10.0;
    CHECK(first_after_learning(world, Positions::collection).capability[0] ==
          Approx(0.5 * 1.1095695));
}

TEST_CASE("localisation weakens access through imported cloud, not through other imports")
{
    World world = quiet_world();
    world.scenario.parameters.learning.gate_half = 0.25;
    world.levers[home].imported_cloud = 0.6;
    CHECK(learning_terms(world, home, Positions::analytics).current.access == Approx(0.36));
    CHECK(learning_terms(world, home, Positions::storage).current.access == Approx(0.12));
    world.references.mean[home] = {0.9, 0.9, 0.9, 0.9};
    CHECK(learning_terms(world, home, Positions::analytics).current.access == Approx(0.45));
}

TEST_CASE("firms search ahead where the next position is at another stage")
{
    World world = quiet_world();
    world.scenario.parameters.learning.innovation_rate = 1.0;
    const LearningTerms terms = learning_terms(world, home, Positions::collection);
    REQUIRE(terms.looks_ahead);
    CHECK(terms.current.innovation_hazard == Approx(0.8));
    CHECK(terms.next.stage == 1);
    CHECK(terms.next.innovation_hazard == Approx(0.2));

    const LearningTerms processing = learning_terms(world, home, Positions::processing);
    CHECK_FALSE(processing.looks_ahead);
    CHECK(processing.current.innovation_hazard == Approx(1.0));
    CHECK_FALSE(learning_terms(world, home, PositionId{4}).looks_ahead);
    CHECK(learning_terms(world, home, Positions::analytics).next.stage == 3);
}

TEST_CASE("support of search in one sector counts by its demand for those who look ahead")
{
    World world = quiet_world();
    world.scenario.parameters.learning.innovation_rate = 1.0;
    world.levers[home].search[4] = 2.0;  // manufacturing: .35 of demand
    CHECK(learning_terms(world, home, PositionId{4}).current.innovation_hazard == Approx(2.0));
    CHECK(learning_terms(world, home, Positions::analytics).next.innovation_hazard == Approx(0.27));
}

TEST_CASE("a firm that leads at home and abroad has nothing to absorb")
{
    World world = quiet_world();
    LearningParameters& p = world.scenario.parameters.learning;
    p.absorption_rate = 1e6;
    p.success_ceiling = 1.0;
    world.references.frontier.fill(0.5);
    world.references.best[home].fill(0.5);
    CHECK(first_after_learning(world, Positions::processing).capability[2] == 0.5);
    world.references.frontier.fill(1.0);
    CHECK(first_after_learning(world, Positions::processing).capability[2] > 0.5);
}

/// The share of processing firms that absorb from the world, where all succeed: the best at home are
/// twice as capable as they, the world four times.
double share_absorbing_abroad(double foreign_bias)
{
    World world = quiet_world(6000);
    LearningParameters& p = world.scenario.parameters.learning;
    p.absorption_rate = 1e6;
    p.success_ceiling = 1.0;
    p.foreign_bias = foreign_bias;
    world.references.best[home].fill(1.0);
    world.references.frontier.fill(2.0);
    const LearningTerms terms = learning_terms(world, home, Positions::processing);
    const double abroad =
        0.5 * std::exp(absorption_gain(std::log(4.0), terms.current.strength, terms.current.range));
    const double at_home =
        0.5 * std::exp(absorption_gain(std::log(2.0), terms.current.strength, terms.current.range));
    REQUIRE(std::abs(abroad - at_home) > 1e-3);

    const PoolId pool = world.pool(home, Positions::processing);
    const PoolSlots& slots = world.firms.slots(pool);
    SizeEffects size;
    std::size_t took_abroad = 0;
    std::size_t took_home = 0;
    for (std::size_t begin = 0; begin < slots.count; begin += block_size) {
        learn(world,
              {pool, home, Positions::processing, slots.begin + begin,
               std::min(block_size, slots.count - begin)},
              terms, size);
    }
    for (const FirmIndex i : world.firms.firms_of(pool)) {
        const double capability = world.firms.columns.capability[2][i];
        took_abroad += tests::same(capability, abroad) ? 1u : 0u;
        took_home += tests::same(capability, at_home) ? 1u : 0u;
    }
    REQUIRE(slots.count > 1000);
    CHECK(took_abroad + took_home == slots.count);
    return static_cast<double>(took_abroad) / static_cast<double>(slots.count);
}

TEST_CASE("firms absorb from the best at home or from the world, as the wider gap pulls them")
{
    CHECK(share_absorbing_abroad(0.0) == 0.0);
    CHECK(share_absorbing_abroad(1e12) == 1.0);
    // Twice the gap with half the weight pulls as much; a thousand firms: 5 standard deviations of .016.
    CHECK(share_absorbing_abroad(0.5) == Approx(0.5).margin(0.08));
    CHECK(share_absorbing_abroad(1.0) == Approx(0.667).margin(0.08));
}

TEST_CASE("where nobody at home is better, firms absorb from the world")
{
    World world = quiet_world();
    LearningParameters& p = world.scenario.parameters.learning;
    p.absorption_rate = 1e6;
    p.success_ceiling = 1.0;
    p.foreign_bias = 0.0;
    world.references.best[home].fill(0.5);
    world.references.frontier.fill(1.0);
    const StageTerms terms = learning_terms(world, home, Positions::processing).current;
    CHECK(first_after_learning(world, Positions::processing).capability[2] ==
          Approx(0.5 * std::exp(absorption_gain(std::log(2.0), terms.strength, terms.range))));
}

TEST_CASE("capability ages at every stage")
{
    World world = quiet_world();
    world.scenario.parameters.learning.depreciation = 0.1;
    const FirmRecord firm = first_after_learning(world, Positions::collection);
    for (const double capability : firm.capability) {
        CHECK(capability == Approx(0.5 * 0.9048374));
    }
}

TEST_CASE(
    "firms that sell more of what their pool sells search more, those that sell nothing not at all")
{
    World world = quiet_world();
    Firms& firms = world.firms.columns;
    const FirmIndex i = first_of(world, Positions::collection);
    world.pools[world.pool(home, Positions::collection)].domestic_scale = 0.5;  // of three firms
    firms.domestic_share[i] = 32.0 / 3.0;
    firms.domestic_share[FirmIndex{i.at() + 1}] = 0.0;
    firms.domestic_share[FirmIndex{i.at() + 2}] = 2.0 / 3.0;
    SizeEffects size;
    first_after_learning(world, Positions::collection, size);
    CHECK(std::exp(size.log_size[0]) == Approx(16.0));
    CHECK(size.log_size[1] < -600.0);
    CHECK(size.log_size[2] == Approx(0.0).margin(1e-12));
}

TEST_CASE("no firm searches more than what decides whether its search is looked at")
{
    World world = quiet_world(4 * 256);
    Firms& firms = world.firms.columns;
    const PoolId pool = world.pool(home, Positions::collection);
    const PoolSlots& slots = world.firms.slots(pool);
    const Block block{pool, home, Positions::collection, slots.begin, 200};
    const double size_per_share = 3.0;
    for (std::size_t i = 0; i < block.size; ++i) {
        firms.domestic_share[FirmIndex{slots.begin + i}] =
            i == 0 ? 0.0 : std::exp(0.1 * static_cast<double>(i) - 10.0);
    }
    for (const double exponent : {0.0, 0.165, 0.5, 1.0, 1.5}) {
        SizeEffects size;
        firm_kernels().size_effects(values_of(firms, block), size_per_share, exponent, 0.1, size);
        for (std::size_t i = 0; i < block.size; ++i) {
            const double relative =
                size_per_share * firms.domestic_share[FirmIndex{slots.begin + i}];
            CAPTURE(exponent, relative);
            CHECK(size.most_effort[i] >= std::pow(relative, exponent) * (1.0 - 1e-13));
        }
    }
}

}  // namespace
}  // namespace latecomer::learning_test
