#pragma once

#include "jobs/study/design/design_spec.hpp"

namespace latecomer::jobs::study {

/// Value below which a parameter lies with probability u, 0 <= u <= 1.
///
/// Monotone in u.  Bounded distributions reach low at 0 and high at 1; a discrete one gives each of
/// m values an interval [k / m, (k + 1) / m) of u, the last with its end.  A normal distribution has
/// no ends: u closer than 2^-33 to 0 or 1 counts as 2^-33 away, 6.3 standard deviations.
/// A whole parameter is rounded; ends that are whole numbers are drawn half as often as those between.
/// Needs low < high, low > 0 for log_uniform, low <= mode <= high, sd > 0, a value for discrete.
double quantile(const Marginal& marginal, double u);

/// Quantile of the standard normal distribution for 0 < u < 1, to a few units of the last place.
///
/// Newton's method on the power series and on Laplace's continued fraction of the tail, with the
/// exponential and logarithm of core/elementary.hpp: unlike a library's quantile the same bits
/// everywhere.
double normal_quantile(double u);

}  // namespace latecomer::jobs::study
