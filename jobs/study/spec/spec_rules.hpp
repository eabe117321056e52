#pragma once

#include "io/toml/toml.hpp"
#include "jobs/study/spec/spec.hpp"
#include "jobs/study/spec/spec_arms.hpp"

/// How many replicates a study runs, when it stops, what it may cost and what it keeps.
namespace latecomer::jobs::study {

/// Reads [replicates].
/// @throws InputError with the place of what is wrong, as all of these
void read_replicates(const TomlValue& root, Spec& spec);

/// Reads [[stop]]; every arm has to have the economies whose outcomes are observed.
void read_stops(const TomlValue& root, const EconomiesByArm& economies, Spec& spec);

/// Reads [budget], [run] and [series].
void read_budget(const TomlValue& root, Spec& spec);
void read_run(const TomlValue& root, Spec& spec);
void read_series(const TomlValue& root, Spec& spec);

}  // namespace latecomer::jobs::study
