#include "agents/observation/outputs.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>
#include <string>
#include <vector>

/// What is read as figures of statistics: productivity, use of the internet, exports of services.
namespace latecomer::tests::observables_test {
namespace {

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

/// Three latecomer economies and one lead economy with these capability indices.
World world_with_indices(std::vector<double> indices)
{
    World world = make_world(round_scenario(3, 1, 2, 40));
    for (const CountryId c : world.countries.indices()) {
        world.references.capability_index[c] = indices.at(c.at());
    }
    world.scenario.parameters.macro.capability_exponent = 0.5;
    return world;
}

TEST_CASE("productivity is relative to that of the United States if they are there")
{
    World world = world_with_indices({-1.0, -0.25, std::nan(""), -0.125});
    world.countries.key[CountryId{1}] = "USA";
    const std::vector<double> relative = values_of(world, "relative_productivity");
    CHECK(relative[0] == -1.5);
    CHECK(relative[1] == 0.0);
    CHECK(std::isnan(relative[2]));
    CHECK(relative[3] == 0.25);
}

TEST_CASE("without the United States productivity is relative to the first economy with lead firms")
{
    World world = world_with_indices({-1.0, -0.25, -0.5, -0.75});
    CHECK(values_of(world, "relative_productivity") == std::vector<double>{-0.5, 1.0, 0.5, 0.0});
    world.countries.role[CountryId{2}] = CountryRole::both;
    CHECK(values_of(world, "relative_productivity") == std::vector<double>{-1.0, 0.5, 0.0, -0.5});
}

TEST_CASE("without lead firms productivity is relative to the best economy that has an index")
{
    World world = world_with_indices({-1.0, std::nan(""), -0.5, std::nan("")});
    const std::vector<double> relative = values_of(world, "relative_productivity");
    CHECK(relative[0] == -1.0);
    CHECK(std::isnan(relative[1]));
    CHECK(relative[2] == 0.0);
}

TEST_CASE("productivity is not known where capability does not tell it, or nobody has an index")
{
    World world = world_with_indices({-1.0, -0.5, -0.5, 0.0});
    world.scenario.parameters.macro.capability_exponent = 0.0;
    for (const double relative : values_of(world, "relative_productivity")) {
        CHECK(std::isnan(relative));
    }
    const double none = std::nan("");
    for (const double relative :
         values_of(world_with_indices({none, none, none, none}), "relative_productivity")) {
        CHECK(std::isnan(relative));
    }
}

TEST_CASE("users of the internet are adoption in percent")
{
    World world = world_with_indices({0.0, 0.0, 0.0, 0.0});
    world.countries.adoption[CountryId{0}] = 0.25;
    world.countries.adoption[CountryId{3}] = 1.0;
    const std::vector<double> users = values_of(world, "internet_users");
    CHECK(users[0] == 25.0);
    CHECK(users[3] == 100.0);
}

/// A world in which everybody sells abroad, after a few quarters, with tariffs of one economy.
World trading_world()
{
    Scenario scenario = round_scenario(3, 2, 2, 60);
    let_everybody_export(scenario.parameters);
    World world = make_world(scenario);
    for (const CountryId o : world.countries.indices()) {
        if (o != CountryId{4}) {
            world.trade.tariffs(CountryId{4}, o) = 0.25;
        }
    }
    run(world, 4);
    return world;
}

TEST_CASE("exports of services are all exports of an economy but those of collection and storage")
{
    const World world = trading_world();
    const std::vector<double> exports = values_of(world, "ict_service_exports");
    for (const CountryId c : {CountryId{0}, CountryId{1}, CountryId{2}}) {
        double others = 0.0;
        for (const PositionId p : world.positions.indices()) {
            const Stage stage = world.positions[p].stage;
            if (stage == Stage::collection || stage == Stage::storage) {
                others += world.results.pools[world.pool(c, p)].export_sales;
            }
        }
        REQUIRE(exports[c.at()] > 0.0);
        CHECK(exports[c.at()] == Approx(world.results.flows[c].exports - others).epsilon(1e-12));
    }
}

TEST_CASE("what buyers at home order at processing is no export")
{
    World world = trading_world();
    const CountryId c{0};
    const std::size_t place = c.at();
    const double before = values_of(world, "ict_service_exports")[place];
    double orders = 0.0;
    for (const CountryId h : world.countries.indices()) {
        orders += world.markets.spending(h, Positions::processing);
    }
    REQUIRE(orders > 0.0);
    world.markets.spending(c, Positions::processing) = orders;  // half of all then
    const double lost = 0.5 * world.markets.processing_sales[c];
    REQUIRE(lost > 0.0);
    CHECK(values_of(world, "ict_service_exports")[place] == Approx(before - lost));
}

TEST_CASE("shares in exports of services add up to one over economies with latecomer firms")
{
    const World world = trading_world();
    const std::vector<double> exports = values_of(world, "ict_service_exports");
    const std::vector<double> shares = values_of(world, "ict_service_exports_share");
    double all = 0.0;
    for (std::size_t c = 0; c < 3; ++c) {
        all += shares[c];
        CHECK(shares[c] / shares[0] == Approx(exports[c] / exports[0]));
    }
    CHECK(all == Approx(1.0));
    for (const std::size_t lead : {3U, 4U}) {
        CHECK(std::isnan(exports[lead]));
        CHECK(std::isnan(shares[lead]));
    }
}

TEST_CASE("shares in exports of services are missing where nobody exports")
{
    const World world = make_world(round_scenario(2, 1, 1, 20));  // before the first quarter
    CHECK(values_of(world, "ict_service_exports")[0] == 0.0);
    CHECK(std::isnan(values_of(world, "ict_service_exports_share")[0]));
}

}  // namespace
}  // namespace latecomer::tests::observables_test
