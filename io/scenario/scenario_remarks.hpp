#pragma once

#include "agents/world/scenario.hpp"

#include <string>
#include <vector>

namespace latecomer {

/// What is odd about a scenario, a sentence each: phases of policy, windows and switches that lie beyond the end of the run;
/// pools of firms that are so small that they start empty.
std::vector<std::string> remarks_on_course(const Scenario& scenario);

}  // namespace latecomer
