#include "jobs/study/statistics/morris_effects.hpp"

#include "core/constants.hpp"
#include "core/errors.hpp"
#include "jobs/study/design/morris.hpp"
#include "jobs/study/statistics/resample.hpp"

#include <cmath>
#include <cstddef>

namespace latecomer::jobs::study {
namespace {

/// Of the effects of one parameter in all trajectories.
MorrisEffects summary_of(const std::vector<double>& effects, std::span<const std::uint16_t> counts)
{
    const auto n = static_cast<double>(effects.size());
    if (effects.empty()) {
        return {not_a_number, {not_a_number, not_a_number, not_a_number}, not_a_number};
    }
    MorrisEffects result;
    for (const double effect : effects) {
        result.mu += effect / n;
        result.mu_star.value += std::abs(effect) / n;
    }
    if (effects.size() < 2) {
        return {result.mu, {result.mu_star.value, not_a_number, not_a_number}, not_a_number};
    }
    for (const double effect : effects) {
        result.sigma += (effect - result.mu) * (effect - result.mu) / (n - 1.0);
    }
    result.sigma = std::sqrt(result.sigma);
    std::vector<double> again(static_cast<std::size_t>(resamples), 0.0);
    for (std::size_t sample = 0; sample < again.size(); ++sample) {
        for (std::size_t i = 0; i < effects.size(); ++i) {
            again[sample] += counts[sample * effects.size() + i] * std::abs(effects[i]) / n;
        }
    }
    const Bounds bounds = percentile_bounds(std::move(again));
    result.mu_star.low = bounds.low;
    result.mu_star.high = bounds.high;
    return result;
}

}  // namespace

std::vector<MorrisEffects> morris_effects(const Design& design, std::span<const double> values,
                                          std::span<const std::int64_t> trajectories,
                                          std::span<const std::uint16_t> counts)
{
    const std::int64_t dimensions = design.block_size() - 1;
    const auto points = static_cast<std::size_t>(dimensions + 1);
    expects(values.size() == trajectories.size() * points &&
                counts.size() == trajectories.size() * static_cast<std::size_t>(resamples),
            "Morris effects need whole trajectories and as many counts");
    std::vector<std::vector<double>> effects(static_cast<std::size_t>(dimensions));
    for (std::size_t t = 0; t < trajectories.size(); ++t) {
        for (std::int64_t step = 0; step < dimensions; ++step) {
            const MorrisStep move = morris_step(design.spec(), trajectories[t], step);
            const std::size_t at = t * points + static_cast<std::size_t>(step);
            effects[static_cast<std::size_t>(move.dimension)].push_back(
                (values[at + 1] - values[at]) / (move.sign * move.delta));
        }
    }
    std::vector<MorrisEffects> result;
    for (const std::vector<double>& of_parameter : effects) {
        result.push_back(summary_of(of_parameter, counts));
    }
    return result;
}

}  // namespace latecomer::jobs::study
