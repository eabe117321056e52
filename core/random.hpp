#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Random numbers without state: a draw is a function of (seed, replicate, stream, entity, quarter,
/// k) and of nothing else, so it is the same on any rank, in any order, after any restart.
namespace latecomer {

/// What a draw is for.  Append; never renumber, reuse or add a draw inside an existing position k.
enum class Stream : std::uint8_t {
    innovation = 1,
    innovation_size = 2,
    absorption = 3,
    absorption_reference = 4,
    demand = 5,
    upgrade = 6,
    upgrade_sector = 7,
    entry = 8,
    entrant = 9,
    fx = 10,
    window = 11,
    presence = 12,
    retaliation = 13,
    initial = 14,
    search = 15,
    exporting = 16,
    climate = 17,
};

/// A stream as `describe streams` shows it.
struct StreamEntry {
    Stream stream;
    std::string_view name;
    std::string_view doc;
};

inline constexpr std::array stream_table{
    StreamEntry{Stream::innovation, "innovation", "Whether a lead firm innovates at a stage."},
    StreamEntry{Stream::innovation_size, "innovation_size", "How far an innovation reaches."},
    StreamEntry{Stream::absorption, "absorption", "Not drawn any more: search took its place."},
    StreamEntry{Stream::absorption_reference, "absorption_reference",
                "Whether an absorbing firm learns at home or abroad."},
    StreamEntry{Stream::demand, "demand", "Shock to a firm's share of its markets."},
    StreamEntry{Stream::upgrade, "upgrade", "Whether a firm that can upgrade does."},
    StreamEntry{Stream::upgrade_sector, "upgrade_sector", "Sector that an upgrading firm chooses."},
    StreamEntry{Stream::entry, "entry", "Number of firms that enter a pool."},
    StreamEntry{Stream::entrant, "entrant", "Properties a new firm starts with."},
    StreamEntry{Stream::fx, "fx", "Shock to a country's exchange rate."},
    StreamEntry{Stream::window, "window", "Whether a firm perceives a technology window."},
    StreamEntry{Stream::presence, "presence",
                "How a lead firm chooses to be present in a country."},
    StreamEntry{Stream::retaliation, "retaliation", "Whether a home government retaliates."},
    StreamEntry{Stream::initial, "initial", "Properties firms have at the start of a run."},
    StreamEntry{Stream::search, "search",
                "Whether a firm's search at its stage and at the next succeeds."},
    StreamEntry{Stream::exporting, "export", "Whether a firm that can export begins to."},
    StreamEntry{Stream::climate, "climate", "Luck of a country: growth of all its firms."},
};

/// Whether no two entries share a stream or a name.
constexpr bool streams_are_unique()
{
    for (std::size_t i = 0; i < stream_table.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (stream_table[i].stream == stream_table[j].stream ||
                stream_table[i].name == stream_table[j].name) {
                return false;
            }
        }
    }
    return true;
}
static_assert(streams_are_unique());

/// What all draws of a run have in common.
struct RandomKey {
    std::uint64_t seed = 0;
    std::uint32_t replicate = 0;
};

using RandomWords = std::array<std::uint32_t, 4>;

/// Philox4x32-10: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3".
[[gnu::always_inline]] constexpr RandomWords philox4x32(RandomWords counter,
                                                        std::array<std::uint32_t, 2> key)
{
    auto [c0, c1, c2, c3] = counter;
    auto [k0, k1] = key;
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t p0 = std::uint64_t{0xD2511F53} * c0;
        const std::uint64_t p1 = std::uint64_t{0xCD9E8D57} * c2;
        c0 = static_cast<std::uint32_t>(p1 >> 32) ^ c1 ^ k0;
        c1 = static_cast<std::uint32_t>(p1);
        c2 = static_cast<std::uint32_t>(p0 >> 32) ^ c3 ^ k1;
        c3 = static_cast<std::uint32_t>(p0);
        k0 += 0x9E3779B9;
        k1 += 0xBB67AE85;
    }
    return {c0, c1, c2, c3};
}

/// The random words of one block.  The entity has 54 bits, the quarter 16, the block 16.
[[gnu::always_inline]] constexpr RandomWords random_words(RandomKey key, Stream stream,
                                                          std::uint64_t entity,
                                                          std::uint32_t quarter, unsigned block)
{
    const auto entity_high = static_cast<std::uint32_t>(entity >> 32);
    return philox4x32(
        {static_cast<std::uint32_t>(entity), entity_high | static_cast<std::uint32_t>(stream) << 24,
         quarter | block << 16, key.replicate},
        {static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32)});
}

namespace detail {

/// A double in (0, 1) of 64 random bits: an odd multiple of 2^-53.
[[gnu::always_inline]] inline double open_unit(std::uint32_t low, std::uint32_t high)
{
    const std::uint64_t bits = std::uint64_t{high} << 32 | low;
    return (std::bit_cast<double>(bits >> 12 | 0x3ff0000000000000) - 1.0) + 0x1p-53;
}

/// A double in (0, 1) of 32 random bits: an odd multiple of 2^-33.
[[gnu::always_inline]] inline double short_unit(std::uint32_t word)
{
    const std::uint64_t bits = std::uint64_t{word} << 20;
    return (std::bit_cast<double>(bits | 0x3ff0000000000000) - 1.0) + 0x1p-33;
}

/// words[i] for i < 4, selected by masks: with a variable index the loop would not become vector code.
[[gnu::always_inline]] inline std::uint32_t word_at(RandomWords words, unsigned i)
{
    const std::uint32_t odd = 0u - (i & 1);
    const std::uint32_t upper = 0u - (i >> 1 & 1);
    const std::uint32_t low = words[0] ^ ((words[0] ^ words[1]) & odd);
    const std::uint32_t high = words[2] ^ ((words[2] ^ words[3]) & odd);
    return low ^ ((low ^ high) & upper);
}

}  // namespace detail

/// Uniform in the open interval (0, 1); 52 random bits.  k < 2^17.
[[gnu::always_inline]] inline double uniform(RandomKey key, Stream stream, std::uint64_t entity,
                                             std::uint32_t quarter, unsigned k)
{
    const RandomWords words = random_words(key, stream, entity, quarter, k >> 1);
    const unsigned first = 2 * (k & 1);
    return detail::open_unit(detail::word_at(words, first), detail::word_at(words, first + 1));
}

/// Uniform in (0, 1) with 32 random bits, to be compared with a probability.  k < 2^18.
[[gnu::always_inline]] inline double chance(RandomKey key, Stream stream, std::uint64_t entity,
                                            std::uint32_t quarter, unsigned k)
{
    const RandomWords words = random_words(key, stream, entity, quarter, k >> 2);
    return detail::short_unit(detail::word_at(words, k & 3));
}

/// Standard normal of two uniforms (Box and Muller, 1958).
double normal_of(double u, double v);

/// Standard normal; uses up block k, that is, both uniforms 2 k and 2 k + 1.  k < 2^16.
double normal(RandomKey key, Stream stream, std::uint64_t entity, std::uint32_t quarter,
              unsigned k);

/// Laplace variate with mean 0 and variance 1 of a uniform, by inversion.
double laplace(double u);

/// Beta(1, b) variate of a uniform: 1 - (1 - u)^(1/b), accurate also near zero.
double beta_one(double u, double b);

/// Poisson variate by inversion, one uniform per chunk of the mean: full chunks of 256, then the
/// rest.  A larger mean with the same key never gives a smaller number (but for rounding, once in
/// some 1e13 draws), so runs that differ in the mean share the events.  Zero unless mean > 0;
/// mean <= 2^24.
std::uint64_t poisson(RandomKey key, Stream stream, std::uint64_t entity, std::uint32_t quarter,
                      double mean);

}  // namespace latecomer
