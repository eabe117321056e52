#include "core/exact_sum.hpp"

#include "core/kernels/grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace latecomer {
namespace {

using detail::Grid;
using detail::magnitude_bits;

constexpr int word_bits = 32;
constexpr int lowest_exponent = -1088;              // weight of word 0
constexpr std::size_t fast_block = 4096;            // values of a fast pass
constexpr std::uint64_t most_additions = 1u << 30;  // of 2^32 to a word between carries
constexpr std::uint64_t most_ranks = 1u << 20;      // additions that a sum of words amounts to
constexpr std::int64_t not_finite = std::int64_t{1} << 32;  // mark in the top word

/// What a fast pass finds: units of three grids, and bits that are not zero if any of it is missing.
struct GridCounts {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    std::uint64_t third = 0;
    std::uint64_t missing = 0;
};

GridCounts count_units(const double* values, std::size_t n, Grid first, Grid second, Grid third)
{
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    std::uint64_t c = 0;
    std::uint64_t missing = 0;
#pragma omp simd reduction(+ : a, b, c) reduction(| : missing)
    for (std::size_t i = 0; i < n; ++i) {
        double x = values[i];
        a += first.take(x);
        b += second.take(x);
        c += third.take(x);
        missing |= magnitude_bits(x);
    }
    return {a, b, c, missing};
}

std::uint64_t largest_magnitude_bits(const double* values, std::size_t n)
{
    std::int64_t largest = 0;
#pragma omp simd reduction(max : largest)
    for (std::size_t i = 0; i < n; ++i) {
        const auto bits = static_cast<std::int64_t>(magnitude_bits(values[i]));
        largest = bits > largest ? bits : largest;
    }
    return static_cast<std::uint64_t>(largest);
}

}  // namespace

void Superaccumulator::add(double value)
{
    const std::uint64_t magnitude = magnitude_bits(value);
    const int field = static_cast<int>(magnitude >> 52);
    if (field == 2047) {
        refuse();
        return;
    }
    const std::uint64_t fraction = magnitude & 0x000fffffffffffff;
    const auto digits = static_cast<std::int64_t>(field == 0 ? fraction : fraction | 1ull << 52);
    add_scaled(std::signbit(value) ? -digits : digits, std::max(field, 1) - 1075);
}

void Superaccumulator::add(std::span<const double> values)
{
    for (std::size_t done = 0; done < values.size(); done += fast_block) {
        const auto block = values.subspan(done, std::min(fast_block, values.size() - done));
        if (!add_block(block)) {
            for (const double value : block) {
                add(value);
            }
        }
    }
}

/// Adds a block by its units on three grids, 51 bits apart; false if it is too wide for them.
bool Superaccumulator::add_block(std::span<const double> values)
{
    const std::uint64_t largest = largest_magnitude_bits(values.data(), values.size());
    const int exponent = static_cast<int>(largest >> 52) - 1023;
    // Beyond these a grid would leave the range of normal numbers.
    if (exponent < -923 || exponent > 1020) {
        return largest == 0;
    }
    // Each value has at most 2^50 units of a grid, so 4096 values have at most 2^62.
    const int unit = exponent - 49;
    const GridCounts counts =
        count_units(values.data(), values.size(), Grid{unit}, Grid{unit - 51}, Grid{unit - 102});
    if (counts.missing != 0) {
        return false;
    }
    add_scaled(static_cast<std::int64_t>(counts.first), unit);
    add_scaled(static_cast<std::int64_t>(counts.second), unit - 51);
    add_scaled(static_cast<std::int64_t>(counts.third), unit - 102);
    return true;
}

/// Adds count 2^exponent.
void Superaccumulator::add_scaled(std::int64_t count, int exponent)
{
    spend(1);
    const int position = exponent - lowest_exponent;
    const auto word = static_cast<std::size_t>(position / word_bits);
    const detail::Wide shifted = static_cast<detail::Wide>(count) << position % word_bits;
    words_[word] += static_cast<std::uint32_t>(shifted);
    words_[word + 1] += static_cast<std::uint32_t>(shifted >> word_bits);
    words_[word + 2] += static_cast<std::int64_t>(shifted >> 2 * word_bits);
}

/// Makes room for that many additions of less than 2^32 to each word.
void Superaccumulator::spend(std::uint64_t additions)
{
    if (additions_ + additions > most_additions) {
        carry();
    }
    additions_ += additions;
}

/// Brings all words but the top one into [0, 2^32).
void Superaccumulator::carry()
{
    for (std::size_t i = 0; i + 1 < size; ++i) {
        words_[i + 1] += words_[i] >> word_bits;
        words_[i] &= 0xffffffff;
    }
    additions_ = 1;
}

void Superaccumulator::refuse()
{
    if (finite()) {
        words_.back() += not_finite;
    }
}

bool Superaccumulator::finite() const
{
    return words_.back() < not_finite / 2;
}

void Superaccumulator::merge(const Superaccumulator& other)
{
    Superaccumulator carried = other;
    carried.carry();
    spend(1);
    for (std::size_t i = 0; i < size; ++i) {
        words_[i] += carried.words_[i];
    }
}

std::span<std::int64_t, Superaccumulator::size> Superaccumulator::words()
{
    carry();
    additions_ = most_ranks;
    return words_;
}

double Superaccumulator::value() const
{
    if (!finite()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    Superaccumulator magnitude = *this;
    magnitude.carry();
    const bool negative = magnitude.words_.back() < 0;
    if (negative) {
        for (std::int64_t& word : magnitude.words_) {
            word = -word;
        }
        magnitude.carry();
    }
    // The three leading words hold at least 65 bits; whether anything follows goes to the last one.
    const auto& words = magnitude.words_;
    std::size_t top = size - 1;
    while (top > 2 && words[top] == 0) {
        --top;
    }
    detail::Wide leading = words[top];
    leading = (leading << word_bits) | words[top - 1];
    leading = (leading << word_bits) | words[top - 2];
    const auto rest_end = words.begin() + static_cast<std::ptrdiff_t>(top - 2);
    leading |= static_cast<detail::Wide>(
        std::any_of(words.begin(), rest_end, [](auto w) { return w != 0; }));
    const int exponent = lowest_exponent + word_bits * static_cast<int>(top - 2);
    const double result = std::ldexp(static_cast<double>(leading), exponent);
    return negative ? -result : result;
}

}  // namespace latecomer
