#pragma once

#include "core/constants.hpp"
#include "core/kernels/multiply_add.hpp"

#include <cstddef>
#include <cstdint>

/// What the functions of core/kernels/elementary.hpp are made of; nothing else includes this file.
namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET::detail {

inline constexpr double ln2_high = 0x1.62e42fefa2000p-1;  ///< 40 bits: exact times an exponent
inline constexpr double ln2_low = 0x1.9ef35793c7673p-41;
inline constexpr double log2_of_e = 0x1.71547652b82fep+0;
inline constexpr double two_pi_high = 0x1.921fb54442d18p+2;
inline constexpr double two_pi_low = 0x1.1a62633145c07p-52;
inline constexpr double two_thirds_high = 0x1.5555555555555p-1;
inline constexpr double two_thirds_low = 0x1.5555555555555p-55;

/// (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2; leaves exp an error of 2^-56.3.
inline constexpr double exp_terms[] = {
    0x1.000000000000ap-1,  0x1.55555555554fap-3,  0x1.5555555550880p-5,  0x1.1111111127b9ep-7,
    0x1.6c16c1842978ap-10, 0x1.a01a012a6a52cp-13, 0x1.a0199a0d6b363p-16, 0x1.71df252cc9101p-19,
    0x1.28ad724b699c3p-22, 0x1.ad7fa99ed3705p-26};
/// (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2; leaves pow an error of 2^-60.3.
inline constexpr double accurate_exp_terms[] = {
    0x1.0000000000000p-1,  0x1.555555555555bp-3,  0x1.5555555555503p-5,  0x1.111111110ec5ep-7,
    0x1.6c16c16c30503p-10, 0x1.a01a01b37e01cp-13, 0x1.a01a013674d20p-16, 0x1.71ddf0210ca15p-19,
    0x1.27e5b472ceda6p-22, 0x1.af6be7cf422eap-26, 0x1.1e3cf57eaaf7dp-29};
/// (2 atanh(s) / s - 2) / s^2 of z = s^2 <= 0.0295; leaves log an error of 2^-59.5.
inline constexpr double log_terms[] = {
    0x1.5555555555592p-1, 0x1.999999997ff03p-2, 0x1.24924941e365ep-2, 0x1.c71c521222088p-3,
    0x1.74663d7513a4ep-3, 0x1.39a1d95a9f9efp-3, 0x1.2f046504c2b73p-3};
/// The same without its first term 2/3, divided by z; leaves log an error of 2^-73.5.
inline constexpr double accurate_log_terms[] = {
    0x1.9999999999996p-2, 0x1.2492492492f51p-2, 0x1.c71c71c5968b9p-3, 0x1.745d18295aa94p-3,
    0x1.3b1364c7a24acp-3, 0x1.11206f7fe92a1p-3, 0x1.de3d61249a895p-4, 0x1.eac6501f70d82p-4};
/// (sin(2 pi r) / r - 2 pi) / z of z = r^2, |r| <= 1/8; leaves the sine an error of 2^-63.6.
inline constexpr double sine_terms[] = {
    -0x1.4abbce625be53p+5, 0x1.466bc6775ab7ep+6, -0x1.32d2cce63b547p+6, 0x1.5078349e58c7ap+5,
    -0x1.e307702043c72p+3, 0x1.e909fd4e9543ep+1, -0x1.7433f8f3b70e6p-1};
/// (cos(2 pi r) - 1) / z; leaves the cosine an error of 2^-61.5.
inline constexpr double cosine_terms[] = {
    -0x1.3bd3cc9be45dep+4, 0x1.03c1f081b5a4fp+6, -0x1.55d3c7e3bf5aep+6, 0x1.e1f506749adc8p+5,
    -0x1.a6d1e13981d09p+4, 0x1.f9c3d47ee8193p+2, -0x1.afee8bea2b784p+0};

/// x and the powers of it at which a polynomial is cut in two.
struct Powers {
    double first;
    double second;
    double fourth;
    double eighth;
};

/// Sum of terms[first + i] x^i for i < count.  Cut in halves, which takes a fraction of the time of
/// Horner's rule: its long chain leaves the processor waiting.
template <std::size_t first, std::size_t count, std::size_t n>
[[gnu::always_inline]] inline double partial_sum(const double (&terms)[n], Powers x)
{
    static_assert(count <= 16);
    if constexpr (count == 1) {
        return terms[first];
    } else {
        constexpr std::size_t half = count > 8 ? 8 : count > 4 ? 4 : count > 2 ? 2 : 1;
        const double power = half == 1   ? x.first
                             : half == 2 ? x.second
                             : half == 4 ? x.fourth
                                         : x.eighth;
        const double low = partial_sum<first, half>(terms, x);
        return multiply_add(power, partial_sum<first + half, count - half>(terms, x), low);
    }
}

/// Sum of terms[i] x^i.
template <std::size_t n>
[[gnu::always_inline]] inline double polynomial(const double (&terms)[n], double x)
{
    const double square = x * x;
    const double fourth = square * square;
    return partial_sum<0, n>(terms, Powers{x, square, fourth, fourth * fourth});
}

/// The leading 26 bits: a product of two such numbers is exact.
[[gnu::always_inline]] inline double leading_half(double x)
{
    return from_bits(bits_of(x) & 0xfffffffff8000000);
}

/// 2^k as a product of two factors that are always normal numbers, for |k| <= 1100.
///
/// It has no member functions: g++ 12 keeps an object of which one is called in memory, and the loop around it does not
/// become vector code.
struct PowerOfTwo {
    double first;
    double second;
};

/// 1 / x of a power of two, exactly, if both are normal numbers.
[[gnu::always_inline]] inline double reciprocal_of_power(double x)
{
    constexpr std::uint64_t twice_bias = std::uint64_t{2046} << 52;
    return from_bits(twice_bias - bits_of(x));
}

/// The product of two powers of two whose product is a normal number.
[[gnu::always_inline]] inline double product_of_powers(double x, double y)
{
    constexpr std::uint64_t bias = std::uint64_t{1023} << 52;
    return from_bits(bits_of(x) + bits_of(y) - bias);
}

/// x = k ln 2 + r, with k an integer and |r| <= ln(2)/2 or little more.
struct ReducedExponent {
    PowerOfTwo power;  ///< 2^k
    double k;
    double r;  ///< without the part of ln 2 that a double cannot hold
};

/// Takes the exponent of exp(x) apart for -750 <= x <= 710; elsewhere the result means nothing.
[[gnu::always_inline]] inline ReducedExponent reduced_exponent(double x)
{
    // The last bits of `shifted` are k + 2048, where k is the nearest integer to x / ln 2.
    constexpr double shift = 0x1.8p52 + 2048.0;
    const double shifted = multiply_add(x, log2_of_e, shift);
    const double k = shifted - shift;
    const std::uint64_t exponent = bits_of(shifted) & 4095;
    const std::uint64_t half = exponent >> 1;
    const PowerOfTwo power{from_bits((half - 1) << 52), from_bits((exponent - half - 1) << 52)};
    return {power, k, multiply_add(k, -ln2_high, x)};
}

/// exp(x) = power (1 + rest).
struct ExpParts {
    PowerOfTwo power;
    double rest;
};

[[gnu::always_inline]] inline ExpParts exp_parts(double x)
{
    const ReducedExponent reduced = reduced_exponent(x);
    const double r = multiply_add(reduced.k, -ln2_low, reduced.r);
    return {reduced.power, multiply_add(r * r, polynomial(exp_terms, r), r)};
}

/// exp(x) = power (1 + r + rest), with r and rest such that |rest| < |r| / 4.
struct AccurateExpParts {
    PowerOfTwo power;
    double r;
    double rest;
};

/// The same of x + tail for |tail| <= 2^-40.
[[gnu::always_inline]] inline AccurateExpParts accurate_exp_parts(double x, double tail)
{
    const ReducedExponent reduced = reduced_exponent(x);
    const double remainder = multiply_add(reduced.k, ln2_low, -tail);
    const double r = reduced.r - remainder;
    const double r_error = (reduced.r - r) - remainder;
    return {reduced.power, r, multiply_add(r * r, polynomial(accurate_exp_terms, r), r_error)};
}

/// x = 2^exponent mantissa, sqrt(1/2) <= mantissa < sqrt(2), for positive finite x.
struct Scaled {
    double exponent;
    double mantissa;
};

/// Takes a normal positive number apart; elsewhere the result means nothing.
[[gnu::always_inline]] inline Scaled scaled_normal(double x)
{
    constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcd;
    constexpr std::uint64_t offset = 0x3ff0000000000000 - root_half;
    constexpr std::uint64_t two_52 = 0x4330000000000000;
    const std::uint64_t moved = bits_of(x) + offset;
    const double exponent = from_bits(moved >> 52 | two_52) - (0x1p52 + 1023.0);
    return {exponent, from_bits((moved & 0x000fffffffffffff) + root_half)};
}

[[gnu::always_inline]] inline Scaled scaled(double x)
{
    const bool subnormal = x < 0x1p-1022;
    const Scaled normal = scaled_normal(subnormal ? x * 0x1p54 : x);
    return {normal.exponent - (subnormal ? 54.0 : 0.0), normal.mantissa};
}

/// Gives log its value where x is not positive and finite.  It selects by masks,
/// because compilers turn a choice into a branch where a loop goes on computing with the result, and
/// then the loop does not become vector code.
[[gnu::always_inline]] inline double log_or_limit(double x, double log)
{
    const std::uint64_t regular =
        mask_of((static_cast<int>(x > 0.0) & static_cast<int>(x < infinity)) != 0);
    const std::uint64_t other = bits_of(x) | (mask_of(x == 0.0) & bits_of(-infinity)) |
                                (mask_of(x < 0.0) & bits_of(not_a_number));
    return from_bits((bits_of(log) & regular) | (other & ~regular));
}

/// x, or the nearer end of the interval; NaN stays NaN.  Each choice is between x and something else,
/// because compilers turn nested choices into branches.
[[gnu::always_inline]] inline double limited(double x, double low, double high)
{
    const double not_above = high < x ? high : x;
    return x < low ? low : not_above;
}

/// Gives exp its value where x is too large or too small for what was computed.
[[gnu::always_inline]] inline double exp_or_limit(double x, double exp)
{
    const double not_below = x < -750.0 ? 0.0 : exp;
    return x > 710.0 ? infinity : not_below;
}

/// exponent ln 2 + log(mantissa) + tail for a tail that is small against the others.
[[gnu::always_inline]] inline double log_of_parts(Scaled parts, double tail)
{
    const double f = parts.mantissa - 1.0;
    const double s = f / (2.0 + f);
    const double z = s * s;
    const double half_square = 0.5 * f * f;
    // log(1 + f) = f - (f^2/2 - s (f^2/2 + z Q(z))), because 2 s = f - s f.
    const double even = multiply_add(z, polynomial(log_terms, z), half_square);
    const double small = multiply_add(s, even, multiply_add(parts.exponent, ln2_low, tail));
    return multiply_add(parts.exponent, ln2_high, f - (half_square - small));
}

/// log(x) + tail, the same.
[[gnu::always_inline]] inline double log_with_tail(double x, double tail)
{
    return log_of_parts(scaled(x), tail);
}

/// log(x) with an error below 2^-65 of itself, for positive finite x.
[[gnu::always_inline]] inline Pair accurate_log(double x)
{
    const Scaled parts = scaled(x);
    const double m = parts.mantissa;
    const double f = m - 1.0;
    const double d = m + 1.0;

    // s = f / (m + 1) in two parts; products of leading halves are exact.
    const double reciprocal = 1.0 / d;
    const double s1 = leading_half(f * reciprocal);
    const double d1 = leading_half(d);
    const double d2 = m - (d1 - 1.0);
    const double s2 = ((f - s1 * d1) - s1 * d2) * reciprocal;

    // w = z (2/3 + z Q(z)) with z = s^2, and s w, both in two parts.
    const double main_z = s1 * s1;
    const double z1 = leading_half(main_z);
    const double z2 = (main_z - z1) + s2 * (2.0 * s1 + s2);
    const double z = z1 + z2;
    const double higher = z * polynomial(accurate_log_terms, z);
    const double q = two_thirds_high + higher;
    const double q1 = leading_half(q);
    const double q2 = ((two_thirds_high - q1) + higher) + two_thirds_low;
    const double exact_w = z1 * q1;
    const double w1 = leading_half(exact_w);
    const double w2 = (exact_w - w1) + (z1 * q2 + z2 * q);

    // k ln 2 + 2 s + s w, largest first.
    const Pair first = sum_of_ordered(parts.exponent * ln2_high, 2.0 * s1);
    const Pair second = sum_of_ordered(first.high, s1 * w1);
    const double small = (2.0 * s2 + (s1 * w2 + s2 * (w1 + w2))) + parts.exponent * ln2_low;
    return sum_of_ordered(second.high, (first.low + second.low) + small);
}

/// a b with an error below 2^-75 of itself, if nothing overflows.
[[gnu::always_inline]] inline Pair product(double a, Pair b)
{
    const double a1 = leading_half(a);
    const double b1 = leading_half(b.high);
    const double b2 = (b.high - b1) + b.low;
    return sum_of_ordered(a1 * b1, a1 * b2 + (a - a1) * b.high);
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET::detail
