#pragma once

#include "agents/world/scenario.hpp"

#include <string>

namespace latecomer {

/// Plans and windows as a scenario file would write them: every phase with all its intensities.
std::string policies_toml(const Scenario& scenario);

}  // namespace latecomer
