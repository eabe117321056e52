#include "agents/governments/review.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

namespace latecomer::tests::review_test {
namespace {

constexpr CountryId home{0};
constexpr CountryId lead_home{1};
constexpr LeadId foreign{0};
constexpr PositionId collection = Positions::collection;
constexpr PositionId storage = Positions::storage;
constexpr PositionId processing = Positions::processing;
constexpr PositionId analytics = Positions::analytics;
const PositionId application = Positions::application(SectorId{2});

/// An adaptive government that reviews every four quarters, with the same request for all
/// instruments, and firms that sell for 10 at each stage.
World adaptive_world(const std::array<double, goals>& weights)
{
    Scenario scenario = round_scenario(1, 1, 1, 80);
    scenario.parameters.government.review_quarters = 4;
    PolicyMix half = request_of({});
    std::ranges::fill(half.span(), 0.5);
    give_all(scenario, half);
    PolicyPlan& plan = scenario.policies.front();
    plan.mode = PolicyMode::adaptive;
    plan.goal_weights = weights;
    World world = make_world(scenario);
    clear_books(world);
    demand_a_hundred(world, home);
    for (const PositionId p : {collection, storage, analytics, application}) {
        pool_of(world, home, p).revenue = 10.0;
        world.markets.spending(home, p) = 40.0;
    }
    world.countries.data_generated[home] = 8.0;
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

double indicator(const World& world, Stage stage, Goal goal)
{
    return world.governments[home].indicators[at(stage)][static_cast<std::size_t>(goal)];
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
    CHECK(indicator(world, Stage::collection, Goal::growth) == Approx(std::log(10.0)));
    CHECK(indicator(world, Stage::storage, Goal::growth) == 0.0);
    CHECK(indicator(world, Stage::analytics, Goal::growth) == Approx(std::log(20.0)));
}

TEST_CASE("bargaining is seen in the share of foreign lead firms in what buyers at home spend")
{
    World world = adaptive_world(growth);
    lead_sales(world, foreign, home, analytics) = 10.0;
    lead_sales(world, foreign, home, storage) = 30.0;
    lead_sales(world, foreign, lead_home, storage) = 9.0;
    world.markets.spending(home, processing) = 100.0;  // on a market that is the world's
    begin_review_period(world, home);
    CHECK(indicator(world, Stage::analytics, Goal::bargaining) == -0.25);
    CHECK(indicator(world, Stage::storage, Goal::bargaining) == -0.75);
    CHECK(indicator(world, Stage::collection, Goal::bargaining) == 0.0);
    world.leads.home[foreign] = home;
    begin_review_period(world, home);
    CHECK(indicator(world, Stage::storage, Goal::bargaining) == 0.0);
}

TEST_CASE("linkages are seen in the share of exports in revenue, all of processing among them")
{
    World world = adaptive_world(growth);
    set_revenue(world, processing, 10.0);
    pool_of(world, home, analytics).export_sales = 2.0;
    pool_of(world, home, storage).export_sales = 4.0;
    set_revenue(world, application, 0.0);
    begin_review_period(world, home);
    CHECK(indicator(world, Stage::analytics, Goal::linkages) == Approx(0.6));  // 12 of 20
    CHECK(indicator(world, Stage::storage, Goal::linkages) == Approx(0.4));
    CHECK(indicator(world, Stage::applications, Goal::linkages) == 0.0);  // nothing was sold
}

TEST_CASE("small amounts are seen as large ones are")
{
    World world = adaptive_world(growth);
    set_revenue(world, storage, 0.5);
    pool_of(world, home, storage).export_sales = 0.125;
    world.markets.spending(home, storage) = 0.5;
    lead_sales(world, foreign, home, storage) = 0.375;
    begin_review_period(world, home);
    CHECK(indicator(world, Stage::storage, Goal::growth) == Approx(-std::log(2.0)));
    CHECK(indicator(world, Stage::storage, Goal::linkages) == 0.25);
    CHECK(indicator(world, Stage::storage, Goal::bargaining) == -0.75);
}

TEST_CASE("diffusion and sovereignty are those of the country at all stages")
{
    World world = adaptive_world(growth);
    world.countries.adoption[home] = 0.375;
    world.countries.data_held[home] = 2.0;
    begin_review_period(world, home);
    for (const Stage stage : {Stage::collection, Stage::applications}) {
        CHECK(indicator(world, stage, Goal::diffusion) == 0.375);
        CHECK(indicator(world, stage, Goal::sovereignty) == 0.25);
    }
    world.countries.data_generated[home] = 0.0;
    begin_review_period(world, home);
    CHECK(indicator(world, Stage::storage, Goal::sovereignty) == 0.0);
}

TEST_CASE("a review moves effort from the stage that did worst to the one that did best")
{
    World world = adaptive_world(growth);
    set_revenue(world, analytics, 12.0);
    set_revenue(world, application, 11.0);
    set_revenue(world, storage, 9.0);
    CHECK(reviewed(world) == from_to(2, 3));
}

TEST_CASE("each goal counts with its weight")
{
    const auto review = [](double linkages_weight) {
        World world = adaptive_world({2.0, 0.0, 0.0, linkages_weight, 0.0});
        set_revenue(world, storage, 11.0);                     // 2 x .0953
        pool_of(world, home, application).export_sales = 1.0;  // weight x .1
        set_revenue(world, analytics, 9.0);
        return reviewed(world);
    };
    CHECK(review(1.8) == from_to(3, 2));
    CHECK(review(2.0) == from_to(3, 4));
}

TEST_CASE("what a stage gained at several goals is added up")
{
    World world = adaptive_world({1.0, 1.0, 0.0, 0.0, 0.0});
    lead_sales(world, foreign, home, application) = 4.0;  // loses .1 of its market
    begin_review_period(world, home);
    lead_sales(world, foreign, home, application) = 0.0;
    set_revenue(world, application, 11.0);  // .0953 and .1
    set_revenue(world, storage, 12.0);      // .1823
    CHECK(reviewed(world) == from_to(1, 4));
}

TEST_CASE("what counts is the gain per quarterly spending on the instruments of a stage")
{
    World world = adaptive_world(growth);
    set_revenue(world, analytics, 20.0);    // .693 for 2 a quarter
    set_revenue(world, application, 15.0);  // .405 for a half a quarter
    world.governments[home].spent = {1.0, 1.0, 8.0, 2.0};
    CHECK(reviewed(world) == from_to(1, 4));
}

TEST_CASE("a stage that cost next to nothing counts as if it cost 1e-4 of demand")
{
    const auto review = [](double storage_revenue) {
        World world = adaptive_world(growth);
        world.governments[home].spent = {0.0, 0.0, 0.0, 4.0};
        set_revenue(world, application, 20.0);         // .693 for 1 a quarter
        set_revenue(world, storage, storage_revenue);  // against .01 a quarter
        return reviewed(world);
    };
    CHECK(review(10.069) == from_to(1, 4));  // .688
    CHECK(review(10.070) == from_to(1, 2));  // .698
}

TEST_CASE("reviews take place when the period of review is over and not before")
{
    World world = adaptive_world(growth);
    set_revenue(world, analytics, 12.0);
    for (world.quarter = 3; world.quarter < 7; ++world.quarter) {
        CHECK(reviewed(world) == unchanged);
    }
    CHECK(reviewed(world) == from_to(1, 3));
    set_revenue(world, analytics, 8.0);
    set_revenue(world, storage, 12.0);
    for (world.quarter = 7; world.quarter < 11; ++world.quarter) {
        CHECK(reviewed(world) == from_to(1, 3));
    }
    // A tenth of 8 is moved again: of .7 at analytics a quarter of 2.8 - .8 is left each.
    CHECK(reviewed(world) == std::vector{0.3, 0.7, 0.5, 0.5});
}

TEST_CASE("a review starts a new period, and requests move on from where they are")
{
    World world = adaptive_world(growth);
    Government& government = world.governments[home];
    government.spent = {1.0, 1.0, 1.0, 1.0};
    set_revenue(world, analytics, 12.0);
    review_policy(world, home);
    CHECK(government.origin == request_of({{"1K", 0.25}}));
    CHECK(government.since == 7);
    CHECK(government.spent == std::array<double, stages>{});
    CHECK(indicator(world, Stage::analytics, Goal::growth) == Approx(std::log(12.0)));
    REQUIRE(world.results.events.size() == 1);
    CHECK(world.results.events[0].label == "review favours analytics");
    CHECK(world.results.events[0].value == 3.0);
}

TEST_CASE("a review that changes nothing is not in the chronicle, but starts a new period")
{
    World world = adaptive_world(growth);
    review_policy(world, home);
    CHECK(world.results.events.empty());
    CHECK(world.governments[home].since == 7);
}

TEST_CASE("fixed plans are not reviewed, nor is what comes after the last phase")
{
    World world = adaptive_world(growth);
    set_revenue(world, analytics, 12.0);
    world.scenario.policies.front().mode = PolicyMode::fixed;
    CHECK(reviewed(world) == unchanged);
    world.scenario.policies.front().mode = PolicyMode::adaptive;
    world.governments[home].phase = std::nullopt;
    CHECK(reviewed(world) == unchanged);
}

}  // namespace
}  // namespace latecomer::tests::review_test
