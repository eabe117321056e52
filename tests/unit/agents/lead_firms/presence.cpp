#include "agents/lead_firms/presence.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

namespace latecomer::tests::presence_test {
namespace {

constexpr CountryId host{0};
constexpr CountryId elsewhere{1};
constexpr CountryId home{2};
constexpr LeadId lead{0};
const PositionId application = Positions::application(SectorId{0});

/// A lead firm that sells applications for 100 in a host country, offshore, with a margin of .2 there,
/// and as much at home with a margin of .5; search takes .05 of both, so .3 are left.  Sales double
/// where a wedge rises by the square root of two.
World selling_world()
{
    Scenario scenario = round_scenario(2, 1, 1, 400);
    TradeParameters& trade = scenario.parameters.trade;
    trade.habit = 0.5;
    trade.sensitivity = 1.0;
    trade.barrier = 0.25;
    World world = make_world(scenario);
    clear_books(world);
    std::ranges::fill(world.leads.mark_up.span(), 0.25);
    world.leads.mark_up(lead, Positions::storage) = 1.0;
    lead_sales(world, lead, host, application) = 100.0;
    lead_sales(world, lead, home, Positions::storage) = 100.0;
    lead_sales(world, lead, home, Positions::processing) = 500.0;  // on the market of the world
    world.countries.search_share[home] = 0.05;
    world.countries.search_share[host] = 0.2;
    world.countries.wage[host] = 0.5;
    world.countries.exchange_rate[host] = 0.4;
    world.leads.presence(lead, host) = Presence::offshore;
    return world;
}

Levers& levers(World& world)
{
    return world.levers[host];
}

PresenceChoice choice(World world, const Levers& before = {})
{
    const double margin = net_margins(world)[lead];
    return presence_choice(world, lead, host, before, margin);
}

TEST_CASE("under the same levers a lead firm expects the same sales offshore and in a region")
{
    const World world = selling_world();
    const PresenceChoice expected = choice(world);
    CHECK(expected.scale == Approx(30.0));
    CHECK(expected.profit[0] == Approx(30.0));
    // Costs are 5 and 2 wages of .5 at an exchange rate of .4, twice, as there are 400 firms.
    CHECK(expected.profit[1] == Approx(28.0));
    CHECK(expected.profit[2] == Approx(20.2));  // without the .3 of partners
    CHECK(expected.profit[3] == 0.0);
}

TEST_CASE("a margin is known from small sales, without any there is nothing to review")
{
    World world = selling_world();
    lead_sales(world, lead, host, application) = 0.01;
    lead_sales(world, lead, home, Positions::storage) = 0.01;
    CHECK(choice(world).scale == Approx(0.003));
    lead_sales(world, lead, host, application) = 0.0;
    lead_sales(world, lead, home, Positions::storage) = 0.0;
    CHECK(choice(world).scale == 0.0);
    CHECK(choice(world).profit[0] == 0.0);
    world.leads.presence(lead, host) = Presence::absent;  // which might sell, but knows no margin
    world.markets.demand(host, application) = 400.0;
    CHECK(choice(world).scale == 0.0);
}

TEST_CASE("wedges that rise move expected sales by their long-run elasticity")
{
    World world = selling_world();
    levers(world).lead_wedge[application.at()] = 0.9;
    levers(world).offshore_wedge[application.at()] = 0.8;
    levers(world).no_venture_wedge[application.at()] = 0.5;
    const PresenceChoice expected = choice(world);
    CHECK(expected.profit[0] == Approx(30.0 * 0.1296));            // .36 squared
    CHECK(expected.profit[1] == Approx(30.0 * 0.2025 - 2.0));      // .45 squared
    CHECK(expected.profit[2] == Approx(30.0 * 0.81 * 0.7 - 0.8));  // .9 squared
    CHECK(expected.scale == Approx(30.0));                         // of sales as they are
}

TEST_CASE("expectations start from the wedge under the levers of the quarter before")
{
    World world = selling_world();
    Levers before;
    before.no_venture_wedge[application.at()] = 0.5;
    levers(world) = before;
    const PresenceChoice expected = choice(world, before);
    CHECK(expected.profit[0] == Approx(30.0));
    CHECK(expected.profit[2] == Approx(30.0 * 4.0 * 0.7 - 0.8));
}

TEST_CASE("expected sales are at most five times those of now")
{
    World world = selling_world();
    Levers before;
    before.lead_wedge[application.at()] = 0.4;
    CHECK(choice(world, before).profit[0] == Approx(150.0));  // not 6.25 times
}

TEST_CASE("the elasticity of expectations is at most eight, as with shares that never forget")
{
    World world = selling_world();
    Levers before;
    before.lead_wedge[application.at()] = 0.9;
    TradeParameters& trade = world.scenario.parameters.trade;
    const double at_eight = 30.0 * std::pow(0.9, -8.0);
    trade.sensitivity = 100.0;
    CHECK(choice(world, before).profit[0] == Approx(at_eight));
    trade.sensitivity = 0.1;
    trade.habit = 1.0;
    CHECK(choice(world, before).profit[0] == Approx(at_eight));
}

TEST_CASE("a licence fee is paid in all modes but joint ventures")
{
    World world = selling_world();
    levers(world).licence_fee[application.at()] = 0.02;
    levers(world).no_venture_wedge[application.at()] = 0.5;
    const PresenceChoice expected = choice(world);
    CHECK(expected.profit[0] == Approx(25.0 * 0.28));
    CHECK(expected.profit[1] == Approx(25.0 * 0.28 - 2.0));
    CHECK(expected.profit[2] == Approx(20.2));
}

TEST_CASE("a lead firm that is absent starts from its taste and the demand that it could contest")
{
    World world = selling_world();
    world.leads.presence(lead, host) = Presence::absent;
    lead_sales(world, lead, host, application) = 0.0;
    lead_sales(world, lead, elsewhere, application) = 100.0;
    world.markets.demand(host, application) = 400.0;
    world.markets.log_taste(host, application)[world.markets.supplier(lead)] = std::log(0.5);
    levers(world).lead_wedge[application.at()] = 0.9;
    // Half of the 340 outside the captive niche, at the square of .9.
    CHECK(choice(world).profit[0] == Approx(0.3 * 170.0 * 0.81));
    CHECK(choice(world).scale == Approx(51.0));
    world.statistics[world.pool(host, application)].firms = 0;  // nobody has a niche
    CHECK(choice(world).scale == Approx(60.0));
}

TEST_CASE("modes are drawn with the weights of their profits")
{
    const PresenceChoice profits{{1.0, 2.0, 3.0, 0.0}, 2.0};
    // With a noise of a half the weights are exp(-2), exp(-1), 1 and exp(-3), together 1.5530.
    CHECK(chosen_presence(profits, 0.5, 0.0) == Presence::offshore);
    CHECK(chosen_presence(profits, 0.5, 0.0871) == Presence::offshore);
    CHECK(chosen_presence(profits, 0.5, 0.0872) == Presence::region);
    CHECK(chosen_presence(profits, 0.5, 0.3240) == Presence::region);
    CHECK(chosen_presence(profits, 0.5, 0.3241) == Presence::venture);
    CHECK(chosen_presence(profits, 0.5, 0.9679) == Presence::venture);
    CHECK(chosen_presence(profits, 0.5, 0.9680) == Presence::absent);
    CHECK(chosen_presence(profits, 0.5, 0.9999999) == Presence::absent);
}

TEST_CASE("the larger the noise, the less profits tell")
{
    const PresenceChoice profits{{1.0, 0.0, 0.0, 0.0}, 4.0};
    CHECK(chosen_presence(profits, 0.25, 0.475) == Presence::offshore);  // e/(e + 3) = .4754
    CHECK(chosen_presence(profits, 0.25, 0.476) == Presence::region);
    CHECK(chosen_presence(profits, 1e9, 0.249) == Presence::offshore);
    CHECK(chosen_presence(profits, 1e9, 0.251) == Presence::region);
    const PresenceChoice large{{1e4, 1e4 - 1.0, 0.0, 0.0}, 1.0};
    CHECK(chosen_presence(large, 1.0, 0.7312) == Presence::region);  // e/(e + 1) = .7311
}

/// Reviews of the host country in eight quarters by a lead firm that a joint venture pays best.
std::vector<std::uint32_t> reviews(World world)
{
    PresenceParameters& p = world.scenario.parameters.presence;
    p.review_quarters = 4;
    p.choice_noise = 0.0;
    p.venture_cost = 0.0;
    p.venture_profit_share = 0.0;
    levers(world).no_venture_wedge[application.at()] = 0.5;
    std::vector<std::uint32_t> when;
    const Column<CountryId, Levers> before(world.countries.size());
    for (world.quarter = 0; world.quarter < 8; ++world.quarter) {
        world.leads.presence(lead, host) = Presence::offshore;
        review_presence(world, before);
        if (world.leads.presence(lead, host) == Presence::venture) {
            when.push_back(world.quarter);
        }
    }
    return when;
}

TEST_CASE("a review has its turn by quarter, lead firm and row of the country in the table")
{
    World world = selling_world();
    CHECK(reviews(world) == std::vector{0u, 4u});
    world.countries.row[host] = 5;
    CHECK(reviews(world) == std::vector{3u, 7u});
    lead_sales(world, lead, host, application) = 0.01;
    CHECK(reviews(world).size() == 2);  // however little is to be gained
}

TEST_CASE("lead firms have turns of their own")
{
    Scenario scenario = round_scenario(1, 1, 3, 80);
    scenario.parameters.presence.review_quarters = 4;
    scenario.parameters.presence.choice_noise = 0.0;
    scenario.parameters.presence.region_cost = 0.0;
    scenario.parameters.presence.venture_cost = 0.0;
    World world = make_world(scenario);
    clear_books(world);
    std::ranges::fill(world.leads.mark_up.span(), 1.0);
    for (const LeadId l : world.leads.indices()) {
        lead_sales(world, l, host, application) = 100.0;
    }
    levers(world).offshore_wedge[application.at()] = 0.5;
    world.quarter = 3;
    review_presence(world, Column<CountryId, Levers>(world.countries.size()));
    CHECK(world.leads.presence(LeadId{0}, host) == Presence::offshore);
    CHECK(world.leads.presence(LeadId{1}, host) == Presence::region);
    CHECK(world.leads.presence(LeadId{2}, host) == Presence::offshore);
}

TEST_CASE("a lead firm without profit to gain does not review, and never its home")
{
    World world = selling_world();
    world.countries.search_share[home] = 0.36;  // more than its gross margin
    CHECK(reviews(world).empty());
    CHECK(world.leads.presence(lead, home) == Presence::home);
}

TEST_CASE("a lead firm that sells nothing stays as it is, whatever that costs")
{
    World world = selling_world();
    world.scenario.parameters.presence.choice_noise = 0.0;
    world.scenario.parameters.presence.review_quarters = 1;
    lead_sales(world, lead, host, application) = 0.0;
    world.leads.presence(lead, host) = Presence::region;
    review_presence(world, Column<CountryId, Levers>(world.countries.size()));
    CHECK(world.leads.presence(lead, host) == Presence::region);
}

TEST_CASE("a change of presence is in the chronicle")
{
    World world = selling_world();
    world.scenario.parameters.presence.choice_noise = 0.0;
    world.scenario.parameters.presence.review_quarters = 1;
    levers(world).licence_fee[application.at()] = 1.0;
    levers(world).lead_wedge[application.at()] = 0.01;
    review_presence(world, Column<CountryId, Levers>(world.countries.size()));
    CHECK(world.leads.presence(lead, host) == Presence::absent);
    REQUIRE(world.results.events.size() == 1);
    CHECK(world.results.events[0].label == "offshore to exit");
    CHECK(world.results.events[0].value == 4.0);
    CHECK(world.results.events[0].where == world.countries.key[host]);
}

/// The market shares of an application in the host country, of which the lead firm has `before`, when
/// its review favours an offshore presence.
std::vector<double> shares_after_review(Presence presence, double before)
{
    World world = selling_world();
    PresenceParameters& p = world.scenario.parameters.presence;
    p.choice_noise = 0.0;
    p.review_quarters = 1;
    p.region_cost = 1e9;
    p.venture_cost = 1e9;
    world.leads.presence(lead, host) = presence;
    world.markets.demand(host, application) = 400.0;
    world.markets.log_taste(host, application)[world.markets.supplier(lead)] = std::log(0.5);
    const auto shares = world.markets.share(host, application);
    shares[0] = 0.6;
    shares[1] = 0.4 - before;
    shares[world.markets.supplier(lead)] = before;
    review_presence(world, Column<CountryId, Levers>(world.countries.size()));
    CHECK(world.leads.presence(lead, host) == Presence::offshore);
    return {shares.begin(), shares.end()};
}

TEST_CASE("a lead firm that returns gets a share of .002, at the cost of all others")
{
    const std::vector<double> shares = shares_after_review(Presence::absent, 0.0);
    CHECK(shares[0] == Approx(0.6 / 1.002));
    CHECK(shares[1] == Approx(0.4 / 1.002));
    CHECK(shares[3] == Approx(0.002 / 1.002));
}

TEST_CASE("a lead firm that only changes its mode keeps its market")
{
    const std::vector<double> shares = shares_after_review(Presence::region, 0.1);
    CHECK(shares[0] == 0.6);
    CHECK(shares[1] == 0.4 - 0.1);
    CHECK(shares[3] == 0.1);
}

}  // namespace
}  // namespace latecomer::tests::presence_test
