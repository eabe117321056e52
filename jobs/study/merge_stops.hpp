#pragma once

#include "jobs/study/looks.hpp"
#include "jobs/study/result_file.hpp"

namespace latecomer::jobs::study {

/// Writes what stopping rules say, by rule and scenario; nothing without rules.  NaN: the rule does not
/// apply to the scenario, or no look has been taken.
void write_stops(ResultFile& result, const Plan& plan, const Looks& looks);

}  // namespace latecomer::jobs::study
