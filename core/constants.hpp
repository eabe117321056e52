#pragma once

#include <cstdint>
#include <limits>

namespace latecomer {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// Stands for a value that is not known, or that does not exist.
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

inline constexpr std::int64_t quarters_a_year = 4;
inline constexpr double seconds_an_hour = 3600.0;

}  // namespace latecomer
