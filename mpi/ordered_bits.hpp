#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace latecomer::mpi {

/// Where a NaN stands among all numbers: at the end at which it wins the comparison.
enum class NanOrder { first, last };

/// Maps a double to an integer of the same order, so that integers can be compared in its place.
///
/// Comparing doubles leaves the result to the order of comparison where -0.0 meets +0.0 or where
/// a NaN appears; these integers are all different and in one order (-0.0 before +0.0).
inline std::int64_t ordered_bits(double value, NanOrder nan)
{
    if (std::isnan(value)) {
        return nan == NanOrder::first ? std::numeric_limits<std::int64_t>::min()
                                      : std::numeric_limits<std::int64_t>::max();
    }
    const auto bits = std::bit_cast<std::int64_t>(value);
    return bits < 0 ? bits ^ std::numeric_limits<std::int64_t>::max() : bits;
}

/// The double of which these are the ordered bits; every NaN comes back as the same one.
inline double from_ordered_bits(std::int64_t ordered)
{
    const auto bits = ordered < 0 ? ordered ^ std::numeric_limits<std::int64_t>::max() : ordered;
    const auto value = std::bit_cast<double>(bits);
    return std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value;
}

}  // namespace latecomer::mpi
