#include "jobs/study/design/marginal.hpp"

#include "core/errors.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace latecomer::jobs::study::marginal_test {
namespace {

Marginal between(MarginalKind kind, double low, double high)
{
    Marginal marginal;
    marginal.kind = kind;
    marginal.low = low;
    marginal.high = high;
    return marginal;
}

TEST_CASE("the quantile of the normal distribution is that of another implementation")
{
    // scipy 1.10.1: [(u, scipy.special.ndtri(u)) for u in (...)]; middle and tails, both sides
    constexpr std::array expected{
        std::pair{0x1p-53, -8.209536151601387}, std::pair{0x1p-33, -6.3379577545537895},
        std::pair{1e-9, -5.9978070150076865},   std::pair{0.001, -3.090232306167813},
        std::pair{0.02425, -1.972961051311885}, std::pair{0.074, -1.4466320671589785},
        std::pair{0.076, -1.4325027208258116},  std::pair{0.3, -0.5244005127080409},
        std::pair{0.49, -0.02506890825871106},  std::pair{0.6, 0.2533471031357997},
        std::pair{0.975, 1.959963984540054},    std::pair{0.999999, 4.753424308817087},
    };
    for (const auto& [u, z] : expected) {
        CHECK(normal_quantile(u) == Approx(z).epsilon(4e-15));
    }
    CHECK(normal_quantile(0.5) == 0.0);
}

TEST_CASE("a normal marginal is finite where a design puts a point on the border")
{
    Marginal marginal;
    marginal.kind = MarginalKind::normal;
    marginal.mean = 10.0;
    marginal.sd = 2.0;
    CHECK(quantile(marginal, 0.975) == Approx(10.0 + 2.0 * 1.959963984540054));
    CHECK(quantile(marginal, 0.0) == Approx(10.0 - 2.0 * 6.3379577545537895));
    CHECK(quantile(marginal, 1.0) == Approx(10.0 + 2.0 * 6.3379577545537895));
}

TEST_CASE("uniform marginals reach both ends")
{
    const Marginal even = between(MarginalKind::uniform, -3.0, 0.1);
    CHECK(quantile(even, 0.0) == -3.0);
    CHECK(quantile(even, 0.5) == Approx(-1.45));
    CHECK(quantile(even, 1.0) == 0.1);

    const Marginal by_ratio = between(MarginalKind::log_uniform, 0.01, 100.0);
    CHECK(quantile(by_ratio, 0.0) == 0.01);
    CHECK(quantile(by_ratio, 0.25) == Approx(0.1));
    CHECK(quantile(by_ratio, 0.5) == Approx(1.0));
    CHECK(quantile(by_ratio, 1.0) == 100.0);
}

TEST_CASE("a triangular marginal has the quantiles of its two sides")
{
    Marginal marginal = between(MarginalKind::triangular, 2.0, 6.0);
    marginal.mode = 3.0;
    // scipy.stats.triang.ppf([...], 0.25, loc=2, scale=4)
    CHECK(quantile(marginal, 0.05) == Approx(2.447213595499958));
    CHECK(quantile(marginal, 0.2) == Approx(2.8944271909999157));
    CHECK(quantile(marginal, 0.25) == Approx(3.0));
    CHECK(quantile(marginal, 0.7) == Approx(4.102633403898972));
    CHECK(quantile(marginal, 0.99) == Approx(5.653589838486225));
    CHECK(quantile(marginal, 0.0) == 2.0);
    CHECK(quantile(marginal, 1.0) == 6.0);
    marginal.mode = 2.0;  // one side only
    CHECK(quantile(marginal, 0.0) == 2.0);
    CHECK(quantile(marginal, 0.75) == Approx(4.0));
    marginal.mode = 6.0;
    CHECK(quantile(marginal, 0.25) == Approx(4.0));
    CHECK(quantile(marginal, 1.0) == 6.0);
}

TEST_CASE("a discrete marginal gives each value its share")
{
    Marginal marginal;
    marginal.kind = MarginalKind::discrete;
    marginal.values = {5.0, 1.0, 9.0};
    CHECK(quantile(marginal, 0.0) == 5.0);
    CHECK(quantile(marginal, 0.33) == 5.0);
    CHECK(quantile(marginal, 0.34) == 1.0);
    CHECK(quantile(marginal, 0.66) == 1.0);
    CHECK(quantile(marginal, 0.67) == 9.0);
    CHECK(quantile(marginal, 1.0) == 9.0);
}

TEST_CASE("no quantile falls where the probability rises, nor leaves its bounds")
{
    const auto kind = GENERATE(MarginalKind::uniform, MarginalKind::log_uniform,
                               MarginalKind::normal, MarginalKind::triangular);
    Marginal marginal = between(kind, 0.3, 0.7);
    marginal.mode = 0.4;
    double before = quantile(marginal, 0.0);
    for (int i = 1; i <= 4096; ++i) {
        const double value = quantile(marginal, i / 4096.0);
        REQUIRE(value > before);
        before = value;
        REQUIRE((kind == MarginalKind::normal || (value > 0.3 && value <= 0.7)));
    }
}

TEST_CASE("a quantile of what is no probability is our mistake")
{
    CHECK_THROWS_AS(quantile(Marginal{}, -0.001), InternalError);
    CHECK_THROWS_AS(quantile(Marginal{}, 1.001), InternalError);
    CHECK_THROWS_AS(quantile(Marginal{}, std::nan("")), InternalError);
    CHECK_THROWS_AS(normal_quantile(0.0), InternalError);
}

}  // namespace
}  // namespace latecomer::jobs::study::marginal_test
