#include "agents/markets/market_clearing.hpp"

#include "agents/lead_firms/lead_firms.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>

namespace latecomer::market_clearing_test {
namespace {

const CountryId home{0};
const CountryId abroad{1};
const CountryId lead_home{2};
const PositionId application = Positions::application(SectorId{0});
constexpr std::size_t lead = 3;  // place of the lead firm among suppliers

/// Two latecomer economies and one with a lead firm.  Every pool with firms is as attractive as
/// the lead firm, prices are 2, shares only change where a test says so.
World quiet_world(int leads = 1)
{
    Scenario scenario = tests::round_scenario(2, leads, leads, 80);
    scenario.parameters.trade.habit = 1.0;
    scenario.parameters.trade.sensitivity = 0.0;
    World world = tests::make_world(scenario);
    for (const PoolId pool : world.pool_indices()) {
        PoolResults& results = world.results.pools[pool];
        results = {};
        if (world.statistics[pool].firms > 0) {
            results.appeal = 1.0;
            results.unit_index = 0.5;
        }
    }
    std::ranges::fill(world.leads.price.span(), 2.0);
    std::ranges::fill(world.countries.orders.span(), 100.0);
    std::ranges::fill(world.countries.processing_orders, 0.0);
    std::ranges::fill(world.countries.final_demand, 0.0);
    return world;
}

/// Nobody is left in a pool.
void empty(World& world, CountryId c, PositionId p)
{
    world.statistics[world.pool(c, p)] = {};
    world.results.pools[world.pool(c, p)] = {};
}

double home_sales(const World& world, PositionId p)
{
    return world.results.pools[world.pool(home, p)].domestic_sales;
}

/// The pool of `abroad` sells at home with the given share, taken from the lead firm.
void let_export(World& world, PositionId p, double share)
{
    world.results.pools[world.pool(abroad, p)].export_appeal = 1.0;
    world.results.pools[world.pool(abroad, p)].export_index = 0.5;
    world.markets.share(home, p)[1] = share;
    world.markets.share(home, p)[lead] -= share;
}

TEST_CASE("domestic firms have a captive niche and their share of the rest")
{
    World world = quiet_world();
    clear_markets(world);
    CHECK(home_sales(world, Positions::collection) == Approx(58.0));  // 30 + .4 x 70
    CHECK(world.markets.sales(home, Positions::collection)[lead] == Approx(42.0));
}

TEST_CASE("there is no captive niche without domestic firms")
{
    World world = quiet_world();
    empty(world, home, Positions::collection);
    clear_markets(world);
    CHECK(home_sales(world, Positions::collection) == 0.0);
    CHECK(world.markets.sales(home, Positions::collection)[lead] == Approx(100.0));
    CHECK(world.markets.share(home, Positions::collection)[lead] == 1.0);
}

TEST_CASE("what is bought leaves the clearing account")
{
    World world = quiet_world();
    clear_markets(world);
    CHECK(world.countries.orders(home, Positions::collection) == 0.0);
    CHECK(world.markets.spending(home, Positions::collection) == 100.0);
    CHECK(world.markets.demand(home, Positions::collection) == 100.0);
}

TEST_CASE("a market without any supplier keeps its money and its price index")
{
    World world = quiet_world(0);
    empty(world, home, Positions::collection);
    world.markets.procurement(home, Positions::collection) = 10.0;
    clear_markets(world);
    CHECK(world.countries.orders(home, Positions::collection) == 100.0);
    CHECK(world.markets.price_index(home, Positions::collection) == 1.3);
    CHECK(world.markets.spending(home, Positions::collection) == 0.0);
    CHECK(world.markets.procurement(home, Positions::collection) == 0.0);
    CHECK(world.markets.share(home, Positions::collection)[0] == 0.0);
}

TEST_CASE("final demand and its tax are not paid where nobody sells")
{
    World world = quiet_world(0);
    world.countries.final_demand[home] = 1000.0;
    clear_markets(world);
    CHECK(world.results.flows[home].final_demand == Approx(1000.0));
    CHECK(world.results.flows[home].value_added_tax == Approx(50.0));

    World without = quiet_world(0);
    without.countries.final_demand[home] = 1000.0;
    empty(without, home, application);
    clear_markets(without);
    CHECK(without.results.flows[home].final_demand == Approx(650.0));
    CHECK(without.results.flows[home].value_added_tax == Approx(32.5));
}

TEST_CASE("a content floor lifts domestic firms and shrinks the others alike")
{
    World world = quiet_world();
    let_export(world, application, 0.2);
    world.levers[home].content_floor[application.at()] = 0.7;
    clear_markets(world);
    const auto shares = world.markets.share(home, application);
    CHECK(shares[0] == 0.7);
    CHECK(shares[1] == Approx(0.1));
    CHECK(shares[lead] == Approx(0.2));
}

TEST_CASE("what a content floor takes from lead firms of others is their loss of the quarter")
{
    World world = quiet_world();
    let_export(world, application, 0.2);
    world.quarter = 6;
    world.countries.final_demand[home] = 1000.0;  // 350 for the sector, .85 of it outside the niche
    world.levers[home].content_floor[application.at()] = 0.7;
    clear_markets(world);
    const auto& losses = world.trade.losses[6 % 4];
    CHECK(losses(lead_home, home) == Approx(59.5));  // .4 falls to .2 of 297.5
    CHECK(losses(abroad, home) == 0.0);
}

TEST_CASE("a content floor below their share does not touch domestic firms")
{
    World world = quiet_world();
    world.levers[home].content_floor[application.at()] = 0.3;
    clear_markets(world);
    CHECK(world.markets.share(home, application)[0] == Approx(0.4));
}

TEST_CASE("a content floor does not bind where there is no domestic firm")
{
    World world = quiet_world();
    empty(world, home, application);
    world.levers[home].content_floor[application.at()] = 0.7;
    clear_markets(world);
    CHECK(world.markets.share(home, application)[0] == 0.0);
    CHECK(world.markets.share(home, application)[lead] == 1.0);
}

TEST_CASE("reserved procurement comes on top and goes to domestic firms")
{
    World world = quiet_world();
    world.markets.procurement(home, Positions::collection) = 10.0;
    clear_markets(world);
    CHECK(home_sales(world, Positions::collection) == Approx(68.0));
    CHECK(world.markets.spending(home, Positions::collection) == Approx(110.0));
}

TEST_CASE("reserved procurement is not spent without domestic firms")
{
    World world = quiet_world();
    empty(world, home, Positions::collection);
    world.markets.procurement(home, Positions::collection) = 10.0;
    clear_markets(world);
    CHECK(world.markets.procurement(home, Positions::collection) == 0.0);
    CHECK(world.markets.spending(home, Positions::collection) == Approx(100.0));
}

TEST_CASE("a price index is what a unit of delivered value costs")
{
    // Units per value: home .5; the lead firm delivers 1/1.15 of .5.  Niche .3, shares .4 and .6.
    World world = quiet_world();
    clear_markets(world);
    CHECK(world.markets.price_index(home, Positions::collection) == Approx(2.115915).epsilon(1e-6));
    CHECK(world.markets.index(home, Positions::collection)[lead] == Approx(0.434783).epsilon(1e-5));
    CHECK(world.markets.index(lead_home, Positions::collection)[lead] == 0.5);
}

TEST_CASE("a barrier costs units but no money")
{
    World world = quiet_world();
    let_export(world, Positions::collection, 0.2);
    clear_markets(world);
    CHECK(world.results.pools[world.pool(abroad, Positions::collection)].export_sales ==
          Approx(14.0));
    CHECK(world.markets.index(home, Positions::collection)[1] == Approx(0.434783).epsilon(1e-5));
    CHECK(world.results.flows[home].tariffs == 0.0);
}

TEST_CASE("the tariff part of a purchase goes to the government of the buyer")
{
    World world = quiet_world();
    let_export(world, Positions::collection, 0.2);
    world.scenario.parameters.trade.barrier = 0.0;
    world.trade.tariffs(home, abroad) = 0.25;
    clear_markets(world);
    const PoolResults& exporter = world.results.pools[world.pool(abroad, Positions::collection)];
    CHECK(world.markets.sales(home, Positions::collection)[1] == Approx(14.0));
    CHECK(exporter.export_sales == Approx(11.2));
    CHECK(exporter.tariffs == Approx(2.8));
    CHECK(world.results.flows[home].tariffs == Approx(2.8));
    CHECK(world.results.flows[abroad].exports == Approx(11.2));
}

TEST_CASE(
    "a tariff of a plan is levied at its stage on pools and on lead firms that are not present")
{
    World world = quiet_world();
    let_export(world, Positions::collection, 0.2);
    world.scenario.parameters.trade.barrier = 0.0;
    world.levers[home].import_tariff[Positions::collection.at()] = 0.25;
    clear_markets(world);
    const PoolResults& exporter = world.results.pools[world.pool(abroad, Positions::collection)];
    CHECK(exporter.tariffs == Approx(2.8));  // a fifth of 14
    CHECK(exporter.export_sales == Approx(11.2));
    double by_leads = 0.0;
    for (const LeadId l : world.leads.indices()) {
        if (world.leads.presence(l, home) == Presence::offshore) {
            by_leads +=
                0.2 * world.markets.sales(home, Positions::collection)[world.markets.supplier(l)];
        }
    }
    CHECK(by_leads > 0.0);
    CHECK(world.results.flows[home].tariffs == Approx(2.8 + by_leads));
    CHECK(world.results.pools[world.pool(abroad, Positions::storage)].tariffs == 0.0);
}

TEST_CASE("without habit and taste, shares follow appeal in proportion")
{
    World world = quiet_world();
    world.scenario.parameters.trade.sensitivity = 1.0;
    world.results.pools[world.pool(home, Positions::storage)].appeal = 4.5;
    clear_markets(world);
    // The lead firm's appeal is 1/2/1.15; .4 x 4.5 against .6 x .434783.
    CHECK(world.markets.share(home, Positions::storage)[0] == Approx(0.873418).epsilon(1e-6));
}

TEST_CASE("without habit, tastes decide where appeal does not count")
{
    World world = quiet_world();
    world.scenario.parameters.trade.habit = 0.0;
    const auto log_tastes = world.markets.log_taste(home, Positions::storage);
    std::ranges::fill(log_tastes, -std::numeric_limits<double>::infinity());
    log_tastes[0] = std::log(0.25);
    log_tastes[lead] = std::log(0.75);
    clear_markets(world);
    CHECK(world.markets.share(home, Positions::storage)[0] == Approx(0.25));
}

TEST_CASE("storage that is preferred at home is no cheaper for it")
{
    World world = quiet_world();
    world.scenario.parameters.trade.sensitivity = 1.0;
    world.levers[home].domestic_appeal[Positions::storage.at()] = 3.0;
    clear_markets(world);
    CHECK(world.markets.share(home, Positions::storage)[0] == Approx(0.821429).epsilon(1e-6));
    CHECK(world.markets.index(home, Positions::storage)[0] == 0.5);
}

TEST_CASE("a market share too small to be told from nothing is nothing")
{
    World world = quiet_world();
    const auto shares = world.markets.share(home, Positions::storage);
    shares[0] = 1.0;
    shares[lead] = 1e-301;
    clear_markets(world);
    CHECK(shares[lead] == 0.0);
    CHECK(shares[0] == 1.0);
}

TEST_CASE("homes of lead firms buy processing on one world market")
{
    World world = quiet_world();
    world.countries.processing_orders[lead_home] = 100.0;
    world.markets.processing_share[home] = 0.25;
    world.markets.processing_share[abroad] = 0.75;
    clear_markets(world);
    CHECK(home_sales(world, Positions::processing) == Approx(25.0));
    CHECK(world.results.flows[abroad].exports == Approx(75.0));
    CHECK(world.results.flows[lead_home].imports == Approx(100.0));
    CHECK(world.countries.processing_orders[lead_home] == 0.0);
    CHECK(world.markets.processing_price_index == Approx(2.3));  // 2 x 1.15
}

TEST_CASE("each home levies its tariff on its part of the processing it buys")
{
    World world = quiet_world();
    world.scenario.parameters.trade.barrier = 0.0;
    world.countries.processing_orders[lead_home] = 60.0;
    world.countries.processing_orders[abroad] = 40.0;
    world.markets.processing_share[home] = 1.0;
    world.markets.processing_share[abroad] = 0.0;
    world.trade.tariffs(lead_home, home) = 0.5;  // .3 on average: .5/1.3 of 60
    clear_markets(world);
    CHECK(world.results.flows[lead_home].tariffs == Approx(23.076923).epsilon(1e-6));
    CHECK(world.results.flows[abroad].tariffs == 0.0);
    CHECK(home_sales(world, Positions::processing) == Approx(76.923077).epsilon(1e-6));
}

TEST_CASE("processing that nobody supplies leaves the money with those who ordered it")
{
    World world = quiet_world();
    empty(world, home, Positions::processing);
    empty(world, abroad, Positions::processing);
    world.countries.processing_orders[lead_home] = 100.0;
    clear_markets(world);
    CHECK(world.countries.processing_orders[lead_home] == 100.0);
    CHECK(world.markets.processing_price_index == 1.3);
    CHECK(world.markets.spending(lead_home, Positions::processing) == 0.0);
}

}  // namespace
}  // namespace latecomer::market_clearing_test
