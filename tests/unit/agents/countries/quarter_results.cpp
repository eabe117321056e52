#include "agents/countries/accounts.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

/// What becomes known of pools when a quarter is over: part of agents/countries/accounts.cpp.
namespace latecomer::tests::quarter_results_test {
namespace {

constexpr CountryId home{0};
constexpr CountryId neighbour{1};
constexpr PositionId collection = Positions::collection;
constexpr PositionId storage = Positions::storage;

World empty_books()
{
    World world = make_world(round_scenario(2, 1, 1, 80));
    clear_books(world);
    return world;
}

std::int64_t upgrades(const World& world, CountryId c, PositionId from, PositionId to)
{
    return world.results.upgrades(world.pool(c, from), to);
}

TEST_CASE("only the first firms of a country to take a step are in the chronicle")
{
    World world = empty_books();
    Tally tally(world);
    take_results(world, tally);
    CHECK(world.results.events.empty());  // nobody climbed

    tally.upgrades(world.pool(home, collection), storage) = 2;
    take_results(world, tally);
    CHECK(upgrades(world, home, collection, storage) == 2);
    REQUIRE(world.results.events.size() == 1);
    CHECK(world.results.events[0].kind == EventKind::upgrade);
    CHECK(world.results.events[0].who == world.countries.key[home]);
    CHECK(world.results.events[0].value == 2.0);
    CHECK(world.results.events[0].label == "first step from COL to STO");

    tally.upgrades(world.pool(home, collection), storage) = 5;
    take_results(world, tally);
    CHECK(upgrades(world, home, collection, storage) == 5);
    CHECK(world.results.events.size() == 1);

    tally.upgrades(world.pool(neighbour, collection), storage) = 1;
    take_results(world, tally);
    CHECK(world.results.events.size() == 2);
}

TEST_CASE(
    "the chronicle tells of large firms that leave, how many and with what part of their market")
{
    World world = empty_books();
    const PoolId pool = world.pool(neighbour, storage);
    Tally tally(world);
    tally.number(pool, PoolCount::exits) = 5;
    take_results(world, tally);
    CHECK(world.results.events.empty());

    tally.number(pool, PoolCount::large_leavers) = 2;
    tally.add(pool, PoolSum::large_leavers_share, 0.375);
    take_results(world, tally);
    REQUIRE(world.results.events.size() == 1);
    CHECK(world.results.events[0].kind == EventKind::leaver);
    CHECK(world.results.events[0].who == world.countries.key[neighbour]);
    CHECK(world.results.events[0].value == 0.375);
    CHECK(world.results.events[0].label == "2 with a tenth of the market or more left STO");
    CHECK(world.results.pools[pool].large_leavers == 2);

    take_results(world, tally);  // each quarter in which it happens
    CHECK(world.results.events.size() == 2);
}

TEST_CASE("means of a pool are over the firms that sold")
{
    World world = empty_books();
    const PoolId pool = world.pool(home, storage);
    world.statistics[pool].firms = 4;
    Tally tally(world);
    tally.add(pool, PoolSum::mark_up, 2.0);
    tally.add(pool, PoolSum::log_capability, -3.0);
    tally.add(pool, PoolSum::revenue, 10.0);
    take_results(world, tally);
    CHECK(world.results.pools[pool].sellers == 4);
    CHECK(world.results.pools[pool].mark_up == 0.5);
    CHECK(world.results.pools[pool].log_capability == -0.75);
    CHECK(world.results.pools[pool].revenue == 10.0);
}

TEST_CASE("exporters are those who stay and those who begin, and those who sold were those before")
{
    World world = empty_books();
    const PoolId pool = world.pool(home, storage);
    world.statistics[pool].exporters = 9;
    Tally tally(world);
    tally.number(pool, PoolCount::staying_exporters) = 3;
    tally.number(pool, PoolCount::new_exporters) = 2;
    tally.number(pool, PoolCount::exporters_stopped) = 4;
    tally.number(pool, PoolCount::exits) = 7;
    take_results(world, tally);
    CHECK(world.statistics[pool].exporters == 5);
    CHECK(world.results.pools[pool].selling_exporters == 9);
    CHECK(world.results.pools[pool].new_exporters == 2);
    CHECK(world.results.pools[pool].exporters_stopped == 4);
    CHECK(world.results.pools[pool].exits == 7);
}

TEST_CASE("what firms add up to is found under the name of each sum")
{
    World world = empty_books();
    const PoolId pool = world.pool(home, storage);
    PoolResults& results = world.results.pools[pool];
    const std::vector<std::pair<PoolSum, double*>> places{
        {PoolSum::revenue, &results.revenue},
        {PoolSum::units, &results.units},
        {PoolSum::cost, &results.cost},
        {PoolSum::profit, &results.profit},
        {PoolSum::profit_tax, &results.profit_tax},
        {PoolSum::dividends, &results.dividends},
        {PoolSum::weighted_capability, &results.weighted_capability},
        {PoolSum::data_received, &results.data_received},
        {PoolSum::herfindahl, &results.herfindahl},
        {PoolSum::domestic_share, &results.domestic_shares},
        {PoolSum::export_share, &results.export_shares},
        {PoolSum::staying_share, &results.staying_share},
        {PoolSum::staying_exports, &results.staying_export_share},
        {PoolSum::seeds, &results.seeds},
        {PoolSum::new_export_powers, &results.new_export_powers},
        {PoolSum::large_leavers_share, &results.large_leavers_share},
        {PoolSum::exit_cash, &results.exit_cash},
        {PoolSum::cash, &results.cash}};
    Tally tally(world);
    double value = 1.0;
    for (const auto& [sum, place] : places) {
        tally.add(pool, sum, value++);
    }
    take_results(world, tally);
    value = 1.0;
    for (const auto& [sum, place] : places) {
        CHECK(*place == value++);
    }
}

TEST_CASE("climbers are counted where they leave and where they arrive")
{
    World world = empty_books();
    Tally tally(world);
    tally.number(world.pool(home, collection), PoolCount::upgrades_out) = 3;
    tally.number(world.pool(home, storage), PoolCount::upgrades_in) = 2;
    take_results(world, tally);
    CHECK(pool_of(world, home, collection).upgrades_out == 3);
    CHECK(pool_of(world, home, storage).upgrades_in == 2);
    CHECK(pool_of(world, home, storage).upgrades_out == 0);
}

TEST_CASE("a pool knows the best of its firms and three deciles")
{
    World world = empty_books();
    const PoolId pool = world.pool(home, storage);
    Tally tally(world);
    tally.best_log_capability[pool.at()] = -0.5;
    for (std::size_t bin = 0; bin < 10; ++bin) {  // each .1875 wide, from -8 on
        tally.histogram[pool.at() * histogram_bins + bin] = 1;
    }
    take_results(world, tally);
    CHECK(world.results.pools[pool].best_log_capability == -0.5);
    CHECK(world.results.pools[pool].quantiles[0] == Approx(-7.8125));
    CHECK(world.results.pools[pool].quantiles[1] == Approx(-7.0625));
    CHECK(world.results.pools[pool].quantiles[2] == Approx(-6.3125));
}

TEST_CASE("shares of those who stay are not below zero, whatever rounding does")
{
    World world = empty_books();
    const PoolId pool = world.pool(home, storage);
    Tally tally(world);
    tally.add(pool, PoolSum::staying_share, -1e-20);
    tally.add(pool, PoolSum::staying_exports, -1e-20);
    take_results(world, tally);
    CHECK(world.results.pools[pool].staying_share == 0.0);
    CHECK(world.results.pools[pool].staying_export_share == 0.0);
}

TEST_CASE("the histogram of a position adds up the pools of all countries")
{
    World world = empty_books();
    Tally tally(world);
    tally.histogram[world.pool(home, storage).at() * histogram_bins + 40] = 3;
    tally.histogram[world.pool(neighbour, storage).at() * histogram_bins + 40] = 2;
    take_results(world, tally);
    take_results(world, tally);  // of one quarter, not of all so far
    CHECK(world.results.histogram[storage.at() * histogram_bins + 40] == 5.0);
    CHECK(world.results.histogram[collection.at() * histogram_bins + 40] == 0.0);
}

}  // namespace
}  // namespace latecomer::tests::quarter_results_test
