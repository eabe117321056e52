#include "jobs/run/trial.hpp"

#include "agents/start/initial.hpp"
#include "agents/step.hpp"
#include "core/text.hpp"
#include "jobs/terminal/figures.hpp"

#include <algorithm>
#include <vector>

namespace latecomer::jobs {
namespace {

constexpr std::int64_t firms_of_trial = 30;
constexpr std::size_t named = 6;

}  // namespace

std::string underfunded_line(const Summary& summary)
{
    std::vector<const EconomySummary*> economies;
    for (const EconomySummary& economy : summary.economies) {
        if (economy.outcome.granted < least_granted) {  // not if nothing was asked for
            economies.push_back(&economy);
        }
    }
    if (economies.empty()) {
        return {};
    }
    std::ranges::stable_sort(
        economies, {}, [](const EconomySummary* economy) { return economy->outcome.granted; });
    std::string list;
    for (std::size_t i = 0; i < std::min(named, economies.size()); ++i) {
        list += text(list.empty() ? "" : ", ", economies[i]->key, ' ',
                     fixed(100.0 * economies[i]->outcome.granted, 0), " %");
    }
    const std::size_t rest = economies.size() - std::min(named, economies.size());
    list += rest > 0 ? text(" and ", rest, " more") : std::string{};
    return text("plans are granted less than they ask for: ", list,
                "; ask for less ('equal_cost'), name what comes first ('priority'), or allow more "
                "debt ('government.debt_ceiling')");
}

Summary try_plans(Scenario scenario, const mpi::Communicator& comm)
{
    if (scenario.policies.empty()) {
        return {};
    }
    WorldParameters& size = scenario.parameters.world;
    size.firms_per_country = std::min(size.firms_per_country, firms_of_trial);
    size.least_firms = std::min(size.least_firms, size.firms_per_country);
    World world = make_world(scenario, comm);
    Outcomes outcomes;
    world.observation = {false, false};
    while (world.spins_up()) {
        step(world, comm);
    }
    while (world.quarter < world.parameters().run.quarters) {
        world.observation = {false, false};
        step(world, comm);
        outcomes.observe(world);
    }
    return summary_of(outcomes, world);
}

}  // namespace latecomer::jobs
