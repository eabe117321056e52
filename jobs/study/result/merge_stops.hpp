#pragma once

#include "jobs/study/result/result_file.hpp"
#include "jobs/study/schedule/looks.hpp"

namespace latecomer::jobs::study {

/// Writes what stopping rules say, by rule and scenario; nothing without rules.  NaN: the rule does not
/// apply to the scenario, or no look has been taken.
void write_stops(ResultFile& result, const Plan& plan, const Looks& looks);

}  // namespace latecomer::jobs::study
