#pragma once

#include <bit>
#include <cstdint>

/// Exact splitting of doubles on power-of-two grids, for core/exact_sum.hpp only.
namespace latecomer::detail {

__extension__ using Wide = __int128;

constexpr std::uint64_t magnitude_bits(double x)
{
    return std::bit_cast<std::uint64_t>(x) & 0x7fffffffffffffff;
}

/// Rounds a number to a grid by adding 1.5 2^52 grid units; the bits of the sum then count units.
struct Grid {
    double shift;

    /// The grid of the multiples of 2^exponent, -1074 <= exponent <= 971.
    explicit constexpr Grid(int exponent)
        : shift{
              std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1075) << 52 | 1ull << 51)}
    {}

    /// Takes the nearest multiple of the unit off x and returns how many units it has (as a
    /// two's complement number).  |x| must not exceed 2^51 units.
    [[gnu::always_inline]] std::uint64_t take(double& x) const
    {
        const double shifted = x + shift;
        x -= shifted - shift;
        return std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(shift);
    }
};

/// The grids of a FixedSum: 1, 2^-40 and 2^-80.
inline constexpr int limb_bits = 40;
inline constexpr Grid whole_grid{0};
inline constexpr Grid middle_grid{-limb_bits};
inline constexpr Grid fine_grid{-2 * limb_bits};

}  // namespace latecomer::detail
