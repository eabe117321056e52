#include "jobs/study/statistics/sign_condition.hpp"

#include "core/constants.hpp"
#include "tests/support/catch.hpp"

#include <cmath>
#include <vector>

namespace latecomer::tests::sign_condition_test {

using namespace latecomer::jobs::study;

namespace {

constexpr std::uint64_t seed = 7;

/// 1 / (1 + e^-z)
double logistic(double z)
{
    return 1.0 / (1.0 + std::exp(-z));
}

/// Effects whose sign is positive in as many of 100 cases as a logistic line through `flip` says, at
/// each of 11 values of the condition from 0 to 1.
struct Made {
    std::vector<double> effects;
    std::vector<double> conditions;

    Made(double flip, double slope)
    {
        for (int i = 0; i <= 10; ++i) {
            const double x = 0.1 * i;
            const double above = 100.0 * logistic(slope * (x - flip));
            for (int j = 0; j < 100; ++j) {
                effects.push_back(j + 0.5 < above ? 1.0 : -1.0);
                conditions.push_back(x);
            }
        }
    }
};

TEST_CASE("a sign that changes along a condition is found to flip where both signs are as likely")
{
    const Made made{0.4, 8.0};
    const SignCondition sign = sign_condition(made.effects, made.conditions, seed);
    CHECK(sign.n == 1100);
    CHECK(sign.flips_at == Approx(0.4).margin(0.01));
    CHECK(sign.flips_low > 0.35);
    CHECK(sign.flips_high < 0.45);
    CHECK(sign.flips_low < 0.4);
    CHECK(sign.flips_high > 0.4);
    CHECK(sign.probability < 1e-6);
    CHECK(sign.share_low < 0.4);
    CHECK(sign.share_high > 0.9);
}

TEST_CASE("a sign that falls flips where one that rises does")
{
    const Made made{0.7, -8.0};
    const SignCondition sign = sign_condition(made.effects, made.conditions, seed);
    CHECK(sign.flips_at == Approx(0.7).margin(0.01));
    CHECK(sign.share_low > sign.share_high);
}

TEST_CASE("without a slope chance explains the signs, and no interval is told")
{
    std::vector<double> effects;
    std::vector<double> conditions;
    for (int i = 0; i < 40; ++i) {
        effects.push_back(i % 2 == 0 ? 1.0 : -1.0);
        conditions.push_back(static_cast<double>(i / 2));
    }
    const SignCondition sign = sign_condition(effects, conditions, seed);
    CHECK(sign.probability > 0.9);
    CHECK(std::isnan(sign.flips_low));
    CHECK(std::isnan(sign.flips_high));
}

TEST_CASE("an effect that fades to nothing does not flip, whatever signs chance gives it there")
{
    std::vector<double> conditions;
    std::vector<double> fading;
    std::vector<double> turning;
    for (int i = 0; i < 120; ++i) {
        const double x = i / 120.0;
        const double noise = 0.1 * std::sin(12.9898 * i);  // as good as drawn
        conditions.push_back(x);
        fading.push_back((x < 0.5 ? 0.0 : -(x - 0.5)) + noise);
        turning.push_back(0.5 - x + noise);
    }
    const SignCondition fades = sign_condition(fading, conditions, seed);
    CHECK(fades.probability < 0.01);  // the share of signs does change
    CHECK(std::isnan(fades.flips_at));
    const SignCondition turns = sign_condition(turning, conditions, seed);
    CHECK(turns.flips_at == Approx(0.5).margin(0.05));
}

TEST_CASE("a sign that never changes flips nowhere")
{
    std::vector<double> conditions;
    for (int i = 0; i < 20; ++i) {
        conditions.push_back(i);
    }
    const std::vector<double> effects(20, 3.0);
    const SignCondition sign = sign_condition(effects, conditions, seed);
    CHECK(std::isnan(sign.flips_at));
    CHECK(sign.share_low == 1.0);
    CHECK(sign.share_high == 1.0);
}

TEST_CASE("signs that a condition separates without exception flip between the two")
{
    std::vector<double> effects;
    std::vector<double> conditions;
    for (int i = 0; i < 30; ++i) {
        conditions.push_back(i);
        effects.push_back(i < 12 ? -0.1 : 0.1);
    }
    const SignCondition sign = sign_condition(effects, conditions, seed);
    CHECK(sign.flips_at == Approx(11.5).margin(1.0));
    CHECK(sign.probability < 1e-3);
}

TEST_CASE("the scale of a condition changes nothing but the place where the sign flips")
{
    const Made made{0.4, 8.0};
    std::vector<double> large;
    for (const double x : made.conditions) {
        large.push_back(1000.0 + 50.0 * x);
    }
    const SignCondition one = sign_condition(made.effects, made.conditions, seed);
    const SignCondition other = sign_condition(made.effects, large, seed);
    CHECK(other.flips_at == Approx(1000.0 + 50.0 * one.flips_at));
    CHECK(other.probability == Approx(one.probability).margin(1e-12));
}

TEST_CASE("too few effects, missing ones and a condition that never varies say nothing")
{
    const std::vector<double> few{1.0, -1.0, 1.0};
    CHECK(std::isnan(sign_condition(few, few, seed).probability));
    const std::vector<double> effects{1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
    const std::vector<double> same(10, 2.0);
    CHECK(std::isnan(sign_condition(effects, same, seed).probability));
    std::vector<double> missing = effects;
    missing[0] = not_a_number;
    std::vector<double> conditions{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    CHECK(sign_condition(missing, conditions, seed).n == 9);
    conditions[5] = not_a_number;
    CHECK(sign_condition(missing, conditions, seed).n == 8);
    CHECK(sign_condition({}, {}, seed).n == 0);
}

}  // namespace
}  // namespace latecomer::tests::sign_condition_test
