#pragma once

#include "core/kernels/instruction_set.hpp"

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

/// Vectors as wide as the processor's registers, for the few loops that compilers do not vectorise
/// well by themselves.  Arithmetic on them is the same, lane by lane, as on numbers.
namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {

#if defined(__AVX512F__)
inline constexpr std::size_t lanes = 8;
#elif defined(__AVX2__)
inline constexpr std::size_t lanes = 4;
#else
inline constexpr std::size_t lanes = 2;
#endif

using Lanes [[gnu::vector_size(8 * lanes)]] = std::uint64_t;
using RealLanes [[gnu::vector_size(8 * lanes)]] = double;

/// Masks of the first `count` lanes.
#if defined(__AVX512F__)
[[gnu::always_inline]] inline __mmask8 first_lanes(std::size_t count)
{
    return static_cast<__mmask8>((1u << count) - 1);
}
#elif defined(__AVX2__)
[[gnu::always_inline]] inline __m256i first_lanes(std::size_t count)
{
    return _mm256_cmpgt_epi64(_mm256_set1_epi64x(static_cast<long long>(count)),
                              _mm256_setr_epi64x(0, 1, 2, 3));
}
#endif

/// The first `count` <= lanes values from an address; zero in the other lanes.
template <class Vector, class T>
[[gnu::always_inline]] inline Vector load_lanes(const T* from, std::size_t count = lanes)
{
    static_assert(sizeof(T) * lanes == sizeof(Vector));
    Vector values{};
    if (count == lanes) {
        __builtin_memcpy(&values, from, sizeof values);
        return values;
    }
#if defined(__AVX512F__)
    return (Vector)_mm512_maskz_loadu_epi64(first_lanes(count), from);
#elif defined(__AVX2__)
    return (Vector)_mm256_maskload_epi64(reinterpret_cast<const long long*>(from),
                                         first_lanes(count));
#else
    for (std::size_t i = 0; i < count; ++i) {
        values[i] = from[i];
    }
    return values;
#endif
}

/// Writes the first `count` <= lanes values.
template <class Vector, class T>
[[gnu::always_inline]] inline void store_lanes(T* out, Vector values, std::size_t count = lanes)
{
    if (count == lanes) {
        __builtin_memcpy(out, &values, sizeof values);
        return;
    }
#if defined(__AVX512F__)
    _mm512_mask_storeu_epi64(out, first_lanes(count), (__m512i)values);
#elif defined(__AVX2__)
    _mm256_maskstore_epi64(reinterpret_cast<long long*>(out), first_lanes(count), (__m256i)values);
#else
    for (std::size_t i = 0; i < count; ++i) {
        out[i] = values[i];
    }
#endif
}

/// The sign bit of each lane, the first lane lowest.
[[gnu::always_inline]] inline std::uint64_t signs_of_lanes(Lanes values)
{
#if defined(__AVX512DQ__)
    return _mm512_movepi64_mask((__m512i)values);
#elif defined(__AVX2__)
    return static_cast<std::uint64_t>(_mm256_movemask_pd((__m256d)values));
#elif defined(__SSE2__)
    return static_cast<std::uint64_t>(_mm_movemask_pd((__m128d)values));
#else
    std::uint64_t signs = 0;
    for (std::size_t i = 0; i < lanes; ++i) {
        signs |= values[i] >> 63 << i;
    }
    return signs;
#endif
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

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
