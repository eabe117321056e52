#include "jobs/study/statistics/estimates.hpp"

#include "core/random.hpp"
#include "tests/support/catch.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace latecomer::tests::estimates_test {

using namespace latecomer::jobs::study;

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

StopRule rule_of(Estimand estimand, double half_width)
{
    StopRule rule;
    rule.estimand = estimand;
    rule.half_width = half_width;
    return rule;
}

TEST_CASE("the interval of a mean is that of another implementation")
{
    // scipy 1.10.1, stats.t.interval(0.9, 4, mean, sem).
    const Estimate estimate = estimate_mean(std::vector{1.0, 4.0, 2.0, 8.0, 5.0}, 0.9);
    CHECK(estimate.value == Approx(4.0));
    CHECK(estimate.low == Approx(1.3890315879657114));
    CHECK(estimate.high == Approx(6.610968412034287));
    CHECK(estimate.ids == 5);
}

TEST_CASE("replicates without a value are counted, and leave a mean alone")
{
    const Estimate estimate = estimate_mean(std::vector{1.0, nothing, 3.0}, 0.95);
    CHECK(estimate.value == 2.0);
    CHECK(estimate.ids == 3);
    CHECK(estimate.without == 1);
}

TEST_CASE("one value is a mean without an interval, and no value is nothing")
{
    for (const std::vector<double>& one : {std::vector{7.0}, std::vector{nothing, 7.0, nothing}}) {
        const Estimate estimate = estimate_mean(one, 0.95);
        CHECK(estimate.value == 7.0);
        CHECK(std::isnan(estimate.low));
        CHECK(std::isnan(estimate.high));
        CHECK_FALSE(is_met(rule_of(Estimand::mean, 1e9), estimate));
        CHECK_FALSE(replicates_needed(rule_of(Estimand::mean, 1.0), estimate));
    }
    CHECK(std::isnan(estimate_mean({}, 0.95).value));
    CHECK(std::isnan(estimate_mean(std::vector{nothing}, 0.95).value));
}

TEST_CASE("one run, or one pair of runs, gives a share or a difference without an interval")
{
    const Estimate share = estimate_share(std::vector{1.0}, 0.95);
    CHECK(share.ids == 1);
    CHECK(share.without == 0);
    CHECK(estimate_share(std::vector{nothing}, 0.95).without == 1);
    CHECK(share.value == 1.0);
    CHECK(std::isnan(share.low));
    CHECK(std::isnan(share.high));
    const std::vector<double> own{1.0, nothing};
    const std::vector<double> other{0.0, 1.0};
    for (const Estimate& difference :
         {estimate_difference(own, other, 0.95), estimate_share_difference(own, other, 0.95)}) {
        CHECK(difference.value == 1.0);
        CHECK(difference.without == 1);
        CHECK(std::isnan(difference.low));
        CHECK(std::isnan(difference.high));
    }
}

TEST_CASE("more runs with a yes never lower an end of the interval of a share")
{
    // Wilson's ends at 0 of n are 0 and z^2/(n + z^2), 3.841459/69.841459 of 66.
    for (const std::size_t n : {2U, 6U, 66U}) {
        std::vector<double> values(n, 0.0);
        Estimate last = estimate_share(values, 0.95);
        CHECK(last.low == 0.0);
        CHECK(last.high == Approx(3.841458821 / (static_cast<double>(n) + 3.841458821)));
        for (double& value : values) {
            value = 1.0;
            const Estimate more = estimate_share(values, 0.95);
            CHECK(more.low >= last.low);
            CHECK(more.high >= last.high);
            CHECK(more.high > more.low);
            last = more;
        }
        CHECK(last.high == 1.0);
    }
}

TEST_CASE("economies of a run do not count each: a share of them counts as many trials as runs")
{
    // 6 runs of 11 economies, from none to all: one more economy never lowers an end.
    std::vector<double> values(6, 0.0);
    Estimate last = estimate_share(values, 0.95);
    CHECK(last.high == Approx(3.841458821 / 9.841458821));
    for (double& value : values) {
        for (int economies = 1; economies <= 11; ++economies) {
            value = economies / 11.0;
            const Estimate more = estimate_share(values, 0.95);
            CHECK(more.low >= last.low);
            CHECK(more.high >= last.high);
            last = more;
        }
    }
    // Halves of the economies of 8 runs are as 4 of 8: statsmodels, method="wilson".
    const Estimate half = estimate_share(std::vector<double>(8, 0.5), 0.95);
    CHECK(half.low == Approx(0.2152160622));
    CHECK(half.high == Approx(0.7847839378));
}

TEST_CASE("the difference of shares of economies is that of yes and no where it is so")
{
    // Differences 1, 0, -1, 1 and 0.5, 0, -0.5, 0.5: sums 1 and 0.5, squares 3 and 0.75 and one more of
    // half ids; n = 6: middle 1/6 and 1/12, spread 4/6 - 1/36 and 1.75/6 - 1/144.
    const std::vector<double> zeros{0.0, 0.0, 1.0, 0.0};
    const Estimate whole = estimate_share_difference(std::vector{1.0, 0.0, 0.0, 1.0}, zeros, 0.95);
    CHECK(whole.value == Approx(0.25));
    CHECK(whole.high == Approx(1.0 / 6.0 + 1.959963985 * std::sqrt((4.0 / 6 - 1.0 / 36) / 6)));
    const Estimate part = estimate_share_difference(std::vector{0.5, 0.0, 0.5, 0.5}, zeros, 0.95);
    CHECK(part.value == Approx(0.125));
    CHECK(part.low == Approx(1.0 / 12.0 - 1.959963985 * std::sqrt((1.75 / 6 - 1.0 / 144) / 6)));
}

TEST_CASE("the interval of a share is Wilson's")
{
    // statsmodels 0.13.5, proportion_confint(method="wilson").
    std::vector<double> values(32, 0.0);
    values[3] = values[9] = values[31] = 1.0;
    const Estimate estimate = estimate_share(values, 0.95);
    CHECK(estimate.value == 3.0 / 32.0);
    CHECK(estimate.low == Approx(0.03240155129836618));
    CHECK(estimate.high == Approx(0.2421815472838787));
    const Estimate none = estimate_share(std::vector<double>(20, 0.0), 0.95);
    CHECK(none.low == 0.0);
    CHECK(none.high == Approx(0.1611251580528194));
}

TEST_CASE("a failed replicate stays in the denominator of a share")
{
    const Estimate estimate = estimate_share(std::vector{1.0, 0.0, nothing, nothing}, 0.95);
    CHECK(estimate.value == 0.25);
    CHECK(estimate.without == 2);
}

TEST_CASE("a difference is taken id by id, where both have a value")
{
    const std::vector<double> values{11.0, 22.0, 33.0, nothing, 50.0};
    const std::vector<double> versus{10.0, 20.0, 30.0, 40.0, nothing};
    const Estimate estimate = estimate_difference(values, versus, 0.95);
    CHECK(estimate.value == Approx(2.0));
    CHECK(estimate.half_width() == Approx(2.484137712));  // 4.302652730 / sqrt(3)
    CHECK(estimate.without == 2);
}

TEST_CASE("yes-or-no outcomes that are all equal are not known for certain")
{
    const std::vector<double> equal(30, 0.0);
    CHECK(estimate_difference(equal, equal, 0.95).half_width() == 0.0);
    const Estimate estimate = estimate_share_difference(equal, equal, 0.95);
    CHECK(estimate.value == 0.0);
    CHECK(estimate.half_width() == Approx(1.959963985 / 32.0));  // z sqrt(1 / 32) / sqrt(32)
}

TEST_CASE("a rule is met when half of the interval is no wider than it says")
{
    StopRule rule = rule_of(Estimand::mean, 0.5);
    CHECK(is_met(rule, {10.0, 9.5, 10.5}));
    CHECK_FALSE(is_met(rule, {10.0, 9.4, 10.6}));
    CHECK_FALSE(is_met(rule, {nothing, nothing, nothing}));
    rule.half_width.reset();
    rule.relative_half_width = 0.06;
    CHECK(is_met(rule, {-10.0, -10.5, -9.5}));
    CHECK_FALSE(is_met(rule, {0.0, -0.5, 0.5}));
    CHECK_FALSE(replicates_needed(rule, {0.0, -0.5, 0.5, 32}));
}

TEST_CASE("the replicates that a rule needs follow from the width at hand")
{
    CHECK(replicates_needed(rule_of(Estimand::mean, 0.5), {10.0, 8.0, 12.0, 32}) == 512);
    // Half-widths at a share of one half: 385, 1068, 2401 replicates, less z^2 for Wilson's.
    const auto of_share = [](double half_width) {
        return replicates_needed(rule_of(Estimand::share, half_width), {0.5, 0.3, 0.7, 32});
    };
    CHECK(of_share(0.05) == 381);
    CHECK(of_share(0.03) == 1064);
    CHECK(of_share(0.02) == 2398);
}

TEST_CASE("looks double from the smallest to the largest number of replicates")
{
    const auto looks = [](std::int64_t min, std::int64_t max) {
        return look_schedule({min, max, CommonRandomNumbers::off});
    };
    CHECK(looks(32, 32) == std::vector<std::int64_t>{32});
    CHECK(looks(32, 256) == std::vector<std::int64_t>{32, 64, 128, 256});
    CHECK(looks(32, 100) == std::vector<std::int64_t>{32, 64, 100});
    CHECK(looks(3, 4294967296).back() == 4294967296);
}

TEST_CASE("sequential stopping covers a rare share nearly as often as it says")
{
    // Bernoulli(0.1), half-width 0.03, looks at 32, 64, ..., 4096.  A coverage of 0.933 with 1500 repeats was
    // measured elsewhere; its standard error is 0.006, so 0.92 is two below.
    constexpr double truth = 0.1;
    constexpr int repeats = 3000;
    const StopRule rule = rule_of(Estimand::share, 0.03);
    const std::vector<std::int64_t> schedule = look_schedule({32, 4096, CommonRandomNumbers::off});
    int covered = 0;
    double replicates = 0.0;
    for (std::uint32_t repeat = 0; repeat < repeats; ++repeat) {
        std::vector<double> values;
        Estimate estimate;
        for (const std::int64_t look : schedule) {
            while (std::ssize(values) < look) {
                const double u = uniform({5, repeat}, Stream::entry, values.size(), 0, 0);
                values.push_back(u < truth ? 1.0 : 0.0);
            }
            estimate = estimate_share(values, 0.95);
            if (is_met(rule, estimate)) {
                break;
            }
        }
        covered += estimate.low <= truth && truth <= estimate.high ? 1 : 0;
        replicates += static_cast<double>(estimate.ids) / repeats;
    }
    CAPTURE(covered, replicates);
    CHECK(covered >= 0.92 * repeats);
    CHECK(covered <= 0.97 * repeats);
    CHECK(replicates < 600.0);
}

TEST_CASE("the mean over an ensemble is weighted, and its band holds the weight")
{
    // Four sets of equal weight: their middles stand at .125, .375, .625 and .875 of the weight.
    const std::vector<double> equal{0.25, 0.25, 0.25, 0.25};
    const OverSets even = estimate_over_sets(std::vector{4.0, 1.0, 2.0, 3.0}, equal, 0.5);
    CHECK(even.estimate.value == Approx(2.5));
    CHECK(even.estimate.low == Approx(1.5));
    CHECK(even.estimate.high == Approx(3.5));
    CHECK(even.agreement == Approx(1.0));
    // A set with most of the weight is most of the band.
    const OverSets uneven = estimate_over_sets(std::vector{-1.0, 3.0}, std::vector{0.1, 0.9}, 0.5);
    CHECK(uneven.estimate.value == Approx(2.6));
    CHECK(uneven.estimate.low == Approx(-1.0 + 4.0 * (0.25 - 0.05) / 0.5));
    CHECK(uneven.estimate.high == 3.0);
    CHECK(uneven.agreement == Approx(0.9));
    // Beyond the outermost sets there is nothing.
    const OverSets wide = estimate_over_sets(std::vector{-1.0, 3.0}, std::vector{0.5, 0.5}, 0.95);
    CHECK(wide.estimate.low == -1.0);
    CHECK(wide.estimate.high == 3.0);
}

TEST_CASE("sets without a value count for nothing, and no effect agrees with no sign")
{
    const OverSets some =
        estimate_over_sets(std::vector{nothing, 2.0, 4.0}, std::vector{0.5, 0.25, 0.25}, 0.95);
    CHECK(some.estimate.value == Approx(3.0));
    CHECK(some.estimate.ids == 3);
    CHECK(some.estimate.without == 1);
    CHECK(some.agreement == Approx(1.0));
    const OverSets zero =
        estimate_over_sets(std::vector{0.0, 0.0, 1.0}, std::vector{0.4, 0.4, 0.2}, 0.95);
    CHECK(zero.agreement == Approx(0.2));
    const OverSets none = estimate_over_sets(std::vector{nothing}, std::vector{1.0}, 0.95);
    CHECK(std::isnan(none.estimate.value));
    CHECK(std::isnan(none.agreement));
}

}  // namespace

}  // namespace latecomer::tests::estimates_test
