#include "core/hash.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <set>

namespace latecomer::tests::hash_test {

TEST_CASE("mix64 never changes what it gives", "[hash]")
{
    CHECK(mix64(0) == 0x3f5f298f2e8b581c);
    CHECK(mix64(1) == 0x3435b5f140a3f6f4);
    CHECK(hash_entry(7, 0x3ff0000000000000) == 0x4f973b044b8af3b1);
}

TEST_CASE("one changed bit changes each bit of mix64 about every second time", "[hash]")
{
    constexpr int trials = 4096;
    std::array<std::array<int, 64>, 64> changes{};
    for (std::uint64_t t = 0; t < trials; ++t) {
        const std::uint64_t x = t * 0x0101010101010101;  // arguments with much structure
        for (std::size_t from = 0; from < 64; ++from) {
            const std::uint64_t changed = mix64(x) ^ mix64(x ^ std::uint64_t{1} << from);
            for (std::size_t to = 0; to < 64; ++to) {
                changes[from][to] += static_cast<int>(changed >> to & 1);
            }
        }
    }
    // Half of 4096 with standard deviation 32; 4096 pairs stay within 6 of them.
    int least = trials;
    int most = 0;
    for (const auto& row : changes) {
        least = std::min(least, *std::min_element(row.begin(), row.end()));
        most = std::max(most, *std::max_element(row.begin(), row.end()));
    }
    CHECK(least > 2048 - 192);
    CHECK(most < 2048 + 192);
}

TEST_CASE("the state hash tells swapped values apart", "[hash]")
{
    CHECK(hash_entry(1, 10) + hash_entry(2, 20) != hash_entry(1, 20) + hash_entry(2, 10));
}

TEST_CASE("entries of many agents with few values are all different", "[hash]")
{
    std::set<std::uint64_t> entries;
    for (std::uint64_t id = 0; id < 1000; ++id) {
        for (std::uint64_t bits = 0; bits < 100; ++bits) {
            entries.insert(hash_entry(id, bits));
        }
    }
    CHECK(entries.size() == 100000);
}

}  // namespace latecomer::tests::hash_test
