#include "jobs/study/design/sobol_sequence.hpp"

#include "core/errors.hpp"
#include "core/hash.hpp"
#include "jobs/study/design/sobol_numbers.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace latecomer::jobs::study::sobol_sequence_test {
namespace {

/// One number for the first points of a sequence, which depends on each value and on their order.
std::uint64_t checksum(std::int64_t dimensions, std::uint32_t points)
{
    const SobolSequence sequence{dimensions};
    std::uint64_t sum = 0;
    for (std::uint32_t index = 0; index < points; ++index) {
        for (std::int64_t dimension = 0; dimension < dimensions; ++dimension) {
            sum = sum * 6364136223846793005 + sequence.bits(dimension, index) + 1;
        }
    }
    return sum;
}

std::vector<double> scrambled_coordinate(std::int64_t dimension, std::uint32_t n, std::uint64_t key)
{
    const SobolSequence sequence{dimension + 1};
    std::vector<double> result;
    for (std::uint32_t index = 0; index < n; ++index) {
        result.push_back(owen_scrambled(sequence.bits(dimension, index), key));
    }
    return result;
}

// Expected values: scipy 1.10.1, qmc.Sobol(d, scramble=False, bits=32).random(n) * 2**32.

TEST_CASE("the first points of the Sobol' sequence are those of another implementation")
{
    constexpr std::array<std::array<std::uint32_t, 6>, 8> expected_in_256ths{{
        {0, 0, 0, 0, 0, 0},
        {128, 128, 128, 128, 128, 128},
        {192, 64, 64, 64, 192, 192},
        {64, 192, 192, 192, 64, 64},
        {96, 96, 160, 224, 96, 32},
        {224, 224, 32, 96, 224, 160},
        {160, 32, 224, 160, 160, 224},
        {32, 160, 96, 32, 32, 96},
    }};
    const SobolSequence sequence{6};
    for (std::uint32_t index = 0; index < 8; ++index) {
        for (std::int64_t dimension = 0; dimension < 6; ++dimension) {
            CHECK(sequence.bits(dimension, index) ==
                  expected_in_256ths[index][static_cast<std::size_t>(dimension)] << 24);
        }
    }
    CHECK(unit_of_bits(sequence.bits(3, 4)) == 0.875);
}

TEST_CASE("all dimensions of the Sobol' sequence are those of another implementation")
{
    // h = 0; for row in points: for v in row: h = (h * 6364136223846793005 + int(v) + 1) % 2**64
    CHECK(checksum(256, 64) == 0xdeed1a55a05ac000);
    CHECK(checksum(64, 4096) == 0x8f7f26f405ac0000);
}

TEST_CASE("a late point of the Sobol' sequence is that of another implementation")
{
    constexpr std::array<std::int64_t, 8> dimensions{0, 1, 2, 7, 63, 127, 200, 255};
    constexpr std::array<std::uint32_t, 8> expected{2242173952, 2884432896, 3663225856, 305683456,
                                                    2790849536, 672732160,  1583100928, 749661184};
    const SobolSequence sequence{256};
    for (std::size_t k = 0; k < dimensions.size(); ++k) {
        CHECK(sequence.bits(dimensions[k], 3'000'001) == expected[k]);
    }
}

TEST_CASE("each bit of the index moves a point by its own binary digit and smaller ones")
{
    // Together with linearity: 2^k points that begin at a multiple of 2^k have one in each interval
    // of length 2^-k, up to all 2^32 of them.
    const SobolSequence sequence{256};
    for (std::int64_t dimension = 0; dimension < 256; ++dimension) {
        for (int k = 0; k < 32; ++k) {
            const std::uint32_t power = std::uint32_t{1} << k;
            const std::uint32_t moved =
                sequence.bits(dimension, power) ^ sequence.bits(dimension, power - 1);
            REQUIRE((moved & (0xffffffff >> k)) == (0x80000000 >> k));
        }
    }
}

TEST_CASE("a Sobol' sequence has 1 to 256 dimensions")
{
    CHECK_THROWS_AS(SobolSequence{0}, InternalError);
    CHECK_THROWS_AS(SobolSequence{257}, InternalError);
}

TEST_CASE("scrambling keeps one point in each dyadic interval, at any scale")
{
    for (std::int64_t dimension = 0; dimension < 40; ++dimension) {
        const std::vector<double> xs = scrambled_coordinate(dimension, 1024, mix64(7) + 1);
        for (std::size_t points = 1; points <= 1024; points *= 2) {
            std::vector<int> count(points);
            for (std::size_t i = 0; i < points; ++i) {
                REQUIRE((xs[i] > 0.0 && xs[i] < 1.0));
                ++count[static_cast<std::size_t>(xs[i] * static_cast<double>(points))];
            }
            REQUIRE(count == std::vector<int>(points, 1));
        }
    }
}

TEST_CASE("scrambling keeps one point in each rectangle of area 1/n of the first two dimensions")
{
    const std::vector<double> xs = scrambled_coordinate(0, 256, 11);
    const std::vector<double> ys = scrambled_coordinate(1, 256, 12);
    for (int k = 0; k <= 8; ++k) {
        std::vector<int> count(256);
        for (std::size_t i = 0; i < 256; ++i) {
            const auto column = static_cast<std::size_t>(std::ldexp(xs[i], k));
            const auto row = static_cast<std::size_t>(std::ldexp(ys[i], 8 - k));
            ++count[row << k | column];
        }
        CHECK(count == std::vector<int>(256, 1));
    }
}

TEST_CASE("scrambling flips a bit as the key and all higher bits say, and nothing else")
{
    int parted = 0;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        const std::uint32_t bits = i * 0x9e3779b9;
        const auto scrambled = [&](std::uint32_t from, std::uint64_t key) {
            return static_cast<std::uint32_t>(owen_scrambled(from, key) * 0x1p32);
        };
        for (int k = 0; k < 32; ++k) {
            // A change of one bit changes this bit, none above it.
            const std::uint32_t changed = bits ^ 0x80000000 >> k;
            const std::uint32_t difference = scrambled(bits, 5) ^ scrambled(changed, 5);
            REQUIRE(difference >> (31 - k) == 1);
            parted += k < 31 && (difference >> (30 - k) & 1) != 0;
        }
    }
    // The next bit follows in half of 31000 cases: standard deviation 88.
    CHECK(std::abs(parted - 15500) < 6 * 88);
}

TEST_CASE("a scrambled point is anywhere")
{
    // The same point under 4096 keys: each bit set in half of them, standard deviation 32.
    std::array<int, 52> set{};
    for (std::uint64_t key = 0; key < 4096; ++key) {
        const auto bits = static_cast<std::uint64_t>(owen_scrambled(0, key) * 0x1p52);
        for (std::size_t k = 0; k < set.size(); ++k) {
            set[k] += static_cast<int>(bits >> k & 1);
        }
    }
    for (const int count : set) {
        CHECK(std::abs(count - 2048) < 6 * 32);
    }
}

TEST_CASE("scrambling is better than the plain sequence, and than chance, at a smooth integral")
{
    // The product of 1 + (x - 1/2) over 5 dimensions: mean 1, variance (13/12)^5 - 1 = 0.492.
    constexpr std::uint32_t n = 4096;
    const SobolSequence sequence{5};
    const auto error = [&](auto coordinate) {
        double sum = 0.0;
        for (std::uint32_t index = 0; index < n; ++index) {
            double product = 1.0;
            for (std::int64_t dimension = 0; dimension < 5; ++dimension) {
                product *= 0.5 + coordinate(sequence.bits(dimension, index), dimension);
            }
            sum += product;
        }
        return sum / n - 1.0;
    };
    const double plain =
        std::abs(error([](std::uint32_t bits, std::int64_t) { return unit_of_bits(bits); }));
    double square = 0.0;
    for (std::uint64_t seed = 0; seed < 16; ++seed) {
        const double one = error([&](std::uint32_t bits, std::int64_t dimension) {
            return owen_scrambled(bits, mix64(seed * 5 + static_cast<std::uint64_t>(dimension)));
        });
        square += one * one / 16.0;
    }
    const double scrambled = std::sqrt(square);
    const double chance = std::sqrt(0.492 / n);  // 0.011
    CHECK(scrambled < chance / 100.0);
    CHECK(scrambled < plain / 5.0);
}

}  // namespace
}  // namespace latecomer::jobs::study::sobol_sequence_test
