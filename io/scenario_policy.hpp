#pragma once

#include "agents/scenario.hpp"
#include "io/scenario_draft.hpp"

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

/// The windows of a run in order of their quarters.
/// @throws InputError with the place of what is wrong
std::vector<TechnologyWindow> resolve_windows(const ScenarioDraft& draft);

/// The changes of parameters of a run in order of their quarters.
/// @throws InputError with the place of what is wrong
std::vector<ParameterSwitch> resolve_switches(const ScenarioDraft& draft);

/// A phase from its keys; `from` and `to` of the phase are set by the caller.
PolicyPhase read_phase(const TomlValue& table, const std::string& key,
                       const Parameters& parameters);

}  // namespace latecomer
