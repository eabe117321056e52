#include "jobs/study/statistics/student.hpp"

#include "core/errors.hpp"
#include "tests/support/catch.hpp"

#include <cmath>
#include <cstdint>

namespace latecomer::tests::student_test {

using namespace latecomer::jobs::study;

namespace {

struct Known {
    double p;
    std::int64_t degrees;
    double quantile;
};

// scipy 1.10.1, root of stats.t.sf(t, degrees) = 1 - p by optimize.brentq (ppf has 9 digits).
constexpr Known known[] = {
    {0.9, 1, 3.07768353717526},         {0.9, 2, 1.88561808316413},
    {0.9, 3, 1.6377443536962},          {0.9, 5, 1.47588404882448},
    {0.9, 10, 1.37218364111034},        {0.9, 31, 1.30946354949465},
    {0.9, 100, 1.29007476134652},       {0.9, 1000, 1.28239872146092},
    {0.9, 100000, 1.28156003144936},    {0.975, 1, 12.7062047361747},
    {0.975, 2, 4.30265272974946},       {0.975, 3, 3.18244630528371},
    {0.975, 5, 2.57058183563631},       {0.975, 10, 2.22813885198628},
    {0.975, 31, 2.03951344639644},      {0.975, 100, 1.98397151852355},
    {0.975, 1000, 1.96233908082641},    {0.975, 100000, 1.95998770753461},
    {0.9995, 1, 636.61924876879},       {0.9995, 2, 31.5990545764454},
    {0.9995, 3, 12.923978636688},       {0.9995, 5, 6.86882662588127},
    {0.9995, 10, 4.58689385870271},     {0.9995, 31, 3.63345634975837},
    {0.9995, 100, 3.39049131116428},    {0.9995, 1000, 3.30028264842394},
    {0.9995, 100000, 3.29062403141191},
};

TEST_CASE("quantiles of Student's t are those of another implementation")
{
    for (const Known& one : known) {
        CAPTURE(one.p, one.degrees);
        CHECK(student_quantile(one.p, one.degrees) == Approx(one.quantile).epsilon(1e-11));
    }
}

TEST_CASE("tails of Student's t are those of another implementation")
{
    CHECK(student_tail(2.5, 7) == Approx(0.020496109292876437).epsilon(1e-12));
    CHECK(student_tail(0.1, 4) == Approx(0.46257792046972662).epsilon(1e-12));
    CHECK(student_tail(30.0, 3) == Approx(4.0676402135819837e-05).epsilon(1e-12));
    CHECK(student_tail(0.0, 9) == Approx(0.5).epsilon(1e-12));
}

TEST_CASE("with one degree of freedom Student's t is Cauchy's distribution")
{
    CHECK(student_tail(1.0, 1) == Approx(0.25).epsilon(1e-13));
    CHECK(student_quantile(0.75, 1) == Approx(1.0).epsilon(1e-13));
    CHECK(student_quantile(0.975, 1) == Approx(12.706204736174704).epsilon(1e-13));
}

TEST_CASE("with two degrees of freedom quantiles of Student's t have a closed form")
{
    for (const double p : {0.6, 0.9, 0.975, 0.999}) {
        const double closed = (2.0 * p - 1.0) * std::sqrt(0.5 / (p * (1.0 - p)));
        CHECK(student_quantile(p, 2) == Approx(closed).epsilon(1e-12));
    }
}

TEST_CASE("Student's t has a degree of freedom at least, and quantiles above the middle")
{
    CHECK_THROWS_AS(student_quantile(0.975, 0), InternalError);
    CHECK_THROWS_AS(student_quantile(0.5, 3), InternalError);
    CHECK_THROWS_AS(student_quantile(1.0, 3), InternalError);
}

}  // namespace

}  // namespace latecomer::tests::student_test
