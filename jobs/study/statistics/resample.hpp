#pragma once

#include <cstdint>
#include <vector>

/// The bootstrap: how much an estimate would differ if other blocks of a design had been drawn.
namespace latecomer::jobs::study {

/// Resamples behind every interval of an index: Efron (1979), "Bootstrap methods: another look at the
/// jackknife".
inline constexpr std::int64_t resamples = 500;

/// Level of confidence of indices.
inline constexpr double index_level = 0.95;

/// How often each of n blocks is in each resample: n draws with replacement, resamples x n counts.
/// A function of the seed alone.
std::vector<std::uint16_t> resample_counts(std::uint64_t seed, std::int64_t n);

struct Bounds {
    double low = 0.0;
    double high = 0.0;
};

/// The percentile interval of the values of an estimate in resamples; NaN if one of them is NaN.
Bounds percentile_bounds(std::vector<double> values, double level = index_level);

/// The value below which a share of the values lies, linear between them; NaN of none.
double empirical_quantile(std::vector<double> values, double share);

}  // namespace latecomer::jobs::study
