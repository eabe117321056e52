#include "jobs/study/design/design_random.hpp"

#include "core/errors.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace latecomer::jobs::study::design_random_test {
namespace {

TEST_CASE("the random numbers of designs never change")
{
    CHECK(design_bits(1, DesignDraw::scramble, 0) == 0x44cb4f4a40d785d6);
    CHECK(design_bits(1, DesignDraw::latin_place, 3, 4) == 0x0fe1ec9cff5bd932);
    CHECK(place_in_order(7, 1000, 42) == 274);
}

TEST_CASE("each argument of a design's random number matters")
{
    std::set<std::uint64_t> seen;
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        for (const DesignDraw draw : {DesignDraw::scramble, DesignDraw::latin_order}) {
            for (std::int64_t first = 0; first < 5; ++first) {
                for (std::int64_t second = 0; second < 5; ++second) {
                    seen.insert(design_bits(seed, draw, first, second));
                }
            }
        }
    }
    CHECK(seen.size() == 250);
}

TEST_CASE("an order has each place once")
{
    const std::int64_t n = GENERATE(1, 2, 3, 16, 17, 255, 256, 257, 1000, 65536, 65537);
    std::vector<bool> taken(static_cast<std::size_t>(n));
    for (std::int64_t i = 0; i < n; ++i) {
        const std::int64_t place = place_in_order(i, n, 99);
        REQUIRE((place >= 0 && place < n));
        REQUIRE_FALSE(taken[static_cast<std::size_t>(place)]);
        taken[static_cast<std::size_t>(place)] = true;
    }
}

TEST_CASE("orders reach as far as 2^31 and no further")
{
    constexpr std::int64_t most = std::int64_t{1} << 31;
    CHECK(place_in_order(most - 1, most, 1) < most);
    CHECK_THROWS_AS(place_in_order(0, most + 1, 1), InternalError);
    CHECK_THROWS_AS(place_in_order(5, 5, 1), InternalError);
    CHECK_THROWS_AS(place_in_order(-1, 5, 1), InternalError);
}

TEST_CASE("all orders of four are equally likely")
{
    constexpr int keys = 24 * 400;
    std::map<std::vector<std::int64_t>, int> count;
    for (std::uint64_t key = 0; key < keys; ++key) {
        std::vector<std::int64_t> order;
        for (std::int64_t i = 0; i < 4; ++i) {
            order.push_back(place_in_order(i, 4, key));
        }
        ++count[order];
    }
    REQUIRE(count.size() == 24);
    double chi_square = 0.0;
    for (const auto& [order, times] : count) {
        chi_square += (times - 400.0) * (times - 400.0) / 400.0;
    }
    CHECK(chi_square < 23.0 + 6.0 * std::sqrt(2.0 * 23.0));
}

TEST_CASE("neighbours in the old order are no neighbours in the new one")
{
    // |difference of two random places| has mean n/3 and standard deviation n/sqrt(18).
    constexpr std::int64_t n = 10000;
    double sum = 0.0;
    for (std::int64_t i = 0; i + 1 < n; ++i) {
        sum += static_cast<double>(std::abs(place_in_order(i, n, 3) - place_in_order(i + 1, n, 3)));
    }
    CHECK(std::abs(sum / n - n / 3.0) < 6.0 * n / std::sqrt(18.0) / 100.0);
}

}  // namespace
}  // namespace latecomer::jobs::study::design_random_test
