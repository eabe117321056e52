#include "agents/governments/review.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

namespace latecomer::tests::review_test {
namespace {

constexpr CountryId home{0};
constexpr CountryId peer{1};
constexpr CountryId other_peer{2};
constexpr CountryId lead_home{3};
constexpr LeadId foreign{0};
constexpr PositionId collection = Positions::collection;
constexpr PositionId storage = Positions::storage;
constexpr PositionId processing = Positions::processing;
constexpr PositionId analytics = Positions::analytics;
const PositionId application = Positions::application(SectorId{2});

/// An adaptive government that reviews every four quarters, with the same request for all
/// instruments, and firms that sell for 10 at each stage, in three economies alike.
World adaptive_world(const std::array<double, goals>& weights)
{
    Scenario scenario = round_scenario(3, 1, 1, 240);
    scenario.parameters.government.review_quarters = 4;
    scenario.parameters.government.review_evidence = 1.0;
    PolicyMix half = request_of({});
    std::ranges::fill(half.span(), 0.5);
    give_all(scenario, half);
    PolicyPlan& plan = scenario.policies.front();
    plan.mode = PolicyMode::adaptive;
    plan.goal_weights = weights;
    World world = make_world(scenario);
    clear_books(world);
    demand_a_hundred(world, home);
    for (const CountryId c : {home, peer, other_peer}) {
        for (const PositionId p : {collection, storage, analytics, application}) {
            pool_of(world, c, p).revenue = 10.0;
            world.markets.spending(c, p) = 40.0;
        }
        world.countries.data_generated[c] = 8.0;
        world.countries.data_held[c] = 4.0;
    }
    Government& government = world.governments[home];
    government.phase = 0;
    government.since = 3;
    government.target = half;
    government.requested = request_of({{"1K", 0.25}});
    begin_review_period(world, home);
    world.quarter = 7;
    return world;
}

constexpr std::array<double, goals> growth{1.0, 0.0, 0.0, 0.0, 0.0};

void set_revenue(World& world, PositionId p, double revenue)
{
    pool_of(world, home, p).revenue = revenue;
}

/// What the government saw of itself when the period began.
double seen(const World& world, Stage stage)
{
    return world.governments[home].seen_at_stages[home][at(stage)];
}
double seen_in_common(const World& world)
{
    return world.governments[home].seen_in_common[home];
}

/// Lets revenue of the peers grow by a factor at all stages, and fall by it: chance has a standard deviation of
/// sqrt(3) ln factor then, as a mean of two is subtracted.
void scatter_peers(World& world, double factor)
{
    for (const PositionId p : {collection, storage, analytics, application}) {
        pool_of(world, peer, p).revenue *= factor;
        pool_of(world, other_peer, p).revenue /= factor;
    }
}

/// Targets of skills by stage after a review; .8 are moved, a quarter to or from each instrument.
std::vector<double> reviewed(World& world)
{
    review_policy(world, home);
    std::vector<double> targets;
    for (const std::string_view cell : {"1K", "2K", "3K", "4K"}) {
        const double target = world.governments[home].target(instrument_named(cell), SectorId{0});
        targets.push_back(std::round(target * 1e9) / 1e9);
    }
    return targets;
}

const std::vector<double> unchanged{0.5, 0.5, 0.5, 0.5};

/// What a review makes of it if stage `worst` gives to stage `best`, counted from 1.
std::vector<double> from_to(std::size_t worst, std::size_t best)
{
    std::vector<double> targets = unchanged;
    targets[worst - 1] = 0.3;
    targets[best - 1] = 0.7;
    return targets;
}

TEST_CASE("growth is seen in the logarithm of revenue at all positions of a stage")
{
    World world = adaptive_world(growth);
    set_revenue(world, processing, 10.0);
    set_revenue(world, storage, 0.0);
    begin_review_period(world, home);
    CHECK(seen(world, Stage::collection) == Approx(std::log(10.0)));
    CHECK(seen(world, Stage::storage) == 0.0);
    CHECK(seen(world, Stage::analytics) == Approx(std::log(20.0)));
    CHECK(world.governments[home].seen_at_stages[peer][at(Stage::analytics)] ==
          Approx(std::log(10.0)));
}

TEST_CASE("bargaining is seen in the share of foreign lead firms in what buyers at home spend")
{
    World world = adaptive_world({0.0, 2.0, 0.0, 0.0, 0.0});
    lead_sales(world, foreign, home, analytics) = 10.0;
    lead_sales(world, foreign, home, storage) = 30.0;
    lead_sales(world, foreign, lead_home, storage) = 9.0;
    world.markets.spending(home, processing) = 100.0;  // on a market that is the world's
    begin_review_period(world, home);
    CHECK(seen(world, Stage::analytics) == -0.5);
    CHECK(seen(world, Stage::storage) == -1.5);
    CHECK(seen(world, Stage::collection) == 0.0);
    world.leads.home[foreign] = home;
    begin_review_period(world, home);
    CHECK(seen(world, Stage::storage) == 0.0);
}

TEST_CASE("linkages are seen in the share of exports in revenue, all of processing among them")
{
    World world = adaptive_world({0.0, 0.0, 0.0, 1.0, 0.0});
    set_revenue(world, processing, 10.0);
    pool_of(world, home, analytics).export_sales = 2.0;
    pool_of(world, home, storage).export_sales = 4.0;
    set_revenue(world, application, 0.0);
    begin_review_period(world, home);
    CHECK(seen(world, Stage::analytics) == Approx(0.6));  // 12 of 20
    CHECK(seen(world, Stage::storage) == Approx(0.4));
    CHECK(seen(world, Stage::applications) == 0.0);  // nothing was sold
}

TEST_CASE("diffusion and sovereignty are those of the country, whatever the stage")
{
    World world = adaptive_world({0.0, 0.0, 1.0, 0.0, 2.0});
    world.countries.adoption[home] = 0.375;
    world.countries.data_held[home] = 2.0;
    begin_review_period(world, home);
    CHECK(seen_in_common(world) == 0.875);
    CHECK(seen(world, Stage::storage) == 0.0);
    world.countries.data_generated[home] = 0.0;
    begin_review_period(world, home);
    CHECK(seen_in_common(world) == 0.375);
}

TEST_CASE("effort goes from the stage that is furthest ahead of peers to the one that lags most")
{
    World world = adaptive_world(growth);
    scatter_peers(world, 1.1);
    set_revenue(world, storage, 20.0);
    set_revenue(world, analytics, 18.0);
    set_revenue(world, application, 5.0);
    CHECK(reviewed(world) == from_to(2, 4));
}

TEST_CASE("effort stays where differences are what chance makes of them")
{
    // Chance: ln 1.1 sqrt 3 = .1651, twice of it .2335 by sqrt 2; storage is ln(r/10) ahead of the rest.
    const auto review = [](double evidence, double revenue) {
        World world = adaptive_world(growth);
        world.scenario.parameters.government.review_evidence = evidence;
        scatter_peers(world, 1.1);
        set_revenue(world, storage, revenue);
        return reviewed(world);
    };
    CHECK(review(1.0, 12.6) == unchanged);      // .2311
    CHECK(review(1.0, 12.7) == from_to(2, 1));  // .2390
    CHECK(review(2.0, 15.9) == unchanged);      // .4637
    CHECK(review(2.0, 16.0) == from_to(2, 1));  // .4700
}

TEST_CASE("what happens to peers, too, is no evidence")
{
    World world = adaptive_world(growth);
    scatter_peers(world, 1.1);
    for (const CountryId c : {home, peer, other_peer}) {
        pool_of(world, c, storage).revenue *= 3.0;
    }
    CHECK(reviewed(world) == unchanged);
}

TEST_CASE("nothing moves without two economies of the same role to compare with")
{
    World world = adaptive_world(growth);
    scatter_peers(world, 1.1);
    set_revenue(world, storage, 20.0);
    world.countries.role[other_peer] = CountryRole::advanced;
    CHECK(reviewed(world) == unchanged);
    world.countries.role[other_peer] = CountryRole::latecomer;
    CHECK(reviewed(world) == from_to(2, 1));
}

TEST_CASE("each goal counts with its weight")
{
    const auto review = [](double linkages_weight) {
        World world = adaptive_world({1.0, 0.0, 0.0, linkages_weight, 0.0});
        scatter_peers(world, 1.1);
        set_revenue(world, storage, 7.5);                       // - .288
        pool_of(world, home, application).export_sales = -2.5;  // weight x - .25
        return reviewed(world);
    };
    CHECK(review(1.0) == from_to(1, 2));
    CHECK(review(1.2) == from_to(1, 4));
}

TEST_CASE(
    "a goal that is the same at all stages moves effort to what has a lever on it, if that helps")
{
    const auto review = [](double held, std::string_view cell) {
        World world = adaptive_world({0.0, 0.0, 0.0, 0.0, 1.0});
        world.countries.data_held[peer] = 4.4;
        world.countries.data_held[other_peer] = 3.6;
        world.countries.data_held[home] = held;
        review_policy(world, home);
        return world.governments[home].target(instrument_named(cell), SectorId{0});
    };
    // Only 2X has a lever on data that stay: there is room for a half, which fifteen others with 7.5 in all give.
    CHECK(review(6.0, "2X") == 1.0);
    CHECK(review(6.0, "4L") == Approx(0.5 * (1.0 - 0.5 / 7.5)));
    CHECK(review(2.0, "2X") == Approx(0.0).margin(1e-12));
    CHECK(review(2.0, "4L") == Approx(0.5 + 0.5 / 15.0));
    CHECK(review(4.5, "2X") == 0.5);  // .0625 is less than chance, .05 sqrt 3
    CHECK(review(3.5, "2X") == 0.5);
}

TEST_CASE("reviews take place when the period of review is over and not before")
{
    World world = adaptive_world(growth);
    scatter_peers(world, 1.1);
    set_revenue(world, analytics, 5.0);
    for (world.quarter = 3; world.quarter < 7; ++world.quarter) {
        CHECK(reviewed(world) == unchanged);
    }
    CHECK(reviewed(world) == from_to(1, 3));
    for (world.quarter = 7; world.quarter < 11; ++world.quarter) {
        CHECK(reviewed(world) == from_to(1, 3));
    }
    // A tenth of 8 is moved again, of which there is room for 1.2 at analytics: .1 are left at collection.
    CHECK(reviewed(world) == std::vector{0.1, 0.5, 0.9, 0.5});
}

TEST_CASE(
    "requests move on from where they are, and what is compared with is the start of the phase")
{
    World world = adaptive_world(growth);
    Government& government = world.governments[home];
    scatter_peers(world, 1.1);
    set_revenue(world, analytics, 5.0);
    review_policy(world, home);
    CHECK(government.origin == request_of({{"1K", 0.25}}));
    CHECK(government.since == 7);
    CHECK(seen(world, Stage::analytics) == Approx(std::log(10.0)));
    REQUIRE(world.results.events.size() == 1);
    CHECK(world.results.events[0].label == "review favours analytics");
    CHECK(world.results.events[0].value == 3.0);
}

TEST_CASE("a review that changes nothing is not in the chronicle")
{
    World world = adaptive_world(growth);
    review_policy(world, home);
    CHECK(world.results.events.empty());
    CHECK(world.governments[home].since == 7);
}

TEST_CASE("fixed plans are not reviewed, nor is what comes after the last phase")
{
    World world = adaptive_world(growth);
    scatter_peers(world, 1.1);
    set_revenue(world, analytics, 20.0);
    world.scenario.policies.front().mode = PolicyMode::fixed;
    CHECK(reviewed(world) == unchanged);
    world.scenario.policies.front().mode = PolicyMode::adaptive;
    world.governments[home].phase = std::nullopt;
    CHECK(reviewed(world) == unchanged);
}

}  // namespace
}  // namespace latecomer::tests::review_test
