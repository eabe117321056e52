#include "core/elementary.hpp"

#include "core/constants.hpp"
#include "core/hash.hpp"
#include "core/kernels/elementary.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace latecomer::tests::elementary_test {
namespace {

constexpr double smallest = std::numeric_limits<double>::denorm_min();
constexpr int samples = 200000;

/// Numbers between two limits that look random but do not need a generator to be right.
std::vector<double> spread(double low, double high, int n = samples)
{
    std::vector<double> points;
    for (int i = 0; i < n; ++i) {
        const auto bits = mix64(static_cast<std::uint64_t>(i)) >> 11;
        points.push_back(low + (high - low) * (static_cast<double>(bits) * 0x1p-53));
    }
    return points;
}

/// Numbers whose logarithms spread evenly between those of two powers of two.
std::vector<double> spread_powers(int low, int high, int n = samples)
{
    std::vector<double> points;
    for (const double exponent : spread(low, high, n)) {
        const double whole = std::floor(exponent);
        points.push_back(std::ldexp(1.0 + (exponent - whole), static_cast<int>(whole)));
    }
    return points;
}

/// |computed - exact| in units of the last place of a double of exact's size.
double error_in_ulp(double computed, long double exact)
{
    const int exponent = exact == 0.0L ? -1022 : std::max(std::ilogb(exact), -1022);
    return static_cast<double>(
        std::fabs(std::ldexp(static_cast<long double>(computed) - exact, 52 - exponent)));
}

template <class Function, class Exact>
double largest_error(const std::vector<double>& points, Function function, Exact exact)
{
    double largest = 0.0;
    for (const double x : points) {
        largest = std::max(largest, error_in_ulp(function(x), exact(static_cast<long double>(x))));
    }
    return largest;
}

double our_exp(double x)
{
    return elementary::exp(x);
}
double our_expm1(double x)
{
    return elementary::expm1(x);
}
double our_log(double x)
{
    return elementary::log(x);
}
double our_log1p(double x)
{
    return elementary::log1p(x);
}
bool same(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

long double exact_exp(long double x)
{
    return std::exp(x);
}
long double exact_expm1(long double x)
{
    return std::expm1(x);
}
long double exact_log(long double x)
{
    return std::log(x);
}
long double exact_log1p(long double x)
{
    return std::log1p(x);
}

/// The largest error of x^y over bases and powers with |y log x| below a bound.
double largest_error_of_pow(const std::vector<double>& bases, double bound)
{
    const std::vector<double> sizes = spread(-bound, bound, static_cast<int>(bases.size()));
    double largest = 0.0;
    for (std::size_t i = 0; i < bases.size(); ++i) {
        const double y = sizes[i] / std::log(bases[i]);
        const long double exact =
            std::pow(static_cast<long double>(bases[i]), static_cast<long double>(y));
        largest = std::max(largest, error_in_ulp(elementary::pow(bases[i], y), exact));
    }
    return largest;
}

/// Hash of results in their order; every NaN counts alike.
class ResultHash {
public:
    void add(double x) { hash_ = mix64(hash_ ^ (x == x ? std::bit_cast<std::uint64_t>(x) : 1)); }
    std::uint64_t value() const { return hash_; }

private:
    std::uint64_t hash_ = 0;
};

}  // namespace

TEST_CASE("exp errs by less than 1.1 ulp", "[elementary]")
{
    CHECK(largest_error(spread(-708.0, 709.7), our_exp, exact_exp) < 1.1);
    CHECK(largest_error(spread(-1.0, 1.0), our_exp, exact_exp) < 1.1);
    CHECK(largest_error(spread_powers(-60, 0), our_exp, exact_exp) < 1.1);
}

TEST_CASE("exp errs by less than 1.1 units of the smallest number where it is subnormal",
          "[elementary]")
{
    CHECK(largest_error(spread(-746.0, -708.0), our_exp, exact_exp) < 1.1);
}

TEST_CASE("exp ends in zero, infinity and NaN", "[elementary]")
{
    CHECK(elementary::exp(0.0) == 1.0);
    CHECK(elementary::exp(-745.13) == smallest);
    CHECK(elementary::exp(-745.14) == 0.0);
    CHECK(elementary::exp(-1e300) == 0.0);
    CHECK(elementary::exp(-infinity) == 0.0);
    CHECK(elementary::exp(709.78) < infinity);
    CHECK(elementary::exp(709.79) == infinity);
    CHECK(elementary::exp(1e300) == infinity);
    CHECK(elementary::exp(infinity) == infinity);
    CHECK(std::isnan(elementary::exp(not_a_number)));
}

TEST_CASE("expm1 errs by less than 2.3 ulp", "[elementary]")
{
    CHECK(largest_error(spread(-50.0, 709.7), our_expm1, exact_expm1) < 2.3);
    CHECK(largest_error(spread(-1.0, 1.0), our_expm1, exact_expm1) < 2.3);
    CHECK(largest_error(spread_powers(-1000, 0), our_expm1, exact_expm1) < 2.3);
}

TEST_CASE("expm1 ends in -1, infinity and NaN and keeps the sign of zero", "[elementary]")
{
    CHECK(elementary::expm1(-60.1) == -1.0);
    CHECK(elementary::expm1(-1000.0) == -1.0);
    CHECK(elementary::expm1(-infinity) == -1.0);
    CHECK(elementary::expm1(709.79) == infinity);
    CHECK(elementary::expm1(1e300) == infinity);
    CHECK(elementary::expm1(infinity) == infinity);
    CHECK(elementary::expm1(smallest) == smallest);
    CHECK(std::signbit(elementary::expm1(-0.0)));
    CHECK(std::isnan(elementary::expm1(not_a_number)));
}

TEST_CASE("log errs by less than 0.85 ulp", "[elementary]")
{
    CHECK(largest_error(spread_powers(-1022, 1024), our_log, exact_log) < 0.85);
    CHECK(largest_error(spread(0.5, 2.0), our_log, exact_log) < 0.85);
    CHECK(largest_error(spread(0.999, 1.001), our_log, exact_log) < 0.85);
    CHECK(largest_error(spread_powers(-1074, -1022), our_log, exact_log) < 0.85);
}

TEST_CASE("log ends in infinities and NaN", "[elementary]")
{
    CHECK(elementary::log(1.0) == 0.0);
    CHECK(elementary::log(smallest) == Approx(-744.4400719213812).epsilon(1e-15));
    CHECK(elementary::log(0.0) == -infinity);
    CHECK(elementary::log(-0.0) == -infinity);
    CHECK(std::isnan(elementary::log(-smallest)));
    CHECK(std::isnan(elementary::log(-infinity)));
    CHECK(elementary::log(infinity) == infinity);
    CHECK(std::isnan(elementary::log(not_a_number)));
}

TEST_CASE("the logarithm of normal numbers is that of all, but for the ends")
{
    for (const double x : spread_powers(-1022, 1024)) {
        REQUIRE(same(kernels::baseline::log_of_normal(x), elementary::log(x)));
    }
    CHECK(std::isnan(kernels::baseline::log_of_normal(infinity)));
    CHECK(std::isnan(kernels::baseline::log_of_normal(not_a_number)));
}

TEST_CASE("the exponential of moderate numbers has the bits of any, and ends where they end",
          "[elementary]")
{
    for (int i = 0; i <= 140'000; ++i) {
        const double x = -700.0 + 0.01 * i;
        REQUIRE(same(kernels::baseline::exp_of_moderate(x), elementary::exp(x)));
    }
    CHECK(kernels::baseline::exp_of_moderate(-infinity) == elementary::exp(-700.0));
    CHECK(kernels::baseline::exp_of_moderate(-701.0) == elementary::exp(-700.0));
    CHECK(kernels::baseline::exp_of_moderate(701.0) == elementary::exp(700.0));
    CHECK(std::isnan(kernels::baseline::exp_of_moderate(not_a_number)));
}

TEST_CASE("the fourth root errs by less than 0.9 ulp and has the limits of roots")
{
    const auto root = [](double x) { return kernels::baseline::quarter_root(x); };
    const auto exact = [](long double x) { return std::sqrt(std::sqrt(x)); };
    CHECK(largest_error(spread_powers(-1074, 1024), root, exact) < 0.9);
    CHECK(root(0.0) == 0.0);
    CHECK(root(1.0) == 1.0);
    CHECK(root(16.0) == 2.0);
    CHECK(root(infinity) == infinity);
    CHECK(std::isnan(root(-1.0)));
}

TEST_CASE("a multiply-add without the instruction rounds once")
{
    const auto emulated = [](double a, double b, double c) {
        return kernels::baseline::emulated_multiply_add(a, b, c);
    };
    const auto factors = spread_powers(-300, 300);
    const auto others = spread_powers(-60, 60);
    for (std::size_t i = 0; i < factors.size(); ++i) {
        const double a = factors[i];
        const double b = -others[i];
        // Sums of any sizes, then those that nearly cancel, then ties.
        const double far = others[(i + 7) % others.size()] * a;
        const double tie =
            std::ldexp(std::floor(std::ldexp(a, -std::ilogb(a) + 26)), std::ilogb(a) - 26);
        REQUIRE(same(emulated(a, b, far), std::fma(a, b, far)));
        REQUIRE(same(emulated(a, b, -(a * b)), std::fma(a, b, -(a * b))));
        REQUIRE(same(emulated(tie, 1.0 + 0x1p-26, a), std::fma(tie, 1.0 + 0x1p-26, a)));
    }
    CHECK(emulated(infinity, 2.0, 1.0) == infinity);
    CHECK(emulated(2.0, 3.0, -infinity) == -infinity);
    CHECK(std::isnan(emulated(infinity, 0.0, 1.0)));
    CHECK(std::isnan(emulated(1.0, 1.0, not_a_number)));
    CHECK(std::signbit(emulated(-0.0, 1.0, -0.0)));
    CHECK(emulated(0.0, 1e300, 3.0) == 3.0);
}

TEST_CASE("log1p errs by less than 0.85 ulp", "[elementary]")
{
    CHECK(largest_error(spread(-0.999999, 3.0), our_log1p, exact_log1p) < 0.85);
    CHECK(largest_error(spread_powers(-1020, 1024), our_log1p, exact_log1p) < 0.85);
    CHECK(largest_error(spread(-1e-3, 1e-3), our_log1p, exact_log1p) < 0.85);
}

TEST_CASE("log1p ends in infinities and NaN and keeps the sign of zero", "[elementary]")
{
    CHECK(elementary::log1p(-1.0) == -infinity);
    CHECK(std::isnan(elementary::log1p(-1.0000001)));
    CHECK(elementary::log1p(infinity) == infinity);
    CHECK(elementary::log1p(smallest) == smallest);
    CHECK(std::signbit(elementary::log1p(-0.0)));
    CHECK(std::isnan(elementary::log1p(not_a_number)));
}

TEST_CASE("pow errs by less than 0.75 ulp while |y log x| is at most 700", "[elementary]")
{
    CHECK(largest_error_of_pow(spread_powers(-1070, 1023), 700.0) < 0.75);
    CHECK(largest_error_of_pow(spread(0.5, 2.0), 700.0) < 0.75);
    CHECK(largest_error_of_pow(spread(0.999, 1.001), 700.0) < 0.75);
    CHECK(largest_error_of_pow(spread(0.01, 10.0), 3.0) < 0.75);
}

TEST_CASE("pow has the limits of powers", "[elementary]")
{
    CHECK(elementary::pow(0.0, 0.5) == 0.0);
    CHECK(elementary::pow(0.0, 1e-300) == 0.0);
    CHECK(elementary::pow(0.0, 0.0) == 1.0);
    CHECK(elementary::pow(0.0, -1.0) == infinity);
    CHECK(elementary::pow(infinity, 0.0) == 1.0);
    CHECK(elementary::pow(infinity, 0.5) == infinity);
    CHECK(elementary::pow(infinity, -0.5) == 0.0);
    CHECK(elementary::pow(1.0, 1e300) == 1.0);
    CHECK(elementary::pow(3.0, 1.0) == 3.0);
    CHECK(elementary::pow(3.0, 5.0) == 243.0);
    CHECK(elementary::pow(2.0, -1074.0) == smallest);
    CHECK(elementary::pow(2.0, -1076.0) == 0.0);
    CHECK(elementary::pow(2.0, 1023.0) == 0x1p1023);
    CHECK(elementary::pow(2.0, 1024.0) == infinity);
    CHECK(elementary::pow(1.5, 1e300) == infinity);
    CHECK(elementary::pow(1.5, -1e308) == 0.0);
    CHECK(elementary::pow(0.999, 1e308) == 0.0);
    CHECK(elementary::pow(1e300, 1e308) == infinity);
    CHECK(elementary::pow(1e-300, 1e308) == 0.0);
    CHECK(std::isnan(elementary::pow(-1.0, 2.0)));
    CHECK(std::isnan(elementary::pow(not_a_number, 2.0)));
    CHECK(std::isnan(elementary::pow(2.0, not_a_number)));
}

TEST_CASE("sine and cosine of a turn err by less than 1.75 2^-53", "[elementary]")
{
    const long double two_pi = 8.0L * std::atan(1.0L);
    double largest = 0.0;
    for (const double u : spread(0.0, 1.0)) {
        const auto [sine, cosine] = elementary::sincos_of_turn(u);
        const long double angle = two_pi * u;
        largest = std::max(largest, static_cast<double>(std::fabs(sine - std::sin(angle))));
        largest = std::max(largest, static_cast<double>(std::fabs(cosine - std::cos(angle))));
    }
    CHECK(largest < 0x1.cp-53);
}

TEST_CASE("quarters of a turn have exact sines and cosines", "[elementary]")
{
    for (int quarter = -8; quarter <= 8; ++quarter) {
        const auto [sine, cosine] = elementary::sincos_of_turn(0.25 * quarter);
        const int position = ((quarter % 4) + 4) % 4;
        CHECK(sine == (position == 1 ? 1.0 : position == 3 ? -1.0 : 0.0));
        CHECK(cosine == (position == 0 ? 1.0 : position == 2 ? -1.0 : 0.0));
    }
}

TEST_CASE("every build computes the same bits", "[elementary][reproducibility]")
{
    ResultHash hash;
    for (int i = 0; i < samples; ++i) {
        // Random bits, so all exponents, infinities and NaNs; then the usual range.
        const double wild = std::bit_cast<double>(mix64(static_cast<std::uint64_t>(i)));
        const double tame =
            static_cast<double>(mix64(static_cast<std::uint64_t>(~i)) >> 11) * 0x1p-50;
        for (const double x : {wild, tame}) {
            hash.add(elementary::exp(x));
            hash.add(elementary::expm1(x));
            hash.add(elementary::log(x));
            hash.add(elementary::log1p(x));
            hash.add(elementary::pow(x, tame));
            hash.add(elementary::pow(tame, x));
        }
        hash.add(elementary::sincos_of_turn(tame).sine);
        hash.add(elementary::sincos_of_turn(tame).cosine);
    }
    CHECK(hash.value() == 0xc1f41b82c1fef7d9);
}

}  // namespace latecomer::tests::elementary_test
