#include "jobs/study/statistics/student.hpp"

#include "core/elementary.hpp"
#include "core/errors.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer::jobs::study {
namespace {

constexpr double pi = 0x1.921fb54442d18p+1;

/// 1 / B(v/2, 1/2) = Gamma((v + 1)/2) / (Gamma(v/2) Gamma(1/2)), from v = 1 or 2 by twos.
double inverse_beta(std::int64_t degrees)
{
    double value = degrees % 2 == 1 ? 1.0 / pi : 0.5;
    for (std::int64_t v = 2 - degrees % 2; v < degrees; v += 2) {
        value *= static_cast<double>(v + 1) / static_cast<double>(v);
    }
    return value;
}

/// The continued fraction of the incomplete beta function, front factor left out, by the method of
/// Lentz; quick where x < (a + 1)/(a + b + 2).  DLMF (dlmf.nist.gov), 8.17.22.
double beta_fraction(double x, double a, double b)
{
    constexpr int most_terms = 20'000;
    constexpr double enough = 0x1p-52;
    double c = 1.0;
    double d = 1.0 / (1.0 - (a + b) * x / (a + 1.0));
    double value = d;
    const auto multiply = [&](double coefficient) {
        d = 1.0 / (1.0 + coefficient * d);
        c = 1.0 + coefficient / c;
        value *= c * d;
    };
    for (int m = 1; m < most_terms; ++m) {
        const double twice = a + 2.0 * m;
        multiply(m * (b - m) * x / ((twice - 1.0) * twice));
        multiply(-(a + m) * (a + b + m) * x / (twice * (twice + 1.0)));
        if (std::abs(c * d - 1.0) < enough) {
            break;
        }
    }
    return value;
}

/// P(T > t), with 1/B(v/2, 1/2) at hand.
double tail(double t, double degrees, double inverse_beta)
{
    const double ratio = t * t / degrees;
    const double x = 1.0 / (1.0 + ratio);
    const double y = ratio / (1.0 + ratio);  // 1 - x
    const double a = 0.5 * degrees;
    const double front = elementary::exp(-a * elementary::log1p(ratio)) * std::sqrt(y);
    if (x < (a + 1.0) / (a + 2.5)) {  // I_x(v/2, 1/2) / 2
        return 0.5 * front * inverse_beta / a * beta_fraction(x, a, 0.5);
    }
    return 0.5 - front * inverse_beta * beta_fraction(y, 0.5, a);  // 1/2 - I_y(1/2, v/2) / 2
}

}  // namespace

double student_tail(double t, std::int64_t degrees)
{
    expects(t >= 0.0 && degrees >= 1, "Student's t has a degree of freedom, and its tail begins");
    const std::int64_t v = std::min(degrees, most_degrees);
    return tail(t, static_cast<double>(v), inverse_beta(v));
}

double student_quantile(double p, std::int64_t degrees)
{
    expects(p > 0.5 && p < 1.0 && degrees >= 1, "a quantile of Student's t needs p above 1/2");
    const std::int64_t v = std::min(degrees, most_degrees);
    const double scale = inverse_beta(v);
    const auto is_below = [&](double t) {
        return tail(t, static_cast<double>(v), scale) > 1.0 - p;
    };
    double high = 1.0;
    while (is_below(high)) {
        high *= 2.0;
    }
    double low = high > 1.0 ? 0.5 * high : 0.0;
    for (double middle = 0.5 * (low + high); low < middle && middle < high;
         middle = 0.5 * (low + high)) {
        (is_below(middle) ? low : high) = middle;
    }
    return high;
}

}  // namespace latecomer::jobs::study
