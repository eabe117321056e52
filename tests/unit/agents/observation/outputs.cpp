#include "agents/observation/outputs.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace latecomer::outputs_test {
namespace {

World some_world()
{
    World world = tests::make_world(tests::round_scenario(2, 1, 3, 40));
    tests::run(world, 3);
    return world;
}

std::vector<double> values_of(const World& world, std::string_view key)
{
    for (const Output& output : outputs()) {
        if (output.key == key) {
            std::vector<double> values(output_size(world, output));
            output.fill(world, values);
            return values;
        }
    }
    FAIL("no output '" << key << "'");
    return {};
}

TEST_CASE("no two outputs share a name, and each says what it is")
{
    std::set<std::string_view> keys;
    for (const Output& output : outputs()) {
        INFO(output.key);
        CHECK(keys.insert(output.key).second);
        CHECK_FALSE(output.unit.empty());
        CHECK_FALSE(output.equation.empty());
        CHECK_FALSE(output.doc.empty());
    }
    CHECK(keys.size() > 60);
}

TEST_CASE("an output fills all of its values and no more")
{
    const World world = some_world();
    constexpr double untouched = -1.25e77;
    for (const Output& output : outputs()) {
        INFO(output.key);
        const std::size_t size = output_size(world, output);
        std::vector<double> values(size + 2, untouched);
        output.fill(world, std::span{values}.subspan(1, size));
        CHECK(values.front() == untouched);
        CHECK(values.back() == untouched);
        CHECK(std::count(values.begin(), values.end(), untouched) == 2);
    }
}

TEST_CASE("axes are as long as what they count and label it")
{
    const World world = some_world();
    CHECK(axis_labels(world, Axis::country) == std::vector<std::string>{"S001", "S002", "L003"});
    CHECK(axis_labels(world, Axis::position)[7] == "APP_mobility");
    CHECK(axis_labels(world, Axis::stage)[2] == "analytics");
    CHECK(axis_labels(world, Axis::sector)[2] == "services");
    CHECK(axis_labels(world, Axis::lead_firm) ==
          std::vector<std::string>{"L003-1", "L003-2", "L003-3"});
    CHECK(axis_labels(world, Axis::bin).front() == "-8");
    CHECK(axis_labels(world, Axis::bin).back() == "3.8125");
    CHECK(axis_size(world, Axis::bin) == 64);
}

TEST_CASE("every dimension of an output has a row in the table of axes")
{
    for (const Output& output : outputs()) {
        for (const Axis axis : output.dimensions) {
            INFO(output.key);
            CHECK(std::ranges::count(axes(), axis, &AxisRow::axis) == 1);
        }
    }
}

TEST_CASE("the gap of a country without firms is missing")
{
    World world = some_world();
    world.references.mean[CountryId{0}] = {0.5, 0.0, 1.0, 2.0};
    world.references.frontier = {1.0, 1.0, 1.0, 1.0};
    const std::vector<double> gaps = values_of(world, "gap_by_stage");
    REQUIRE(gaps.size() == 12);
    CHECK(gaps[0] == Approx(-0.693147));
    CHECK(std::isnan(gaps[1]));
    CHECK(gaps[2] == 0.0);
    CHECK(gaps[3] == Approx(0.693147));
    CHECK(std::isnan(gaps[8]));  // the lead economy
}

TEST_CASE("gaps are known of what is sold and of firms alike, and together as an index")
{
    World world = some_world();
    world.references.frontier = {1.0, 2.0, 1.0, 1.0};
    world.references.mean[CountryId{0}] = {1.0, 1.0, 1.0, 1.0};
    world.references.plain_mean[CountryId{0}] = {1.0, 0.5, 0.0, 2.0};
    world.references.capability_index[CountryId{0}] = -0.25;
    world.references.capability_index[CountryId{1}] = std::nan("");
    CHECK(values_of(world, "gap_by_stage")[1] == Approx(-0.693147));
    const std::vector<double> of_firms = values_of(world, "gap_by_stage_firms");
    CHECK(of_firms[0] == 0.0);
    CHECK(of_firms[1] == Approx(-1.386294));
    CHECK(std::isnan(of_firms[2]));
    CHECK(of_firms[3] == Approx(0.693147));
    CHECK(values_of(world, "capability_index")[0] == -0.25);
    CHECK(std::isnan(values_of(world, "capability_index")[1]));
}

TEST_CASE("climate, exports that end, entrants at the floor and the largest firm are written")
{
    World world = some_world();
    world.countries.climate[CountryId{1}] = 0.0625;
    CHECK(values_of(world, "climate")[1] == 0.0625);
    const PoolId pool = world.pool(CountryId{1}, Positions::storage);
    world.results.pools[pool].exporters_stopped = 3;
    world.results.pools[pool].entrants_at_floor = 4;
    world.results.pools[pool].largest_share = 0.75;
    CHECK(values_of(world, "exporters_stopped")[pool.at()] == 3.0);
    CHECK(values_of(world, "entrants_at_floor")[pool.at()] == 4.0);
    CHECK(values_of(world, "largest_share")[pool.at()] == 0.75);
    world.results.pools[pool].sellers = 0;
    CHECK(std::isnan(values_of(world, "largest_share")[pool.at()]));
}

TEST_CASE("a country without an index is in no measure of how countries differ")
{
    World world = tests::make_world(tests::round_scenario(3, 0, 0, 40));
    world.references.capability_index[CountryId{0}] = std::log(3.0);
    world.references.capability_index[CountryId{1}] = std::nan("");
    world.references.capability_index[CountryId{2}] = 0.0;
    CHECK(values_of(world, "capability_gini")[0] == Approx(0.25));
    CHECK(values_of(world, "capability_deviation")[0] == Approx(0.549306));
}

TEST_CASE("what is known of sellers is missing where nobody sold")
{
    const World world = some_world();
    const std::size_t lead_home = world.pool(CountryId{2}, Positions::collection).at();
    for (const char* key : {"herfindahl", "mark_up", "log_capability_mean", "log_capability_best",
                            "log_capability_p10", "log_capability_p50", "log_capability_p90"}) {
        INFO(key);
        const std::vector<double> values = values_of(world, key);
        CHECK(std::isnan(values[lead_home]));
        CHECK_FALSE(std::isnan(values[0]));
    }
}

TEST_CASE("deciles of capability are in order and below the best")
{
    const World world = some_world();
    const double p10 = values_of(world, "log_capability_p10")[0];
    const double p50 = values_of(world, "log_capability_p50")[0];
    const double p90 = values_of(world, "log_capability_p90")[0];
    CHECK(p10 < p50);
    CHECK(p50 < p90);
    CHECK(p90 < values_of(world, "log_capability_best")[0] + 0.1875);
}

TEST_CASE("shares of ways to be present add up where there are foreign lead firms")
{
    const World world = some_world();
    const std::vector<double> shares = values_of(world, "presence_share");
    const std::size_t modes = axis_labels(world, Axis::mode).size();
    CHECK(std::accumulate(shares.begin(), shares.begin() + static_cast<std::ptrdiff_t>(modes),
                          0.0) == Approx(1.0));
    CHECK(std::isnan(shares[2 * modes]));
}

TEST_CASE("the Gini coefficient of one and three is a quarter")
{
    World world = tests::make_world(tests::round_scenario(2, 0, 0, 40));
    world.references.capability_index[CountryId{0}] = std::log(3.0);
    world.references.capability_index[CountryId{1}] = 0.0;
    CHECK(values_of(world, "capability_gini")[0] == Approx(0.25));
    CHECK(values_of(world, "capability_deviation")[0] == Approx(0.549306));  // ln 3 / 2
}

TEST_CASE("a share of a market in which nothing was spent is missing")
{
    const World world = tests::make_world(tests::round_scenario(2, 1, 3, 40));
    CHECK(std::isnan(values_of(world, "top_three_storage")[0]));
    CHECK(std::isnan(values_of(world, "domestic_share")[0]));
    CHECK(std::isnan(values_of(world, "lead_share")[0]));
    CHECK(std::isnan(values_of(world, "world_herfindahl")[0]));
}

TEST_CASE("three lead firms that sell all storage have all of its market")
{
    World world = tests::make_world(tests::round_scenario(1, 1, 4, 40));
    for (const CountryId c : world.countries.indices()) {
        const auto sales = world.markets.sales(c, Positions::storage);
        world.markets.spending(c, Positions::storage) = 50.0;
        sales[2] = 5.0;
        sales[3] = 20.0;
        sales[4] = 10.0;
        sales[5] = 15.0;
    }
    CHECK(values_of(world, "top_three_storage")[0] == Approx(0.9));
    CHECK(values_of(world, "lead_share")[8 + 1] == Approx(0.4));
    CHECK(values_of(world, "world_herfindahl")[1] == Approx(0.3));  // .01 + .16 + .04 + .09
}

}  // namespace
}  // namespace latecomer::outputs_test
