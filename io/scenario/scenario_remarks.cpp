#include "io/scenario/scenario_remarks.hpp"
#include "agents/economy/economies.hpp"
#include "agents/economy/positions.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cmath>
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

void note_what_never_begins(const Scenario& scenario, std::vector<std::string>& remarks)
{
    const std::int64_t quarters = scenario.parameters.run.quarters;
    const auto note = [&](std::string_view what, std::int64_t quarter) {
        remarks.push_back(text(what, " in quarter ", quarter, ", but the run has ", quarters,
                               " quarters, so that it never does"));
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

/// The number, rounded up to two digits.
std::int64_t round_number_above(double number)
{
    double unit = 1.0;
    while (number / unit >= 100.0) {
        unit *= 10.0;
    }
    return static_cast<std::int64_t>(std::ceil(number / unit) * unit);
}

/// Pools of firms, those of an economy at a position, that start with less than half a firm: rounding leaves them empty.
/// A pool in twenty does no harm.
void note_empty_pools(const Scenario& scenario, std::vector<std::string>& remarks)
{
    constexpr double half_a_firm = 0.5;
    const Parameters& p = scenario.parameters;
    if (p.world.firms_per_country == 0) {
        return;
    }
    const Positions positions{p};
    // The same world in fine grain: how many firms an economy has for each of firms_per_country.
    Parameters fine = p;
    fine.world.firms_per_country = 1'000'000;
    fine.world.least_firms = 0;
    const std::vector<Economy> economies = economies_of(scenario);
    const std::vector<Economy> grains =
        economies_of(fine, scenario.countries, scenario.reference_productivity);
    std::map<std::string, std::vector<std::string>> empty;
    std::int64_t pools = 0;
    std::int64_t empty_pools = 0;
    double wanted = 0.0;
    for (std::size_t c = 0; c < economies.size(); ++c) {
        for (const PositionId position : positions.indices()) {
            const double share_of_firms = positions[position].initial_firms;
            if (!has_latecomer_firms(economies[c].role) || share_of_firms <= 0.0) {
                continue;
            }
            ++pools;
            if (static_cast<double>(economies[c].firms) * share_of_firms < half_a_firm) {
                ++empty_pools;
                empty[positions[position].key].push_back(economies[c].key);
                const double grain =
                    static_cast<double>(std::max<std::int64_t>(1, grains[c].firms)) /
                    static_cast<double>(fine.world.firms_per_country);
                wanted = std::max(wanted, 1.0 / (grain * share_of_firms));
            }
        }
    }
    constexpr std::int64_t many = 20;
    if (empty_pools * many <= pools) {
        return;
    }
    std::string where;
    for (const auto& [position, keys] : empty) {
        where += text(where.empty() ? "" : "; ", position, " in ", some_of(keys));
    }
    remarks.push_back(text("with world.firms_per_country = ", p.world.firms_per_country, ", ",
                           empty_pools, " of ", pools, " pools of firms start empty (", where,
                           "); about ", round_number_above(wanted),
                           " would give each a firm, and so does world.least_firms = 1"));
}

}  // namespace

std::vector<std::string> remarks_on_course(const Scenario& scenario)
{
    std::vector<std::string> remarks;
    note_what_never_begins(scenario, remarks);
    note_empty_pools(scenario, remarks);
    return remarks;
}

}  // namespace latecomer
