#pragma once

#include "jobs/study/spec/spec.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// How well an outcome is known from replicates: estimates with intervals of confidence, pure
/// functions of the values of a prefix of replicate ids.  NaN: the id has no value, because its run
/// failed or because the outcome does not exist in it.
namespace latecomer::jobs::study {

struct Estimate {
    double value = 0.0;  ///< NaN without any value
    double low = 0.0;    ///< NaN, as `high`, with fewer than two: one value has no spread
    double high = 0.0;
    std::int64_t ids = 0;      ///< replicates looked at
    std::int64_t without = 0;  ///< of them, without a value

    double half_width() const { return 0.5 * (high - low); }
};

/// Mean of the values that there are, with Student's t interval.
Estimate estimate_mean(std::span<const double> values, double level);

/// Share of ids whose value is 1, with Wilson's score interval: Wilson (1927), "Probable inference,
/// the law of succession, and statistical inference".  Ids without a value stay in the denominator.
/// A value may also be the share of a run's economies: then as many trials count as there are runs, as
/// economies of a run share its events, so that ends of the interval never fall when a count rises.
Estimate estimate_share(std::span<const double> values, double level);

/// Mean difference between values and those of the same ids in the scenario to compare with.  An id
/// counts if both have a value.
Estimate estimate_difference(std::span<const double> values, std::span<const double> versus,
                             double level);

/// The same of outcomes that are 0 or 1, with half an id added to each of the four cells of the table
/// of both, so that equal values do not count as certainty: Agresti and Min (2005), "Simple improved
/// confidence intervals for comparing matched proportions".  Values may be shares, too.
Estimate estimate_share_difference(std::span<const double> values, std::span<const double> versus,
                                   double level);

/// A weighted mean over sets of parameters.
struct OverSets {
    Estimate
        estimate;  ///< ends: of the band of weighted quantiles that holds `level` of the weight
    double agreement =
        0.0;  ///< share of the weight whose value has the sign of the mean; 0 has none
};

/// Means and bands over an ensemble: a value for each set of parameters, NaN where it has none, which
/// counts for nothing.  The q-quantile is the value at which the sum of weights, half of its own included,
/// reaches q, with straight lines between values.
OverSets estimate_over_sets(std::span<const double> values, std::span<const double> weights,
                            double level);

/// Whether the interval is as narrow as the rule wants it.
bool is_met(const StopRule& rule, const Estimate& estimate);

/// Replicates with which the rule would be met if the spread stays as it is; nothing if that cannot
/// be told: for lack of values, or of an estimate that differs from 0 when the width is relative.
std::optional<std::int64_t> replicates_needed(const StopRule& rule, const Estimate& estimate);

/// Numbers of replicates at which rules are looked at: min, doubled until max.
std::vector<std::int64_t> look_schedule(const Replicates& replicates);

}  // namespace latecomer::jobs::study
