#include "agents/observation/outcomes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

namespace latecomer::tests {
namespace {

constexpr CountryId first{0};
constexpr std::size_t applications = at(Stage::applications);

/// A world whose gap at applications is set by hand.
struct Watched {
    World world = [] {
        Scenario scenario = synthetic_scenario(2, 1, 2, 40);
        scenario.parameters.run.burn_in = 0;
        World made = make_world(scenario);
        run(made, 1);
        return made;
    }();
    Outcomes outcomes;

    void quarter(double relative_mean, double spending = 0.0)
    {
        world.references.frontier[applications] = 1.0;
        world.references.mean[first][applications] = relative_mean;
        world.flows[first].spending = spending;
        outcomes.observe(world);
        ++world.quarter;
    }
    CountryOutcome outcome() const { return outcomes.countries(world)[0]; }
};

TEST_CASE("caught up is who closed more than half of the gap for twenty quarters")
{
    Watched watched;
    watched.quarter(0.25);  // half of this gap is closed at .5
    for (int quarter = 0; quarter < 19; ++quarter) {
        watched.quarter(0.51);
    }
    watched.quarter(0.49);
    CHECK(watched.outcome().caught_up == 0.0);
    CHECK(std::isnan(watched.outcome().quarters_to_catch_up));
    for (int quarter = 0; quarter < 20; ++quarter) {
        watched.quarter(0.51);
    }
    CHECK(watched.outcome().caught_up == 1.0);
    CHECK(watched.outcome().quarters_to_catch_up == 21.0);  // quarters after the first observed
    CHECK(watched.outcomes.of_world(watched.world).catch_ups == 1.0);
    watched.quarter(0.1);
    CHECK(watched.outcome().caught_up == 1.0);  // a later fall does not undo it
}

TEST_CASE("cost per gap closed is spending over the change of the gap; missing if none was closed")
{
    Watched watched;
    watched.quarter(0.25, 3.0);
    watched.quarter(0.5, 5.0);
    CHECK(watched.outcome().public_cost == 8.0);
    CHECK(watched.outcome().gap_at_start == Approx(std::log(0.25)));
    CHECK(watched.outcome().gap_at_end == Approx(std::log(0.5)));
    CHECK(watched.outcome().cost_per_gap == Approx(8.0 / std::log(2.0)));
    watched.quarter(0.2);
    CHECK(std::isnan(watched.outcome().cost_per_gap));
}

TEST_CASE("the highest stage is the last with half of the frontier")
{
    Watched watched;
    watched.quarter(0.3);
    watched.world.references.frontier = {1.0, 1.0, 1.0, 1.0};
    watched.world.references.mean[first] = {0.6, 0.4, 0.5, 0.3};
    CHECK(watched.outcome().highest_stage == 3.0);
    watched.world.references.mean[first] = {0.4, 0.4, 0.4, 0.4};
    CHECK(watched.outcome().highest_stage == 0.0);
}

TEST_CASE("outcomes count from the end of the burn-in")
{
    Watched watched;
    watched.world.scenario.parameters.run.burn_in = 3;
    watched.quarter(0.1, 7.0);  // world.quarter is 1 here: the first quarter is over
    watched.quarter(0.2, 7.0);
    watched.quarter(0.25, 7.0);
    watched.quarter(0.4, 1.0);  // quarter 4: the first after the burn-in
    CHECK(watched.outcome().gap_at_start == Approx(std::log(0.4)));
    CHECK(watched.outcome().public_cost == 1.0);
}

TEST_CASE("a position has a new leader if another economy sells most there than at the start")
{
    Watched watched;
    watched.quarter(0.3);
    CHECK(watched.outcomes.of_world(watched.world).leadership_changes == 0.0);
    for (double& units : watched.world.leads.units.span()) {
        units = 0.0;
    }
    for (const PositionId p : watched.world.positions.indices()) {
        watched.world.results[watched.world.pool(first, p)].revenue = 1e9;
    }
    CHECK(watched.outcomes.of_world(watched.world).leadership_changes > 0.0);
    CHECK(watched.outcomes.of_world(watched.world).application_share == Approx(1.0));
}

}  // namespace
}  // namespace latecomer::tests
