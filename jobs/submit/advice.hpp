#pragma once

#include "jobs/submit/script.hpp"
#include "jobs/submit/workload.hpp"

#include <string>
#include <utility>
#include <vector>

namespace latecomer::jobs::submit {

/// For people: node-hours and where their figure comes from, price, the longest run against the time
/// of a job, files and bytes, checkpoints, and the place of the folder.  Pairs of a word and what
/// is said of it.
std::vector<std::pair<std::string, std::string>> advice_on(const study::Plan& plan, const Job& job,
                                                           const Workload& workload);

}  // namespace latecomer::jobs::submit
