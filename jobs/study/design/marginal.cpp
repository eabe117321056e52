#include "jobs/study/design/marginal.hpp"

#include "core/elementary.hpp"
#include "core/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace latecomer::jobs::study {
namespace {

constexpr double root_two_pi = 0x1.40d931ff62706p+1;

double normal_density(double x)
{
    return elementary::exp(-0.5 * x * x) / root_two_pi;
}

/// Probability between 0 and x, by its power series: x (1 + x^2/3 (1 + x^2/5 (...))) times the
/// density.  For |x| <= 2.
double central_probability(double x)
{
    constexpr int terms = 40;
    double sum = 1.0;
    for (int k = terms; k > 0; --k) {
        sum = 1.0 + sum * x * x / (2.0 * k + 1.0);
    }
    return x * sum * normal_density(x);
}

/// Probability above x over the density at x (Mills' ratio), by Laplace's continued fraction
/// 1/(x + 1/(x + 2/(x + ...))).  For x >= 1.
double mills_ratio(double x)
{
    constexpr int levels = 300;
    double rest = x;
    for (int k = levels; k > 0; --k) {
        rest = x + k / rest;
    }
    return 1.0 / rest;
}

constexpr int newton_steps = 8;

/// x with this probability, at most 0.4 in size, between 0 and x.
double central_quantile(double probability)
{
    double x = probability * root_two_pi;
    for (int step = 0; step < newton_steps; ++step) {
        x += (probability - central_probability(x)) / normal_density(x);
    }
    return x;
}

/// x with this probability, at most 0.1, above x.
double tail_quantile(double probability)
{
    const double wanted = elementary::log(probability);
    double x = std::max(1.0, std::sqrt(-2.0 * wanted) - 1.0);
    for (int step = 0; step < newton_steps; ++step) {
        const double ratio = mills_ratio(x);
        const double reached = elementary::log(ratio / root_two_pi) - 0.5 * x * x;
        x += ratio * (reached - wanted);
    }
    return x;
}

/// What rounding may have carried past an end.
double limited(const Marginal& marginal, double value)
{
    return std::clamp(value, marginal.low, marginal.high);
}

double triangular_quantile(const Marginal& marginal, double u)
{
    const double width = marginal.high - marginal.low;
    const double rising = marginal.mode - marginal.low;
    const double falling = marginal.high - marginal.mode;
    if (u * width < rising) {
        return marginal.low + std::sqrt(u * width * rising);
    }
    return marginal.high - std::sqrt((1.0 - u) * width * falling);
}

}  // namespace

double normal_quantile(double u)
{
    expects(u > 0.0 && u < 1.0, "a normal quantile needs a probability between 0 and 1");
    const double side = u - 0.5;
    if (std::abs(side) <= 0.4) {
        return central_quantile(side);
    }
    return std::copysign(tail_quantile(side < 0.0 ? u : 1.0 - u), side);
}

namespace {

double real_quantile(const Marginal& marginal, double u)
{
    expects(u >= 0.0 && u <= 1.0, "a quantile needs a probability");
    switch (marginal.kind) {
    case MarginalKind::uniform:
        return u < 1.0 ? limited(marginal, marginal.low + u * (marginal.high - marginal.low))
                       : marginal.high;
    case MarginalKind::log_uniform: {
        const double width = elementary::log(marginal.high / marginal.low);
        return u < 1.0 ? limited(marginal, marginal.low * elementary::exp(u * width))
                       : marginal.high;
    }
    case MarginalKind::normal:
        return marginal.mean + marginal.sd * normal_quantile(std::clamp(u, 0x1p-33, 1.0 - 0x1p-33));
    case MarginalKind::triangular:
        return limited(marginal, triangular_quantile(marginal, u));
    case MarginalKind::discrete: {
        expects(!marginal.values.empty(), "a discrete marginal needs a value");
        const auto k = static_cast<std::size_t>(u * static_cast<double>(marginal.values.size()));
        return marginal.values[std::min(k, marginal.values.size() - 1)];
    }
    }
    fail("unknown kind of marginal");
}

}  // namespace

double quantile(const Marginal& marginal, double u)
{
    const double value = real_quantile(marginal, u);
    return marginal.is_whole ? std::floor(value + 0.5) : value;
}

}  // namespace latecomer::jobs::study
