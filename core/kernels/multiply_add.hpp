#pragma once

#include "core/kernels/instruction_set.hpp"

#include <cstdint>

namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {

[[gnu::always_inline]] inline std::uint64_t bits_of(double x)
{
    return __builtin_bit_cast(std::uint64_t, x);
}

[[gnu::always_inline]] inline double from_bits(std::uint64_t bits)
{
    return __builtin_bit_cast(double, bits);
}

/// All bits, or none.
[[gnu::always_inline]] inline std::uint64_t mask_of(bool condition)
{
    return std::uint64_t{0} - static_cast<std::uint64_t>(condition);
}

/// An unevaluated sum; |low| is at most a small part of |high|.
struct Pair {
    double high;
    double low;
};

/// a + b without error if |a| >= |b| or a is zero.
[[gnu::always_inline]] inline Pair sum_of_ordered(double a, double b)
{
    const double sum = a + b;
    return {sum, (a - sum) + b};
}

/// a + b without error (Knuth).
[[gnu::always_inline]] inline Pair exact_sum(double a, double b)
{
    const double sum = a + b;
    const double from_b = sum - a;
    return {sum, (a - (sum - from_b)) + (b - from_b)};
}

/// The nearest number of 26 bits: a product of two such numbers is exact, and what is left has 26 bits.
[[gnu::always_inline]] inline double rounded_half(double x)
{
    return from_bits((bits_of(x) + 0x4000000) & 0xfffffffff8000000);
}

/// multiply_add() without the instruction: some fifty operations, but vectors, where a library takes
/// hundreds.  Boldo and Melquiond (2008), "Emulation of FMA and correctly rounded sums: proved
/// algorithms using rounding to odd".  Right for |a b| between 2^-969 and 2^1023 or small against c;
/// elsewhere the last bit may differ.  Takes infinities and NaN as the operation does.
[[gnu::always_inline]] inline double emulated_multiply_add(double a, double b, double c)
{
    const double product = a * b;
    const double a1 = rounded_half(a);
    const double b1 = rounded_half(b);
    const double a2 = a - a1;
    const double b2 = b - b1;
    const double rest = a2 * b2 - (((product - a1 * b1) - a2 * b1) - a1 * b2);

    const Pair lower = exact_sum(c, rest);
    const Pair upper = exact_sum(product, lower.high);
    // Rounded to odd, what is lost of the small part cannot mislead the last addition.
    const Pair small = exact_sum(upper.low, lower.low);
    const std::uint64_t bits = bits_of(small.high);
    const std::uint64_t inexact = mask_of(small.low != 0.0) & (~bits & 1);
    const std::uint64_t inward = std::uint64_t{0} - ((bits ^ bits_of(small.low)) >> 63);
    const double odd = from_bits(bits + ((inexact ^ inward) - inward));  // one up, or one down
    const double result = upper.high + odd;

    // Infinities, NaN and the sign of zero are those of the plain sum.
    const double plain = product + c;
    const double sized = result - result == 0.0 ? result : plain;
    return result == 0.0 ? plain : sized;
}

/// a b + c, rounded once: the operation of IEEE 754, with the same bits everywhere.  One instruction
/// on processors that have it (x86-64 since 2013, 64-bit ARM always); elsewhere slow.
[[gnu::always_inline]] inline double multiply_add(double a, double b, double c)
{
#if defined(__FMA__) || defined(__FP_FAST_FMA) || defined(__aarch64__)
    return __builtin_fma(a, b, c);
#else
    return emulated_multiply_add(a, b, c);
#endif
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
