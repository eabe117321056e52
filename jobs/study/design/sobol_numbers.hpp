#pragma once

#include <cstdint>
#include <span>

namespace latecomer::jobs::study {

/// Dimensions of the Sobol' sequence that have numbers.
inline constexpr std::int64_t most_sobol_dimensions = 256;

/// What makes the Sobol' sequence, dimension by dimension from the second on: the primitive
/// polynomial as the bits of a number, highest power first, then as many odd numbers as its degree,
/// the k-th below 2^k.  The first dimension needs none.
std::span<const std::uint16_t> sobol_numbers();

}  // namespace latecomer::jobs::study
