#pragma once

#include <cstddef>
#include <cstdint>

namespace latecomer {

/// The most firms that are worked on together: their scratch values stay in the first-level cache.
inline constexpr std::size_t block_size = 256;

/// One scratch value per firm of a block.
struct alignas(64) BlockValues {
    double values[block_size];

    [[gnu::always_inline]] double& operator[](std::size_t i) { return values[i]; }
    [[gnu::always_inline]] double operator[](std::size_t i) const { return values[i]; }
    [[gnu::always_inline]] double* data() { return values; }
    [[gnu::always_inline]] const double* data() const { return values; }
};

/// Places in a block of some of its firms.
struct alignas(64) BlockPlaces {
    std::uint32_t places[block_size];
    std::size_t count = 0;
};

}  // namespace latecomer
