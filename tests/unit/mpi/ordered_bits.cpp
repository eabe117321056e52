#include "mpi/ordered_bits.hpp"

#include "tests/support/catch.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace latecomer::mpi::ordered_bits_test {
namespace {

using Limits = std::numeric_limits<double>;

const std::vector<double> ascending{-Limits::infinity(),  -Limits::max(),        -1.5, -1.0,
                                    -Limits::min(),       -Limits::denorm_min(), -0.0, 0.0,
                                    Limits::denorm_min(), Limits::min(),         1.0,  1.5,
                                    Limits::max(),        Limits::infinity()};

TEST_CASE("ordered bits rise with the number, from -0.0 to +0.0 too")
{
    for (std::size_t i = 1; i < ascending.size(); ++i) {
        CHECK(ordered_bits(ascending[i - 1], NanOrder::last) <
              ordered_bits(ascending[i], NanOrder::last));
    }
}

TEST_CASE("a number comes back from its ordered bits with every bit")
{
    for (const double value : ascending) {
        const double back = from_ordered_bits(ordered_bits(value, NanOrder::first));
        CHECK(std::bit_cast<std::uint64_t>(back) == std::bit_cast<std::uint64_t>(value));
    }
}

TEST_CASE("a NaN stands before or after all numbers, whatever its sign")
{
    for (const double nan : {Limits::quiet_NaN(), -Limits::quiet_NaN()}) {
        CHECK(ordered_bits(nan, NanOrder::first) <
              ordered_bits(-Limits::infinity(), NanOrder::first));
        CHECK(ordered_bits(nan, NanOrder::last) > ordered_bits(Limits::infinity(), NanOrder::last));
    }
}

TEST_CASE("every NaN comes back as the same NaN")
{
    const auto usual = std::bit_cast<std::uint64_t>(Limits::quiet_NaN());
    for (const NanOrder order : {NanOrder::first, NanOrder::last}) {
        const double back = from_ordered_bits(ordered_bits(-Limits::quiet_NaN(), order));
        CHECK(std::bit_cast<std::uint64_t>(back) == usual);
    }
}

}  // namespace
}  // namespace latecomer::mpi::ordered_bits_test
