#include "agents/world/tally.hpp"

#include "agents/firms/competition.hpp"
#include "agents/firms/settlement.hpp"
#include "core/errors.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <string>

namespace latecomer::tally_test {
namespace {

using Bins = std::array<std::int64_t, histogram_bins>;

TEST_CASE("a quantile divides its bin as if firms were spread evenly in it")
{
    Bins bins{};
    bins[0] = 10;  // from -8 to -7.8125
    CHECK(quantile(bins.data(), 0.5) == -7.90625);
    CHECK(quantile(bins.data(), 0.9) == -7.83125);
}

TEST_CASE("quantiles count firms from the lowest bin")
{
    Bins bins{};
    bins[10] = 80;  // from -6.125
    bins[50] = 20;  // from 1.375
    CHECK(quantile(bins.data(), 0.1) == Approx(-6.1015625));
    CHECK(quantile(bins.data(), 0.8) == Approx(-5.9375));
    CHECK(quantile(bins.data(), 0.9) == Approx(1.46875));
    CHECK(quantile(bins.data(), 1.0) == Approx(1.5625));
}

TEST_CASE("a pool without firms has no quantile")
{
    const Bins bins{};
    CHECK(std::isnan(quantile(bins.data(), 0.5)));
}

TEST_CASE("capabilities beyond the histogram count in its outer bins")
{
    World world = tests::make_world(tests::round_scenario(1, 1, 1, 10));
    const PoolId pool = world.pool(CountryId{0}, Positions::collection);
    const PoolSlots& slots = world.firms.slots(pool);
    REQUIRE(slots.count == 3);
    auto& capability = world.firms.columns.capability[0];
    capability[FirmIndex{slots.begin}] = 1e-9;
    capability[FirmIndex{slots.begin + 1}] = 1.0;
    capability[FirmIndex{slots.begin + 2}] = 1e9;
    Tally tally(world);
    const Block block{pool, CountryId{0}, Positions::collection, slots.begin, slots.count};
    SumTable sums(world.pools.size(), static_cast<std::size_t>(CompetitionSum::count));
    CompetitionValues values;
    compete(world, block, competition_terms(world, block.country, block.position), SizeEffects{},
            values, sums);
    count_capability(block, values.log_capability, tally);
    const std::int64_t* bins = tally.histogram.data() + pool.at() * histogram_bins;
    CHECK(bins[0] == 1);
    CHECK(bins[42] == 1);  // ln 1 is 8/.1875 = 42.7 bins above the lowest
    CHECK(bins[63] == 1);
    CHECK(tally.best_log_capability[pool.at()] == Approx(20.7232658));
}

TEST_CASE("tallies add sums, counts and bins and keep the best")
{
    Tally one(2, 3, 1);
    Tally other(2, 3, 1);
    one.add(PoolId{1}, PoolSum::revenue, 1.5);
    other.add(PoolId{1}, PoolSum::revenue, 2.0);
    one.number(PoolId{0}, PoolCount::exits) = 3;
    other.number(PoolId{0}, PoolCount::exits) = 4;
    one.histogram[70] = 5;
    other.histogram[70] = 6;
    one.upgrades(PoolId{1}, PositionId{2}) = 7;
    other.upgrades(PoolId{1}, PositionId{2}) = 8;
    one.old_technology.add(0, 0, 0.25);
    other.old_technology.add(0, 0, 0.5);
    one.best_capability = {0.5, 0.1};
    other.best_capability = {0.4, 0.2};
    one.best_log_capability = {-1.0, -2.0};
    other.best_log_capability = {-3.0, -1.5};
    one.merge(other);
    CHECK(one.sum(PoolId{1}, PoolSum::revenue) == 3.5);
    CHECK(one.sum(PoolId{0}, PoolSum::revenue) == 0.0);
    CHECK(one.number(PoolId{0}, PoolCount::exits) == 7);
    CHECK(one.histogram[70] == 11);
    CHECK(one.upgrades(PoolId{1}, PositionId{2}) == 15);
    CHECK(one.old_technology.value(0, 0) == 0.75);
    CHECK(one.best_capability == std::vector{0.5, 0.2});
    CHECK(one.best_log_capability == std::vector{-1.0, -1.5});
}

/// What a quarter says when it cannot be computed; empty: it can.
std::string complaint_of(World& world)
{
    try {
        tests::run(world, 1);
    } catch (const InternalError& error) {
        return error.what();
    }
    return "";
}

TEST_CASE("cash that is not a number ends the run and says in which quarter, country and position")
{
    World world = tests::make_world(tests::round_scenario(2, 1, 2, 40));
    tests::run(world, 3);
    const PoolId pool = world.pool(CountryId{1}, Positions::analytics);
    world.firms.columns.cash[FirmIndex{world.firms.slots(pool).begin}] =
        std::numeric_limits<double>::quiet_NaN();
    const std::string complaint = complaint_of(world);
    CHECK(complaint.find("quarter 3") != std::string::npos);
    CHECK(complaint.find("country S002") != std::string::npos);
    CHECK(complaint.find("position ANA") != std::string::npos);
    CHECK(complaint.find("settlement") != std::string::npos);
}

TEST_CASE("cash beyond what sums can hold ends the run")
{
    World world = tests::make_world(tests::round_scenario(2, 1, 2, 40));
    const PoolId pool = world.pool(CountryId{0}, Positions::collection);
    world.firms.columns.cash[FirmIndex{world.firms.slots(pool).begin}] = 2e15;
    CHECK(complaint_of(world).find("country S001, position COL") != std::string::npos);
}

TEST_CASE("capability that is not a number ends the run when firms compete")
{
    World world = tests::make_world(tests::round_scenario(2, 1, 2, 40));
    const PoolId pool = world.pool(CountryId{0}, Positions::storage);
    world.firms.columns.capability[1][FirmIndex{world.firms.slots(pool).begin}] =
        std::numeric_limits<double>::quiet_NaN();
    const std::string complaint = complaint_of(world);
    CHECK(complaint.find("quarter 0, country S001, position STO: competition") !=
          std::string::npos);
}

}  // namespace
}  // namespace latecomer::tally_test
