#pragma once

#include "core/hash.hpp"
#include "io/files/seal.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace latecomer::io {

/// A checksum of what was appended to a file, piece by piece: the same pieces in the same order, and no
/// others, give the same sum.  Noticed is chance, not malice.
class RollingSum {
public:
    RollingSum() = default;
    explicit RollingSum(std::uint64_t value) : value_{value} {}

    void add(std::span<const std::byte> piece)
    {
        value_ = mix64(value_ ^ hash_entry(piece.size(), checksum_of(0, piece)));
    }

    std::uint64_t value() const { return value_; }
    bool operator==(const RollingSum&) const = default;

private:
    std::uint64_t value_ = 0;
};

}  // namespace latecomer::io
