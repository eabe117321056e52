/// Whole runs of the scenarios of the brief, at a small size.

#include "agents/observation/outcomes.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/run/builtin.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"
#include "tests/support/runner.hpp"

namespace latecomer::tests::policy_runs_test {
namespace {

Scenario scenario_at(const std::string& path, std::vector<std::string> settings)
{
    settings.emplace_back("world.firms_per_country=150");
    ScenarioRequest request;
    request.path = source_dir() / "jobs/scenarios" / path;
    request.builtin_countries = jobs::builtin_countries;
    request.settings = std::move(settings);
    return read_scenario(request, mpi::Communicator{});
}

TEST_CASE("at equal cost the four pathways really spend the same over forty quarters")
{
    std::vector<double> spent;
    for (const std::string pathway :
         {"sovereignty", "strategic_data", "low_value", "sector_applications"}) {
        World world = make_world(scenario_at(
            "pathways/" + pathway + ".toml",
            {"policy.latecomers.equal_cost=0.01", "policy.latecomers.start=40", "run.burn_in=40"}));
        run(world, 40);
        double sum = 0.0;
        for (int quarter = 0; quarter < 40; ++quarter) {
            run(world, 1);
            for (const CountryFlows& flows : world.results.flows) {
                sum += flows.spending;
            }
        }
        spent.push_back(sum);
    }
    CHECK(std::ranges::min(spent) > 0.0);
    CHECK(std::ranges::max(spent) < 1.05 * std::ranges::min(spent));
}

TEST_CASE("in the brief every instrument is at work somewhere and presence changes")
{
    World world = make_world(scenario_at("brief.toml", {}));
    Column<InstrumentId, double> spending(instruments().size());
    std::size_t presence = 0;
    std::size_t scheduled = 0;
    for (int quarter = 0; quarter < 160; ++quarter) {
        run(world, 1);
        for (const CountryId c : world.countries.indices()) {
            const Government& government = world.governments[c];
            for (const InstrumentId id : instrument_indices()) {
                spending[id] += std::ranges::max(government.spending.row(id));
            }
        }
        for (const Event& event : world.results.events) {
            presence += event.kind == EventKind::presence ? 1u : 0u;
            scheduled += event.kind == EventKind::policy ? 1u : 0u;
        }
    }
    for (const InstrumentId id : instrument_indices()) {
        INFO(instrument(id).key);
        CHECK(spending[id] > 0.0);
    }
    CHECK(presence > 0);
    CHECK(scheduled >= world.scenario.policies.size());
}

TEST_CASE("a switch changes parameters from its quarter on, and nothing before")
{
    const auto trade = [](bool opens) {
        Scenario scenario = synthetic_scenario(3, 1, 3, 60);
        let_everybody_export(scenario.parameters);
        if (opens) {
            ParameterSwitch change{"trade opens", 5, scenario.parameters};
            change.parameters.trade.barrier = 0.0;
            scenario.switches.push_back(change);
        }
        return make_world(scenario);
    };
    World closed = trade(false);
    World open = trade(true);
    const auto abroad = [](const World& world) {
        double value = 0.0;
        for (const PoolResults& pool : world.results.pools) {
            value += pool.export_sales;
        }
        return value;
    };
    run(closed, 5);
    run(open, 5);
    CHECK(abroad(open) > 0.0);
    CHECK(abroad(open) == abroad(closed));
    run(closed, 1);
    run(open, 1);
    CHECK(open.parameters().trade.barrier == 0.0);
    REQUIRE(open.results.events.size() >= 1);
    CHECK(open.results.events.front().label == "trade opens");
    run(closed, 10);
    run(open, 10);
    CHECK(abroad(open) > abroad(closed));
}

}  // namespace
}  // namespace latecomer::tests::policy_runs_test
