#pragma once

#include "agents/economy/economies.hpp"
#include "agents/world/scenario.hpp"
#include "io/scenario/scenario_draft.hpp"

/// What a scenario says about policy and events: [policy.COUNTRY], [[window]] and [[switch]].
namespace latecomer {

/// The parts of `apply_layer`: later layers replace a plan key by key, and windows and
/// switches as a whole.
void apply_policies(const TomlValue& table, ScenarioDraft& draft);
void apply_windows(const TomlValue& list, ScenarioDraft& draft);
void apply_switches(const TomlValue& list, ScenarioDraft& draft);

/// The plans of the economies of a run, in their order.
/// @throws InputError with the place of what is wrong
std::vector<PolicyPlan> resolve_policies(const ScenarioDraft& draft, const Scenario& scenario);

/// Lets the economies that `changes` name do what it says of them from a quarter on, instead of what
/// the scenario has planned for them from then on.
/// @throws InputError with the place of what is wrong
void change_policies(Scenario& scenario, const ScenarioDraft& changes, std::int64_t quarter);

/// The windows of a run in order of their quarters.
/// @throws InputError with the place of what is wrong
std::vector<TechnologyWindow> resolve_windows(const ScenarioDraft& draft);

/// The changes of parameters of a run in order of their quarters.
/// @throws InputError with the place of what is wrong
std::vector<ParameterSwitch> resolve_switches(const ScenarioDraft& draft);

/// Who may have a plan besides single economies.
inline constexpr std::array<std::string_view, 10> policy_groups{
    "latecomers",          "latecomer",           "lead",        "both", "advanced", "low_income",
    "lower_middle_income", "upper_middle_income", "high_income", "all"};

/// The table of policy that holds for an economy: its own, that of its role or that of all, whose
/// key `group` becomes; null if there is none.
const TomlValue* table_for(const Economy& economy, const ScenarioDraft& draft, std::string& group);

/// The plan of a country from the table of an economy or group; what it requests without a `start`
/// begins in the given quarter.
PolicyPlan read_plan(const TomlValue& table, const std::string& group, const std::string& country,
                     const Parameters& parameters, std::int64_t start_quarter);

/// What a table says of how a government reviews its policy; what it does not say stays.
void read_review(const TomlValue& table, const std::string& key, PolicyPlan& plan);

/// A phase from its keys; `from` and `to` of the phase are set by the caller.
PolicyPhase read_phase(const TomlValue& table, const std::string& key,
                       const Parameters& parameters);

}  // namespace latecomer
