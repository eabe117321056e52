#pragma once

#include "agents/kernels/block_values.hpp"
#include "core/kernels/lanes.hpp"

/// How kernels choose some firms of a block: by vectors that test all, and a walk over the bits of those that
/// passed.  Nobody can predict who passes, so there is no branch for each firm.
namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {

/// The places of the bits that are set, of n.
[[gnu::always_inline]] inline void list_bits(std::size_t n, const std::uint64_t* bits,
                                             BlockPlaces& chosen)
{
    std::size_t count = 0;
    for (std::size_t first = 0; first < n; first += 64) {
        for (std::uint64_t left = bits[first / 64]; left != 0; left &= left - 1) {
            chosen.places[count++] = static_cast<std::uint32_t>(first) +
                                     static_cast<std::uint32_t>(__builtin_ctzll(left));
        }
    }
    chosen.count = count;
}

/// Sets the bits of a block's firms: that of firm i if i < n and the sign bit of `test(i)` is set; it is asked for lanes
/// i, i + 1, ...
template <class Test>
[[gnu::always_inline]] inline void find_bits(std::size_t n, std::uint64_t (&bits)[block_size / 64],
                                             const Test& test)
{
    for (std::size_t first = 0; first < block_size; first += 64) {
        bits[first / 64] = 0;
    }
    for (std::size_t first = 0; first < n; first += 64) {
        const std::size_t end = n < first + 64 ? n : first + 64;
        std::uint64_t passed = 0;
        for (std::size_t i = first; i < end; i += lanes) {
            passed |= signs_of_lanes(test(i)) << (i - first);
        }
        bits[first / 64] =
            end - first == 64 ? passed : passed & ((std::uint64_t{1} << (end - first)) - 1);
    }
}

/// The places below n for which the sign bit of `test(i)` is set.
template <class Test>
[[gnu::always_inline]] inline void choose(std::size_t n, BlockPlaces& chosen, const Test& test)
{
    std::uint64_t bits[block_size / 64];
    find_bits(n, bits, test);
    list_bits(n, bits, chosen);
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
