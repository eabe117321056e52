#include "core/random.hpp"

#include "core/errors.hpp"
#include "core/random_fill.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#if __has_include(<Random123/philox.h>)
#include <Random123/philox.h>

namespace latecomer::tests::random_test {

#undef philox4x32  // hides the function of that name
#endif

namespace {

constexpr RandomKey key{0x0123456789abcdef, 3};
constexpr std::uint32_t all_ones = 0xffffffff;

static_assert(philox4x32({0, 0, 0, 0}, {0, 0}) ==
              RandomWords{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
static_assert(philox4x32({all_ones, all_ones, all_ones, all_ones}, {all_ones, all_ones}) ==
              RandomWords{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});

std::vector<std::uint64_t> some_ids(std::size_t n)
{
    std::vector<std::uint64_t> ids;
    for (std::uint64_t i = 0; i < n; ++i) {
        ids.push_back((i * 0x9e3779b97f4a7c15) >> 10);
    }
    return ids;
}

struct Moments {
    double mean = 0.0;
    double variance = 0.0;
    double least = std::numeric_limits<double>::infinity();
    double most = -std::numeric_limits<double>::infinity();
};

/// Moments of draw(entity) over entities 0 .. n-1.
template <class Draw>
Moments moments(int n, Draw draw)
{
    Moments result;
    double squares = 0.0;
    for (int i = 0; i < n; ++i) {
        const double x = draw(static_cast<std::uint64_t>(i));
        result.mean += x / n;
        squares += x * x / n;
        result.least = std::min(result.least, x);
        result.most = std::max(result.most, x);
    }
    result.variance = squares - result.mean * result.mean;
    return result;
}

double probability_of_poisson(double mean, int n)
{
    return std::exp(n * std::log(mean) - mean - std::lgamma(n + 1.0));
}

/// Chi-square of the counts of Poisson draws against their law, per degree of freedom; classes
/// reach 3 standard deviations to each side and the rest is one class.
double chi_square_of_poisson(double mean)
{
    constexpr int draws = 20000;
    const int low = std::max(0, static_cast<int>(mean - 3.0 * std::sqrt(mean)));
    const int high = static_cast<int>(mean + 3.0 * std::sqrt(mean)) + 1;
    std::vector<int> counts(static_cast<std::size_t>(high - low + 2));
    for (std::uint64_t i = 0; i < draws; ++i) {
        const auto n = static_cast<int>(poisson(key, Stream::entry, i, 9, mean));
        const int place = n < low || n > high ? high - low + 1 : n - low;
        ++counts[static_cast<std::size_t>(place)];
    }
    double rest = draws;
    double sum = 0.0;
    for (int n = low; n <= high; ++n) {
        const double expected = draws * probability_of_poisson(mean, n);
        const double difference = counts[static_cast<std::size_t>(n - low)] - expected;
        sum += difference * difference / expected;
        rest -= expected;
    }
    sum += (counts.back() - rest) * (counts.back() - rest) / rest;
    return sum / (high - low + 1);
}

}  // namespace

#if __has_include(<Random123/philox.h>)
TEST_CASE("Philox agrees with the library of its authors", "[random]")
{
    for (std::uint32_t i = 0; i < 1000; ++i) {
        const RandomWords counter{i * 0x9e3779b9, i ^ 0xdeadbeef, ~i, i * i};
        const std::array<std::uint32_t, 2> seed{i * 77, i << 20};
        const philox4x32_ctr_t expected =
            philox4x32_R(10, philox4x32_ctr_t{{counter[0], counter[1], counter[2], counter[3]}},
                         philox4x32_key_t{{seed[0], seed[1]}});
        const RandomWords words = philox4x32(counter, seed);
        REQUIRE(std::equal(words.begin(), words.end(), expected.v));
    }
}
#endif

TEST_CASE("the counter holds entity, stream, quarter, block and replicate", "[random]")
{
    const RandomWords words = random_words(key, Stream::entry, 0x0032109876543210, 0x4321, 0x1234);
    CHECK(words == philox4x32({0x76543210, 0x08321098, 0x12344321, 3}, {0x89abcdef, 0x01234567}));
}

TEST_CASE("a uniform takes its bits from two words of its block", "[random]")
{
    const RandomWords words = random_words(key, Stream::fx, 5, 6, 1);
    const auto expected = [](std::uint32_t low, std::uint32_t high) {
        return (std::ldexp(high, 20) + (low >> 12) + 0.5) * 0x1p-52;
    };
    CHECK(uniform(key, Stream::fx, 5, 6, 2) == expected(words[0], words[1]));
    CHECK(uniform(key, Stream::fx, 5, 6, 3) == expected(words[2], words[3]));
    CHECK(detail::open_unit(0, 0) == 0x1p-53);
    CHECK(detail::open_unit(all_ones, all_ones) == 1.0 - 0x1p-53);
}

TEST_CASE("a chance takes its bits from one word of its block", "[random]")
{
    const RandomWords words = random_words(key, Stream::fx, 5, 6, 1);
    for (unsigned k = 0; k < 4; ++k) {
        CHECK(chance(key, Stream::fx, 5, 6, 4 + k) == (words[k] + 0.5) * 0x1p-32);
    }
    CHECK(detail::short_unit(0) == 0x1p-33);
    CHECK(detail::short_unit(all_ones) == 1.0 - 0x1p-33);
}

TEST_CASE("batches have the same bits as single draws", "[random][reproducibility]")
{
    const std::size_t n = GENERATE(1u, 2u, 7u, 256u, 1023u);
    const unsigned k = GENERATE(0u, 1u, 2u, 3u);
    const std::vector<std::uint64_t> ids = some_ids(n);
    std::vector<double> uniforms(n);
    std::vector<double> chances(n);
    fill_uniform(uniforms.data(), n, key, Stream::demand, ids.data(), 17, k);
    fill_chances(chances.data(), n, key, Stream::demand, ids.data(), 17, k);
    for (std::size_t i = 0; i < n; ++i) {
        REQUIRE(uniforms[i] == uniform(key, Stream::demand, ids[i], 17, k));
        REQUIRE(chances[i] == chance(key, Stream::demand, ids[i], 17, k));
    }
}

TEST_CASE("uniforms have mean 1/2 and variance 1/12", "[random]")
{
    // Standard error of the mean: sqrt(1/12/n) = 2.9e-4; of the variance: sqrt(1/180/n) = 7.5e-5.
    const Moments wide =
        moments(1000000, [](auto i) { return uniform(key, Stream::window, i, 1, 0); });
    CHECK(std::abs(wide.mean - 0.5) < 4 * 2.9e-4);
    CHECK(std::abs(wide.variance - 1.0 / 12.0) < 4 * 7.5e-5);
    const Moments narrow =
        moments(1000000, [](auto i) { return chance(key, Stream::window, i, 1, 2); });
    CHECK(std::abs(narrow.mean - 0.5) < 4 * 2.9e-4);
    CHECK(std::abs(narrow.variance - 1.0 / 12.0) < 4 * 7.5e-5);
}

TEST_CASE("normals have mean 0, variance 1 and normal tails", "[random]")
{
    constexpr int n = 400000;
    const Moments m = moments(n, [](auto i) { return normal(key, Stream::initial, i, 0, 5); });
    CHECK(std::abs(m.mean) < 4.0 / std::sqrt(n));
    CHECK(std::abs(m.variance - 1.0) < 4.0 * std::sqrt(2.0 / n));
    // P(|N| > 2) = 0.0455; standard error of the share sqrt(p (1 - p) / n) = 3.3e-4.
    const Moments tails = moments(n, [](auto i) {
        return std::abs(normal(key, Stream::initial, i, 0, 5)) > 2.0 ? 1.0 : 0.0;
    });
    CHECK(std::abs(tails.mean - 0.0455) < 4 * 3.3e-4);
}

TEST_CASE("a normal is the same over a block in both of its uniforms", "[random]")
{
    const double u = uniform(key, Stream::fx, 11, 4, 6);
    const double v = uniform(key, Stream::fx, 11, 4, 7);
    const double z = std::sqrt(-2.0 * std::log(u)) * std::cos(8.0 * std::atan(1.0) * v);
    CHECK(std::abs(normal(key, Stream::fx, 11, 4, 3) - z) < 1e-14);
}

TEST_CASE("Laplace variates have variance 1 and mirror their uniform", "[random]")
{
    CHECK(laplace(0.25) == Approx(-std::log(2.0) / std::sqrt(2.0)).epsilon(1e-15));
    CHECK(laplace(0.75) == -laplace(0.25));
    CHECK(laplace(0.5 + 0x1p-53) > 0.0);
    CHECK(laplace(0x1p-53) == Approx(-26.0 * std::log(4.0) / std::sqrt(2.0)).epsilon(1e-15));
    // The fourth moment is 6, so the standard error of the variance is sqrt(5/n).
    constexpr int n = 400000;
    const Moments m =
        moments(n, [](auto i) { return laplace(uniform(key, Stream::demand, i, 0, 0)); });
    CHECK(std::abs(m.mean) < 4.0 / std::sqrt(n));
    CHECK(std::abs(m.variance - 1.0) < 4.0 * std::sqrt(5.0 / n));
}

TEST_CASE("beta variates invert their distribution function", "[random]")
{
    CHECK(beta_one(0.96875, 5.0) == Approx(0.5).epsilon(1e-15));  // 1 - (1 - 0.5)^5
    CHECK(beta_one(1e-18, 5.0) == Approx(2e-19).epsilon(1e-14));
    CHECK(beta_one(0.3, 1.0) == Approx(0.3).epsilon(1e-14));
    CHECK(beta_one(1.0 - 0x1p-53, 5.0) < 1.0);
}

TEST_CASE("Poisson counts follow their law below and above one chunk", "[random]")
{
    // Chi-square per degree of freedom has standard deviation sqrt(2/f): 4 of them with f >= 7.
    const double mean = GENERATE(0.7, 3.0, 30.0, 255.9, 256.0, 300.0, 1000.0);
    CHECK(chi_square_of_poisson(mean) < 1.0 + 4.0 * std::sqrt(2.0 / (6.0 * std::sqrt(mean) + 2.0)));
}

TEST_CASE("Poisson counts never fall when the mean rises", "[random]")
{
    for (std::uint64_t entity = 0; entity < 20; ++entity) {
        std::uint64_t before = 0;
        for (int step = 0; step < 7000; ++step) {
            // Fine steps, finer still just below and above one and two chunks.
            const double mean = step < 6000 ? step * 0.1 : (step < 6500 ? 256.0 : 512.0);
            const double fine = step < 6000 ? 0.0 : (step % 500 - 250) * 1e-9;
            const std::uint64_t count = poisson(key, Stream::entry, entity, 2, mean + fine);
            if (step != 6000 && step != 6500) {
                REQUIRE(count >= before);
            }
            before = count;
        }
    }
}

TEST_CASE("Poisson counts are zero without a positive mean and refuse what is not a mean",
          "[random]")
{
    CHECK(poisson(key, Stream::entry, 1, 1, 0.0) == 0);
    CHECK(poisson(key, Stream::entry, 1, 1, -3.0) == 0);
    CHECK(poisson(key, Stream::entry, 1, 1, 1e-300) == 0);
    CHECK_THROWS_AS(poisson(key, Stream::entry, 1, 1, 0x1p25), InternalError);
    CHECK_THROWS_AS(poisson(key, Stream::entry, 1, 1, std::nan("")), InternalError);
}

TEST_CASE("the numbers of streams never change", "[random]")
{
    REQUIRE(stream_table.size() == 17);
    for (std::size_t i = 0; i < stream_table.size(); ++i) {
        CHECK(static_cast<std::size_t>(stream_table[i].stream) == i + 1);
    }
    CHECK(stream_table[4].name == "demand");
    CHECK(static_cast<int>(Stream::initial) == 14);
    CHECK(static_cast<int>(Stream::exporting) == 16);
    CHECK(static_cast<int>(Stream::climate) == 17);
}

TEST_CASE("every build draws the same bits", "[random][reproducibility]")
{
    std::uint64_t hash = 0;
    for (std::uint64_t i = 0; i < 20000; ++i) {
        const double z = normal(key, Stream::initial, i, 8, 1);
        const double l = laplace(uniform(key, Stream::demand, i, 8, 1));
        const double b = beta_one(uniform(key, Stream::innovation_size, i, 8, 1), 5.0);
        const std::uint64_t n = poisson(key, Stream::entry, i, 8, 0.02 * static_cast<double>(i));
        for (const double x : {z, l, b}) {
            hash = hash * 31 + std::bit_cast<std::uint64_t>(x);
        }
        hash = hash * 31 + n;
    }
    CHECK(hash == 0x15567698eaf5342d);
}

}  // namespace latecomer::tests::random_test
