#include "jobs/study/execute/host_breaker.hpp"

#include "tests/support/catch.hpp"

namespace latecomer::tests::host_breaker_test {

using namespace latecomer::jobs::study;

namespace {

/// Places 0 and 1 are on host a, place 2 is on host b.
HostBreaker two_hosts(std::int64_t most_failures)
{
    return HostBreaker{{"a", "a", "b"}, most_failures};
}

TEST_CASE("a host on which tasks fail in a row while others are done elsewhere is retired")
{
    HostBreaker breaker = two_hosts(3);
    CHECK_FALSE(breaker.ended(0, 10, false));
    CHECK_FALSE(breaker.ended(2, 11, true));
    CHECK_FALSE(breaker.ended(1, 12, false));
    const auto retired = breaker.ended(0, 13, false);
    REQUIRE(retired);
    CHECK(retired->host == "a");
    CHECK(retired->tasks == std::vector<std::int64_t>{10, 12, 13});
    CHECK(breaker.is_retired(0));
    CHECK(breaker.is_retired(1));
    CHECK_FALSE(breaker.is_retired(2));
}

TEST_CASE("a success elsewhere that comes later retires the host as well")
{
    HostBreaker breaker = two_hosts(2);
    CHECK_FALSE(breaker.ended(0, 1, false));
    CHECK_FALSE(breaker.ended(0, 2, false));
    const auto retired = breaker.ended(2, 3, true);
    REQUIRE(retired);
    CHECK(retired->host == "a");
}

TEST_CASE("a host is not to blame where tasks fail on all hosts, or it is the only one")
{
    HostBreaker all_fail = two_hosts(2);
    for (std::int64_t task = 0; task < 20; ++task) {
        CHECK_FALSE(all_fail.ended(static_cast<std::size_t>(task % 3), task, false));
    }
    HostBreaker alone{{"a", "a"}, 2};
    CHECK_FALSE(alone.ended(0, 0, true));
    for (std::int64_t task = 1; task < 20; ++task) {
        CHECK_FALSE(alone.ended(1, task, false));
    }
}

TEST_CASE("a task that is done ends the row of failures of its host")
{
    HostBreaker breaker = two_hosts(2);
    for (std::int64_t task = 0; task < 20; ++task) {
        CHECK_FALSE(breaker.ended(2, task, true));
        CHECK_FALSE(breaker.ended(0, task, task % 2 == 0));
    }
}

TEST_CASE("the last host that is left is never retired")
{
    HostBreaker breaker = two_hosts(1);
    CHECK_FALSE(breaker.ended(2, 0, false));
    CHECK(breaker.ended(0, 1, true)->host == "b");
    for (std::int64_t task = 2; task < 20; ++task) {
        CHECK_FALSE(breaker.ended(0, task, false));
    }
}

TEST_CASE("what was done elsewhere before the first failure of a row says nothing against a host")
{
    HostBreaker breaker = two_hosts(2);
    CHECK_FALSE(breaker.ended(2, 1, true));
    CHECK_FALSE(breaker.ended(0, 2, false));
    CHECK_FALSE(breaker.ended(0, 3, false));
    CHECK_FALSE(breaker.ended(0, 4, false));
    const auto retired = breaker.ended(2, 5, true);
    REQUIRE(retired);
    CHECK(retired->tasks == std::vector<std::int64_t>{2, 3, 4});
}

TEST_CASE("a row begins anew after a success, and only what is done elsewhere from then on counts")
{
    HostBreaker breaker = two_hosts(2);
    CHECK_FALSE(breaker.ended(0, 1, false));
    CHECK_FALSE(breaker.ended(1, 2, true));
    CHECK_FALSE(breaker.ended(2, 3, true));
    CHECK_FALSE(breaker.ended(0, 4, false));
    CHECK_FALSE(breaker.ended(0, 5, false));
    CHECK_FALSE(breaker.is_retired(0));
    const auto retired = breaker.ended(2, 6, true);
    REQUIRE(retired);
    CHECK(retired->tasks == std::vector<std::int64_t>{4, 5});
}

TEST_CASE("what was done on the host itself, or on one that is retired, does not speak against it")
{
    HostBreaker breaker{{"a", "b", "c"}, 1};
    CHECK_FALSE(breaker.ended(1, 1, true));
    CHECK_FALSE(breaker.ended(2, 2, false));  // nobody was done since
    const auto first = breaker.ended(1, 3, true);
    REQUIRE(first);
    CHECK(first->host == "c");
    CHECK_FALSE(breaker.ended(2, 4, true));  // a run that c still had
    CHECK_FALSE(breaker.ended(0, 5, false));
    CHECK_FALSE(breaker.ended(2, 6, true));
    CHECK_FALSE(breaker.is_retired(0));
    const auto second = breaker.ended(1, 7, true);
    REQUIRE(second);
    CHECK(second->host == "a");
    CHECK(second->tasks == std::vector<std::int64_t>{5});
}

}  // namespace

}  // namespace latecomer::tests::host_breaker_test
