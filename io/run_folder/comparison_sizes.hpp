#pragma once

#include "io/run_folder/comparison.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>

/// How large differences between two series are.
namespace latecomer::io {

/// Where entry number `index` of a quarter belongs, in words.
using PlaceOfEntry = std::function<std::string(std::uint64_t index)>;

/// Whether two numbers are the same bits, or both none.
bool same_bits(double a, double b);

/// How two variables differ; `count` is 0 if they do not.
/// @param first, second as many values, `row` of them a quarter
QuantityDifference difference_of(std::string_view key, std::string_view unit,
                                 std::span<const double> first, std::span<const double> second,
                                 std::uint64_t row, const PlaceOfEntry& place);

}  // namespace latecomer::io
