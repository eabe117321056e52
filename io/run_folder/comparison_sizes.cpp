#include "io/run_folder/comparison_sizes.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace latecomer::io {

bool same_bits(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (a != a && b != b);
}

QuantityDifference difference_of(std::string_view key, std::string_view unit,
                                 std::span<const double> first, std::span<const double> second,
                                 std::uint64_t row, const PlaceOfEntry& place)
{
    QuantityDifference result{std::string{key}, std::string{unit}, 0, 0, 0, 0.0, {}, 0.0, {}};
    std::uint64_t largest = 0;
    std::uint64_t largest_relative = 0;
    for (std::uint64_t i = 0; i < first.size(); ++i) {
        const double a = first[i];
        const double b = second[i];
        if (same_bits(a, b)) {
            continue;
        }
        if (result.count == 0) {
            result.quarter = static_cast<std::int64_t>(i / row);
        }
        ++result.count;
        const double size = std::abs(a - b);
        if (std::isnan(size)) {  // one has a value, the other none
            ++result.one_sided;
            continue;
        }
        const double relative = size / std::max(std::abs(a), std::abs(b));
        if (size > result.largest) {
            result.largest = size;
            largest = i;
        }
        if (relative > result.largest_relative) {
            result.largest_relative = relative;
            largest_relative = i;
        }
    }
    if (result.largest > 0.0) {
        result.where = text("quarter ", largest / row, place(largest % row));
        result.where_relative =
            text("quarter ", largest_relative / row, place(largest_relative % row));
    }
    return result;
}

}  // namespace latecomer::io
