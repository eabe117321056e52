#include "jobs/study/statistics/sign_condition.hpp"

#include "core/constants.hpp"
#include "core/elementary.hpp"
#include "core/errors.hpp"
#include "jobs/study/statistics/estimates.hpp"
#include "jobs/study/statistics/resample.hpp"
#include "jobs/study/statistics/student.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace latecomer::jobs::study {
namespace {

/// Effects that have a value, as 1 above zero and 0 else, with their conditions.
struct Signs {
    std::vector<double> above;
    std::vector<double> scaled;  ///< condition less its mean over its standard deviation
    double mean = 0.0;
    double sd = 0.0;
    double low = 0.0;
    double high = 0.0;
};

Signs signs_of(std::span<const double> effects, std::span<const double> conditions)
{
    Signs signs;
    for (std::size_t i = 0; i < effects.size(); ++i) {
        if (!std::isnan(effects[i]) && !std::isnan(conditions[i])) {
            signs.above.push_back(effects[i] > 0.0 ? 1.0 : 0.0);
            signs.scaled.push_back(conditions[i]);
        }
    }
    if (signs.scaled.empty()) {
        return signs;
    }
    const auto n = static_cast<double>(signs.scaled.size());
    signs.mean = std::accumulate(signs.scaled.begin(), signs.scaled.end(), 0.0) / n;
    const auto [low, high] = std::ranges::minmax(signs.scaled);
    signs.low = low;
    signs.high = high;
    double squares = 0.0;
    for (const double x : signs.scaled) {
        squares += (x - signs.mean) * (x - signs.mean);
    }
    signs.sd = std::sqrt(squares / n);
    for (double& x : signs.scaled) {
        x = signs.sd > 0.0 ? (x - signs.mean) / signs.sd : 0.0;
    }
    return signs;
}

/// ln(1 + e^z) without overflow.
double softplus(double z)
{
    return std::max(z, 0.0) + elementary::log(1.0 + elementary::exp(-std::abs(z)));
}

double logistic(double z)
{
    const double e = elementary::exp(-std::abs(z));
    return z >= 0.0 ? 1.0 / (1.0 + e) : e / (1.0 + e);
}

constexpr double prior_precision = 1.0 / 9.0;  // of the slope
constexpr double intercept_precision = 1e-4;   // keeps the intercept finite where all signs agree

struct Line {
    double intercept = 0.0;
    double slope = 0.0;
};

/// ln of likelihood times prior.
double score(const Signs& signs, std::span<const std::uint16_t> counts, const Line& line)
{
    double sum = -0.5 * prior_precision * line.slope * line.slope -
                 0.5 * intercept_precision * line.intercept * line.intercept;
    for (std::size_t i = 0; i < signs.above.size(); ++i) {
        const double z = line.intercept + line.slope * signs.scaled[i];
        sum += counts[i] * (signs.above[i] * z - softplus(z));
    }
    return sum;
}

/// Newton's method with halved steps; the score is concave, so it has one maximum.
Line fit(const Signs& signs, std::span<const std::uint16_t> counts, bool has_slope)
{
    constexpr int most_steps = 100;
    constexpr double near = 1e-10;
    Line line;
    double best = score(signs, counts, line);
    for (int step = 0; step < most_steps; ++step) {
        double g0 = -intercept_precision * line.intercept;
        double g1 = -prior_precision * line.slope;
        double h00 = intercept_precision;
        double h01 = 0.0;
        double h11 = prior_precision;
        for (std::size_t i = 0; i < signs.above.size(); ++i) {
            const double x = signs.scaled[i];
            const double p = logistic(line.intercept + line.slope * x);
            const double w = counts[i] * p * (1.0 - p);
            g0 += counts[i] * (signs.above[i] - p);
            g1 += counts[i] * (signs.above[i] - p) * x;
            h00 += w;
            h01 += w * x;
            h11 += w * x * x;
        }
        const double determinant = h00 * h11 - h01 * h01;
        double d0 = has_slope ? (h11 * g0 - h01 * g1) / determinant : g0 / h00;
        double d1 = has_slope ? (h00 * g1 - h01 * g0) / determinant : 0.0;
        Line next{line.intercept + d0, line.slope + d1};
        double reached = score(signs, counts, next);
        for (int half = 0; half < most_steps && reached < best; ++half) {
            d0 *= 0.5;
            d1 *= 0.5;
            next = {line.intercept + d0, line.slope + d1};
            reached = score(signs, counts, next);
        }
        line = next;
        if (reached - best < near) {
            break;
        }
        best = reached;
    }
    return line;
}

/// Where both signs are as likely, in the units of the condition; NaN outside of its range.
double flip_of(const Signs& signs, const Line& line)
{
    if (line.slope == 0.0) {
        return not_a_number;
    }
    const double at = signs.mean - line.intercept / line.slope * signs.sd;
    return signs.low <= at && at <= signs.high ? at : not_a_number;
}

/// Whether the mean effects on the two sides of a place have opposite signs beyond doubt.
bool is_flip(std::span<const double> effects, std::span<const double> conditions, double place)
{
    constexpr double level = 0.95;
    std::vector<double> below;
    std::vector<double> above;
    for (std::size_t i = 0; i < effects.size(); ++i) {
        if (!std::isnan(conditions[i])) {
            (conditions[i] < place ? below : above).push_back(effects[i]);
        }
    }
    const Estimate low_side = estimate_mean(below, level);
    const Estimate high_side = estimate_mean(above, level);
    return (low_side.high < 0.0 && high_side.low > 0.0) ||
           (low_side.low > 0.0 && high_side.high < 0.0);
}

/// Probability that the square of a standard normal lies above x.
double square_tail(double x)
{
    return 2.0 * student_tail(std::sqrt(std::max(0.0, x)), most_degrees);
}

double share_of_third(const Signs& signs, bool highest)
{
    std::vector<std::size_t> order(signs.scaled.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return signs.scaled[i]; });
    const std::size_t third = std::max<std::size_t>(1, order.size() / 3);
    const std::size_t begin = highest ? order.size() - third : 0;
    double above = 0.0;
    for (std::size_t i = begin; i < begin + third; ++i) {
        above += signs.above[order[i]];
    }
    return above / static_cast<double>(third);
}

}  // namespace

SignCondition sign_condition(std::span<const double> effects, std::span<const double> conditions,
                             std::uint64_t seed)
{
    expects(effects.size() == conditions.size(), "every effect has its condition");
    constexpr double nan = not_a_number;
    const Signs signs = signs_of(effects, conditions);
    SignCondition result{
        static_cast<std::int64_t>(signs.above.size()), nan, nan, nan, nan, nan, nan};
    if (result.n < least_effects || !(signs.sd > 0.0)) {
        return result;
    }
    result.share_low = share_of_third(signs, false);
    result.share_high = share_of_third(signs, true);
    const std::vector<std::uint16_t> once(signs.above.size(), 1);
    const Line line = fit(signs, once, true);
    const Line flat = fit(signs, once, false);
    result.probability = square_tail(2.0 * (score(signs, once, line) - score(signs, once, flat)));
    result.flips_at = flip_of(signs, line);
    if (!std::isnan(result.flips_at) && !is_flip(effects, conditions, result.flips_at)) {
        result.flips_at = nan;
    }
    constexpr double likely = 0.05;  // without a slope the interval would be the whole range
    if (std::isnan(result.flips_at) || result.probability > likely) {
        return result;
    }
    const std::vector<std::uint16_t> counts = resample_counts(seed, result.n);
    std::vector<double> flips;
    for (std::size_t sample = 0; sample < static_cast<std::size_t>(resamples); ++sample) {
        const auto drawn =
            std::span{counts}.subspan(sample * signs.above.size(), signs.above.size());
        const Line other = fit(signs, drawn, true);
        // A resample without a flip in the range has it beyond the end where the sign would change.
        const double at =
            other.slope == 0.0 ? signs.high : signs.mean - other.intercept / other.slope * signs.sd;
        flips.push_back(std::clamp(at, signs.low, signs.high));
    }
    const Bounds bounds = percentile_bounds(flips);
    result.flips_low = bounds.low > signs.low ? bounds.low : nan;
    result.flips_high = bounds.high < signs.high ? bounds.high : nan;
    return result;
}

}  // namespace latecomer::jobs::study
