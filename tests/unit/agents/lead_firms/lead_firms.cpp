#include "agents/lead_firms/lead_firms.hpp"

#include "agents/kernels/market_kernels.hpp"
#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

namespace latecomer::tests::lead_firms_test {
namespace {

constexpr CountryId other{0};
constexpr CountryId host{1};
constexpr CountryId home{2};
constexpr LeadId lead{0};
constexpr LeadId rival{1};
constexpr PositionId storage = Positions::storage;
const PositionId application = Positions::application(SectorId{0});

/// Two lead firms from one home, offshore in two latecomer economies; 400 firms a country double what
/// presence costs and halve what data of many are worth.
World leading_world()
{
    Scenario scenario = round_scenario(2, 1, 2, 400);
    scenario.parameters.trade.barrier = 0.25;
    scenario.parameters.data.data_scale = 1.0;
    scenario.parameters.data.returns_exponent = 0.5;
    World world = make_world(scenario);
    clear_books(world);
    world.quarter = 6;
    std::ranges::fill(world.leads.data_stock.span(), 0.0);
    world.countries.wage[host] = 0.5;
    world.countries.exchange_rate[host] = 0.4;
    world.countries.search_share[home] = 0.1;
    for (const LeadId l : world.leads.indices()) {
        world.leads.mark_up(l, application) = 0.25;
        world.leads.mark_up(l, storage) = 1.0;
        world.leads.capability[l] = {1.0, 0.5, 1.0, 0.25};
    }
    return world;
}

double& localised(World& world, LeadId l, CountryId d, std::size_t sector)
{
    return world.leads.localised[(l.at() * world.countries.size() + d.at()) * 4 + sector];
}

double loss(const World& world, CountryId d)
{
    return world.trade.losses[world.quarter % 4](home, d);
}

TEST_CASE("the wedge of a lead firm is that of its presence under the levers of the country")
{
    World world = leading_world();
    world.levers[host].lead_wedge[application.at()] = 0.9;
    world.levers[host].offshore_wedge[application.at()] = 0.8;
    world.levers[host].no_venture_wedge[application.at()] = 0.5;
    const auto mode_in = [&](CountryId d) {
        return static_cast<std::size_t>(world.leads.presence(lead, d));
    };
    const auto wedge = [&](Presence presence) {
        world.leads.presence(lead, host) = presence;
        return lead_wedges(world, host, application)[mode_in(host)];
    };
    CHECK(wedge(Presence::offshore) == Approx(0.288));  // .36 over a barrier of 1.25
    CHECK(wedge(Presence::region) == Approx(0.36));
    CHECK(wedge(Presence::venture) == Approx(0.72));
    CHECK(wedge(Presence::absent) == 0.0);
    CHECK(wedge(Presence::home) == 1.0);
    CHECK(lead_wedges(world, other, application)[mode_in(other)] == Approx(0.8));
}

TEST_CASE("a tariff of a plan hinders lead firms offshore, and not those that are present")
{
    World world = leading_world();
    world.levers[host].import_tariff[application.at()] = 0.25;
    const auto wedge = [&](Presence presence) {
        return lead_wedge(world, world.levers[host], presence, application);
    };
    const auto part = [&](Presence presence) {
        return lead_tariff_part(world, world.levers[host], presence, application);
    };
    CHECK(wedge(Presence::offshore) == Approx(1.0 / 1.5));  // a barrier of 1.25 and the tariff
    CHECK(part(Presence::offshore) == Approx(0.25 / 1.5));
    for (const Presence presence : {Presence::region, Presence::venture}) {
        CHECK(wedge(presence) == Approx(0.8));
        CHECK(part(presence) == 0.0);
    }
    CHECK(lead_tariff_part(world, lead, home, application) == 0.0);
}

TEST_CASE("a region costs five wages and a joint venture two, and more in a finer picture")
{
    const World world = leading_world();
    CHECK(presence_cost(world, Presence::region, host) == Approx(2.0));
    CHECK(presence_cost(world, Presence::venture, host) == Approx(0.8));
    CHECK(presence_cost(world, Presence::offshore, host) == 0.0);
}

double lead_quality(const World& world, LeadId l, CountryId d, PositionId p)
{
    const DataParameters& data = world.parameters().data;
    const double usable = lead_usable_data(world, l, d, p);
    double quality = 0.0;
    market_kernels().data_quality(&usable, 1, world.positions[p].quality_gain, data.data_scale,
                                  data.returns_exponent, &quality);
    return quality;
}

TEST_CASE("quality rises with a lead firm's own, localised and open data")
{
    World world = leading_world();
    world.leads.data_stock(rival, SectorId{0}) = 10.0;
    localised(world, rival, host, 0) = 20.0;
    world.countries.open_data(host, SectorId{0}) = 30.0;
    // .1 of 60 over a resolution of 2: 1 + .35 (1 - 4^-.5).
    CHECK(lead_quality(world, rival, host, application) == Approx(1.175));
    CHECK(lead_quality(world, rival, other, application) == Approx(1.0642262));  // 1.5^-.5
    CHECK(lead_quality(world, rival, host, Positions::application(SectorId{1})) == 1.0);
}

TEST_CASE("outside applications the mean of data over sectors counts, in storage none")
{
    World world = leading_world();
    world.leads.data_stock(rival, SectorId{0}) = 60.0;
    world.leads.data_stock(rival, SectorId{3}) = 180.0;
    CHECK(lead_quality(world, rival, host, Positions::analytics) == Approx(1.175));
    CHECK(lead_quality(world, rival, host, storage) == 1.0);
}

TEST_CASE("a lead firm's price is mark-up on home wages, inputs and processing")
{
    World world = leading_world();
    world.countries.wage[home] = 8.0;
    world.countries.exchange_rate[home] = 0.5;
    world.markets.price_index(home, storage) = 16.0;
    world.markets.processing_price_index = 16.0;
    world.levers[home].storage_price = 0.5;  // lead firms pay the full price
    lead_firms_set_prices(world);
    // Wages by capability are 16; shares of .6 for wages, .1 for storage and .05 for processing.
    CHECK(world.leads.price(lead, application) == Approx(10.0));  // 1.25 x 16^.75
    CHECK(world.leads.price(rival, storage) == Approx(16.0));     // 2 x 4/.5
}

TEST_CASE("each success of a lead firm gains .01618 on average, at every stage")
{
    const auto gained = [](double success) {
        Scenario scenario = round_scenario(1, 1, 1, 80);
        turn_learning_off(scenario.parameters);
        scenario.parameters.learning.lead_success = success;
        World world = make_world(scenario);
        const ByStage<double> before = world.leads.capability[lead];
        for (world.quarter = 0; world.quarter < 1000; ++world.quarter) {
            lead_firms_learn(world);
        }
        double gain = 0.0;
        for (std::size_t s = 0; s < stages; ++s) {
            gain += std::log(world.leads.capability[lead][s] / before[s]);
        }
        return gain / 4000.0;
    };
    // Mean of ln(1 + max(0, .3 B - .05)) with B from Beta(1, 5); margins are four standard errors.
    CHECK(gained(1.0) == Approx(0.01618).margin(0.0018));
    CHECK(gained(0.25) == Approx(0.004045).margin(0.0010));
}

TEST_CASE("a lead firm learns from the units of all its positions at a stage")
{
    World world = leading_world();
    turn_search_off(world.scenario.parameters);
    world.scenario.parameters.learning.depreciation = 0.01;
    world.leads.experience[lead] = {10.0, 10.0, 10.0, 10.0};
    world.leads.units(lead, application) = 7.0;
    world.leads.units(lead, Positions::application(SectorId{1})) = 3.0;
    lead_firms_learn(world);
    // Experience doubles: 2^.15, less depreciation.
    CHECK(world.leads.capability[lead][3] == Approx(0.25 * std::pow(2.0, 0.15) * std::exp(-0.01)));
    CHECK(world.leads.capability[lead][1] == Approx(0.5 * std::exp(-0.01)));
    CHECK(world.leads.experience[lead][3] == 20.0);
    CHECK(world.leads.experience[lead][1] == 10.0);
}

TEST_CASE("a lead firm below the frontier closes a part of its gap, one above has none")
{
    World world = leading_world();
    turn_learning_off(world.scenario.parameters);
    world.scenario.parameters.learning.absorption_strength = 0.2;
    world.scenario.parameters.learning.absorption_range = 1.0;
    world.references.frontier = {1.0, 1.0, 0.5, 2.0};
    lead_firms_learn(world);
    CHECK(world.leads.capability[lead][0] == Approx(1.0));
    // .2 of ln 2, of which half is within the range; .2 of ln 8, of which an eighth is.
    CHECK(world.leads.capability[lead][1] == Approx(0.5 * std::pow(2.0, 0.1)));
    CHECK(world.leads.capability[lead][2] == Approx(1.0));
    CHECK(world.leads.capability[lead][3] == Approx(0.25 * std::pow(8.0, 0.025)));
}

/// The first lead firm sells applications for 100 at home and storage for 50 in the host country.
World selling_world(Presence presence = Presence::offshore)
{
    World world = leading_world();
    lead_sales(world, lead, home, application) = 100.0;
    lead_sales(world, lead, host, storage) = 50.0;
    world.leads.presence(lead, host) = presence;
    world.levers[host].compliance_cost = 0.01;
    world.levers[host].licence_fee[storage.at()] = 0.02;
    world.levers[home].licence_fee[application.at()] = 0.5;  // which a firm at home does not pay
    return world;
}

TEST_CASE("a lead firm pays for inputs, search, rules and fees, and taxes and dividends at home")
{
    World world = selling_world();
    settle_lead_firms(world);
    // 150 less cost of 80 and 25, research of 15, compliance of .5 and a fee of 1.
    const CountryFlows& flows = world.results.flows[home];
    CHECK(flows.revenue == Approx(150.0));
    CHECK(flows.research == Approx(15.0));
    CHECK(flows.profit_tax == Approx(5.7));  // a fifth of 28.5
    CHECK(flows.dividends == Approx(11.4));  // half of the rest
    CHECK(world.leads.cash[lead] == Approx(11.4));
    CHECK(flows.lead_cash == Approx(11.4));
    CHECK(world.results.flows[host].fees == Approx(1.0));
    CHECK(world.results.flows[host].presence_cost == Approx(0.5));
    CHECK(world.results.flows[home].fees == 0.0);
    CHECK(loss(world, host) == Approx(1.5));
    CHECK(loss(world, home) == 0.0);
}

TEST_CASE("tariffs of a plan are no revenue of a lead firm, and a loss to its home")
{
    World world = selling_world();
    world.levers[host].import_tariff[storage.at()] = 0.25;  // a sixth of 50 over 1.25 and itself
    settle_lead_firms(world);
    CHECK(world.results.flows[home].revenue == Approx(100.0 + 50.0 * 5.0 / 6.0));
    CHECK(world.leads.units(lead, storage) * world.leads.price(lead, storage) ==
          Approx(50.0 * 5.0 / 6.0));
    // A loss of .03 of what is received, for rules and fee, and the tariff.
    CHECK(loss(world, host) == Approx(0.03 * 50.0 * 5.0 / 6.0 + 50.0 / 6.0));
}

TEST_CASE(
    "data that must stay cost foreign lead firms a part of sales, which is a loss to their home")
{
    World world = selling_world();
    world.levers[host].localisation_cost[storage.at()] = 0.01;
    world.levers[home].localisation_cost[application.at()] =
        0.5;  // which a firm at home does not pay
    settle_lead_firms(world);
    CHECK(world.results.flows[host].presence_cost == Approx(1.0));  // .5 of it for rules
    CHECK(world.results.flows[home].presence_cost == 0.0);
    CHECK(loss(world, host) == Approx(2.0));
}

TEST_CASE("a lead firm orders its inputs at home and pays wages for the rest of its cost")
{
    World world = selling_world();
    settle_lead_firms(world);
    CHECK(world.results.flows[home].wages == Approx(73.0));  // .6 of 80 and all of 25
    CHECK(world.results.flows[home].input_orders == Approx(32.0));
    CHECK(world.countries.orders(home, Positions::collection) == Approx(4.0));
    CHECK(world.countries.orders(home, storage) == Approx(8.0));
    CHECK(world.countries.orders(home, Positions::analytics) == Approx(16.0));
    CHECK(world.countries.processing_orders[home] == Approx(4.0));
    CHECK(world.countries.orders(host, storage) == 0.0);
}

TEST_CASE("a lead firm that makes a loss pays neither tax nor dividends")
{
    World world = selling_world();
    world.countries.search_share[home] = 0.5;
    world.leads.cash[lead] = 10.0;
    settle_lead_firms(world);
    CHECK(world.results.flows[home].profit_tax == 0.0);
    CHECK(world.results.flows[home].dividends == 0.0);
    CHECK(world.leads.cash[lead] == Approx(-21.5));  // 10 less 31.5
}

TEST_CASE("partners take their part of gross profit in a joint venture, which pays no fee")
{
    World world = selling_world(Presence::venture);
    settle_lead_firms(world);
    CHECK(world.results.flows[host].fees == 0.0);
    CHECK(world.results.flows[host].venture_profit == Approx(7.5));  // .3 of 25
    CHECK(world.results.flows[host].presence_cost == Approx(0.5 + 0.8));
    CHECK(loss(world, host) == Approx(0.5));                      // of compliance alone
    CHECK(world.leads.cash[lead] == Approx(0.4 * (30.0 - 8.8)));  // after tax and dividends

    World small = selling_world(Presence::venture);
    lead_sales(small, lead, host, storage) = 0.5;
    settle_lead_firms(small);
    CHECK(small.results.flows[host].venture_profit == Approx(0.075));
}

TEST_CASE("a local region pays the fee and its cost, and no partners")
{
    World world = selling_world(Presence::region);
    settle_lead_firms(world);
    CHECK(world.results.flows[host].fees == Approx(1.0));
    CHECK(world.results.flows[host].venture_profit == 0.0);
    CHECK(world.results.flows[host].presence_cost == Approx(2.5));
    CHECK(world.leads.cash[lead] == Approx(0.4 * (30.0 - 3.5)));
}

TEST_CASE("rules at home cost a lead firm too, but are no loss to answer")
{
    World world = selling_world();
    world.levers[home].compliance_cost = 0.02;
    settle_lead_firms(world);
    CHECK(world.results.flows[home].presence_cost == Approx(2.0));
    CHECK(loss(world, home) == 0.0);
}

/// The mark-up on storage, .5 before, of a lead firm that sells for 50 of 200 spent in the world.
double mark_up_after(double share_before, double speed = 0.04)
{
    World world = selling_world();
    world.scenario.parameters.selection.mark_up_speed = speed;
    world.leads.mark_up(lead, storage) = 0.5;
    world.leads.world_share(lead, storage) = share_before;
    world.leads.price(lead, storage) = 4.0;
    world.markets.spending(host, storage) = 120.0;
    world.markets.spending(home, storage) = 80.0;
    settle_lead_firms(world);
    CHECK(world.leads.world_share(lead, storage) == 0.25);
    CHECK(world.leads.units(lead, storage) == 12.5);
    return world.leads.mark_up(lead, storage);
}

TEST_CASE("a lead firm whose share of world sales grows raises its mark-up")
{
    CHECK(mark_up_after(0.2) == Approx(0.505));  // grew by a quarter
    CHECK(mark_up_after(0.5) == Approx(0.49));   // fell by half
    CHECK(mark_up_after(0.0) == 0.5);            // sold nothing before
    CHECK(mark_up_after(0.2, 100.0) == 1.0);     // at most
    CHECK(mark_up_after(0.5, 100.0) == 0.05);    // at least
}

TEST_CASE("a share of small sales in the world counts like one of large sales")
{
    World world = leading_world();
    lead_sales(world, lead, host, storage) = 0.125;
    world.markets.spending(host, storage) = 0.5;
    settle_lead_firms(world);
    CHECK(world.leads.world_share(lead, storage) == 0.25);
}

TEST_CASE("where nothing was spent in the world, a lead firm's share and mark-up stay")
{
    World world = leading_world();
    world.leads.world_share(lead, storage) = 0.2;
    settle_lead_firms(world);
    CHECK(world.leads.world_share(lead, storage) == 0.2);
    CHECK(world.leads.mark_up(lead, storage) == 1.0);
}

}  // namespace
}  // namespace latecomer::tests::lead_firms_test
