#pragma once

#include "agents/world/scenario.hpp"

#include <optional>

/// What results are worth in US dollars, where economies start from figures in dollars.  Nothing here acts: the model
/// knows no dollar.
namespace latecomer {

/// Final demand at full adoption as a share of GDP: the part of an economy that the model is about.  Assumed, and the
/// same on which costs of rules rest (agents/policy/README.md).
inline constexpr double digital_share_of_gdp = 0.05;

/// US dollars of the base year for one unit of the numeraire (eq. 37); nothing in a synthetic world.
std::optional<double> usd_per_numeraire(const Scenario& scenario);

/// Output a worker at the start, in the unit of the indicator `productivity`, of the economy to which the output
/// `relative_productivity` is relative (eq. 38); nothing in a synthetic world, or in one without lead firms and the
/// United States.
std::optional<double> usd_per_worker(const Scenario& scenario);

}  // namespace latecomer
