#pragma once

#include "agents/observation/outcomes.hpp"

#include <string>

namespace latecomer::jobs {

/// The table with which a run ends: what became of every country, and of the world.
std::string summary_table(const Outcomes& outcomes, const World& world);

}  // namespace latecomer::jobs
