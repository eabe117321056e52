#include "jobs/study/design/sobol_sequence.hpp"

#include "core/errors.hpp"
#include "core/hash.hpp"
#include "core/random.hpp"
#include "jobs/study/design/sobol_numbers.hpp"

#include <bit>
#include <cstddef>
#include <span>

namespace latecomer::jobs::study {
namespace {

using Directions = std::array<std::uint32_t, 32>;

/// The first dimension: each bit of the index is one bit of the coordinate.
Directions first_directions()
{
    Directions directions{};
    for (std::size_t k = 0; k < directions.size(); ++k) {
        directions[k] = std::uint32_t{1} << (31 - k);
    }
    return directions;
}

/// Direction numbers by the recurrence of the polynomial, whose degree is starts.size().
Directions directions_of(std::uint32_t polynomial, std::span<const std::uint16_t> starts)
{
    const std::size_t degree = starts.size();
    Directions directions{};
    for (std::size_t k = 0; k < directions.size(); ++k) {
        if (k < degree) {
            directions[k] = std::uint32_t{starts[k]} << (31 - k);
            continue;
        }
        directions[k] = directions[k - degree] >> degree;
        for (std::size_t back = 1; back <= degree; ++back) {
            if ((polynomial >> (degree - back) & 1) != 0) {
                directions[k] ^= directions[k - back];
            }
        }
    }
    return directions;
}

}  // namespace

SobolSequence::SobolSequence(std::int64_t dimensions)
{
    expects(dimensions >= 1 && dimensions <= most_sobol_dimensions,
            "the Sobol' sequence has 1 to 256 dimensions");
    directions_.push_back(first_directions());
    std::span<const std::uint16_t> numbers = sobol_numbers();
    while (this->dimensions() < dimensions) {
        const std::uint32_t polynomial = numbers[0];
        const auto degree = static_cast<std::size_t>(std::bit_width(polynomial)) - 1;
        directions_.push_back(directions_of(polynomial, numbers.subspan(1, degree)));
        numbers = numbers.subspan(1 + degree);
    }
}

std::uint32_t SobolSequence::bits(std::int64_t dimension, std::uint32_t index) const
{
    const Directions& directions = directions_.at(static_cast<std::size_t>(dimension));
    std::uint32_t result = 0;
    for (std::uint32_t left = index ^ index >> 1; left != 0; left &= left - 1) {
        result ^= directions[static_cast<std::size_t>(std::countr_zero(left))];
    }
    return result;
}

double unit_of_bits(std::uint32_t bits)
{
    return static_cast<double>(bits) * 0x1p-32;
}

double owen_scrambled(std::uint32_t bits, std::uint64_t key)
{
    // The higher bits behind a one: a number for each node of the tree of intervals.
    std::uint64_t flips = 0;
    for (int position = 31; position >= 0; --position) {
        const std::uint64_t node = (std::uint64_t{1} << 32 | bits) >> (position + 1);
        flips |= hash_entry(key, node) >> 63 << position;
    }
    const std::uint64_t leaf = std::uint64_t{1} << 32 | bits;
    const std::uint64_t scrambled = (bits ^ flips) << 32 | hash_entry(key, leaf) >> 32;
    return detail::open_unit(static_cast<std::uint32_t>(scrambled),
                             static_cast<std::uint32_t>(scrambled >> 32));
}

}  // namespace latecomer::jobs::study
