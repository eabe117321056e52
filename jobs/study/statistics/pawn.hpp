#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace latecomer::jobs::study {

/// Distance between the distribution of an outcome and that with a parameter held in a slice.
struct Pawn {
    double median = 0.0;  ///< over the slices
    double max = 0.0;
};

inline constexpr std::size_t points_of_slice = 10;  ///< at least
inline constexpr std::size_t least_slices = 2;

/// Slice of each point: slices of equally many points in order of the parameter, at most ten; points
/// with the same value share the slice of the first.  Empty if points, or values, are too few for two
/// slices of points_of_slice or more.
std::vector<int> pawn_slices(std::span<const double> parameter);

/// The PAWN index: Kolmogorov-Smirnov distances, from given points, after Pianosi and Wagener (2018),
/// "Distribution-based sensitivity analysis from a generic input-output sample".  NaN without slices or
/// if an outcome is NaN.
Pawn pawn(std::span<const int> slices, std::span<const double> outcome);

/// The median that a parameter without influence exceeds in one of twenty cases, from 200 permutations of
/// its slices; for outcomes without ties, with which it is lower.
double pawn_floor(std::span<const int> slices, std::uint64_t seed);

/// Probability of a distance between two samples at least as large as the one seen if both have the
/// same distribution: Kolmogorov (1933) and Smirnov (1948), in Stephens' (1970) form for small samples.
double two_sample_probability(std::vector<double> first, std::vector<double> second);

}  // namespace latecomer::jobs::study
