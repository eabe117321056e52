#pragma once

#include "core/elementary.hpp"
#include "core/kernels/elementary_parts.hpp"

#include <cstdint>

/// The functions of core/elementary.hpp for the loops of kernels: always inlined, without branches, so that
/// loops which call them become vector code.
///
/// Needs -ffp-contract=off -fno-math-errno -fno-trapping-math, round to nearest, and subnormals not flushed to
/// zero.  Which NaN comes out is not specified.  Polynomials: tests/support/fit_elementary.py.
namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {

/// e^x.  0 below -745.13, infinite above 709.78.
[[gnu::always_inline]] inline double exp(double x)
{
    // Where the result is 0 or infinite, so is that of the nearest argument inside.
    const auto [power, rest] = detail::exp_parts(detail::limited(x, -750.0, 710.0));
    return (1.0 + rest) * power.first * power.second;
}

/// e^x with the bits of exp(x) for -700 <= x <= 700, where one multiplication scales the result; beyond, that of the nearer
/// end.
[[gnu::always_inline]] inline double exp_of_moderate(double x)
{
    const auto [power, rest] = detail::exp_parts(detail::limited(x, -700.0, 700.0));
    return (1.0 + rest) * detail::product_of_powers(power.first, power.second);
}

/// e^x - 1, accurate also near zero.
[[gnu::always_inline]] inline double expm1(double x)
{
    const auto [power, rest] = detail::exp_parts(detail::limited(x, -60.0, 710.0));
    // 2^k (1 + rest) - 1 = 2^k ((1 - 2^-k) + rest).
    const double reciprocal =
        detail::reciprocal_of_power(power.first) * detail::reciprocal_of_power(power.second);
    const double result = ((1.0 - reciprocal) + rest) * power.first * power.second;
    return x == 0.0 ? x : result;
}

/// Natural logarithm.  -infinite at 0, NaN below.
[[gnu::always_inline]] inline double log(double x)
{
    return detail::log_or_limit(x, detail::log_with_tail(x, 0.0));
}

/// log(x) of a positive normal number, in three quarters of the time of log().  NaN for infinities and NaN; of zero,
/// negative and subnormal numbers the result means nothing.
[[gnu::always_inline]] inline double log_of_normal(double x)
{
    return detail::log_of_parts(detail::scaled_normal(x), x - x);
}

/// x^(1/4) by two square roots, each rounded once: an error of .85 ulp, at a third of the time of pow().
[[gnu::always_inline]] inline double quarter_root(double x)
{
    return __builtin_sqrt(__builtin_sqrt(x));
}

/// log(1 + x), accurate also near zero.  -infinite at -1, NaN below.
[[gnu::always_inline]] inline double log1p(double x)
{
    const double u = 1.0 + x;
    const double from_x = u - 1.0;
    const double lost = (1.0 - (u - from_x)) + (x - from_x);
    const double result = detail::log_or_limit(u, detail::log_with_tail(u, lost / u));
    return x == 0.0 ? x : result;
}

/// x^y for x >= 0 and finite y; NaN for x < 0.  x^0 is 1 for every x, 0^y is 0 or infinite.
[[gnu::always_inline]] inline double pow(double x, double y)
{
    const Pair exponent = detail::product(y, detail::accurate_log(x));
    const auto [power, r, rest] = detail::accurate_exp_parts(exponent.high, exponent.low);
    const Pair sum = sum_of_ordered(1.0, r);
    const double result = (sum.high + (sum.low + rest)) * power.first * power.second;
    const double inside = detail::exp_or_limit(exponent.high, result);

    const double at_zero = y > 0.0 ? 0.0 : infinity;
    const double at_infinity = y > 0.0 ? infinity : 0.0;
    const double positive = x < infinity ? inside : at_infinity;
    const double other = x == 0.0 ? at_zero : not_a_number;
    return y == 0.0 ? 1.0 : x > 0.0 ? positive : other;
}

/// sin(2 pi u) and cos(2 pi u) for |u| <= 2^20.
[[gnu::always_inline]] inline elementary::SineAndCosine sincos_of_turn(double u)
{
    // The last two bits of `shifted` are the nearest quarter turn.
    constexpr double shift = 0x1.8p52;
    const double shifted = 4.0 * u + shift;
    const double r = u - 0.25 * (shifted - shift);
    const std::uint64_t quadrant = bits_of(shifted);
    const double z = r * r;
    const double r3_terms = r * z * detail::polynomial(detail::sine_terms, z);
    const double sine = r * detail::two_pi_high + (r * detail::two_pi_low + r3_terms);
    const double cosine = 1.0 + z * detail::polynomial(detail::cosine_terms, z);

    // Odd quadrants swap sine and cosine; then each changes sign in two quadrants.
    const std::uint64_t swap = std::uint64_t{0} - (quadrant & 1);
    const std::uint64_t difference = (bits_of(sine) ^ bits_of(cosine)) & swap;
    const std::uint64_t sine_sign = (quadrant & 2) << 62;
    const std::uint64_t cosine_sign = ((quadrant + 1) & 2) << 62;
    return {from_bits(bits_of(sine) ^ difference ^ sine_sign),
            from_bits(bits_of(cosine) ^ difference ^ cosine_sign)};
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
