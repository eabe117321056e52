#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace latecomer::jobs::study {

/// An estimate with its percentile interval over resampled blocks.
struct IndexEstimate {
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
};

/// Shares of the variance of an outcome, by parameter.
struct SobolIndices {
    std::vector<IndexEstimate> first;  ///< that the parameter makes alone
    std::vector<IndexEstimate> total;  ///< that needs the parameter
    double variance = 0.0;             ///< of the outcome over the rows A and B
};

/// First-order and total Sobol' indices of the outcomes of a design of blocks A, AB_1, ..., AB_d, B.
///
/// With f centred on its mean, first: mean of f(B) (f(AB_i) - f(A)), Saltelli et al. (2010), "Variance
/// based sensitivity analysis of model output. Design and estimator for the total sensitivity index",
/// Comput. Phys. Commun. 181, 259-270; total: half the mean of (f(A) - f(AB_i))^2, Jansen (1999),
/// "Analysis of variance designs for model output", Comput. Phys. Commun. 117, 35-43; both over the
/// variance of f in A and B.  NaN if the variance is 0, a value is NaN, or there is no block; one block
/// has no interval.
/// @param values blocks x (dimensions + 2)
/// @param counts resample_counts() of the number of blocks
SobolIndices sobol_indices(std::span<const double> values, std::int64_t dimensions,
                           std::span<const std::uint16_t> counts);

}  // namespace latecomer::jobs::study
