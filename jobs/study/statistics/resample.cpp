#include "jobs/study/statistics/resample.hpp"

#include "core/constants.hpp"
#include "jobs/study/design/design_random.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace latecomer::jobs::study {
namespace {

/// Of values in ascending order.
double quantile_of_sorted(const std::vector<double>& sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double part = place - static_cast<double>(below);
    return sorted[below] + part * (sorted[above] - sorted[below]);
}

bool has_nan(const std::vector<double>& values)
{
    return std::ranges::any_of(values, [](double value) { return std::isnan(value); });
}

}  // namespace

std::vector<std::uint16_t> resample_counts(std::uint64_t seed, std::int64_t n)
{
    std::vector<std::uint16_t> counts(static_cast<std::size_t>(resamples * n), 0);
    for (std::int64_t sample = 0; sample < resamples; ++sample) {
        for (std::int64_t i = 0; i < n; ++i) {
            const std::int64_t drawn =
                number_below(n, design_bits(seed, DesignDraw::resample, sample, i));
            ++counts[static_cast<std::size_t>(sample * n + drawn)];
        }
    }
    return counts;
}

Bounds percentile_bounds(std::vector<double> values, double level)
{
    if (values.empty() || has_nan(values)) {
        return {not_a_number, not_a_number};
    }
    std::ranges::sort(values);
    return {quantile_of_sorted(values, 0.5 - 0.5 * level),
            quantile_of_sorted(values, 0.5 + 0.5 * level)};
}

double empirical_quantile(std::vector<double> values, double share)
{
    if (values.empty() || has_nan(values)) {
        return not_a_number;
    }
    std::ranges::sort(values);
    return quantile_of_sorted(values, share);
}

}  // namespace latecomer::jobs::study
