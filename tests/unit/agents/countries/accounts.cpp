#include "agents/countries/accounts.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

namespace latecomer::tests::accounts_test {
namespace {

constexpr CountryId home{0};
constexpr CountryId neighbour{1};
constexpr PositionId collection = Positions::collection;
constexpr PositionId storage = Positions::storage;

World empty_books()
{
    World world = make_world(round_scenario(2, 1, 1, 80));
    clear_books(world);
    world.countries.wage[home] = 4.0;
    world.countries.exchange_rate[home] = 0.5;
    world.scenario.parameters.government.interest = 0.01;
    world.countries.budget_share[home] = 0.25;
    return world;
}

/// Revenue of 10 in a quarter, of which the programme may use 2.5.
World taxed_world(double debt, double spending)
{
    World world = empty_books();
    CountryFlows& flows = world.results.flows[home];
    flows.profit_tax = 4.0;
    flows.value_added_tax = 3.0;
    flows.fees = 2.0;
    flows.tariffs = 1.0;
    flows.spending = spending;
    world.countries.public_debt[home] = debt;
    close_accounts(world);
    return world;
}

TEST_CASE("debt grows by interest and spending and falls by the programme's part of revenue")
{
    const World world = taxed_world(100.0, 5.0);
    CHECK(world.countries.tax_revenue[home] == 10.0);
    CHECK(world.results.flows[home].debt_before == 100.0);
    CHECK(world.results.flows[home].interest == 1.0);
    CHECK(world.results.flows[home].programme == 2.5);
    CHECK(world.countries.public_debt[home] == Approx(103.5));
    CHECK(world.results.flows[home].surplus == 0.0);
    // Interest and revenue that the programme may not use, less the tax on final demand.
    CHECK(world.countries.other_wealth[home] == Approx(1.0 + 7.5 - 3.0));
}

TEST_CASE("a surplus goes to the rest of the economy, and debt is never negative")
{
    const World world = taxed_world(1.0, 0.5);
    CHECK(world.countries.public_debt[home] == 0.0);
    CHECK(world.results.flows[home].surplus == Approx(0.99));  // 2.5 - 1.01 - .5
    CHECK(world.countries.other_wealth[home] == Approx(0.01 + 7.5 + 0.99 - 3.0));
}

TEST_CASE("the rest of the economy receives what is paid locally and pays for final demand")
{
    World world = empty_books();
    CountryFlows& flows = world.results.flows[home];
    flows.wages = 1.0;
    flows.research = 2.0;
    flows.dividends = 4.0;
    flows.fixed_cost = 8.0;
    flows.presence_cost = 16.0;
    flows.venture_profit = 32.0;
    flows.services = 64.0;
    flows.final_demand = 256.0;
    pool_of(world, home, collection).exit_cash = 128.0;
    pool_of(world, home, collection).upgrades_out = 3;  // at .2 wages
    pool_of(world, home, storage).new_exporters = 2;    // who pay nothing at once
    pool_of(world, home, storage).entrants = 8;         // with .125 wages
    let_mean_revenue_be_the_wage(world);
    close_accounts(world);
    CHECK(world.results.flows[home].mobility_cost == Approx(1.2));  // at a wage of 2 in numeraire
    CHECK(world.results.flows[home].entrant_cash == 2.0);
    CHECK(world.countries.other_wealth[home] == Approx(-1.8));  // 255 + 1.2 - 256 - 2
    CHECK(world.countries.income[home] == 7.0);
    CHECK(world.countries.other_wealth[neighbour] == 0.0);
}

TEST_CASE("a trade balance is exports less imports, and world exports are those of all")
{
    World world = empty_books();
    world.results.flows[home].exports = 7.0;
    world.results.flows[home].imports = 4.0;
    world.results.flows[neighbour].exports = 5.0;
    close_accounts(world);
    CHECK(world.countries.trade_balance[home] == 3.0);
    CHECK(world.countries.trade_balance[neighbour] == 5.0);
    CHECK(world.trade.exports == 12.0);
}

TEST_CASE("cash and data from abroad are added up over the pools of a country")
{
    World world = empty_books();
    pool_of(world, home, collection).cash = 3.0;
    pool_of(world, home, storage).cash = 4.0;
    pool_of(world, home, storage).exported_data = 6.0;
    pool_of(world, home, storage).export_shares = 0.5;
    close_accounts(world);
    CHECK(world.results.flows[home].firm_cash == 7.0);
    CHECK(world.results.flows[home].data_received == 3.0);
    CHECK(world.results.flows[neighbour].firm_cash == 0.0);
}

TEST_CASE("data held are those kept and localised")
{
    World world = empty_books();
    world.results.flows[home].data_generated = 8.0;
    world.results.flows[home].data_kept = 3.0;
    world.results.flows[home].data_localised = 2.0;
    close_accounts(world);
    CHECK(world.countries.data_generated[home] == 8.0);
    CHECK(world.countries.data_held[home] == 5.0);
}

TEST_CASE("accounts that are closed have been checked")
{
    World world = empty_books();
    world.results.firms_before = firm_count(world) - 5;
    close_accounts(world);
    CHECK(world.results.residuals.firms == 5.0);
}

TEST_CASE("the money of the world is cash, wealth and orders less debt")
{
    World world = empty_books();
    world.results.flows[home].firm_cash = 1.0;
    world.countries.other_wealth[neighbour] = 2.0;
    world.countries.processing_orders[home] = 4.0;
    world.countries.orders(neighbour, storage) = 8.0;
    world.leads.cash[LeadId{0}] = 16.0;
    world.countries.public_debt[home] = 32.0;
    CHECK(money_in_the_world(world) == -1.0);
}

}  // namespace
}  // namespace latecomer::tests::accounts_test
