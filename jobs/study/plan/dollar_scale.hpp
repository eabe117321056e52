#pragma once

#include "io/results/dollar_attributes.hpp"
#include "jobs/study/plan/plan.hpp"

#include <optional>
#include <string_view>

namespace latecomer::jobs::study {

/// A scenario whose scale in US dollars, or lack of one, is that of all runs of the study; nothing if runs differ in it.
std::optional<Scenario> scenario_of_scale(const Plan& plan);

/// What a variable of study.h5 is worth in US dollars, as attributes; none without a scale.
io::Attributes dollars(const std::optional<Scenario>& scale, std::string_view key,
                       std::string_view unit);

}  // namespace latecomer::jobs::study
