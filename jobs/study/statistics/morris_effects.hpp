#pragma once

#include "jobs/study/design/design.hpp"
#include "jobs/study/statistics/sobol_indices.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace latecomer::jobs::study {

/// Elementary effects of a parameter over the trajectories of a Morris design.
struct MorrisEffects {
    double mu = 0.0;        ///< mean effect of moving it over its whole range
    IndexEstimate mu_star;  ///< mean size of the effect
    double sigma = 0.0;     ///< standard deviation of the effect: curvature or interaction
};

/// The effects by parameter: Morris (1991), "Factorial sampling plans for preliminary computational
/// experiments", Technometrics 33, 161-174; mean size after Campolongo, Cariboni and Saltelli (2007),
/// "An effective screening design for sensitivity analysis of large models".  NaN if a value is NaN or
/// there is no trajectory; one trajectory has neither interval nor sigma.
/// @param values outcome at the points of the trajectories that count, trajectory by trajectory
/// @param trajectories their numbers in the design
/// @param counts resample_counts() of their number
std::vector<MorrisEffects> morris_effects(const Design& design, std::span<const double> values,
                                          std::span<const std::int64_t> trajectories,
                                          std::span<const std::uint16_t> counts);

}  // namespace latecomer::jobs::study
