#include "agents/observation/moments.hpp"

#include "agents/observation/moment_statistics.hpp"
#include "agents/world/state_hash.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace latecomer::tests::moments_test {
namespace {

const mpi::Communicator alone;

/// A world of a run of so many quarters.
World world_of(std::int64_t quarters, std::int64_t burn_in)
{
    Scenario scenario = synthetic_scenario(2, 1, 3, 150);
    scenario.parameters.run.quarters = quarters;
    scenario.parameters.run.burn_in = burn_in;
    return make_world(scenario);
}

void finish(World& world, Moments& moments)
{
    while (world.quarter < world.parameters().run.quarters) {
        world.observation = moments.needed(world);
        run(world, 1);
        moments.observe(world, alone);
    }
}

double value(const std::vector<double>& values, const std::string& key)
{
    const auto rows = moment_rows();
    const auto row = std::ranges::find(rows, key, &MomentRow::key);
    REQUIRE(row != rows.end());
    return values[static_cast<std::size_t>(row - rows.begin())];
}

TEST_CASE("moments of sizes and exporters are those of the firms at the end of the last whole year")
{
    World world = world_of(18, 4);
    Moments moments{world};
    World at_the_year = world;
    while (world.quarter < 18) {
        world.observation = moments.needed(world);
        run(world, 1);
        moments.observe(world, alone);
        if (world.quarter == 16) {
            at_the_year = world;
        }
    }
    const std::vector<double> values = moments.values(world, alone);
    const Firms& firms = at_the_year.firms.columns;
    std::vector<double> revenue;
    double exporters = 0.0;
    double sellers = 0.0;
    for (const PoolId pool : at_the_year.pool_indices()) {
        for (const FirmIndex i : at_the_year.firms.firms_of(pool)) {
            revenue.push_back(firms.revenue[i]);
            if (at_the_year.position_of(pool) != Positions::processing && firms.revenue[i] > 0.0) {
                sellers += 1.0;
                exporters += firms.export_share[i] > 0.0 ? 1.0 : 0.0;
            }
        }
    }
    CHECK(value(values, "tail_exponent") == latecomer::moments::tail_by_rank(revenue));
    CHECK(value(values, "exporters") == Approx(exporters / sellers));
}

TEST_CASE("turnover counts entries and exits of the quarters watched over firms before them")
{
    World world = world_of(12, 4);
    Moments moments{world};
    std::vector<double> rates;
    double before = 0.0;
    while (world.quarter < 12) {
        world.observation = moments.needed(world);
        run(world, 1);
        moments.observe(world, alone);
        double moved = 0.0;
        double firms = 0.0;
        for (const PoolId pool : world.pool_indices()) {
            moved += static_cast<double>(world.results.pools[pool].entrants +
                                         world.results.pools[pool].exits);
            firms += static_cast<double>(world.statistics[pool].firms);
        }
        if (world.quarter > 5) {
            rates.push_back(moved / before);
        }
        before = firms;
    }
    double sum = 0.0;
    for (const double rate : rates) {
        sum += rate;
    }
    REQUIRE(rates.size() == 7);
    CHECK(sum > 0.0);
    CHECK(value(moments.values(world, alone), "turnover") ==
          Approx(4.0 * sum / static_cast<double>(rates.size())));
}

TEST_CASE("entrants who are gone are counted by cohort two years after the quarter of their birth")
{
    World world = world_of(16, 0);
    Moments moments{world};
    std::int64_t born = 0;
    std::int64_t kept = 0;
    std::vector<std::int64_t> entrants;
    while (world.quarter < 16) {
        world.observation = moments.needed(world);
        run(world, 1);
        moments.observe(world, alone);
        std::int64_t entered = 0;
        for (const PoolId pool : world.pool_indices()) {
            entered += world.results.pools[pool].entrants;
        }
        entrants.push_back(entered);
        if (world.quarter == 12 || world.quarter == 16) {  // cohorts of quarters 3 and 7, from 0
            const std::size_t birth = world.quarter - 9;
            born += entrants[birth];
            for (const PoolId pool : world.pool_indices()) {
                for (const FirmIndex i : world.firms.firms_of(pool)) {
                    kept += identity::birth(world.firms.columns.id[i]) == birth + 1 ? 1 : 0;
                }
            }
        }
    }
    REQUIRE(born > 10);
    REQUIRE(kept < born);
    CHECK(value(moments.values(world, alone), "early_exits") ==
          Approx(static_cast<double>(born - kept) / static_cast<double>(born)));
}

TEST_CASE("growth is over the year before, of firms that stayed in their pool")
{
    World world = world_of(8, 0);
    Moments moments{world};
    finish(world, moments);
    CHECK(value(moments.values(world, alone), "growth_shape") > 0.3);
    CHECK(value(moments.values(world, alone), "growth_shape") < 4.0);
    World young = world_of(4, 0);  // nothing lies a year before
    Moments of_young{young};
    finish(young, of_young);
    CHECK(std::isnan(value(of_young.values(young, alone), "growth_shape")));
    CHECK_FALSE(std::isnan(value(of_young.values(young, alone), "tail_exponent")));
}

TEST_CASE("watching changes nothing, and a run that never ends a year has no moment of firms")
{
    World watched = world_of(8, 0);
    World plain = watched;
    Moments moments{watched};
    finish(watched, moments);
    run(plain, 8);
    watched.observation = plain.observation = {};
    run(watched, 1);
    run(plain, 1);
    CHECK(state_hash(watched, alone) == state_hash(plain, alone));
    World none = world_of(3, 0);
    Moments of_none{none};
    finish(none, of_none);
    const std::vector<double> values = of_none.values(none, alone);
    const auto rows = moment_rows();
    const auto chain = std::ranges::find(rows, "top_three", &MomentRow::key);
    for (auto row = rows.begin(); row != chain; ++row) {
        CAPTURE(row->key);
        CHECK((row->key == "turnover" || std::isnan(value(values, std::string{row->key}))));
    }
    CHECK_FALSE(std::isnan(value(values, "top_three")));
    CHECK_FALSE(std::isnan(value(values, "climb_processing")));
}

}  // namespace
}  // namespace latecomer::tests::moments_test
