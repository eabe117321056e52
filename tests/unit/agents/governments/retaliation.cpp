#include "agents/governments/retaliation.hpp"
#include "agents/world/events.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

namespace latecomer::tests::retaliation_test {
namespace {

constexpr CountryId target{0};     ///< the latecomer economy whose policy costs lead firms
constexpr CountryId bystander{1};  ///< another latecomer economy
constexpr CountryId home{2};       ///< of the lead firms
constexpr CountryId leaderless{3};

/// Home governments answer any loss for certain and seek all of it back; home demand is 100.
World answering_world()
{
    Scenario scenario = round_scenario(2, 2, 1, 80);
    RetaliationParameters& p = scenario.parameters.retaliation;
    p.rate = 1e6;
    p.pass_through = 1.0;
    p.tariff_ceiling = 0.5;
    p.duration_quarters = 3;
    World world = make_world(scenario);
    clear_books(world);
    demand_a_hundred(world, home);
    demand_a_hundred(world, leaderless);
    world.quarter = 6;
    return world;
}

double& loss(World& world, std::size_t quarter, CountryId h = home, CountryId d = target)
{
    return world.trade.losses[quarter % 4](h, d);
}

double& tariff(World& world, CountryId h = home, CountryId d = target)
{
    return world.trade.tariffs(h, d);
}

double& imports(World& world, PositionId p, CountryId d = home)
{
    return world.markets.sales(d, p)[world.markets.supplier(target)];
}

TEST_CASE("a tariff seeks the losses of four quarters back from a year's imports")
{
    World world = answering_world();
    for (std::size_t quarter = 2; quarter < 6; ++quarter) {
        loss(world, quarter) = static_cast<double>(quarter);  // 14 together
    }
    imports(world, Positions::storage) = 5.0;
    imports(world, Positions::application(SectorId{1})) = 12.5;
    imports(world, Positions::storage, bystander) = 100.0;  // bought by somebody else
    retaliate(world);
    CHECK(tariff(world) == Approx(0.2));  // 14 over 70
    REQUIRE(world.results.events.size() == 1);
    CHECK(world.results.events[0].label == "tariff begins");
    CHECK(world.results.events[0].value == Approx(0.2));
    CHECK(world.results.events[0].who == world.countries.key[home]);
    CHECK(world.results.events[0].where == world.countries.key[target]);
}

TEST_CASE("imports of processing are the part of it that the country buys")
{
    World world = answering_world();
    loss(world, 5) = 14.0;
    imports(world, Positions::storage) = 5.0;
    world.markets.processing_sales[target] = 50.0;
    world.markets.spending(home, Positions::processing) = 20.0;
    world.markets.spending(leaderless, Positions::processing) = 60.0;
    retaliate(world);
    CHECK(tariff(world) == Approx(0.2));  // of 5 and a quarter of 50
}

TEST_CASE("small losses are answered in proportion to small imports")
{
    World world = answering_world();
    loss(world, 5) = 0.014;
    imports(world, Positions::storage) = 0.005;
    world.markets.processing_sales[target] = 0.05;
    world.markets.spending(home, Positions::processing) = 0.02;
    world.markets.spending(leaderless, Positions::processing) = 0.06;
    retaliate(world);
    CHECK(tariff(world) == Approx(0.2));
}

TEST_CASE("a tariff passes on a part of the loss and is at most the ceiling")
{
    World world = answering_world();
    loss(world, 5) = 14.0;
    imports(world, Positions::storage) = 17.5;
    world.scenario.parameters.retaliation.pass_through = 0.25;
    retaliate(world);
    CHECK(tariff(world) == Approx(0.05));

    World other = answering_world();
    loss(other, 5) = 1400.0;
    imports(other, Positions::storage) = 17.5;
    retaliate(other);
    CHECK(tariff(other) == 0.5);
}

TEST_CASE("without imports the tariff is the ceiling")
{
    World world = answering_world();
    loss(world, 5) = 1e-3;
    retaliate(world);
    CHECK(tariff(world) == 0.5);
}

TEST_CASE("no tariff begins if nothing is sought or none is allowed")
{
    World world = answering_world();
    loss(world, 5) = 14.0;
    world.scenario.parameters.retaliation.tariff_ceiling = 0.0;
    retaliate(world);
    world.scenario.parameters.retaliation.tariff_ceiling = 0.5;
    world.scenario.parameters.retaliation.pass_through = 0.0;
    retaliate(world);
    CHECK(world.results.events.empty());
    CHECK(tariff(world) == 0.0);
}

TEST_CASE("countries without lead firms do not answer, and nobody answers itself")
{
    World world = answering_world();
    loss(world, 5, leaderless, target) = 14.0;
    loss(world, 5, target, bystander) = 14.0;
    loss(world, 5, home, home) = 14.0;
    retaliate(world);
    CHECK(world.results.events.empty());
}

TEST_CASE("a lead economy is answered like any other")
{
    World world = answering_world();
    loss(world, 5, home, leaderless) = 14.0;
    retaliate(world);
    CHECK(tariff(world, home, leaderless) == 0.5);
    CHECK(tariff(world, home, target) == 0.0);
}

TEST_CASE("a tariff holds for its duration, without another draw, and may then begin anew")
{
    World world = answering_world();
    imports(world, Positions::storage) = 17.5;
    std::vector<double> tariffs;
    for (world.quarter = 6; world.quarter < 10; ++world.quarter) {
        loss(world, world.quarter + 3) = world.quarter == 6 ? 14.0 : 3.5;
        retaliate(world);
        tariffs.push_back(tariff(world));
    }
    CHECK(tariffs[0] == Approx(0.2));
    CHECK(tariffs[1] == tariffs[0]);
    CHECK(tariffs[2] == tariffs[0]);
    CHECK(tariffs[3] == Approx(0.35));  // 24.5 over 70
    REQUIRE(world.results.events.size() == 3);
    CHECK(world.results.events[1].label == "tariff ends");
    CHECK(world.results.events[1].value == 0.0);
    CHECK(world.results.events[1].where == world.countries.key[target]);
}

TEST_CASE("a tariff ends in its quarter if nothing is lost any more")
{
    World world = answering_world();
    loss(world, 3) = 14.0;  // forgotten a quarter later
    retaliate(world);
    std::vector<bool> levied;
    for (world.quarter = 7; world.quarter < 10; ++world.quarter) {
        retaliate(world);
        levied.push_back(tariff(world) > 0.0);
    }
    CHECK(levied == std::vector{true, true, false});
}

TEST_CASE("losses of a year ago make room for those of the quarter that begins")
{
    World world = answering_world();
    for (std::size_t quarter = 2; quarter < 6; ++quarter) {
        loss(world, quarter, target, bystander) = 1.0;
    }
    retaliate(world);
    CHECK(loss(world, 6, target, bystander) == 0.0);
    CHECK(loss(world, 5, target, bystander) == 1.0);
    CHECK(loss(world, 3, target, bystander) == 1.0);
}

/// How often in 1000 quarters a loss of 10 is answered at the home's demand.
int answers(double exchange_rate, double demand)
{
    World world = answering_world();
    RetaliationParameters& p = world.scenario.parameters.retaliation;
    p.rate = 0.1;
    p.loss_scale = 0.5;
    world.countries.exchange_rate[home] = exchange_rate;
    world.countries.final_demand[home] = demand;
    int number = 0;
    for (world.quarter = 0; world.quarter < 1000; ++world.quarter) {
        tariff(world) = 0.0;
        loss(world, world.quarter + 3) = 10.0;
        retaliate(world);
        number += tariff(world) > 0.0 ? 1 : 0;
        loss(world, world.quarter + 3) = 0.0;
    }
    return number;
}

TEST_CASE("a loss is answered with a probability that rises with its part of demand")
{
    // The hazard is .1 x 10/(.5 x demand); margins are four standard deviations.
    CHECK(answers(4.0, 0.5 / std::log(2.0)) == Approx(500).margin(64));
    CHECK(answers(0.5, 4.0 / std::log(4.0)) == Approx(750).margin(55));
    CHECK(answers(2.0, 10.0) == Approx(95).margin(37));
    CHECK(answers(2.0, 0.25) == Approx(982).margin(17));  // the hazard is 4
    CHECK(answers(2.0, 0.0) == 0);
}

}  // namespace
}  // namespace latecomer::tests::retaliation_test
