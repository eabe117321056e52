#pragma once

#include "jobs/study/plan/plan.hpp"

#include <cstdint>
#include <vector>

namespace latecomer::jobs::study {

/// The numbers of so many tasks spread over scenarios and points, or of all.
std::vector<std::int64_t> pilot_tasks(const Plan& plan, std::int64_t runs);

}  // namespace latecomer::jobs::study
