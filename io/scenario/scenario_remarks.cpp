#include "io/scenario/scenario_remarks.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace latecomer {
namespace {

/// Names in a line that stays readable.
std::string some_of(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 5;
    std::string line;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
        line += text(i == 0 ? "" : ", ", names[i]);
    }
    return names.size() > most ? text(line, " and ", names.size() - most, " more") : line;
}

}  // namespace

void note_what_never_begins(Scenario& scenario)
{
    const std::int64_t quarters = scenario.parameters.run.quarters;
    const auto note = [&](std::string_view what, std::int64_t quarter) {
        scenario.remarks.push_back(text(what, " in quarter ", quarter, ", but the run has ",
                                        quarters, " quarters, so that it never does"));
    };
    std::map<std::int64_t, std::vector<std::string>> late;
    for (const PolicyPlan& plan : scenario.policies) {
        for (const PolicyPhase& phase : plan.phases) {
            if (phase.from >= quarters) {
                late[phase.from].push_back(plan.country);
            }
        }
    }
    for (const auto& [from, countries] : late) {
        note(text("a phase of policy of ", some_of(countries), " begins"), from);
    }
    for (const TechnologyWindow& window : scenario.windows) {
        if (window.quarter >= quarters) {
            note(text("a technology window at ", stage_names[at(window.stage)], " opens"),
                 window.quarter);
        }
    }
    for (const ParameterSwitch& change : scenario.switches) {
        if (change.quarter >= quarters) {
            note("a switch changes parameters", change.quarter);
        }
    }
}

}  // namespace latecomer
