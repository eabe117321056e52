#include "jobs/study/marginal.hpp"

#include "core/elementary.hpp"
#include "core/errors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace latecomer::jobs::study {
namespace {

/// A quotient of polynomials of degree 7, coefficients by rising power.
struct Quotient {
    std::array<double, 8> above;
    std::array<double, 8> below;
};

// The coefficients of Wichura (1988), PPND16, for u from 0.075 to 0.925 and for the two parts of
// the tails.
constexpr Quotient middle{
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
     1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
     3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
     5.2264952788528545610e3}};
constexpr Quotient tail{
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
     3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9}};
constexpr Quotient far_tail{
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};

double polynomial(const std::array<double, 8>& coefficients, double x)
{
    double sum = coefficients.back();
    for (std::size_t i = coefficients.size() - 1; i-- > 0;) {
        sum = sum * x + coefficients[i];
    }
    return sum;
}

double value_of(const Quotient& quotient, double x)
{
    return polynomial(quotient.above, x) / polynomial(quotient.below, x);
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
    if (std::abs(side) <= 0.425) {
        return side * value_of(middle, 0.180625 - side * side);
    }
    const double r = std::sqrt(-elementary::log(side < 0.0 ? u : 1.0 - u));
    const double size = r <= 5.0 ? value_of(tail, r - 1.6) : value_of(far_tail, r - 5.0);
    return std::copysign(size, side);
}

double quantile(const Marginal& marginal, double u)
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

}  // namespace latecomer::jobs::study
