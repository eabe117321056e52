/// Laws of learning with a solution on paper: Wright's law, innovation as a Bernoulli trial, and
/// the gap between falling behind and catching up (Verspagen 1991).

#include "agents/firms/learning.hpp"
#include "agents/lead_firms/lead_firms.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>
#include <vector>

namespace latecomer::tests::closed_forms_learning_test {
namespace {

std::size_t stage_of(const World& world, PoolId pool)
{
    return at(world.positions[world.position_of(pool)].stage);
}

// --- Learning by doing -----------------------------------------------------------------------------

World world_of_doing_only()
{
    Scenario scenario = round_scenario(2, 1, 3, 40);
    turn_search_off(scenario.parameters);
    turn_moves_off(scenario.parameters);
    scenario.parameters.learning.gate_half = 0.0;
    return make_world(scenario);
}

TEST_CASE("without search, capability follows Wright's law of cumulative output")
{
    World world = world_of_doing_only();
    const auto before = members(world);
    run(world, 24);

    Largest deviation;
    Largest elsewhere;
    double least_growth = 1e300;
    for (const auto& [id, now] : members(world)) {
        const FirmRecord& then = before.at(id).record;
        const bool processing = world.position_of(now.pool) == Positions::processing;
        const double exponent = processing ? 0.09 : 0.15;  // .6 of .15: the stepping stone
        const std::size_t s = stage_of(world, now.pool);
        const double output = now.record.experience[s] / then.experience[s];
        least_growth = std::min(least_growth, output);
        deviation(
            difference(now.record.capability[s], then.capability[s] * std::pow(output, exponent)));
        for (std::size_t other = 0; other < stages; ++other) {
            elsewhere(other == s
                          ? 0.0
                          : difference(now.record.capability[other], then.capability[other]));
        }
    }
    CHECK(before.size() > 60);
    CHECK(least_growth > 1.05);
    CHECK(deviation.value() < 1e-12);
    CHECK(elsewhere.value() == 0.0);
}

TEST_CASE("without search, lead firms follow Wright's law at every stage")
{
    World world = world_of_doing_only();
    const Leads before = world.leads;
    run(world, 24);

    Largest deviation;
    for (const LeadId l : world.leads.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            const double output = world.leads.experience[l][s] / before.experience[l][s];
            CHECK(output > 1.05);
            deviation(difference(world.leads.capability[l][s],
                                 before.capability[l][s] * std::pow(output, 0.15)));
        }
    }
    CHECK(deviation.value() < 1e-12);
}

// --- Innovation ------------------------------------------------------------------------------------

/// Every firm innovates at its own stage alone, with hazard z_in.
Scenario innovation_only(double rate)
{
    Scenario scenario = table_scenario({economy("A", 0)}, 2000);
    Parameters& parameters = scenario.parameters;
    turn_moves_off(parameters);
    parameters.learning.innovation_rate = rate;
    parameters.learning.absorption_rate = 0.0;
    parameters.learning.success_ceiling = 1.0;
    parameters.learning.size_exponent = 0.0;
    parameters.learning.next_stage_share = 0.0;
    parameters.learning.wright_exponent = 0.0;
    parameters.learning.gate_half = 0.0;
    return scenario;
}

TEST_CASE("successes in innovation are binomial")
{
    Scenario scenario = innovation_only(0.036);
    scenario.parameters.learning.step_low = 0.01;  // so that every success shows
    World world = make_world(scenario);

    double successes = 0.0;
    constexpr int quarters = 20;
    for (int quarter = 0; quarter < quarters; ++quarter) {
        const auto before = members(world);
        run(world, 1);
        for (const auto& [id, now] : members(world)) {
            const std::size_t s = stage_of(world, now.pool);
            successes += now.record.capability[s] > before.at(id).record.capability[s];
        }
    }

    constexpr double p = 0.0353597;  // 1 - exp(-.036)
    const double trials = 2000.0 * quarters;
    const double z = (successes - trials * p) / std::sqrt(trials * p * (1.0 - p));
    CHECK(firm_count(world) == 2000);
    CHECK(std::abs(z) < 4.0);
}

TEST_CASE("innovation alone raises ln capability by success probability times .01618 a quarter")
{
    const double rate = GENERATE(0.036, 1e4);
    const double p = rate > 1.0 ? 1.0 : 0.0353597;
    World world = make_world(innovation_only(rate));
    const auto before = members(world);
    constexpr int quarters = 20;
    run(world, quarters);

    double growth = 0.0;
    Largest elsewhere;
    for (const auto& [id, now] : members(world)) {
        for (std::size_t s = 0; s < stages; ++s) {
            const double gain =
                std::log(now.record.capability[s] / before.at(id).record.capability[s]);
            growth += gain;
            elsewhere(s == stage_of(world, now.pool) ? 0.0 : std::abs(gain));
        }
    }

    // One gain has mean .0161814 and mean square .00109420, by integration over Beta(1, 5).
    const double trials = 2000.0 * quarters;
    const double variance = p * 0.00109420 - p * p * 0.0161814 * 0.0161814;
    const double z = (growth - trials * p * 0.0161814) / std::sqrt(trials * variance);
    INFO("z = " << z);
    CHECK(elsewhere.value() == 0.0);
    CHECK(std::abs(z) < 4.0);
}

// --- Absorption ------------------------------------------------------------------------------------

/// The analytics firms of a small economy, who absorb from a world frontier with certainty.
class Absorption {
public:
    Absorption() : world_{make_world(scenario())}
    {
        for (const CountryId c : world_.countries.indices()) {
            world_.references.best[c] = {};  // no domestic reference
        }
        for (const Block& block : blocks_of(world_)) {
            if (block.position == Positions::analytics) {
                block_ = block;
            }
        }
    }

    /// The gap after a quarter in which the frontier grows by `growth`, from a gap before.
    double next_gap(double gap, double growth)
    {
        const double frontier = 1.0;
        world_.references.frontier[2] = frontier;
        FirmColumn<double>& capability = world_.firms.columns.capability[2];
        const FirmIndex firm{block_.first};
        capability[firm] = frontier * std::exp(-gap);
        learn(world_, block_, learning_terms(world_, block_.country, block_.position), size_);
        ++world_.quarter;
        return std::log(frontier) + growth - std::log(capability[firm]);
    }

private:
    static Scenario scenario()
    {
        Scenario scenario = table_scenario({economy("A", 0)}, 20);
        LearningParameters& learning = scenario.parameters.learning;
        learning.innovation_rate = 0.0;
        learning.absorption_rate = 1e4;
        learning.success_ceiling = 1.0;
        learning.absorption_strength = 0.15;
        learning.absorption_range = 1.5;
        learning.size_exponent = 0.0;
        learning.next_stage_share = 0.0;
        learning.wright_exponent = 0.0;
        learning.gate_half = 0.0;
        return scenario;
    }

    World world_;
    Block block_;
    SizeEffects size_;
};

TEST_CASE("absorption with certainty closes phi G exp(-G/del) of a gap")
{
    Absorption absorption;
    const double gap = GENERATE(0.01, 0.5, 1.5, 4.0, 9.0);
    const double expected = gap + 0.03 - 0.15 * gap * std::exp(-gap / 1.5);
    CHECK(difference(absorption.next_gap(gap, 0.03), expected) < 1e-12);
}

TEST_CASE("at most the whole gap is closed by one absorption")
{
    CHECK(absorption_gain(0.2, 30.0, 1.5) == 0.2);
    CHECK(absorption_gain(0.0, 30.0, 1.5) == 0.0);
}

struct FixedPoints {
    double growth;
    double stable;
    double unstable;
};

TEST_CASE("a gap below the unstable fixed point settles at the stable one")
{
    const FixedPoints points =
        GENERATE(FixedPoints{0.01, 0.06984, 6.97573}, FixedPoints{0.03, 0.23372, 4.75201},
                 FixedPoints{0.08, 1.14173, 1.92637});
    Absorption absorption;

    SECTION("it moves towards the stable point and away from the unstable one")
    {
        const auto change = [&](double gap) {
            return absorption.next_gap(gap, points.growth) - gap;
        };
        CHECK(change(points.stable - 1e-5) > 0.0);
        CHECK(change(points.stable + 1e-5) < 0.0);
        CHECK(change(points.unstable - 1e-5) < 0.0);
        CHECK(change(points.unstable + 1e-5) > 0.0);
    }
    SECTION("in the long run it is there")
    {
        double from_nothing = 0.0;
        double from_far = points.unstable - 0.01;
        double too_far = points.unstable + 0.01;
        for (int quarter = 0; quarter < 4000; ++quarter) {
            from_nothing = absorption.next_gap(from_nothing, points.growth);
            from_far = absorption.next_gap(from_far, points.growth);
            too_far = absorption.next_gap(too_far, points.growth);
        }
        CHECK(std::abs(from_nothing - points.stable) < 1e-5);
        CHECK(std::abs(from_far - points.stable) < 1e-5);
        CHECK(too_far > points.unstable + 5.0);
    }
}

TEST_CASE("a frontier that grows by .0829 leaves every gap behind")
{
    Absorption absorption;
    double gap = 0.0;
    double least_change = 1e300;
    for (int quarter = 0; quarter < 10000; ++quarter) {
        const double next = absorption.next_gap(gap, 0.0829);
        least_change = std::min(least_change, next - gap);
        gap = next;
    }
    CHECK(least_change > 1e-5);
    CHECK(gap > 20.0);
}

TEST_CASE("a lead firm closes phi G exp(-G/del) of its gap to the frontier every quarter")
{
    Scenario scenario = round_scenario(1, 1, 2, 20);
    scenario.parameters.learning.lead_success = 0.0;
    scenario.parameters.learning.wright_exponent = 0.0;
    scenario.parameters.learning.absorption_strength = 0.15;
    scenario.parameters.learning.absorption_range = 1.5;
    World world = make_world(scenario);
    world.references.frontier = {1.0, 1.0, 1.0, 1.0};
    const LeadId l{1};
    world.leads.capability[l] = {std::exp(-0.01), std::exp(-0.5), std::exp(-4.0), 1.0};
    lead_firms_learn(world);

    const ByStage<double>& capability = world.leads.capability[l];
    CHECK(same(-std::log(capability[0]), 0.01 - 0.15 * 0.01 * std::exp(-0.01 / 1.5)));
    CHECK(same(-std::log(capability[1]), 0.5 - 0.15 * 0.5 * std::exp(-0.5 / 1.5)));
    CHECK(same(-std::log(capability[2]), 4.0 - 0.15 * 4.0 * std::exp(-4.0 / 1.5)));
    CHECK(capability[3] == 1.0);
}

}  // namespace
}  // namespace latecomer::tests::closed_forms_learning_test
