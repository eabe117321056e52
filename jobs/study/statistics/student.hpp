#pragma once

#include <cstdint>

namespace latecomer::jobs::study {

/// Probability that Student's t with so many degrees of freedom lies above t >= 0.
///
/// The incomplete beta function by its continued fraction, with the elementary functions of
/// core/elementary.hpp: unlike a library's the same bits everywhere.  Above most_degrees degrees of
/// freedom those of most_degrees, which differ from the normal distribution in the 7th digit.
double student_tail(double t, std::int64_t degrees);

/// The t > 0 below which Student's t lies with probability p, 1/2 < p < 1; degrees >= 1.
double student_quantile(double p, std::int64_t degrees);

inline constexpr std::int64_t most_degrees = 1'000'000;

}  // namespace latecomer::jobs::study
