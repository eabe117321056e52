#include "agents/observation/moment_statistics.hpp"

#include "core/constants.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace latecomer::moments {
namespace {

double mean_of(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Whether values differ; what their squares sum to says so only up to rounding.
bool differ(std::span<const double> values)
{
    const auto [low, high] = std::ranges::minmax(values);
    return low < high;
}

/// Least-squares slope of y on x; NaN if x does not differ.
double slope_of(std::span<const double> x, std::span<const double> y)
{
    const double mean_x = mean_of(x);
    const double mean_y = mean_of(y);
    double above = 0.0;
    double below = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        above += (x[i] - mean_x) * (y[i] - mean_y);
        below += (x[i] - mean_x) * (x[i] - mean_x);
    }
    return differ(x) ? above / below : not_a_number;
}

/// The largest positive sizes in descending order, and one more behind them; empty of too few.
std::vector<double> largest(std::vector<double> sizes)
{
    std::erase_if(sizes, [](double size) { return !(size > 0.0); });
    const auto wanted = std::max(
        least_tail, static_cast<std::size_t>(tail_share * static_cast<double>(sizes.size())));
    if (sizes.size() <= wanted) {
        return {};
    }
    std::ranges::sort(sizes, std::ranges::greater{});
    sizes.resize(wanted + 1);
    return sizes;
}

/// ln of the gamma function at x > 0: Lanczos (1964) with g = 7 and nine terms, to 1e-14.
double log_gamma(double x)
{
    constexpr std::array<double, 9> terms{
        0.99999999999980993,  676.5203681218851,     -1259.1392167224028,
        771.32342877765313,   -176.61502916214059,   12.507343278686905,
        -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7};
    constexpr double half_log_two_pi = 0.91893853320467274178;
    if (x < 0.5) {  // the series is for larger ones: gamma(x) = gamma(x + 1) / x
        return log_gamma(x + 1.0) - elementary::log(x);
    }
    const double at = x - 1.0;
    double sum = terms[0];
    for (std::size_t i = 1; i < terms.size(); ++i) {
        sum += terms[i] / (at + static_cast<double>(i));
    }
    const double t = at + 7.5;
    return half_log_two_pi + (at + 0.5) * elementary::log(t) - t + elementary::log(sum);
}

/// Where a function of one number that has one peak is highest: golden sections.
template <class Function>
double peak_of(double low, double high, double near, const Function& function)
{
    constexpr double golden = 0.6180339887498949;
    double left = high - golden * (high - low);
    double right = low + golden * (high - low);
    double at_left = function(left);
    double at_right = function(right);
    while (high - low > near) {
        if (at_left >= at_right) {
            high = right;
            right = left;
            at_right = at_left;
            left = high - golden * (high - low);
            at_left = function(left);
        } else {
            low = left;
            left = right;
            at_left = at_right;
            right = low + golden * (high - low);
            at_right = function(right);
        }
    }
    return 0.5 * (low + high);
}

/// Growth rates in classes, in units of their standard deviation.
struct Classes {
    std::vector<double> at;      ///< mean of the rates of a class
    std::vector<double> counts;  ///< rates in it
    double total = 0.0;
};

Classes classes_of(std::span<const double> rates, double centre, double sd)
{
    constexpr std::size_t number = 4000;
    constexpr double reach = 8.0;
    Classes classes;
    std::vector<double> sums(number, 0.0);
    std::vector<double> counts(number, 0.0);
    for (const double rate : rates) {
        const double z = (rate - centre) / sd;
        if (std::abs(z) >= reach) {
            classes.at.push_back(z);
            classes.counts.push_back(1.0);
            continue;
        }
        const auto place = std::min(
            number - 1, static_cast<std::size_t>((z + reach) / (2.0 * reach) * double{number}));
        sums[place] += z;
        counts[place] += 1.0;
    }
    for (std::size_t i = 0; i < number; ++i) {
        if (counts[i] > 0.0) {
            classes.at.push_back(sums[i] / counts[i]);
            classes.counts.push_back(counts[i]);
        }
    }
    classes.total = static_cast<double>(rates.size());
    return classes;
}

/// Mean of |x - m|^b.
double mean_power(const Classes& classes, double m, double b)
{
    constexpr double least_distance = 1e-12;
    double sum = 0.0;
    for (std::size_t i = 0; i < classes.at.size(); ++i) {
        const double distance = std::max(least_distance, std::abs(classes.at[i] - m));
        sum += classes.counts[i] * elementary::exp(b * elementary::log(distance));
    }
    return sum / classes.total;
}

/// ln likelihood of a rate on average, at the best a for this b and m: a^b = mean of |x - m|^b.
double likelihood(const Classes& classes, double m, double b)
{
    const double log_a_b = elementary::log(mean_power(classes, m, b)) / b;
    return elementary::log(0.5 * b) - log_gamma(1.0 / b) - log_a_b - elementary::log(b) / b -
           1.0 / b;
}

}  // namespace

double tail_by_rank(std::vector<double> sizes)
{
    std::vector<double> tail = largest(std::move(sizes));
    if (tail.empty()) {
        return not_a_number;
    }
    tail.pop_back();
    std::vector<double> log_rank;
    for (std::size_t i = 0; i < tail.size(); ++i) {
        tail[i] = elementary::log(tail[i]);
        log_rank.push_back(elementary::log(static_cast<double>(i) + 0.5));
    }
    return -slope_of(tail, log_rank);
}

double tail_by_hill(std::vector<double> sizes)
{
    const std::vector<double> tail = largest(std::move(sizes));
    double excess = 0.0;
    for (std::size_t i = 0; i + 1 < tail.size(); ++i) {
        excess += elementary::log(tail[i] / tail.back());
    }
    return excess > 0.0 ? static_cast<double>(tail.size() - 1) / excess : not_a_number;
}

double subbotin_shape(std::span<const double> rates)
{
    constexpr std::size_t least_rates = 200;
    if (rates.size() < least_rates) {
        return not_a_number;
    }
    std::vector<double> sorted{rates.begin(), rates.end()};
    const double median = quantile_of(sorted, 0.5);
    const double mean = mean_of(rates);
    double squares = 0.0;
    for (const double rate : rates) {
        squares += (rate - mean) * (rate - mean);
    }
    const double sd = std::sqrt(squares / static_cast<double>(rates.size()));
    if (!differ(rates)) {
        return not_a_number;
    }
    const Classes classes = classes_of(rates, median, sd);
    constexpr double least_shape = 0.1;
    constexpr double most_shape = 10.0;
    constexpr double reach = 0.5;  // of the centre around the median
    constexpr double near = 1e-4;
    constexpr int rounds = 4;
    double centre = 0.0;
    double shape = 1.0;
    for (int round = 0; round < rounds; ++round) {
        shape = peak_of(least_shape, most_shape, near,
                        [&](double b) { return likelihood(classes, centre, b); });
        centre =
            peak_of(-reach, reach, near, [&](double m) { return likelihood(classes, m, shape); });
    }
    return shape;
}

double volatility_slope(std::span<const double> log_sizes, std::span<const double> rates)
{
    constexpr std::size_t most_classes = 20;
    constexpr std::size_t least_of_class = 30;
    constexpr std::size_t least_classes = 5;
    const std::size_t n = log_sizes.size();
    const std::size_t classes = std::min(most_classes, n / least_of_class);
    if (classes < least_classes) {
        return not_a_number;
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return log_sizes[i]; });
    std::vector<double> size(classes);
    std::vector<double> deviation(classes);
    for (std::size_t c = 0; c < classes; ++c) {
        // The i-th of n firms is in the class i * classes / n, rounded down.
        const std::size_t begin = (c * n + classes - 1) / classes;
        const std::size_t end = ((c + 1) * n + classes - 1) / classes;
        std::vector<double> own;
        for (std::size_t i = begin; i < end; ++i) {
            size[c] += log_sizes[order[i]];
            own.push_back(rates[order[i]]);
        }
        size[c] /= static_cast<double>(own.size());
        const double mean = mean_of(own);
        double squares = 0.0;
        for (const double rate : own) {
            squares += (rate - mean) * (rate - mean);
        }
        if (!differ(own)) {
            return not_a_number;
        }
        deviation[c] = 0.5 * elementary::log(squares / (static_cast<double>(own.size()) - 1.0));
    }
    return slope_of(size, deviation);
}

double quantile_of(std::span<double> values, double share)
{
    if (values.empty()) {
        return not_a_number;
    }
    std::ranges::sort(values);
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

void centre(std::span<double> values, std::span<const std::uint32_t> group, std::size_t groups)
{
    std::vector<double> sum(groups, 0.0);
    std::vector<double> count(groups, 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum[group[i]] += values[i];
        count[group[i]] += 1.0;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] -= sum[group[i]] / count[group[i]];
    }
}

double within_slope(std::span<const double> y, std::span<const double> x,
                    std::span<const std::uint32_t> group, std::size_t groups)
{
    std::vector<double> own_x{x.begin(), x.end()};
    std::vector<double> own_y{y.begin(), y.end()};
    centre(own_x, group, groups);
    centre(own_y, group, groups);
    double above = 0.0;
    double below = 0.0;
    for (std::size_t i = 0; i < own_x.size(); ++i) {
        above += own_x[i] * own_y[i];
        below += own_x[i] * own_x[i];
    }
    constexpr double differs = 1e-12;
    return below > differs ? above / below : not_a_number;
}

}  // namespace latecomer::moments
