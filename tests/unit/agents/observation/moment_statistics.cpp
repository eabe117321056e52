#include "agents/observation/moment_statistics.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace latecomer::tests::moment_statistics_test {

using namespace latecomer::moments;

namespace {

/// n values at the middle of n parts of a distribution alike in probability.
template <class Quantile>
std::vector<double> spread_out(std::size_t n, const Quantile& quantile)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) {
        values.push_back(quantile((static_cast<double>(i) + 0.5) / static_cast<double>(n)));
    }
    return values;
}

double laplace(double p)
{
    return p < 0.5 ? std::log(2.0 * p) : -std::log(2.0 - 2.0 * p);
}

/// Of the normal distribution, by bisection.
double normal(double p)
{
    double low = -9.0;
    double high = 9.0;
    for (int i = 0; i < 80; ++i) {
        const double middle = 0.5 * (low + high);
        (0.5 * std::erfc(-middle / std::sqrt(2.0)) < p ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

TEST_CASE("both estimators find the exponent of Pareto's law")
{
    for (const double exponent : {0.7, 1.0, 2.0}) {
        const auto sizes =
            spread_out(5000, [&](double p) { return 3.0 * std::pow(1.0 - p, -1.0 / exponent); });
        CAPTURE(exponent);
        CHECK(tail_by_rank(sizes) == Approx(exponent).epsilon(0.002));
        CHECK(tail_by_hill(sizes) == Approx(exponent).epsilon(0.01));
        // Neither order, nor unit, nor firms without revenue count.
        std::vector<double> other(sizes.rbegin(), sizes.rend());
        for (double& size : other) {
            size *= 4.0;
        }
        other.insert(other.end(), 700, 0.0);
        CHECK(tail_by_rank(other) == Approx(tail_by_rank(sizes)).epsilon(1e-9));
        CHECK(tail_by_hill(other) == Approx(tail_by_hill(sizes)).epsilon(1e-9));
    }
}

TEST_CASE("a tail needs fifty firms and one below it, and firms that differ")
{
    CHECK(std::isnan(tail_by_rank(std::vector<double>(50, 2.0))));
    CHECK(std::isnan(tail_by_hill(std::vector<double>(900, 2.0))));
    CHECK(std::isnan(tail_by_rank(std::vector<double>(900, 2.0))));
    CHECK(std::isnan(tail_by_rank({})));
}

TEST_CASE(
    "the shape of growth is 1 of Laplace's law and 2 of the normal, wherever and how wide it is")
{
    const auto moved = [](std::vector<double> values, double by, double times) {
        for (double& value : values) {
            value = by + times * value;
        }
        return values;
    };
    const std::vector<double> tent = spread_out(4001, laplace);
    const std::vector<double> bell = spread_out(4001, normal);
    CHECK(subbotin_shape(tent) == Approx(1.0).margin(0.01));
    CHECK(subbotin_shape(bell) == Approx(2.0).margin(0.02));
    CHECK(subbotin_shape(moved(tent, 5.0, 0.02)) == Approx(subbotin_shape(tent)).margin(1e-3));
    CHECK(std::isnan(subbotin_shape(spread_out(199, normal))));
    CHECK(std::isnan(subbotin_shape(std::vector<double>(300, 0.1))));
}

TEST_CASE("the slope of volatility is that with which growth was made")
{
    std::vector<double> log_sizes;
    std::vector<double> rates;
    const std::vector<double> shocks = spread_out(50, normal);
    for (int i = 0; i < 200; ++i) {
        for (const double shock : shocks) {
            const double log_size = 0.05 * i;
            log_sizes.push_back(log_size + 1e-6 * shock);
            rates.push_back(0.3 * std::exp(-0.2 * log_size) * shock);
        }
    }
    CHECK(volatility_slope(log_sizes, rates) == Approx(-0.2).margin(0.003));
    std::ranges::reverse(log_sizes);
    std::ranges::reverse(rates);
    CHECK(volatility_slope(log_sizes, rates) == Approx(-0.2).margin(0.003));
    log_sizes.resize(149);
    rates.resize(149);
    CHECK(std::isnan(volatility_slope(log_sizes, rates)));
}

TEST_CASE("quantiles are linear between values")
{
    std::vector<double> values{30.0, 10.0, 20.0, 40.0};
    CHECK(quantile_of(values, 0.5) == 25.0);
    CHECK(quantile_of(values, 0.0) == 10.0);
    CHECK(quantile_of(values, 1.0) == 40.0);
    CHECK(quantile_of(values, 0.1) == Approx(13.0));
    CHECK(std::isnan(quantile_of({}, 0.5)));
}

TEST_CASE("a slope within groups does not see what groups differ in")
{
    const std::vector<double> x{0.0, 1.0, 0.0, 1.0, 1.0};
    const std::vector<double> y{1.0, 1.5, 101.0, 101.5, 101.5};
    const std::vector<std::uint32_t> group{0, 0, 1, 1, 1};
    CHECK(within_slope(y, x, group, 2) == Approx(0.5));
    const std::vector<double> same{1.0, 1.0, 0.0, 0.0, 0.0};
    CHECK(std::isnan(within_slope(y, same, group, 2)));
}

}  // namespace
}  // namespace latecomer::tests::moment_statistics_test
