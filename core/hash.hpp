#pragma once

#include <cstdint>

namespace latecomer {

/// Mixes 64 bits so that each bit of the result depends on every bit of the argument.  One to one.
///
/// Three rounds of xor-shift and multiplication; the odd constants are the first 64 bits of the
/// fractions of e, pi and the golden ratio (their last bits set).
constexpr std::uint64_t mix64(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15;
    x = (x ^ x >> 32) * 0xb7e151628aed2a6b;
    x = (x ^ x >> 29) * 0x243f6a8885a308d3;
    return x ^ x >> 32;
}

/// What one agent adds to the state hash, which is the sum over agents modulo 2^64: it has no order.
constexpr std::uint64_t hash_entry(std::uint64_t id, std::uint64_t bits)
{
    return mix64(id ^ mix64(bits));
}

}  // namespace latecomer
