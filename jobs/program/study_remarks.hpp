#pragma once

#include "jobs/study/plan/plan.hpp"

#include <string>
#include <vector>

namespace latecomer::jobs {

/// What is odd about a study before it runs, a sentence each: replicates of which no interval can be made, and what is odd
/// about the scenarios, those of several told once.
std::vector<std::string> remarks_on(const study::Plan& plan);

}  // namespace latecomer::jobs
