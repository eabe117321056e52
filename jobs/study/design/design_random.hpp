#pragma once

#include <cstdint>

namespace latecomer::jobs::study {

/// What a random number of a design is for.  Append; never renumber or reuse.
enum class DesignDraw : std::uint64_t {
    scramble = 1,          ///< by dimension
    latin_order = 2,       ///< by dimension
    latin_place = 3,       ///< by point and dimension
    annealing = 4,         ///< by proposal and purpose
    trajectory_level = 5,  ///< by trajectory and dimension
    trajectory_order = 6,  ///< by trajectory and step
    resample = 7,          ///< by resample and place
    permutation = 8,       ///< by permutation and place
};

/// 64 random bits of a design: a function of its arguments, apart from all streams of the model.
std::uint64_t design_bits(std::uint64_t seed, DesignDraw draw, std::int64_t first,
                          std::int64_t second = 0);

/// Uniform in 0, ..., n - 1, of random bits; biased by less than n / 2^64.
std::int64_t number_below(std::int64_t n, std::uint64_t bits);

/// Place of i, 0 <= i < n, in a random order of 0, ..., n - 1 that the key decides; n <= 2^31.
///
/// A Feistel network, one to one on a power of four from n on, followed until it comes back below n
/// (Black and Rogaway, 2002, "Ciphers with arbitrary finite domains"): any place without the others.
std::int64_t place_in_order(std::int64_t i, std::int64_t n, std::uint64_t key);

}  // namespace latecomer::jobs::study
