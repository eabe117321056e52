#include "agents/observation/outcomes.hpp"
#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

namespace latecomer::tests::outcomes_test {
namespace {

constexpr CountryId first{0};
constexpr std::size_t applications = at(Stage::applications);

/// A world whose gap at applications is set by hand.
struct Watched {
    World world = [] {
        Scenario scenario = round_scenario(2, 1, 2, 40);
        scenario.parameters.run.burn_in = 0;
        World made = make_world(scenario);
        run(made, 1);
        return made;
    }();
    Outcomes outcomes;

    void quarter(double relative_mean, double spending = 0.0)
    {
        world.references.frontier[applications] = 1.0;
        world.references.mean[first][applications] = relative_mean;
        world.results.flows[first].spending = spending;
        outcomes.observe(world);
        ++world.quarter;
    }
    CountryOutcome outcome() const { return outcomes.countries(world)[0]; }
};

TEST_CASE("caught up is who closed more than half of the gap for twenty quarters")
{
    Watched watched;
    watched.quarter(0.25);  // half of this gap is closed at .5
    for (int quarter = 0; quarter < 19; ++quarter) {
        watched.quarter(0.51);
    }
    watched.quarter(0.49);
    CHECK(watched.outcome().caught_up == 0.0);
    CHECK(std::isnan(watched.outcome().quarters_to_catch_up));
    for (int quarter = 0; quarter < 20; ++quarter) {
        watched.quarter(0.51);
    }
    CHECK(watched.outcome().caught_up == 1.0);
    CHECK(watched.outcome().quarters_to_catch_up == 21.0);  // quarters after the first observed
    CHECK(watched.outcomes.of_world(watched.world).catch_ups == 1.0);
    watched.quarter(0.1);
    CHECK(watched.outcome().caught_up == 1.0);  // a later fall does not undo it
}

TEST_CASE("costs add up since the start, as money and as a share of demand")
{
    Watched watched;
    watched.world.countries.exchange_rate[first] = 2.0;
    watched.world.countries.final_demand[first] = 10.0;
    watched.quarter(0.25, 3.0);
    watched.world.countries.final_demand[first] = 30.0;
    watched.quarter(0.5, 5.0);
    CHECK(watched.outcome().public_cost == 8.0);
    CHECK(watched.outcome().cost_share == Approx(8.0 / 80.0));
    CHECK(watched.outcome().gap_at_start == Approx(std::log(0.25)));
    CHECK(watched.outcome().gap_at_end == Approx(std::log(0.5)));
}

TEST_CASE("the highest stage is the last with half of the frontier")
{
    Watched watched;
    watched.quarter(0.3);
    watched.world.references.frontier = {1.0, 1.0, 1.0, 1.0};
    watched.world.references.mean[first] = {0.6, 0.4, 0.5, 0.3};
    CHECK(watched.outcome().highest_stage == 3.0);
    watched.world.references.mean[first] = {0.4, 0.4, 0.4, 0.4};
    CHECK(watched.outcome().highest_stage == 0.0);
}

TEST_CASE("who already is at the frontier cannot catch up")
{
    Watched watched;
    for (int quarter = 0; quarter < 25; ++quarter) {
        watched.quarter(1.0);
    }
    CHECK(watched.outcome().caught_up == 0.0);
}

TEST_CASE("a gap is relative to the frontier of its quarter, and missing where no firm is")
{
    Watched watched;
    watched.quarter(0.5);
    watched.world.references.frontier[applications] = 4.0;
    CHECK(watched.outcome().gap_at_end == Approx(std::log(0.125)));
    watched.world.references.mean[first][applications] = 0.0;
    CHECK(std::isnan(watched.outcome().gap_at_end));
}

TEST_CASE("before the first quarter nothing was spent and nothing is known")
{
    const Watched watched;
    CHECK(watched.outcome().public_cost == 0.0);
    CHECK(std::isnan(watched.outcome().gap_at_start));
    CHECK(std::isnan(watched.outcome().welfare));
    CHECK(std::isnan(watched.outcome().application_share));
    CHECK(std::isnan(watched.outcome().storage_share));
    CHECK(std::isnan(watched.outcome().cost_share));
    CHECK(watched.outcome().positions_led == 0.0);
    CHECK(watched.outcomes.of_world(watched.world).leadership_changes == 0.0);
    CHECK(watched.outcomes.of_world(watched.world).catch_ups == 0.0);
}

TEST_CASE("half of the frontier is meant, however far the frontier has moved")
{
    Watched watched;
    watched.quarter(0.3);
    watched.world.references.frontier = {4.0, 4.0, 4.0, 4.0};
    watched.world.references.mean[first] = {2.0, 1.9, 1.9, 1.9};
    CHECK(watched.outcome().highest_stage == 1.0);
    watched.world.references.frontier = {0.4, 0.4, 0.4, 0.4};
    watched.world.references.mean[first] = {0.2, 0.2, 0.2, 0.19};
    CHECK(watched.outcome().highest_stage == 3.0);
}

TEST_CASE("outcomes count from the end of the burn-in")
{
    Watched watched;
    watched.world.scenario.parameters.run.burn_in = 3;
    watched.quarter(0.1, 7.0);  // world.quarter is 1 here: the first quarter is over
    watched.quarter(0.2, 7.0);
    watched.quarter(0.25, 7.0);
    watched.quarter(0.4, 1.0);  // quarter 4: the first after the burn-in
    CHECK(watched.outcome().gap_at_start == Approx(std::log(0.4)));
    CHECK(watched.outcome().public_cost == 1.0);
}

TEST_CASE("a position has a new leader if another economy sells most there than at the start")
{
    Watched watched;
    watched.quarter(0.3);
    CHECK(watched.outcomes.of_world(watched.world).leadership_changes == 0.0);
    for (double& units : watched.world.leads.units.span()) {
        units = 0.0;
    }
    for (const PositionId p : watched.world.positions.indices()) {
        watched.world.results.pools[watched.world.pool(first, p)].revenue = 1e9;
    }
    CHECK(watched.outcomes.of_world(watched.world).leadership_changes > 0.0);
    CHECK(watched.outcomes.of_world(watched.world).application_share == Approx(1.0));
}

TEST_CASE("a position that an economy without lead firms leads is taken over, if another led at "
          "the start")
{
    Watched watched;
    watched.quarter(0.3);
    World& world = watched.world;
    const auto takeovers = [&] { return watched.outcomes.of_world(world).takeovers; };
    CHECK(takeovers() == 0.0);
    for (double& units : world.leads.units.span()) {
        units = 0.0;
    }
    pool_of(world, first, Positions::storage).revenue = 1e9;
    CHECK(takeovers() == watched.outcomes.of_world(world).leadership_changes);
    CHECK(takeovers() >= 1.0);
    const double before = takeovers();
    world.countries.role[first] = CountryRole::both;  // an economy that has lead firms
    CHECK(takeovers() < before);
}

TEST_CASE(
    "what was granted is spending over all that was asked for, and moves up add up since the start")
{
    Watched watched;
    for (const PositionId p : watched.world.positions.indices()) {
        pool_of(watched.world, first, p).upgrades_out = 0;
    }
    watched.world.governments[first].required = 8.0;
    pool_of(watched.world, first, Positions::storage).upgrades_out = 3;
    watched.quarter(0.3, 4.0);
    CHECK(watched.outcome().granted == 0.5);
    CHECK(watched.outcome().moves_up == 3.0);
    pool_of(watched.world, first, Positions::analytics).upgrades_out = 2;
    watched.quarter(0.3, 8.0);
    CHECK(watched.outcome().granted == 0.75);
    CHECK(watched.outcome().moves_up == 8.0);
    Watched unasked;
    unasked.world.governments[first].required = 0.0;
    unasked.quarter(0.3);
    CHECK(std::isnan(unasked.outcome().granted));
}

/// A world in which the first country alone buys two applications, and nothing else was sold.
struct Sold : Watched {
    PositionId one = Positions::application(SectorId{0});
    PositionId two = Positions::application(SectorId{3});

    Sold()
    {
        clear_books(world);
        buy(30.0, 2.0, 10.0, 0.5);  // 15 and 20 units
        quarter(0.3);
    }
    void buy(double value, double price, double second_value, double second_price)
    {
        world.markets.spending(first, one) = value;
        world.markets.price_index(first, one) = price;
        world.markets.spending(first, two) = second_value;
        world.markets.price_index(first, two) = second_price;
    }
};

TEST_CASE("welfare is the units of applications used, relative to the start")
{
    Sold sold;
    CHECK(sold.outcome().welfare == 1.0);
    sold.buy(30.0, 1.0, 10.0, 0.25);  // 30 and 40 units
    CHECK(sold.outcome().welfare == Approx(2.0));
    sold.buy(0.0, 1.0, 28.0, 4.0);
    CHECK(sold.outcome().welfare == Approx(0.2));
}

TEST_CASE("outcomes of small markets are known, those of empty ones missing")
{
    Sold small;
    small.outcomes = {};
    small.buy(0.25, 1.0, 0.25, 1.0);
    small.quarter(0.3);
    CHECK(small.outcome().welfare == 1.0);
    small.world.markets.sales(first, small.one)[first.at()] = 0.125;
    CHECK(small.outcome().application_share == 0.25);
    pool_of(small.world, first, small.one).revenue = 0.125;
    CHECK(small.outcomes.of_world(small.world).application_share == 1.0);

    Sold empty;
    empty.outcomes = {};
    empty.buy(0.0, 1.0, 0.0, 1.0);
    empty.quarter(0.3);
    empty.buy(1.0, 1.0, 1.0, 1.0);
    CHECK(std::isnan(empty.outcome().welfare));
    CHECK(std::isnan(empty.outcomes.of_world(empty.world).application_share));
}

TEST_CASE("the application share is what domestic firms have of all that a country spends on them")
{
    Sold sold;
    sold.world.markets.sales(first, sold.one)[first.at()] = 6.0;
    sold.world.markets.sales(first, sold.two)[first.at()] = 4.0;
    lead_sales(sold.world, LeadId{0}, first, sold.one) = 24.0;
    CHECK(sold.outcome().application_share == Approx(0.25));
    sold.buy(0.0, 1.0, 0.0, 1.0);
    CHECK(std::isnan(sold.outcome().application_share));
}

TEST_CASE("the storage share is the same of storage alone")
{
    Sold sold;
    CHECK(std::isnan(sold.outcome().storage_share));
    sold.world.markets.spending(first, Positions::storage) = 8.0;
    sold.world.markets.spending(first, Positions::analytics) = 100.0;
    sold.world.markets.sales(first, Positions::storage)[first.at()] = 2.0;
    CHECK(sold.outcome().storage_share == 0.25);
}

TEST_CASE(
    "latecomers' share of the world is what their firms sell beside lead firms at home in others")
{
    Sold sold;
    World& world = sold.world;
    pool_of(world, first, Positions::analytics).revenue = 20.0;
    pool_of(world, CountryId{1}, Positions::analytics).revenue = 10.0;
    pool_of(world, first, Positions::storage).revenue = 500.0;
    pool_of(world, first, sold.two).revenue = 10.0;
    world.leads.units(LeadId{1}, Positions::analytics) = 14.0;
    world.leads.price(LeadId{1}, Positions::analytics) = 5.0;
    world.leads.units(LeadId{0}, sold.one) = 30.0;
    CHECK(sold.outcomes.of_world(world).analytics_share == Approx(0.3));
    CHECK(sold.outcomes.of_world(world).application_share == Approx(0.25));
    pool_of(world, first, Positions::analytics).revenue = 0.0;
    CHECK(sold.outcomes.of_world(world).analytics_share == Approx(0.125));
}

TEST_CASE("an economy leads with the sales of its pool and of all lead firms at home together")
{
    Sold sold;
    World& world = sold.world;
    const auto changes = [&] { return sold.outcomes.of_world(world).leadership_changes; };
    CHECK(changes() == 0.0);  // of equals that sell nothing the first leads
    world.leads.units(LeadId{0}, sold.one) = 4.0;
    world.leads.units(LeadId{1}, sold.one) = 3.0;
    pool_of(world, first, sold.one).revenue = 7.5;
    CHECK(changes() == 0.0);
    world.leads.price(LeadId{1}, sold.one) = 1.25;  // 7.75 together
    CHECK(changes() == 1.0);
    const std::vector<CountryOutcome> outcomes = sold.outcomes.countries(world);
    double led = 0.0;
    for (const CountryOutcome& outcome : outcomes) {
        led += outcome.positions_led;
    }
    CHECK(led == 1.0);  // nobody sells anything else
    CHECK(outcomes[world.leads.home[LeadId{0}].at()].positions_led == 1.0);
    pool_of(world, first, sold.two).revenue = 1.0;
    CHECK(sold.outcomes.countries(world)[0].positions_led == 1.0);
}

}  // namespace
}  // namespace latecomer::tests::outcomes_test
