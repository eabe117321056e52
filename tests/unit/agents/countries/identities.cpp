#include "agents/countries/identities.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

/// Each identity finds the error that a test puts into books that are otherwise empty.
namespace latecomer::tests::identities_test {
namespace {

constexpr CountryId home{0};
constexpr CountryId lead_home{1};
constexpr LeadId lead{0};
constexpr PositionId storage = Positions::storage;

World empty_books()
{
    World world = make_world(round_scenario(1, 1, 1, 80));
    clear_books(world);
    return world;
}

double any_unit()
{
    return GENERATE(1.0, 0x1p-20);
}

const Residuals& checked(World& world)
{
    check_identities(world);
    return world.results.residuals;
}

TEST_CASE("empty books balance, shares without a supplier included")
{
    World world = empty_books();
    const Residuals& found = checked(world);
    for (const double residual : {found.shares, found.sales, found.trade, found.profit, found.index,
                                  found.debt, found.money, found.data}) {
        CHECK(residual == 0.0);
    }
}

// --- A1: shares ------------------------------------------------------------------------------------

TEST_CASE("shares that do not sum to one are found in pools, markets and processing")
{
    World pools = empty_books();
    pool_of(pools, home, storage).domestic_shares = 0.75;
    CHECK(checked(pools).shares == 0.25);
    pool_of(pools, home, storage).export_shares = 1.5;
    CHECK(checked(pools).shares == 0.5);

    World markets = empty_books();
    const auto shares = markets.markets.share(home, storage);
    shares[0] = 0.5;
    shares[2] = 0.375;
    CHECK(checked(markets).shares == 0.125);
    shares[2] = 0.5;
    CHECK(checked(markets).shares == 0.0);

    World processing = empty_books();
    processing.markets.processing_share[home] = 0.75;
    CHECK(checked(processing).shares == 0.25);
}

// --- A2: sales -------------------------------------------------------------------------------------

/// Buyers at home spend 100 on storage, of which the pool has `revenue`, tariffs 5, a lead firm 60.
double sales_residual(double revenue, double unit)
{
    World world = empty_books();
    world.markets.spending(home, storage) = 100.0 * unit;
    pool_of(world, home, storage).revenue = revenue * unit;
    pool_of(world, home, storage).tariffs = 5.0 * unit;
    lead_sales(world, lead, home, storage) = 60.0 * unit;
    lead_sales(world, lead, home, Positions::processing) = 7.0;  // sold on no national market
    return checked(world).sales;
}

TEST_CASE("what sellers and tariffs take is compared with what buyers spend")
{
    const double unit = any_unit();
    CHECK(sales_residual(35.0, unit) == 0.0);
    CHECK(sales_residual(25.0, unit) == Approx(0.1));
    CHECK(sales_residual(60.0, unit) == Approx(0.25));  // of all that was spent
}

TEST_CASE("sales that nobody paid are found, alone and beside others")
{
    World world = empty_books();
    pool_of(world, home, storage).revenue = 10.0 * any_unit();
    CHECK(checked(world).sales == 1.0);
    world.markets.spending(home, Positions::analytics) = 1000.0;
    pool_of(world, home, Positions::analytics).revenue = 1000.0;
    CHECK(checked(world).sales == 1.0);
}

TEST_CASE("spending that nobody received is found although other sales make up for it")
{
    World world = empty_books();
    world.markets.spending(home, storage) = 100.0;
    pool_of(world, home, storage).revenue = 75.0;
    world.markets.spending(home, Positions::analytics) = 100.0;
    pool_of(world, home, Positions::analytics).revenue = 125.0;
    CHECK(checked(world).sales == 0.25);  // of 100 at storage; at analytics .2 of 125
    world.markets.spending(home, storage) = 0.5;
    pool_of(world, home, storage).revenue = 0.0;
    pool_of(world, home, Positions::analytics).revenue = 100.5;
    CHECK(checked(world).sales == 1.0);
}

// --- A3: trade -------------------------------------------------------------------------------------

TEST_CASE("trade balances that do not sum to zero are found relative to world exports")
{
    World world = empty_books();
    world.countries.trade_balance[home] = 5.0;
    world.countries.trade_balance[lead_home] = -3.0;
    world.trade.exports = 100.0;
    CHECK(checked(world).trade == Approx(0.02));
    world.countries.trade_balance[lead_home] = -5.0;
    CHECK(checked(world).trade == 0.0);
}

TEST_CASE("without exports a trade balance is relative to 1e-12 of the world's revenue")
{
    World world = empty_books();
    world.countries.trade_balance[home] = 2.0;
    world.results.flows[home].revenue = 3e12;
    world.results.flows[lead_home].revenue = 5e12;
    CHECK(checked(world).trade == Approx(0.25));
}

// --- A4: profit and index --------------------------------------------------------------------------

/// Ten firms sell for 100 at a cost of 60, search for 10, comply for 5, have a fixed cost of .12 and pay .08 to
/// export.
double profit_residual(double profit, double unit)
{
    World world = empty_books();
    world.scenario.parameters.finance.fixed_cost = 0.012;
    world.scenario.parameters.mobility.export_fixed_cost = 0.04;
    world.references.mean_revenue[storage] = 4.0 * unit;
    world.references.mean_wage[storage] = 4.0;
    world.countries.wage[home] = 2.0;
    world.countries.exchange_rate[home] = 0.5;
    world.countries.search_share[home] = 0.1;
    world.levers[home].compliance_cost = 0.05;
    PoolResults& pool = pool_of(world, home, storage);
    pool.sellers = 10;
    pool.selling_exporters = 2;
    pool.revenue = 100.0 * unit;
    pool.cost = 60.0 * unit;
    pool.profit = profit * unit;
    return checked(world).profit;
}

TEST_CASE("profit that is not revenue less all cost is found")
{
    const double unit = any_unit();
    CHECK(profit_residual(24.8, unit) == Approx(0.0).margin(1e-15));
    CHECK(profit_residual(14.8, unit) == Approx(10.0 / 100.2));
    CHECK(profit_residual(44.85, unit) == Approx(20.05 / 100.2));
}

/// Buyers pay 90 for units at .5 each per value, and reserved demand 10; the index says so if it is 2.
double index_residual(double price_index, double reserved, double unit)
{
    World world = empty_books();
    Markets& markets = world.markets;
    markets.spending(home, storage) = (90.0 + reserved) * unit;
    markets.procurement(home, storage) = reserved * unit;
    markets.price_index(home, storage) = price_index;
    markets.sales(home, storage)[home.at()] = (30.0 + reserved) * unit;
    markets.index(home, storage)[home.at()] = 0.5;
    lead_sales(world, lead, home, storage) = 60.0 * unit;
    markets.index(home, storage)[markets.supplier(lead)] = 0.5;
    markets.spending(home, Positions::processing) = 8.0;  // has no national index
    return checked(world).index;
}

TEST_CASE("a price index that does not give value for units is found")
{
    const double unit = any_unit();
    CHECK(index_residual(2.0, 0.0, unit) == 0.0);
    CHECK(index_residual(2.0, 10.0, unit) == Approx(0.0).margin(1e-15));
    CHECK(index_residual(2.2, 10.0, unit) == Approx(0.09));
    CHECK(index_residual(1.0, 0.0, unit) == Approx(0.5));
}

// --- A5: debt --------------------------------------------------------------------------------------

struct Budget {
    double debt_before, interest, spending, programme, surplus, debt;
};

double debt_residual(const Budget& budget)
{
    World world = empty_books();
    CountryFlows& flows = world.results.flows[home];
    flows.debt_before = budget.debt_before;
    flows.interest = budget.interest;
    flows.spending = budget.spending;
    flows.programme = budget.programme;
    flows.surplus = budget.surplus;
    world.countries.public_debt[home] = budget.debt;
    return checked(world).debt;
}

TEST_CASE("debt that does not follow from the budget is found relative to the largest of its parts")
{
    CHECK(debt_residual({100.0, 1.0, 20.0, 40.0, 0.0, 81.0}) == 0.0);
    CHECK(debt_residual({100.0, 1.0, 20.0, 40.0, 0.0, 91.0}) == Approx(0.1));
    CHECK(debt_residual({100.0, 1.0, 20.0, 40.0, 0.0, 200.0}) == Approx(0.595));  // 119 of 200
    CHECK(debt_residual({10.0, 1.0, 20.0, 40.0, 9.0, 0.0}) == 0.0);
    CHECK(debt_residual({10.0, 1.0, 20.0, 40.0, 19.0, 0.0}) == Approx(0.25));  // 10 of 40
    CHECK(debt_residual({0.0, 0.0, 50.0, 10.0, 0.0, 45.0}) == Approx(0.1));    // 5 of 50
}

TEST_CASE("a debt below zero, and a debt beside a surplus, are found although they add up")
{
    CHECK(debt_residual({10.0, 0.0, 0.0, 15.0, 0.0, -5.0}) == Approx(1.0 / 3.0));
    CHECK(debt_residual({10.0, 0.0, 0.0, 5.0, 3.0, 8.0}) == Approx(0.3));
}

// --- A6: money -------------------------------------------------------------------------------------

TEST_CASE("money that arises is found relative to the world's revenue, and once")
{
    const double unit = any_unit();
    World world = empty_books();
    world.results.flows[home].firm_cash = 100.0 * unit;
    world.countries.public_debt[home] = 30.0 * unit;
    world.countries.other_wealth[lead_home] = 20.0 * unit;
    world.countries.processing_orders[lead_home] = 5.0 * unit;
    world.countries.orders(home, storage) = 7.0 * unit;
    world.leads.cash[lead] = 11.0 * unit;
    world.results.flows[home].revenue = 40.0 * unit;
    world.results.flows[lead_home].revenue = 160.0 * unit;
    world.results.money_before = 103.0 * unit;
    CHECK(checked(world).money == Approx(0.05));  // there are 113
    CHECK(world.results.money_before == Approx(113.0 * unit));
    CHECK(checked(world).money == 0.0);
}

// --- A7: data --------------------------------------------------------------------------------------

/// Data of a quarter that add up: 100 generated at home, of which 30 go to lead firms abroad.
World data_books(double unit = 1.0)
{
    World world = empty_books();
    CountryFlows& flows = world.results.flows[home];
    flows.data_generated = 100.0 * unit;
    flows.data_kept = 40.0 * unit;
    flows.data_localised = 20.0 * unit;
    flows.data_exported = 30.0 * unit;
    flows.data_not_captured = 10.0 * unit;
    world.results.flows[lead_home].data_received = 30.0 * unit;
    world.results.flows[lead_home].lead_data = 30.0 * unit;
    pool_of(world, home, storage).data_received = 40.0 * unit;
    return world;
}

TEST_CASE("data that are generated and go nowhere are found")
{
    const double unit = any_unit();
    World world = data_books(unit);
    CHECK(checked(world).data == 0.0);
    for (auto member : {&CountryFlows::data_kept, &CountryFlows::data_localised,
                        &CountryFlows::data_not_captured}) {
        World missing = data_books(unit);
        missing.results.flows[home].*member -= 5.0 * unit;
        CHECK(checked(missing).data == Approx(0.05));
    }
}

TEST_CASE("data that are exported and not received, or received and not held, are found")
{
    const double unit = any_unit();
    World on_the_way = data_books(unit);
    on_the_way.results.flows[lead_home].data_received = 10.0 * unit;
    CHECK(checked(on_the_way).data == Approx(0.2));
    World not_held = data_books();
    not_held.results.flows[lead_home].lead_data = 0.0;
    CHECK(checked(not_held).data == Approx(0.3));
    World held_twice = data_books();
    pool_of(held_twice, home, storage).data_received = 80.0;
    CHECK(checked(held_twice).data == Approx(0.4));
}

TEST_CASE("firms are those before plus entries less exits")
{
    World world = empty_books();
    const std::int64_t firms = firm_count(world);
    world.results.firms_before = firms - 5;
    pool_of(world, home, storage).entrants = 4;
    pool_of(world, home, Positions::analytics).exits = 1;
    CHECK(checked(world).firms == 2.0);
    CHECK(world.results.firms_before == firms);
    CHECK(checked(world).firms == -3.0);
}

}  // namespace
}  // namespace latecomer::tests::identities_test
