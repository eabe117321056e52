#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

/// Vectors as wide as the processor's registers, for the few loops that compilers do not vectorise
/// well by themselves.  Arithmetic on them is the same, lane by lane, as on numbers.
namespace latecomer::detail {

#if defined(__AVX512F__)
inline constexpr std::size_t lanes = 8;
#elif defined(__AVX2__)
inline constexpr std::size_t lanes = 4;
#else
inline constexpr std::size_t lanes = 2;
#endif

using Lanes [[gnu::vector_size(8 * lanes)]] = std::uint64_t;
using RealLanes [[gnu::vector_size(8 * lanes)]] = double;

/// The first `count` <= lanes values from an address; zero in the other lanes.
template <class Vector, class T>
[[gnu::always_inline]] inline Vector load_lanes(const T* from, std::size_t count = lanes)
{
    static_assert(sizeof(T) * lanes == sizeof(Vector));
    Vector values{};
    if (count == lanes) {
        std::memcpy(&values, from, sizeof values);
    } else {
        std::memcpy(&values, from, count * sizeof *from);
    }
    return values;
}

/// Writes the first `count` <= lanes values.
[[gnu::always_inline]] inline void store_lanes(double* out, RealLanes values,
                                               std::size_t count = lanes)
{
    if (count == lanes) {
        std::memcpy(out, &values, sizeof values);
    } else {
        std::memcpy(out, &values, count * sizeof *out);
    }
}

/// The sum of all lanes, modulo 2^64.
[[gnu::always_inline]] inline std::uint64_t sum_of_lanes(Lanes values)
{
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < lanes; ++i) {
        sum += values[i];
    }
    return sum;
}

/// Whether any of the bits is set in any lane.
[[gnu::always_inline]] inline bool any_bit(Lanes values, std::uint64_t bits)
{
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < lanes; ++i) {
        all |= values[i];
    }
    return (all & bits) != 0;
}

}  // namespace latecomer::detail
