#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/scenario/scenario_policy.hpp"

#include <algorithm>
#include <map>

/// What a branch changes in the policies of the run that it comes from.
namespace latecomer {
namespace {

/// What says how a government reviews its policy and not what it requests.
constexpr std::array<std::string_view, 3> review_keys{"mode", "goals", "orientation"};

void check_economies(const ScenarioDraft& changes, const std::vector<Economy>& economies)
{
    std::vector<std::string> known(policy_groups.begin(), policy_groups.end());
    for (const Economy& economy : economies) {
        known.push_back(economy.key);
    }
    for (const auto& [key, table] : changes.policies) {
        if (std::ranges::find(known, key) == known.end()) {
            reject(table.place, text("unknown economy '", key, "'.", did_you_mean(key, known),
                                     " Use one of the run, a role, an income group, 'latecomers' "
                                     "or 'all'."));
        }
    }
}

/// Lets new phases take the place of what was planned from the first of them on.
void replace_phases(PolicyPlan& plan, const std::vector<PolicyPhase>& phases)
{
    const std::int64_t begin = phases.front().from;
    std::erase_if(plan.phases, [&](const PolicyPhase& phase) { return phase.from >= begin; });
    if (!plan.phases.empty()) {
        plan.phases.back().to = std::min(plan.phases.back().to, begin);
    }
    plan.phases.insert(plan.phases.end(), phases.begin(), phases.end());
}

/// Changes a plan; one without a phase has nothing to review.
void change_plan(PolicyPlan& plan, const TomlValue& table, const std::string& group,
                 const Parameters& parameters, std::int64_t quarter)
{
    const bool only_review = std::ranges::all_of(table.entries, [](const TomlEntry& entry) {
        return std::ranges::find(review_keys, entry.key) != review_keys.end();
    });
    if (!only_review) {
        const PolicyPlan said = read_plan(table, group, plan.country, parameters, quarter);
        if (said.phases.front().from < quarter) {
            const TomlValue* start = table.find("start");
            reject(start != nullptr ? start->place : table.place,
                   text("'policy.", group, "' would begin in quarter ", said.phases.front().from,
                        ", before the branch in quarter ", quarter, "; let it begin later"));
        }
        replace_phases(plan, said.phases);
    }
    read_review(table, text("policy.", group), plan);
}

}  // namespace

void change_policies(Scenario& scenario, const ScenarioDraft& changes, std::int64_t quarter)
{
    const std::vector<Economy> economies = economies_of(scenario);
    check_economies(changes, economies);
    std::map<std::string, bool> followed;
    std::vector<PolicyPlan> plans;
    for (const Economy& economy : economies) {
        PolicyPlan plan;
        plan.country = economy.key;
        const auto old = std::ranges::find(scenario.policies, economy.key, &PolicyPlan::country);
        if (old != scenario.policies.end()) {
            plan = *old;
        }
        std::string group;
        if (const TomlValue* table = table_for(economy, changes, group)) {
            change_plan(plan, *table, group, scenario.parameters, quarter);
            bool& is_followed = followed[group];
            is_followed = is_followed || !plan.phases.empty();
        }
        if (!plan.phases.empty()) {
            plans.push_back(std::move(plan));
        }
    }
    for (const auto& [group, is_followed] : followed) {
        if (!is_followed) {
            reject(changes.policies.at(group).place,
                   text("'", group,
                        "' has no policy to review; give 'pathway' or 'instruments' "
                        "besides"));
        }
    }
    scenario.policies = std::move(plans);
}

}  // namespace latecomer
