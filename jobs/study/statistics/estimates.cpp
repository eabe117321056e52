#include "jobs/study/statistics/estimates.hpp"

#include "core/constants.hpp"
#include "core/errors.hpp"
#include "jobs/study/design/marginal.hpp"
#include "jobs/study/statistics/student.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace latecomer::jobs::study {
namespace {

double normal_of_level(double level)
{
    return normal_quantile(0.5 + 0.5 * level);
}

/// Mean and t interval of values all of which exist.
Estimate interval_of(const std::vector<double>& values, double level)
{
    const auto n = static_cast<double>(values.size());
    if (values.empty()) {
        return {not_a_number, not_a_number, not_a_number};
    }
    double mean = 0.0;
    for (const double value : values) {
        mean += value / n;
    }
    if (values.size() < 2) {
        return {mean, not_a_number, not_a_number};
    }
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    const double t = student_quantile(0.5 + 0.5 * level, std::ssize(values) - 1);
    const double half = t * std::sqrt(squares / (n - 1.0) / n);
    return {mean, mean - half, mean + half};
}

struct Wilson {
    double middle;
    double half;
};

/// Wilson's interval of a share of n.
Wilson wilson(double share, double n, double z)
{
    const double shrink = 1.0 + z * z / n;
    const double spread = share * (1.0 - share) / n + z * z / (4.0 * n * n);
    return {(share + z * z / (2.0 * n)) / shrink, z * std::sqrt(spread) / shrink};
}

/// Half of the width that the rule wants.
double wanted_half_width(const StopRule& rule, double value)
{
    return rule.half_width ? *rule.half_width : *rule.relative_half_width * std::abs(value);
}

}  // namespace

Estimate estimate_mean(std::span<const double> values, double level)
{
    std::vector<double> known;
    std::ranges::copy_if(values, std::back_inserter(known),
                         [](double v) { return !std::isnan(v); });
    Estimate estimate = interval_of(known, level);
    estimate.ids = std::ssize(values);
    estimate.without = std::ssize(values) - std::ssize(known);
    return estimate;
}

Estimate estimate_share(std::span<const double> values, double level)
{
    const auto n = static_cast<double>(values.size());
    double hits = 0.0;
    std::int64_t without = 0;
    for (const double value : values) {
        hits += std::isnan(value) ? 0.0 : value;
        without += std::isnan(value) ? 1 : 0;
    }
    if (values.empty()) {
        return {not_a_number, not_a_number, not_a_number};
    }
    if (values.size() < 2) {
        return {hits, not_a_number, not_a_number, 1, without};
    }
    const auto [middle, half] = wilson(hits / n, n, normal_of_level(level));
    const double low = hits > 0.0 ? middle - half : 0.0;  // exactly, whatever the rounding
    const double high = hits < n ? middle + half : 1.0;
    return {hits / n, low, high, std::ssize(values), without};
}

Estimate estimate_difference(std::span<const double> values, std::span<const double> versus,
                             double level)
{
    expects(values.size() == versus.size(), "differences are taken id by id");
    std::vector<double> differences;
    for (std::size_t i = 0; i < values.size(); ++i) {
        differences.push_back(values[i] - versus[i]);
    }
    return estimate_mean(differences, level);
}

Estimate estimate_share_difference(std::span<const double> values, std::span<const double> versus,
                                   double level)
{
    Estimate estimate = estimate_difference(values, versus, level);
    const auto pairs = static_cast<double>(estimate.ids - estimate.without);
    if (pairs < 2.0) {
        return estimate;
    }
    double sum = 0.0;
    double squares = 1.0;  // of the half ids that differ, up and down
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double difference = values[i] - versus[i];
        sum += std::isnan(difference) ? 0.0 : difference;
        squares += std::isnan(difference) ? 0.0 : difference * difference;
    }
    const double n = pairs + 2.0;
    const double middle = sum / n;
    const double spread = squares / n - middle * middle;
    const double half = normal_of_level(level) * std::sqrt(spread / n);
    estimate.low = middle - half;
    estimate.high = middle + half;
    return estimate;
}

namespace {

/// Value and weight of a set.
using Weighted = std::pair<double, double>;

/// Of values in ascending order whose weights sum to 1.
double weighted_quantile(std::span<const Weighted> sorted, double q)
{
    double reached = 0.0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const double here = reached + 0.5 * sorted[i].second;
        if (here >= q) {
            if (i == 0) {
                return sorted[i].first;
            }
            const double before = reached - 0.5 * sorted[i - 1].second;
            const double part = (q - before) / (here - before);
            return sorted[i - 1].first + part * (sorted[i].first - sorted[i - 1].first);
        }
        reached += sorted[i].second;
    }
    return sorted.back().first;
}

}  // namespace

OverSets estimate_over_sets(std::span<const double> values, std::span<const double> weights,
                            double level)
{
    expects(values.size() == weights.size(), "every set has a weight");
    std::vector<Weighted> known;
    double all = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isnan(values[i]) && weights[i] > 0.0) {
            known.emplace_back(values[i], weights[i]);
            all += weights[i];
        }
    }
    OverSets over{{not_a_number, not_a_number, not_a_number, std::ssize(values),
                   std::ssize(values) - std::ssize(known)},
                  not_a_number};
    if (known.empty()) {
        return over;
    }
    std::ranges::sort(known);
    double mean = 0.0;
    for (Weighted& set : known) {
        set.second /= all;
        mean += set.second * set.first;
    }
    over.estimate.value = mean;
    over.estimate.low = weighted_quantile(known, 0.5 - 0.5 * level);
    over.estimate.high = weighted_quantile(known, 0.5 + 0.5 * level);
    over.agreement = 0.0;
    for (const auto& [value, weight] : known) {
        over.agreement += value * mean > 0.0 ? weight : 0.0;
    }
    return over;
}

bool is_met(const StopRule& rule, const Estimate& estimate)
{
    return estimate.half_width() <= wanted_half_width(rule, estimate.value);
}

std::optional<std::int64_t> replicates_needed(const StopRule& rule, const Estimate& estimate)
{
    constexpr double most = 1e15;
    const double wanted = wanted_half_width(rule, estimate.value);
    if (std::isnan(estimate.value) || !(wanted > 0.0)) {
        return std::nullopt;
    }
    const auto ids = static_cast<double>(estimate.ids);
    double needed = 0.0;
    if (rule.estimand == Estimand::share) {
        // Smallest n that meets it, between powers of two.
        const double z = normal_of_level(rule.level);
        double low = 0.0;
        double high = 1.0;
        while (wilson(estimate.value, high, z).half > wanted && high < most) {
            low = high;
            high *= 2.0;
        }
        while (high - low > 1.0) {
            const double middle = std::floor(0.5 * (low + high));
            (wilson(estimate.value, middle, z).half > wanted ? low : high) = middle;
        }
        needed = high;
    } else {
        const double ratio = estimate.half_width() / wanted;
        needed = std::ceil(ids * ratio * ratio);
    }
    if (!(needed < most)) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(needed);
}

std::vector<std::int64_t> look_schedule(const Replicates& replicates)
{
    std::vector<std::int64_t> looks{replicates.min};
    while (looks.back() < replicates.max) {
        looks.push_back(looks.back() > replicates.max / 2 ? replicates.max : 2 * looks.back());
    }
    return looks;
}

}  // namespace latecomer::jobs::study
