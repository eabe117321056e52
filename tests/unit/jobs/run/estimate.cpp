#include "jobs/run/estimate.hpp"

#include "agents/world/rebalance.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

namespace latecomer::jobs::estimate_test {
namespace {

/// Memory of a rank for each firm of a world, what does not grow with firms left out.
double bytes_a_firm(int ranks)
{
    Machine machine;
    machine.ranks = ranks;
    const auto of = [&](int firms) {
        return estimate(tests::round_scenario(2, 1, 3, firms), machine);
    };
    const Estimate few = of(1000);
    const Estimate many = of(101'000);
    return (many.bytes_per_rank - few.bytes_per_rank) / static_cast<double>(many.firms - few.firms);
}

TEST_CASE("a rank alone has room for its firms, and for those that columns await")
{
    // 160 bytes a firm, 1.36 slots, 1.45 firms in the end for one at the start.
    CHECK(bytes_a_firm(1) == Approx(160.0 * 1.36 * 1.45).epsilon(0.05));
}

TEST_CASE(
    "one of several ranks may have half as many firms again, send all and receive a mean rank's")
{
    const double alone = bytes_a_firm(1);
    const double sent = 1.45 * (1.5 * (static_cast<double>(bytes_of_moved_firm) + 32.0) +
                                static_cast<double>(bytes_of_moved_firm));
    CHECK(bytes_a_firm(2) == Approx((1.5 * alone + sent) / 2.0).epsilon(0.001));
    CHECK(bytes_a_firm(4) == Approx(bytes_a_firm(2) / 2.0).epsilon(0.001));
}

}  // namespace
}  // namespace latecomer::jobs::estimate_test
