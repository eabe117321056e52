#include "mpi/share_outs.hpp"

#include "tests/support/catch.hpp"

namespace latecomer::tests::share_outs_test {

using mpi::cost_of_agreeing;
using mpi::cost_of_looking;
using mpi::cost_of_moving;
using mpi::Loads;
using mpi::moved_between;
using mpi::ShareOutRule;

namespace {

constexpr std::int64_t mean = 100'000;
constexpr int ranks = 10;

Loads uneven(std::int64_t excess, std::int64_t moved)
{
    return {ranks * mean, mean + excess, moved, ranks};
}

/// The quarter in which a share-out is due, if loads are those of a function of the quarter; none within 10000: 0.
template <class LoadsOf>
int first_due(const LoadsOf& loads_of)
{
    ShareOutRule rule;
    for (int quarter = 1; quarter <= 10000; ++quarter) {
        if (rule.is_due(loads_of(quarter))) {
            return quarter;
        }
    }
    return 0;
}

}  // namespace

TEST_CASE("even ranks never share out, nor do those as even as can be")
{
    CHECK(first_due([](int) { return uneven(0, 0); }) == 0);
    CHECK(first_due([](int) { return Loads{201, 21, 1, 10}; }) == 0);
    CHECK(first_due([](int) { return Loads{3, 1, 1, 10}; }) == 0);  // fewer firms than ranks
    CHECK(first_due([](int) { return Loads{0, 0, 0, 10}; }) == 0);
}

TEST_CASE(
    "where loads drift apart evenly, a share-out is due when no other interval would cost less")
{
    // Many ranks: cuts have shifted by a whole run soon, so a share-out costs the same whenever it comes.
    constexpr std::int64_t drift = 1000;
    const auto cost_a_quarter = [](int quarters) {
        const double waited = 0.5 * drift * quarters * (quarters + 1);
        return (waited + cost_of_agreeing + (cost_of_looking + cost_of_moving) * mean) / quarters;
    };
    const int due = first_due([](int quarter) { return uneven(drift * quarter, mean); });
    int best = 1;
    for (int quarters = 2; quarters <= 100; ++quarters) {
        best = cost_a_quarter(quarters) < cost_a_quarter(best) ? quarters : best;
    }
    CHECK(best == 27);
    CHECK(due <= best + 1);
    CHECK(cost_a_quarter(due) <= 1.01 * cost_a_quarter(best));
}

TEST_CASE("where a share-out moves but the excess, it is soon due")
{
    // Two ranks: what moves is what one has too much, be it in one share-out or in many.
    constexpr std::int64_t drift = 1000;
    const int due = first_due([](int quarter) { return uneven(drift * quarter, drift * quarter); });
    CHECK(due == 5);  // 500 (t + 1) + 3500 + 7000 / t is least for t = 4, and rises then
}

TEST_CASE("an excess that came once and stays is shared out when it has cost as much")
{
    CHECK(first_due([](int) { return uneven(5000, 5000); }) ==
          5);  // 1000 + 6000 + 3.5 x 5000 = 24 500
}

TEST_CASE("a rank that needs half as much memory again shares out at once")
{
    CHECK(first_due([](int quarter) { return uneven(quarter < 3 ? 0 : mean / 2 + 65, mean); }) ==
          3);
}

TEST_CASE("after a share-out nothing was waited yet")
{
    ShareOutRule rule;
    for (int quarter = 1; quarter < 14; ++quarter) {
        rule.is_due(uneven(5000, 5000));
    }
    rule.begin_anew();
    CHECK_FALSE(rule.is_due(uneven(5000, 5000)));
}

TEST_CASE("a rank moves what it has and shall not have, or the other way round")
{
    CHECK(moved_between({0, 100}, {0, 100}) == 0);
    CHECK(moved_between({0, 100}, {0, 80}) == 20);
    CHECK(moved_between({0, 80}, {0, 100}) == 20);
    CHECK(moved_between({50, 150}, {60, 160}) == 10);
    CHECK(moved_between({0, 10}, {100, 130}) == 30);
    CHECK(moved_between({5, 5}, {0, 0}) == 0);
}

}  // namespace latecomer::tests::share_outs_test
