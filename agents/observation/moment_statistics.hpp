#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// Statistics of firms behind the moments of a run (agents/MODEL.md, section 10), as `analysis/latecomer/statistics` computes them
/// from snapshots.  Pure functions; NaN where there are too few firms to tell.
namespace latecomer::moments {

/// Share of firms, the largest, that counts as the tail of sizes; at least so many.
inline constexpr double tail_share = 0.1;
inline constexpr std::size_t least_tail = 50;

/// Gabaix and Ibragimov's (2011) exponent of the upper tail: minus the slope of ln(rank - 1/2) on ln size.
double tail_by_rank(std::vector<double> sizes);

/// Hill's (1975) exponent of the upper tail.
double tail_by_hill(std::vector<double> sizes);

/// Shape b of Subbotin's density ~ exp(-|x - m|^b / (b a^b)) by maximum likelihood over b, m and a: 1 is Laplace's law, 2
/// the normal.  The likelihood is that of 4,000 classes between 8 standard deviations on each side; what lies beyond counts
/// as it is.  NaN of fewer than 200 rates.
double subbotin_shape(std::span<const double> rates);

/// Slope of ln(standard deviation of growth) on ln size over 20 classes of size with as many firms each, fewer where a class
/// would have fewer than 30: Stanley et al. (1996).  NaN with fewer than 5 classes.
double volatility_slope(std::span<const double> log_sizes, std::span<const double> rates);

/// The value below which a share lies, linear between the values.  Sorts them.
double quantile_of(std::span<double> values, double share);

/// Takes from each value the mean of its group.
/// @param group of each value, numbers below `groups`
void centre(std::span<double> values, std::span<const std::uint32_t> group, std::size_t groups);

/// Least-squares slope of y on x, both in groups: less their means over the group.  NaN if x differs in no group.
/// @param group of each observation, numbers below `groups`
double within_slope(std::span<const double> y, std::span<const double> x,
                    std::span<const std::uint32_t> group, std::size_t groups);

}  // namespace latecomer::moments
