#pragma once

#include <cstdint>
#include <span>

/// On what the sign of an effect depends.
namespace latecomer::jobs::study {

/// How the chance that an effect is above zero changes along a condition.
struct SignCondition {
    std::int64_t n = 0;       ///< effects with a value, at conditions with a value
    double share_low = 0.0;   ///< share of effects above zero in the lowest third of the condition
    double share_high = 0.0;  ///< in the highest third
    double probability =
        1.0;                 ///< of as steep a change by chance; NaN with fewer than least_effects
    double flips_at = 0.0;   ///< where both signs are as likely; NaN: the sign does not flip
    double flips_low = 0.0;  ///< ends of its 95 % interval; NaN where the interval is open
    double flips_high = 0.0;
};

inline constexpr std::int64_t least_effects = 8;

/// Logistic regression of "effect above zero" on one condition, which is centred and scaled.
///
/// The slope has a normal prior with standard deviation 3, so that signs that a condition separates
/// without exception give a finite slope: Gelman et al. (2008), "A weakly informative default prior
/// distribution for logistic and other regression models".  `probability` is that of the ratio of scores
/// (likelihood times prior) with and without a slope, one degree of freedom.
///
/// An effect that only fades has as many signs of each kind as chance makes.  So the sign flips only if, besides,
/// the mean effect on each side of that place has a 95 % interval on its own side of zero.  The interval of
/// `flips_at` is the percentile interval over resampled effects; an end is open where more than 2.5 % of
/// the resamples have no flip within the range on that side.
/// @param effects,conditions of the same length; NaN: none
/// @param seed of the resamples
SignCondition sign_condition(std::span<const double> effects, std::span<const double> conditions,
                             std::uint64_t seed);

}  // namespace latecomer::jobs::study
