#include "jobs/study/result/indices.hpp"

#include "core/elementary.hpp"
#include "core/errors.hpp"
#include "core/random.hpp"
#include "jobs/study/result/point_means.hpp"
#include "jobs/study/statistics/morris_effects.hpp"
#include "jobs/study/statistics/pawn.hpp"
#include "jobs/study/statistics/resample.hpp"
#include "jobs/study/statistics/sobol_indices.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/designs.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>

namespace latecomer::tests::indices_test {

using namespace latecomer::jobs::study;
using latecomer::tests::unit_design;

namespace {

using Function = std::function<double(const std::vector<double>&)>;

std::vector<double> values_of(const Design& design, const Function& function)
{
    std::vector<double> values;
    for (std::int64_t i = 0; i < design.size(); ++i) {
        values.push_back(function(design.unit_point(i)));
    }
    return values;
}

SobolIndices indices_of(const Function& function, std::int64_t n, std::size_t dimensions)
{
    const Design design{unit_design("saltelli", n, dimensions)};
    return sobol_indices(values_of(design, function), static_cast<std::int64_t>(dimensions),
                         resample_counts(1, n));
}

void check_all(const std::vector<IndexEstimate>& found, const std::vector<double>& exact,
               double tolerance)
{
    REQUIRE(found.size() == exact.size());
    for (std::size_t j = 0; j < exact.size(); ++j) {
        CAPTURE(j);
        CHECK(std::abs(found[j].value - exact[j]) < tolerance);
        CHECK(found[j].low <= found[j].value);
        CHECK(found[j].value <= found[j].high);
    }
}

TEST_CASE("Sobol' indices of the g-function are the exact ones")
{
    // Saltelli and Sobol' (1995): product of (|4 x - 2| + a)/(1 + a).
    const std::vector<double> a{0.0, 0.5, 3.0, 9.0, 99.0};
    const SobolIndices indices = indices_of(
        [&](const std::vector<double>& x) {
            double product = 1.0;
            for (std::size_t j = 0; j < a.size(); ++j) {
                product *= (std::abs(4.0 * x[j] - 2.0) + a[j]) / (1.0 + a[j]);
            }
            return product;
        },
        2048, a.size());
    check_all(indices.first, {0.58684, 0.26082, 0.03668, 0.00587, 0.00006}, 0.02);
    check_all(indices.total, {0.69013, 0.35619, 0.05634, 0.00917, 0.00009}, 0.01);
}

TEST_CASE("Sobol' indices of Ishigami's function are the exact ones")
{
    // sin u + 7 sin^2 v + 0.1 w^4 sin u on (-pi, pi)^3: Ishigami and Homma (1990).
    const SobolIndices indices = indices_of(
        [](const std::vector<double>& x) {
            const double w = 2.0 * 3.14159265358979 * (x[2] - 0.5);
            const double u = elementary::sincos_of_turn(x[0] - 0.5).sine;
            const double v = elementary::sincos_of_turn(x[1] - 0.5).sine;
            return u + 7.0 * v * v + 0.1 * w * w * w * w * u;
        },
        4096, 3);
    check_all(indices.first, {0.31391, 0.44241, 0.0}, 0.015);
    check_all(indices.total, {0.55759, 0.44241, 0.24368}, 0.015);
    CHECK(indices.variance == Approx(13.8446).epsilon(0.01));
}

TEST_CASE("intervals of Sobol' indices hold the exact value about as often as they say")
{
    // x + y with random points has first and total indices of 1/2: 60 designs, 95 % of 240 is 228.
    constexpr int designs = 60;
    int held = 0;
    for (std::uint32_t number = 0; number < designs; ++number) {
        std::vector<double> values;
        for (std::uint64_t block = 0; block < 100; ++block) {
            const auto u = [&](unsigned k) {
                return uniform({3, number}, Stream::entry, block, 0, k);
            };
            for (const double value : {u(0) + u(1), u(2) + u(1), u(0) + u(3), u(2) + u(3)}) {
                values.push_back(value);
            }
        }
        const SobolIndices indices = sobol_indices(values, 2, resample_counts(number, 100));
        for (const std::vector<IndexEstimate>& all : {indices.first, indices.total}) {
            for (const IndexEstimate& index : all) {
                held += index.low <= 0.5 && 0.5 <= index.high ? 1 : 0;
            }
        }
    }
    CAPTURE(held);
    CHECK(held >= 214);  // 3 standard deviations of designs with two independent indices each
    CHECK(held <= 239);
}

TEST_CASE("without any block no index is known, nor the variance")
{
    const SobolIndices none = sobol_indices({}, 3, {});
    CHECK(none.first.size() == 3);
    CHECK(none.total.size() == 3);
    CHECK(std::isnan(none.variance));
    for (const std::vector<IndexEstimate>& all : {none.first, none.total}) {
        for (const IndexEstimate& index : all) {
            CHECK(std::isnan(index.value));
            CHECK(std::isnan(index.low));
            CHECK(std::isnan(index.high));
        }
    }
}

TEST_CASE("Sobol' indices of one block and of two are those of a calculation by hand")
{
    // A, AB, B of 1, 2, 3: mean 2, variance ((-1)^2 + 1^2)/2, first 1 * (2 - 1), total (2 - 1)^2/2.
    const std::vector<double> one_block{1.0, 2.0, 3.0};
    const SobolIndices one = sobol_indices(one_block, 1, std::vector<std::uint16_t>(resamples, 1));
    CHECK(one.variance == 1.0);
    CHECK(one.first.at(0).value == 1.0);
    CHECK(one.total.at(0).value == 0.5);
    CHECK(std::isnan(one.first.at(0).low));  // one block has no spread
    CHECK(std::isnan(one.first.at(0).high));
    CHECK(std::isnan(one.total.at(0).low));
    CHECK(std::isnan(one.total.at(0).high));

    // A second block 5, 9, 7, 11 beside 1, 2, 4, 3 with two parameters: the mean is 5, so A is -4 and 0,
    // B is -2 and 6.  Variance (16 + 0 + 4 + 36)/4 = 14; first (-2 * 1 + 6 * 4)/2 and
    // (-2 * 3 + 6 * 2)/2; total (1 + 16)/4 and (9 + 4)/4.
    const std::vector<double> two_blocks{1.0, 2.0, 4.0, 3.0, 5.0, 9.0, 7.0, 11.0};
    const SobolIndices two =
        sobol_indices(two_blocks, 2, std::vector<std::uint16_t>(2 * resamples, 1));
    CHECK(two.variance == Approx(14.0).epsilon(1e-12));
    CHECK(two.first.at(0).value == Approx(11.0 / 14.0).epsilon(1e-12));
    CHECK(two.total.at(0).value == Approx(4.25 / 14.0).epsilon(1e-12));
    CHECK(two.first.at(1).value == Approx(3.0 / 14.0).epsilon(1e-12));
    CHECK(two.total.at(1).value == Approx(3.25 / 14.0).epsilon(1e-12));

    // The second block twice and the first never: about the mean of all, A is 0 and B is 6, so
    // the variance is 18 - 3^2 = 9, the first index 24/9 and the total one 8/9.
    std::vector<std::uint16_t> counts;
    for (std::int64_t i = 0; i < resamples; ++i) {
        counts.insert(counts.end(), {0, 2});
    }
    const SobolIndices again = sobol_indices(two_blocks, 2, counts);
    CHECK(again.first.at(0).value == Approx(11.0 / 14.0).epsilon(1e-12));
    CHECK(again.first.at(0).low == Approx(24.0 / 9.0).epsilon(1e-12));
    CHECK(again.first.at(0).high == Approx(24.0 / 9.0).epsilon(1e-12));
    CHECK(again.total.at(0).low == Approx(8.0 / 9.0).epsilon(1e-12));
    CHECK(again.first.at(1).high == Approx(12.0 / 9.0).epsilon(1e-12));
    CHECK(again.total.at(1).low == Approx(2.0 / 9.0).epsilon(1e-12));
}

TEST_CASE(
    "indices of values that are all alike are not defined, and parts of a block are a mistake")
{
    const std::vector<std::uint16_t> counts(resamples, 1);
    const SobolIndices flat = sobol_indices(std::vector<double>(3, 4.0), 1, counts);
    CHECK(flat.variance == 0.0);
    CHECK(std::isnan(flat.first.at(0).value));
    CHECK(std::isnan(flat.total.at(0).high));
    const SobolIndices alike = sobol_indices(std::vector<double>{1.0, 2.0, 1.0}, 1, counts);
    CHECK(std::isnan(alike.total.at(0).value));  // A and B are alike, what lies between is not
    CHECK_THROWS_AS(sobol_indices(std::vector<double>(4, 1.0), 1, counts), InternalError);
    CHECK_THROWS_AS(sobol_indices(std::vector<double>(6, 1.0), 1, counts), InternalError);
    CHECK_THROWS_AS(sobol_indices(std::vector<double>(2, 1.0), 1, counts), InternalError);
}

TEST_CASE("elementary effects of a linear function are its slopes, those of a product spread")
{
    // On four levels the partner of a product is 0, 1/3, 2/3 or 1: mean 1/2, standard deviation 0.37268.
    constexpr std::int64_t n = 2000;
    const Design design{unit_design("morris", n, 5)};
    const std::vector<double> values = values_of(design, [](const std::vector<double>& x) {
        return 2.0 * x[0] - 3.0 * x[1] + 4.0 * x[2] * x[3];
    });
    std::vector<std::int64_t> trajectories(n);
    std::iota(trajectories.begin(), trajectories.end(), std::int64_t{0});
    const std::vector<MorrisEffects> effects =
        morris_effects(design, values, trajectories, resample_counts(1, n));
    REQUIRE(effects.size() == 5);
    CHECK(effects[0].mu == Approx(2.0).epsilon(1e-12));
    CHECK(effects[0].sigma < 1e-12);
    CHECK(effects[1].mu == Approx(-3.0).epsilon(1e-12));
    CHECK(effects[1].mu_star.value == Approx(3.0).epsilon(1e-12));
    for (const std::size_t j : {std::size_t{2}, std::size_t{3}}) {  // standard error 0.033
        CHECK(std::abs(effects[j].mu - 2.0) < 0.1);
        CHECK(std::abs(effects[j].sigma - 4.0 * 0.37268) < 0.1);
        CHECK(effects[j].mu_star.low < 2.0);
        CHECK(effects[j].mu_star.high > 2.0);
        CHECK(effects[j].mu_star.high - effects[j].mu_star.low == Approx(4 * 0.033).epsilon(0.2));
    }
    CHECK(std::abs(effects[4].mu) + effects[4].sigma < 1e-12);
}

TEST_CASE("one trajectory has effects without interval or spread, two have both, none has nothing")
{
    const Design design{unit_design("morris", 2, 3)};
    const std::vector<double> values = values_of(
        design, [](const std::vector<double>& x) { return 2.0 * x[0] - 3.0 * x[1] + x[0] * x[2]; });
    const auto effects_of = [&](std::int64_t n) {
        std::vector<std::int64_t> trajectories(static_cast<std::size_t>(n));
        std::iota(trajectories.begin(), trajectories.end(), std::int64_t{0});
        const auto points = static_cast<std::size_t>(n * design.block_size());
        return morris_effects(design, std::span{values}.first(points), trajectories,
                              resample_counts(1, n));
    };
    const std::vector<MorrisEffects> one = effects_of(1);
    CHECK(one.at(1).mu == Approx(-3.0));
    CHECK(one.at(1).mu_star.value == Approx(3.0));
    for (const MorrisEffects& effects : one) {
        CHECK(std::isnan(effects.mu_star.low));
        CHECK(std::isnan(effects.mu_star.high));
        CHECK(std::isnan(effects.sigma));
    }
    CHECK(effects_of(2).at(1).mu_star.high == Approx(3.0));
    CHECK(effects_of(2).at(1).sigma == Approx(0.0).margin(1e-12));
    CHECK(std::isnan(effects_of(0).at(1).mu));
}

TEST_CASE("PAWN of an outcome that is the parameter itself is known exactly")
{
    // In slice i of ten the outcome is uniform in (i/10, (i + 1)/10): distance max(i, 9 - i)/10.
    const Design design{unit_design("lhs", 1000, 2)};
    std::vector<double> x;
    std::vector<double> inert;
    for (std::int64_t i = 0; i < design.size(); ++i) {
        x.push_back(design.unit_point(i)[0]);
        inert.push_back(design.unit_point(i)[1]);
    }
    const Pawn own = pawn(pawn_slices(x), x);
    CHECK(own.median == Approx(0.7));
    CHECK(own.max == Approx(0.9));
    const std::vector<int> slices = pawn_slices(inert);
    const double floor = pawn_floor(slices, 1);
    CHECK(pawn(slices, x).median < floor);
    CHECK(floor <
          0.15);  // 0.0868 is the median of Kolmogorov's distribution for 100 of 1000 points
    CHECK(floor > 0.0868 * 0.9);
}

TEST_CASE("equal values of a parameter share a slice, and few points have none")
{
    std::vector<double> x(40, 1.0);
    std::fill(x.begin() + 20, x.end(), 2.0);
    const std::vector<int> slices = pawn_slices(x);
    CHECK(slices[0] == slices[19]);
    CHECK(slices[20] == slices[39]);
    CHECK(slices[0] != slices[20]);
    CHECK(pawn_slices(std::vector<double>(19, 1.0)).empty());
    CHECK(pawn_slices(std::vector<double>(40, 1.0)).empty());  // nothing to compare with
    x.assign(40, 1.0);
    std::fill(x.end() - 9, x.end(), 2.0);
    CHECK(pawn_slices(x).empty());  // nine are too few for a slice
    x[30] = 2.0;
    CHECK(std::ranges::count(pawn_slices(x), 1) == 10);
    std::fill(x.begin(), x.begin() + 9, 0.0);  // too few as the first slice, too
    CHECK(std::ranges::count(pawn_slices(x), 0) == 30);
    CHECK(std::isnan(pawn({}, x).median));
}

TEST_CASE("the probability of a distance between two samples is that of another implementation")
{
    // scipy 1.10.1: ks_2samp(method="exact") gives 0.01202.
    std::vector<double> first(10);
    std::iota(first.begin(), first.end(), 1.0);
    std::vector<double> second(8);
    std::iota(second.begin(), second.end(), 8.0);
    CHECK(two_sample_probability(first, second) == Approx(0.01202).epsilon(0.05));
    CHECK(two_sample_probability(first, first) == 1.0);
}

TEST_CASE("what is neither the row's nor the column's in a table is its residual variance")
{
    // Row effects of 10, column effects of 5, noise with standard deviation 0.5.
    constexpr std::size_t columns = 8;
    std::vector<double> table;
    for (std::uint64_t row = 0; row < 400; ++row) {
        for (std::uint64_t column = 0; column < columns; ++column) {
            const RandomKey key{9, 0};
            table.push_back(10.0 * normal(key, Stream::demand, row, 0, 0) +
                            5.0 * normal(key, Stream::fx, column, 0, 0) +
                            0.5 * normal(key, Stream::entry, row * columns + column, 0, 0));
        }
    }
    CHECK(residual_variance(table, columns, false) == Approx(0.25).epsilon(0.09));  // 3 errors
    CHECK(residual_variance(table, columns, true) > 5.0);
    CHECK(std::isnan(residual_variance(table, 1, false)));
}

}  // namespace

}  // namespace latecomer::tests::indices_test
