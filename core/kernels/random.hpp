#pragma once

#include "core/kernels/elementary.hpp"
#include "core/kernels/lanes.hpp"
#include "core/random.hpp"

/// The draws of many entities at once, with the same bits as drawn one by one.
///
/// Philox multiplies 32-bit words to 64 bits.  Vector units do that for the lower halves of 64-bit
/// lanes; compilers do not find the instruction, so it is named here, once for each width.
namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {

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

/// So many vectors go through Philox side by side: each of its ten rounds waits for the product of the round
/// before, and as many rounds of others fit in between as there are registers for.
#if defined(__AVX512F__)
inline constexpr std::size_t abreast = 4;
#else
inline constexpr std::size_t abreast = 2;
#endif

/// The words of one block of as many entities; upper halves are left over from products.
struct LaneWords {
    Lanes word[4];
};

/// random_words() of as many entities, for `count` vectors of them.
template <std::size_t count>
[[gnu::always_inline]] inline void random_lanes(RandomKey key, Stream stream,
                                                const Lanes (&entity)[count], std::uint32_t quarter,
                                                unsigned block, LaneWords (&words)[count])
{
    const Lanes zero{};
    const Lanes first_factor = zero + 0xD2511F53;
    const Lanes second_factor = zero + 0xCD9E8D57;
    Lanes c0[count];
    Lanes c1[count];
    Lanes c2[count];
    Lanes c3[count];
    for (std::size_t v = 0; v < count; ++v) {
        c0[v] = entity[v];
        c1[v] = entity[v] >> 32 | (std::uint64_t{static_cast<std::uint32_t>(stream)} << 24);
        c2[v] = zero + (quarter | block << 16);
        c3[v] = zero + key.replicate;
    }
    auto k0 = static_cast<std::uint32_t>(key.seed);
    auto k1 = static_cast<std::uint32_t>(key.seed >> 32);
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
#pragma GCC unroll 4
        for (std::size_t v = 0; v < count; ++v) {
            const Lanes p0 = product_of_low_halves(c0[v], first_factor);
            const Lanes p1 = product_of_low_halves(c2[v], second_factor);
            c0[v] = p1 >> 32 ^ c1[v] ^ k0;
            c1[v] = p1;
            c2[v] = p0 >> 32 ^ c3[v] ^ k1;
            c3[v] = p0;
        }
        k0 += 0x9E3779B9;
        k1 += 0xBB67AE85;
    }
    for (std::size_t v = 0; v < count; ++v) {
        words[v] = {{c0[v], c1[v], c2[v], c3[v]}};
    }
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

/// Calls use(words, i, count) for all entities: their random words, those of entity i first; in the last lanes only
/// `count` of them are.
template <class Use>
[[gnu::always_inline]] inline void for_random_lanes(RandomKey key, Stream stream,
                                                    const std::uint64_t* ids, std::size_t n,
                                                    std::uint32_t quarter, unsigned block,
                                                    const Use& use)
{
    std::size_t i = 0;
    for (; i + abreast * lanes <= n; i += abreast * lanes) {
        Lanes entity[abreast];
        LaneWords words[abreast];
        for (std::size_t v = 0; v < abreast; ++v) {
            entity[v] = load_lanes<Lanes>(ids + i + v * lanes);
        }
        random_lanes(key, stream, entity, quarter, block, words);
        for (std::size_t v = 0; v < abreast; ++v) {
            use(words[v], i + v * lanes, lanes);
        }
    }
    for (; i < n; i += lanes) {
        const std::size_t count = n - i < lanes ? n - i : lanes;
        const Lanes entity[1] = {load_lanes<Lanes>(ids + i, count)};
        LaneWords words[1];
        random_lanes(key, stream, entity, quarter, block, words);
        use(words[0], i, count);
    }
}

}  // namespace detail

/// out[i] = uniform(key, stream, ids[i], quarter, k) for i < n.
[[gnu::always_inline]] inline void fill_uniform(double* out, std::size_t n, RandomKey key,
                                                Stream stream, const std::uint64_t* ids,
                                                std::uint32_t quarter, unsigned k)
{
    const std::size_t first = 2 * (k & 1);
    detail::for_random_lanes(
        key, stream, ids, n, quarter, k >> 1,
        [&](const detail::LaneWords& words, std::size_t i, std::size_t count) {
            store_lanes(out + i, detail::open_units(words.word[first], words.word[first + 1]),
                        count);
        });
}

/// out0[i] and out1[i] = uniform(..., ids[i], ..., 2 k and 2 k + 1) for i < n.
[[gnu::always_inline]] inline void fill_uniform_pairs(double* out0, double* out1, std::size_t n,
                                                      RandomKey key, Stream stream,
                                                      const std::uint64_t* ids,
                                                      std::uint32_t quarter, unsigned k)
{
    detail::for_random_lanes(
        key, stream, ids, n, quarter, k,
        [&](const detail::LaneWords& words, std::size_t i, std::size_t count) {
            store_lanes(out0 + i, detail::open_units(words.word[0], words.word[1]), count);
            store_lanes(out1 + i, detail::open_units(words.word[2], words.word[3]), count);
        });
}

/// out[i] = chance(..., ids[i], ..., k) for i < n; k less than 4.
[[gnu::always_inline]] inline void fill_chances(double* out, std::size_t n, RandomKey key,
                                                Stream stream, const std::uint64_t* ids,
                                                std::uint32_t quarter, unsigned k)
{
    detail::for_random_lanes(key, stream, ids, n, quarter, 0,
                             [&](const detail::LaneWords& words, std::size_t i, std::size_t count) {
                                 store_lanes(out + i, detail::short_units(words.word[k]), count);
                             });
}

/// Four chances of each entity: out[k][i] = chance(..., ids[i], ..., k) for i < n; those of odd k only if asked for.
[[gnu::always_inline]] inline void fill_four_chances(double* const (&out)[4], bool odd,
                                                     std::size_t n, RandomKey key, Stream stream,
                                                     const std::uint64_t* ids,
                                                     std::uint32_t quarter)
{
    detail::for_random_lanes(
        key, stream, ids, n, quarter, 0,
        [&](const detail::LaneWords& words, std::size_t i, std::size_t count) {
            store_lanes(out[0] + i, detail::short_units(words.word[0]), count);
            store_lanes(out[2] + i, detail::short_units(words.word[2]), count);
            if (odd) {
                store_lanes(out[1] + i, detail::short_units(words.word[1]), count);
                store_lanes(out[3] + i, detail::short_units(words.word[3]), count);
            }
        });
}

/// Standard normal of two uniforms (Box and Muller, 1958).
[[gnu::always_inline]] inline double normal_of(double u, double v)
{
    const double radius = __builtin_sqrt(-2.0 * log_of_normal(u));
    return radius * sincos_of_turn(v).cosine;
}

/// Laplace variate with mean 0 and variance 1 of a uniform, by inversion.
[[gnu::always_inline]] inline double laplace(double u)
{
    constexpr double root_half = 0x1.6a09e667f3bcdp-1;
    const double side = u - 0.5;
    const double tail = 0.5 - __builtin_fabs(side);
    return __builtin_copysign(root_half * log_of_normal(2.0 * tail), side);
}

/// Beta(1, b) variate of a uniform: 1 - (1 - u)^(1/b), accurate also near zero.
[[gnu::always_inline]] inline double beta_one(double u, double b)
{
    return -expm1(log1p(-u) / b);
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
