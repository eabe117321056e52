#pragma once

#include "io/scenario/scenario_values.hpp"
#include "io/toml/toml.hpp"
#include "jobs/study/spec/spec.hpp"
#include "jobs/study/spec/spec_arms.hpp"

#include <string>
#include <vector>

/// How many replicates a study runs, when it stops, what it may cost and what it keeps.
namespace latecomer::jobs::study {

/// Reads [replicates].
/// @throws InputError with the place of what is wrong, as all of these
void read_replicates(const TomlValue& root, Spec& spec);

/// The number of the arm that a text names; `what` says for what.
/// @throws InputError with what may have been meant
std::size_t arm_named(const TomlValue& value, const Spec& spec, const Demand& demand);

/// Reads study.reference: the arm with which others are compared, the first unless it is said.
void read_reference(const TomlValue& root, Spec& spec);

/// Keys of what a run has one number of: "world.takeovers", and with moments "moment.turnover".
std::vector<std::string> world_outcome_keys(bool moments);

/// Reads [question].
void read_question(const TomlValue& root, Spec& spec);

/// Reads [[stop]]; every arm has to have the economies whose outcomes are observed.
void read_stops(const TomlValue& root, const EconomiesByArm& economies, Spec& spec);

/// Reads [budget], [run] and [series].
void read_budget(const TomlValue& root, Spec& spec);
void read_run(const TomlValue& root, Spec& spec);
void read_series(const TomlValue& root, Spec& spec);

}  // namespace latecomer::jobs::study
