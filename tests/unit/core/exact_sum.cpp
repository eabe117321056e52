#include "core/exact_sum.hpp"

#include "core/constants.hpp"
#include "core/hash.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

namespace latecomer::tests::exact_sum_test {
namespace {

constexpr double largest = std::numeric_limits<double>::max();
constexpr double smallest = std::numeric_limits<double>::denorm_min();

/// Numbers of either sign whose sizes spread over powers of two between two exponents.
std::vector<double> wild_values(std::size_t n, int low, int high)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t bits = mix64(i);
        const auto digits = static_cast<double>(bits >> 12) * 0x1p-52 + 1.0;
        const int exponent = low + static_cast<int>(bits % static_cast<std::uint64_t>(high - low));
        values.push_back(std::ldexp((bits >> 11 & 1) != 0 ? -digits : digits, exponent));
    }
    return values;
}

std::vector<double> shuffled(std::vector<double> values)
{
    for (std::size_t i = values.size(); i > 1; --i) {
        std::swap(values[i - 1], values[mix64(i) % i]);
    }
    return values;
}

double sum_of(const std::vector<double>& values)
{
    Superaccumulator sum;
    sum.add(values);
    return sum.value();
}

double sum_one_by_one(const std::vector<double>& values)
{
    Superaccumulator sum;
    for (const double x : values) {
        sum.add(x);
    }
    return sum.value();
}

}  // namespace

TEST_CASE("a superaccumulator gives single numbers back", "[exact_sum]")
{
    for (const double x :
         {0.0, 1.0, -1.5, 0.1, largest, -largest, smallest, -smallest, 0x1p-1022}) {
        CHECK(sum_one_by_one({x}) == x);
        CHECK(sum_of({x}) == x);
    }
}

TEST_CASE("a superaccumulator loses nothing between the largest and the smallest number",
          "[exact_sum]")
{
    CHECK(sum_of({largest, smallest, -largest}) == smallest);
    CHECK(sum_one_by_one({largest, largest, -smallest, -largest, -largest}) == -smallest);
    CHECK(sum_of({1e300, 1.0, -1e300, 0x1p-1074}) == 1.0);
    CHECK(sum_of({1.0, 1e-300, -1.0}) == 1e-300);
}

TEST_CASE("a superaccumulator rounds once and ties to even", "[exact_sum]")
{
    CHECK(sum_of({1.0, 0x1p-53}) == 1.0);
    CHECK(sum_of({1.0, 0x1p-53, smallest}) == 1.0 + 0x1p-52);
    CHECK(sum_of({1.0 + 0x1p-52, 0x1p-53}) == 1.0 + 0x1p-51);
    CHECK(sum_of({-1.0, -0x1p-53, -smallest}) == -1.0 - 0x1p-52);
    CHECK(sum_of({largest, 0x1p969}) == largest);
    CHECK(sum_of({largest, 0x1p970}) == infinity);
    CHECK(sum_of({-largest, -largest}) == -infinity);
    CHECK(sum_of({largest, largest, -largest}) == largest);
}

TEST_CASE("a superaccumulator agrees with integer arithmetic", "[exact_sum]")
{
    // Multiples of 2^-40 below 1: the integer sum has 56 bits, the double rounds it.
    std::vector<double> values;
    std::int64_t exact = 0;
    for (std::size_t i = 0; i < 100000; ++i) {
        const auto units = static_cast<std::int64_t>(mix64(i) >> 24);
        exact += units;
        values.push_back(static_cast<double>(units) * 0x1p-40);
    }
    CHECK(sum_of(values) == static_cast<double>(exact) * 0x1p-40);
    CHECK(sum_one_by_one(values) == static_cast<double>(exact) * 0x1p-40);
}

TEST_CASE("neither order nor grouping changes an exact sum", "[exact_sum]")
{
    const int spread = GENERATE(1, 40, 90, 130, 1900);
    const std::vector<double> values = wild_values(20011, -spread / 2, spread - spread / 2);
    const double sum = sum_of(values);
    CHECK(sum_of(shuffled(values)) == sum);
    CHECK(sum_one_by_one(values) == sum);

    Superaccumulator merged;
    for (std::size_t done = 0; done < values.size(); done += 777) {
        Superaccumulator part;
        part.add(std::span(values).subspan(done, std::min<std::size_t>(777, values.size() - done)));
        merged.merge(part);
    }
    CHECK(merged.value() == sum);
}

TEST_CASE("the words of accumulators add up like the accumulators", "[exact_sum]")
{
    const std::vector<double> values = wild_values(3000, -300, 300);
    Superaccumulator total;
    Superaccumulator first;
    Superaccumulator second;
    total.add(values);
    first.add(std::span(values).first(1234));
    second.add(std::span(values).subspan(1234));
    const auto words = first.words();
    const auto more = second.words();
    std::transform(words.begin(), words.end(), more.begin(), words.begin(), std::plus<>{});
    CHECK(first.value() == total.value());
    CHECK(std::ranges::equal(first.words(), total.words()));
}

TEST_CASE("the words of 2^20 accumulators add up without overflow", "[exact_sum]")
{
    Superaccumulator one;
    one.add(std::vector<double>{-largest, smallest});
    const auto words = one.words();
    for (std::int64_t& word : words) {
        word *= 1 << 20;
    }
    one.add(largest);
    CHECK(one.value() == -infinity);
    for (int i = 0; i < 4; ++i) {
        Superaccumulator inverse;
        inverse.add(std::vector<double>{largest, -smallest});
        for (std::int64_t& word : inverse.words()) {
            word *= 1 << 18;
        }
        one.merge(inverse);
    }
    CHECK(one.value() == largest);
}

TEST_CASE("2^32 additions leave room in every word", "[exact_sum]")
{
    // All bits of a word are set, so that 2^32 of them would overflow without carries.
    const double sign = GENERATE(1.0, -1.0);
    Superaccumulator sum;
    sum.add(sign * (1.0 - 0x1p-53));
    for (int doubling = 0; doubling < 32; ++doubling) {
        sum.merge(Superaccumulator{sum});
    }
    CHECK(sum.value() == sign * (0x1p32 - 0x1p-21));
}

TEST_CASE("words are handed out carried", "[exact_sum]")
{
    Superaccumulator sum;
    for (const double x : wild_values(10000, -40, 40)) {
        sum.add(x);
    }
    const auto words = sum.words();
    const std::int64_t end = std::int64_t{1} << 32;
    CHECK(std::all_of(words.begin(), words.end() - 1, [&](auto w) { return w >= 0 && w < end; }));
}

TEST_CASE("blocks of numbers near the smallest one add up exactly", "[exact_sum]")
{
    const std::vector<double> values = wild_values(5000, -1070, GENERATE(-1040, -1000, -922, -900));
    CHECK(sum_of(values) == sum_one_by_one(values));
    CHECK(sum_of({0x1p-1000, smallest, -0x1p-1000}) == smallest);
    CHECK(sum_of({0x1p-923, smallest, -0x1p-923}) == smallest);
}

TEST_CASE("a superaccumulator remembers values that are not finite", "[exact_sum]")
{
    const double bad = GENERATE(-infinity, +infinity, not_a_number);
    CAPTURE(bad);
    Superaccumulator single;
    single.add(bad);
    single.add(1.0);
    CHECK_FALSE(single.finite());
    CHECK(std::isnan(single.value()));

    Superaccumulator block;
    std::vector<double> values(5000, 1.0);
    values[4999] = bad;
    block.add(values);
    CHECK_FALSE(block.finite());

    Superaccumulator merged;
    merged.add(-largest);
    CHECK(merged.finite());
    merged.merge(single);
    CHECK_FALSE(merged.finite());

    Superaccumulator negative;
    negative.add(-largest);
    auto words = negative.words();
    std::transform(words.begin(), words.end(), single.words().begin(), words.begin(),
                   std::plus<>{});
    CHECK_FALSE(negative.finite());
}

}  // namespace latecomer::tests::exact_sum_test
