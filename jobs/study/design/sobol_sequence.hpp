#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace latecomer::jobs::study {

/// The Sobol' sequence in the order of Antonov and Saleev (1979), any coordinate of any point.
///
/// Coordinate and index alone decide a value: a longer sequence, or one with more dimensions, has
/// the same values in front.  The first point is the origin.
class SobolSequence {
public:
    /// At most most_sobol_dimensions; see sobol_numbers.hpp.
    explicit SobolSequence(std::int64_t dimensions);

    std::int64_t dimensions() const { return static_cast<std::int64_t>(directions_.size()); }

    /// One coordinate in units of 2^-32.
    std::uint32_t bits(std::int64_t dimension, std::uint32_t index) const;

private:
    std::vector<std::array<std::uint32_t, 32>> directions_;  // by dimension and bit of the index
};

/// A coordinate in [0, 1) of its bits.
double unit_of_bits(std::uint32_t bits);

/// A coordinate in (0, 1) of its bits after nested uniform scrambling: Owen (1995), "Randomly
/// permuted (t,m,s)-nets and (t,s)-sequences".
///
/// Each bit is flipped or not as a hash of the key and all higher bits says, so points that share an
/// interval [k 2^-m, (k + 1) 2^-m) still share one, and points that do not still do not.  Below the
/// 32 bits come 20 random ones.  Each dimension needs a key of its own.
double owen_scrambled(std::uint32_t bits, std::uint64_t key);

}  // namespace latecomer::jobs::study
