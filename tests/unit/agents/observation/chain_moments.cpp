#include "agents/observation/chain_moments.hpp"

#include "agents/observation/moments.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace latecomer::tests::chain_moments_test {
namespace {

double value(const ChainMoments& moments, const std::string& key)
{
    const auto rows = moment_rows();
    const auto first = std::ranges::find(rows, "top_three", &MomentRow::key);
    const auto row = std::ranges::find(rows, key, &MomentRow::key);
    REQUIRE(first <= row);
    REQUIRE(row != rows.end());
    return moments.values()[static_cast<std::size_t>(row - first)];
}

/// Three latecomers and a home of lead firms, in which nothing moves unless a test says so.
World still_world()
{
    World world = make_world(synthetic_scenario(3, 1, 3, 40));
    run(world, 1);
    for (const PoolId pool : world.pool_indices()) {
        for (const PositionId p : world.positions.indices()) {
            world.results.upgrades(pool, p) = 0;
        }
        world.statistics[pool].firms = 0;
    }
    world.quarter = 0;
    return world;
}

PoolResults& processing(World& world, std::size_t country)
{
    PoolResults& pool = world.results.pools[world.pool(CountryId{country}, Positions::processing)];
    pool.sellers = 1;
    return pool;
}

TEST_CASE("processing grows as in the fastest ten years of an economy that had a part of it")
{
    World world = still_world();
    ChainMoments moments{world};
    for (int quarter = 1; quarter <= 60; ++quarter) {
        const double years = quarter / 4.0;
        processing(world, 0).revenue = 100.0 * std::pow(1.136, years);
        processing(world, 0).mark_up = 0.25;
        processing(world, 1).revenue = 500.0 * std::pow(1.02, years);
        processing(world, 2).revenue = 1e-6 * std::pow(1.5, years);
        world.countries.wage[CountryId{0}] = 3.0 * std::pow(1.05, years);
        world.countries.exchange_rate[CountryId{0}] = 2.0 * std::pow(0.98, years);
        world.quarter = static_cast<std::uint32_t>(quarter);
        moments.observe(world);
        if (quarter == 43) {  // ten years lie between ends of years
            CHECK(std::isnan(value(moments, "processing_growth")));
        }
    }
    CHECK(value(moments, "processing_growth") == Approx(0.136));
    CHECK(value(moments, "processing_per_worker") == Approx(1.05 * 0.98 - 1.0));
}

TEST_CASE("homes of lead firms only are no industry of processing")
{
    World world = still_world();
    ChainMoments moments{world};
    for (int quarter = 1; quarter <= 44; ++quarter) {
        for (const CountryId c : world.countries.indices()) {
            processing(world, c.at()).revenue =
                has_latecomer_firms(world.countries.role[c]) ? 1.0 : std::exp(quarter);
        }
        world.quarter = static_cast<std::uint32_t>(quarter);
        moments.observe(world);
    }
    CHECK(value(moments, "processing_growth") == Approx(0.0).margin(1e-12));
}

TEST_CASE("climbing is counted over firms and years, and by economy over the first fifty years")
{
    World world = still_world();
    const PositionId last = world.positions[Positions::analytics].ladder.back();
    const auto firms = [&](std::size_t country, PositionId p) -> std::int64_t& {
        return world.statistics[world.pool(CountryId{country}, p)].firms;
    };
    firms(0, Positions::processing) = 30;
    firms(1, Positions::processing) = 60;
    firms(2, Positions::processing) = 9;  // too few to count as an economy
    firms(0, Positions::analytics) = 50;
    firms(1, Positions::analytics) = 50;
    ChainMoments moments{world};
    for (int quarter = 1; quarter <= 240; ++quarter) {
        const auto moved = [&](std::size_t country, PositionId from,
                               PositionId to) -> std::int64_t& {
            return world.results.upgrades(world.pool(CountryId{country}, from), to);
        };
        moved(0, Positions::processing, Positions::analytics) = quarter % 10 == 0 ? 1 : 0;
        moved(2, Positions::processing, Positions::analytics) = quarter % 10 == 0 ? 1 : 0;
        moved(0, Positions::analytics, last) = quarter % 20 == 0 ? 1 : 0;
        moved(1, Positions::analytics, last) = quarter > 200 ? 1 : 0;  // too late
        world.quarter = static_cast<std::uint32_t>(quarter);
        moments.observe(world);
        if (quarter == 199) {
            CHECK(std::isnan(value(moments, "climbing_economies_processing")));
        }
    }
    CHECK(value(moments, "climb_processing") == Approx(4.0 * 2.0 * 24.0 / (240.0 * 99.0)));
    CHECK(value(moments, "climb_analytics") == Approx(4.0 * (12.0 + 40.0) / (240.0 * 100.0)));
    CHECK(value(moments, "climbing_economies_processing") == 0.5);
    CHECK(value(moments, "climbing_economies_analytics") == 0.5);
}

TEST_CASE(
    "the frontier grows by the mean of its stages, and leaders' share is a mean over quarters")
{
    World world = still_world();
    ChainMoments moments{world};
    CHECK(std::isnan(value(moments, "top_three")));
    const std::vector<double> start(world.references.frontier.begin(),
                                    world.references.frontier.end());
    for (int quarter = 1; quarter <= 9; ++quarter) {
        for (std::size_t s = 0; s < stages; ++s) {
            world.references.frontier[s] =
                start[s] * std::exp(0.01 * static_cast<double>(s) * (quarter - 1) / 4.0);
        }
        world.quarter = static_cast<std::uint32_t>(quarter);
        moments.observe(world);
    }
    CHECK(value(moments, "frontier_growth") == Approx(0.015));
    CHECK(value(moments, "top_three") > 0.0);
    CHECK(value(moments, "top_three") < 1.0);
}

}  // namespace
}  // namespace latecomer::tests::chain_moments_test
