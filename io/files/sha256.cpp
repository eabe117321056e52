#include "io/files/sha256.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace latecomer::io {
namespace {

using Words = std::array<std::uint32_t, 8>;
__extension__ using Wide = unsigned __int128;

/// The largest r with r^power <= value, for value < 2^104.
constexpr std::uint64_t root(Wide value, int power)
{
    std::uint64_t r = 0;
    for (int bit = 35; bit >= 0; --bit) {
        const std::uint64_t candidate = r | std::uint64_t{1} << bit;
        Wide product = 1;
        for (int i = 0; i < power; ++i) {
            product *= candidate;
        }
        if (product <= value) {
            r = candidate;
        }
    }
    return r;
}

/// FIPS 180-4 takes its constants from primes: 32 bits of the fraction of the square (power 2) or
/// cube (power 3) root of each of the first primes.
template <std::size_t Count>
constexpr std::array<std::uint32_t, Count> fractions_of_roots(int power)
{
    std::array<std::uint32_t, Count> result{};
    std::size_t found = 0;
    for (std::uint32_t n = 2; found < Count; ++n) {
        bool prime = true;
        for (std::uint32_t d = 2; d * d <= n; ++d) {
            prime = prime && n % d != 0;
        }
        if (prime) {
            const auto scaled = static_cast<Wide>(n) << (32 * power);
            result[found++] = static_cast<std::uint32_t>(root(scaled, power));
        }
    }
    return result;
}

constexpr Words initial = fractions_of_roots<8>(2);
constexpr auto rounds = fractions_of_roots<64>(3);

/// Takes 64 bytes into the state (FIPS 180-4, section 6.2.2).
void take(Words& state, const unsigned char* block)
{
    std::array<std::uint32_t, 64> w{};
    for (std::size_t i = 0; i < 16; ++i) {
        for (std::size_t byte = 0; byte < 4; ++byte) {
            w[i] = w[i] << 8 | block[4 * i + byte];
        }
    }
    for (std::size_t i = 16; i < 64; ++i) {
        const std::uint32_t a = w[i - 15];
        const std::uint32_t b = w[i - 2];
        w[i] = w[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3) + w[i - 7] +
               (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10);
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < 64; ++i) {
        const std::uint32_t one = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                                  ((e & f) ^ (~e & g)) + rounds[i] + w[i];
        const std::uint32_t two =
            (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + one;
        d = c;
        c = b;
        b = a;
        a = one + two;
    }
    const Words mixed{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) {
        state[i] += mixed[i];
    }
}

}  // namespace

std::string sha256(std::string_view text)
{
    // The text, one bit, zeros, and the length in bits in the last eight bytes of a block.
    std::string padded{text};
    padded += '\x80';
    padded.resize((padded.size() + 8 + 63) / 64 * 64, '\0');
    const std::uint64_t bits = std::uint64_t{text.size()} * 8;
    for (std::size_t i = 0; i < 8; ++i) {
        padded[padded.size() - 1 - i] = static_cast<char>(bits >> (8 * i) & 255);
    }

    Words state = initial;
    for (std::size_t i = 0; i < padded.size(); i += 64) {
        take(state, reinterpret_cast<const unsigned char*>(padded.data()) + i);
    }

    std::string digits;
    for (const std::uint32_t word : state) {
        for (int shift = 28; shift >= 0; shift -= 4) {
            digits += "0123456789abcdef"[word >> shift & 15];
        }
    }
    return digits;
}

}  // namespace latecomer::io
