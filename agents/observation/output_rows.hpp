#pragma once

#include "agents/observation/outputs.hpp"

#include <limits>
#include <vector>

/// The rows of the table of outputs, by what they describe.
namespace latecomer::output_rows {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline constexpr const char* money = "numeraire/quarter";

std::vector<Output> countries();
std::vector<Output> pools();
std::vector<Output> policy();
std::vector<Output> world_wide();

}  // namespace latecomer::output_rows
