#include "jobs/study/design/design_random.hpp"

#include "core/errors.hpp"
#include "core/hash.hpp"

#include <bit>

namespace latecomer::jobs::study {
namespace {

/// The first 64 bits of the fraction of the square root of 2: keeps designs apart from other users
/// of mix64 with small seeds.
constexpr std::uint64_t salt = 0x6a09e667f3bcc908;

/// A permutation of the numbers of 2 half_width bits.
std::uint64_t feistel(std::uint64_t x, int half_width, std::uint64_t key)
{
    constexpr std::uint64_t rounds = 8;
    const std::uint64_t mask = (std::uint64_t{1} << half_width) - 1;
    std::uint64_t left = x >> half_width;
    std::uint64_t right = x & mask;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        const std::uint64_t next = left ^ (hash_entry(key, round << 32 | right) & mask);
        left = right;
        right = next;
    }
    return left << half_width | right;
}

}  // namespace

std::uint64_t design_bits(std::uint64_t seed, DesignDraw draw, std::int64_t first,
                          std::int64_t second)
{
    std::uint64_t bits = mix64(seed ^ salt);
    bits = hash_entry(bits, static_cast<std::uint64_t>(draw));
    bits = hash_entry(bits, static_cast<std::uint64_t>(first));
    return hash_entry(bits, static_cast<std::uint64_t>(second));
}

std::int64_t number_below(std::int64_t n, std::uint64_t bits)
{
    return static_cast<std::int64_t>(bits % static_cast<std::uint64_t>(n));
}

std::int64_t place_in_order(std::int64_t i, std::int64_t n, std::uint64_t key)
{
    expects(0 <= i && i < n && n <= std::int64_t{1} << 31, "no such place in an order");
    // On few numbers a Feistel network makes not all orders, and not all equally often; of 256 and
    // more it makes so many that the order of a part of them is as good as any.
    const int width = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(n - 1)));
    const int half_width = width <= 8 ? 4 : (width + 1) / 2;
    auto place = static_cast<std::uint64_t>(i);
    do {
        place = feistel(place, half_width, key);
    } while (place >= static_cast<std::uint64_t>(n));
    return static_cast<std::int64_t>(place);
}

}  // namespace latecomer::jobs::study
