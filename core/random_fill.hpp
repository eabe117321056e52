#pragma once

#include "core/lanes.hpp"
#include "core/random.hpp"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

/// The draws of many entities at once, with the same bits as drawn one by one.
///
/// Philox multiplies 32-bit words to 64 bits.  Vector units do that for the lower halves of 64-bit
/// lanes; compilers do not find the instruction, so it is named here, once for each width.
namespace latecomer {

namespace detail {

/// Products of the lower halves; the upper halves are not read.
[[gnu::always_inline]] inline Lanes product_of_low_halves(Lanes a, Lanes b)
{
#if defined(__AVX512F__)
    return (Lanes)_mm512_maskz_mul_epu32(0xff, (__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
    return (Lanes)_mm256_mul_epu32((__m256i)a, (__m256i)b);
#elif defined(__SSE2__)
    return (Lanes)_mm_mul_epu32((__m128i)a, (__m128i)b);
#else
    return (a & 0xffffffff) * (b & 0xffffffff);
#endif
}

/// The words of one block of as many entities; upper halves are left over from products.
struct LaneWords {
    Lanes word[4];
};

/// random_words() of as many entities.
[[gnu::always_inline]] inline LaneWords random_lanes(RandomKey key, Stream stream, Lanes entity,
                                                     std::uint32_t quarter, unsigned block)
{
    const Lanes zero{};
    const Lanes first_factor = zero + 0xD2511F53;
    const Lanes second_factor = zero + 0xCD9E8D57;
    Lanes c0 = entity;
    Lanes c1 = entity >> 32 | (std::uint64_t{static_cast<std::uint32_t>(stream)} << 24);
    Lanes c2 = zero + (quarter | block << 16);
    Lanes c3 = zero + key.replicate;
    auto k0 = static_cast<std::uint32_t>(key.seed);
    auto k1 = static_cast<std::uint32_t>(key.seed >> 32);
    for (int round = 0; round < 10; ++round) {
        const Lanes p0 = product_of_low_halves(c0, first_factor);
        const Lanes p1 = product_of_low_halves(c2, second_factor);
        c0 = p1 >> 32 ^ c1 ^ k0;
        c1 = p1;
        c2 = p0 >> 32 ^ c3 ^ k1;
        c3 = p0;
        k0 += 0x9E3779B9;
        k1 += 0xBB67AE85;
    }
    return {{c0, c1, c2, c3}};
}

/// open_unit() of words whose upper halves do not count.
[[gnu::always_inline]] inline RealLanes open_units(Lanes low, Lanes high)
{
    const Lanes bits = high << 32 | (low & 0xffffffff);
    return ((RealLanes)(bits >> 12 | 0x3ff0000000000000) - 1.0) + 0x1p-53;
}

/// short_unit() of words whose upper halves do not count.
[[gnu::always_inline]] inline RealLanes short_units(Lanes word)
{
    return ((RealLanes)((word & 0xffffffff) << 20 | 0x3ff0000000000000) - 1.0) + 0x1p-33;
}

/// Calls draw(ids, i, count) for all entities, as many lanes at a time as there are; in the last
/// lanes only `count` of them are.
template <class Draw>
[[gnu::always_inline]] inline void for_lanes(const std::uint64_t* ids, std::size_t n,
                                             const Draw& draw)
{
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        draw(load_lanes<Lanes>(ids + i), i, lanes);
    }
    if (i < n) {
        draw(load_lanes<Lanes>(ids + i, n - i), i, n - i);
    }
}

}  // namespace detail

/// out[i] = uniform(key, stream, ids[i], quarter, k) for i < n.
inline void fill_uniform(double* out, std::size_t n, RandomKey key, Stream stream,
                         const std::uint64_t* ids, std::uint32_t quarter, unsigned k)
{
    const std::size_t first = 2 * (k & 1);
    detail::for_lanes(ids, n, [&](detail::Lanes entity, std::size_t i, std::size_t count) {
        const auto words = detail::random_lanes(key, stream, entity, quarter, k >> 1);
        detail::store_lanes(out + i, detail::open_units(words.word[first], words.word[first + 1]),
                            count);
    });
}

/// out0[i] and out1[i] = chance(..., ids[i], ..., k0 and k1) for i < n; k0 and k1 less than 4.
inline void fill_chances(double* out0, double* out1, std::size_t n, RandomKey key, Stream stream,
                         const std::uint64_t* ids, std::uint32_t quarter, unsigned k0, unsigned k1)
{
    detail::for_lanes(ids, n, [&](detail::Lanes entity, std::size_t i, std::size_t count) {
        const auto words = detail::random_lanes(key, stream, entity, quarter, 0);
        detail::store_lanes(out0 + i, detail::short_units(words.word[k0]), count);
        detail::store_lanes(out1 + i, detail::short_units(words.word[k1]), count);
    });
}

}  // namespace latecomer
