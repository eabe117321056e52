/// Laws of whole economies: autarky, symmetry, numeraire.

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>
#include <cstring>
#include <vector>

namespace latecomer::tests::closed_forms_countries_test {
namespace {

// --- Autarky ---------------------------------------------------------------------------------------

/// Nothing from abroad reaches a firm: no trade, no lead firms, no processing, no absorption, no
/// upstream access, no fixed cost, which is relative to what firms of the world sell.
Scenario autarky(std::vector<CountryData> countries, int firms_per_country)
{
    Scenario scenario = table_scenario(std::move(countries), firms_per_country);
    Parameters& parameters = scenario.parameters;
    parameters.collection.initial_firms = 0.5;
    parameters.processing.initial_firms = 0.0;
    parameters.learning.absorption_rate = 0.0;
    parameters.learning.gate_half = 0.0;
    parameters.finance.fixed_cost = 0.0;
    parameters.data.quality_gain = 0.0;
    parameters.learning.social_deviation = 0.3;
    parameters.selection.size_drag = 0.015;
    parameters.macro.skill_drain = 0.0;
    parameters.macro.exchange_noise = 0.0;
    parameters.mobility.export_rate = 0.0;
    parameters.mobility.upgrade_rate = 0.0;
    parameters.entry.rate = 0.0;
    return scenario;
}

/// Whether two numbers are the same: up to a tolerance, without one bit for bit.
struct Identical {
    double tolerance = 0.0;

    bool operator()(double a, double b) const
    {
        return tolerance > 0.0 ? difference(a, b) <= tolerance : std::memcmp(&a, &b, sizeof a) == 0;
    }
};

/// How many numbers of the firms of one country differ between two worlds.
int differing_firms(const World& a, CountryId in_a, const World& b, CountryId in_b,
                    Identical identical)
{
    int differing = 0;
    const auto others = members(b);
    for (const auto& [id, member] : members(a)) {
        if (a.country_of(member.pool) != in_a) {
            continue;
        }
        const auto found = others.find(id);
        if (found == others.end()) {
            ++differing;
            continue;
        }
        const FirmRecord& x = member.record;
        const FirmRecord& y = found->second.record;
        bool equal = b.country_of(found->second.pool) == in_b &&
                     a.position_of(member.pool) == b.position_of(found->second.pool) &&
                     identical(member.domestic_share, found->second.domestic_share) &&
                     identical(x.mark_up, y.mark_up) && identical(x.data_stock, y.data_stock) &&
                     identical(x.cash, y.cash) && identical(x.revenue, y.revenue) &&
                     identical(x.units, y.units) && x.weak_quarters == y.weak_quarters;
        for (std::size_t s = 0; s < stages; ++s) {
            equal = equal && identical(x.capability[s], y.capability[s]) &&
                    identical(x.experience[s], y.experience[s]);
        }
        differing += equal ? 0 : 1;
    }
    return differing;
}

bool same_country_state(const World& a, CountryId in_a, const World& b, CountryId in_b,
                        Identical identical)
{
    const Countries& x = a.countries;
    const Countries& y = b.countries;
    bool equal = identical(x.wage[in_a], y.wage[in_b]) &&
                 identical(x.exchange_rate[in_a], y.exchange_rate[in_b]) &&
                 identical(x.adoption[in_a], y.adoption[in_b]) && x.skill[in_a] == y.skill[in_b] &&
                 identical(x.income[in_a], y.income[in_b]) &&
                 identical(x.public_debt[in_a], y.public_debt[in_b]) &&
                 identical(x.other_wealth[in_a], y.other_wealth[in_b]);
    for (const PositionId p : a.positions.indices()) {
        equal = equal && identical(x.orders(in_a, p), y.orders(in_b, p)) &&
                identical(a.markets.price_index(in_a, p), b.markets.price_index(in_b, p));
    }
    for (std::size_t j = 0; j < a.positions.sectors(); ++j) {
        equal = equal && identical(x.commons(in_a, SectorId{j}), y.commons(in_b, SectorId{j}));
    }
    return equal;
}

TEST_CASE("in autarky each country is, bit for bit, the same country alone in the world")
{
    // Sums of capability are relative to the frontier, so wages that follow it have another rounding where the
    // frontier is another.
    const double response = GENERATE(0.0, 0.7);
    const Identical identical{response > 0.0 ? 1e-9 : 0.0};
    // Sizes relative to the mean: a half, a half and two.
    std::vector<CountryData> countries{economy("A", 3, 50.0), economy("B", 7, 50.0),
                                       economy("C", 20, 200.0)};
    countries[1][Indicator::schooling].value = 5.6;
    countries[1][Indicator::rd_expenditure].value = 0.6;
    countries[2][Indicator::broadband].value = 0.5;
    countries[2][Indicator::government_revenue].value = 54.0;
    const int firms[] = {60, 60, 240};

    Scenario together = autarky(countries, 120);
    together.parameters.macro.wage_response = response;
    World world = make_world(together);
    run(world, 30);
    for (std::size_t c = 0; c < 3; ++c) {
        Scenario single = autarky({countries[c]}, firms[c]);
        single.reference_productivity = together.reference_productivity;
        single.parameters.macro.wage_response = response;
        World alone = make_world(single);
        CHECK(firm_count(alone) == firms[c]);
        run(alone, 30);

        INFO("country " << c);
        CHECK(firm_count(alone) > firms[c] / 3);
        CHECK(firms_in(world, CountryId{c}) == firm_count(alone));
        CHECK(differing_firms(alone, CountryId{0}, world, CountryId{c}, identical) == 0);
        CHECK(same_country_state(alone, CountryId{0}, world, CountryId{c}, identical));
    }
    CHECK(world.trade.exports == 0.0);
}

// --- Symmetry --------------------------------------------------------------------------------------

TEST_CASE("identical countries stay identical and their trade is balanced")
{
    Scenario scenario = table_scenario({economy("A", 0), economy("B", 1), economy("C", 2)}, 80);
    Parameters& parameters = scenario.parameters;
    turn_search_off(parameters);
    turn_moves_off(parameters);
    let_everybody_export(parameters);
    parameters.entry.dispersion = 0.0;
    parameters.macro.exchange_noise = 0.0;
    parameters.selection.noise = 0.0;
    World world = make_world(scenario);

    // Sizes are drawn by firm: the first country's are everybody's.
    Firms& firms = world.firms.columns;
    for (const PoolId pool : world.pool_indices()) {
        const auto range = world.firms.firms_of(pool);
        const auto model = world.firms.firms_of(world.pool(CountryId{0}, world.position_of(pool)));
        REQUIRE(range.size() == model.size());
        for (std::size_t i = 0; i < range.size(); ++i) {
            const FirmIndex to{(range.size() > 0 ? (*range.begin()).at() : 0) + i};
            FirmRecord record = record_of(firms, FirmIndex{(*model.begin()).at() + i});
            record.id = firms.id[to];
            store(firms, to, record);
        }
        world.pools[pool] = world.pools[world.pool(CountryId{0}, world.position_of(pool))];
    }

    const ByStage<double> capability_before = firms.capability.front().size() > 0
                                                  ? record_of(firms, FirmIndex{0}).capability
                                                  : ByStage<double>{};
    Largest imbalance;
    for (int quarter = 0; quarter < 20; ++quarter) {
        run(world, 1);
        for (const CountryId c : world.countries.indices()) {
            imbalance(std::abs(world.countries.trade_balance[c]) /
                      std::max(world.trade.exports, 1e-300));
        }
    }
    Largest deviation;
    const CountryId first{0};
    for (const CountryId c : world.countries.indices()) {
        deviation(difference(world.countries.wage[c], world.countries.wage[first]));
        deviation(difference(world.countries.adoption[c], world.countries.adoption[first]));
        deviation(difference(world.countries.income[c], world.countries.income[first]));
        deviation(difference(world.countries.exchange_rate[c], 1.0));
        for (const PositionId p : world.positions.indices()) {
            deviation(
                difference(world.markets.price_index(c, p), world.markets.price_index(first, p)));
            deviation(difference(world.results.pools[world.pool(c, p)].revenue,
                                 world.results.pools[world.pool(first, p)].revenue));
            const auto range = world.firms.firms_of(world.pool(c, p));
            const auto model = world.firms.firms_of(world.pool(first, p));
            CHECK(range.size() == model.size());
            for (std::size_t i = 0; i < range.size(); ++i) {
                const FirmRecord x = record_of(firms, FirmIndex{(*range.begin()).at() + i});
                const FirmRecord y = record_of(firms, FirmIndex{(*model.begin()).at() + i});
                deviation(difference(x.domestic_share, y.domestic_share));
                deviation(difference(x.data_stock, y.data_stock));
                deviation(difference(x.cash, y.cash));
                for (std::size_t s = 0; s < stages; ++s) {
                    deviation(difference(x.capability[s], y.capability[s]));
                }
            }
        }
    }
    CHECK(world.trade.exports > 0.0);
    CHECK(record_of(firms, FirmIndex{0}).capability[0] > 1.01 * capability_before[0]);
    CHECK(imbalance.value() < 1e-12);
    CHECK(deviation.value() < 1e-12);
}

// --- Numeraire -------------------------------------------------------------------------------------

template <class Values>
void scale(Values&& values, double factor)
{
    for (double& value : values) {
        value *= factor;
    }
}

/// Expresses all money of a world that has just been made in another unit.
void change_numeraire(World& world, double factor)
{
    world.scenario.parameters.macro.demand_start *= factor;
    Countries& countries = world.countries;
    for (auto* column :
         {&countries.initial_demand, &countries.wage, &countries.trade_balance, &countries.income,
          &countries.tax_revenue, &countries.public_debt, &countries.other_wealth,
          &countries.processing_orders, &world.countries.final_demand}) {
        scale(column->span(), factor);
    }
    scale(countries.orders.span(), factor);
    scale(world.firms.columns.cash.span(), factor);
    scale(world.firms.columns.revenue.span(), factor);
    scale(world.firms.columns.price.span(), factor);
    scale(world.leads.cash.span(), factor);
    scale(world.leads.price.span(), factor);
    Markets& markets = world.markets;
    for (auto* table : {&markets.price_index, &markets.demand, &markets.spending}) {
        scale(table->span(), factor);
    }
    scale(markets.sales.span(), factor);
    scale(markets.index.span(), 1.0 / factor);
    scale(markets.processing_sales.span(), factor);
    scale(markets.processing_index.span(), 1.0 / factor);
    markets.processing_price_index *= factor;
    scale(world.references.mean_revenue.span(), factor);
    scale(world.references.mean_wage.span(), factor);
    world.trade.exports *= factor;
    world.results.money_before *= factor;
    for (PoolState& pool : world.pools) {
        pool.log_appeal -= std::log(factor);  // competitiveness is quality over price
    }
    for (PoolResults& results : world.results.pools) {
        for (double* money :
             {&results.domestic_sales, &results.export_sales, &results.revenue, &results.cost,
              &results.profit, &results.cash, &results.weighted_capability}) {
            *money *= factor;
        }
    }
    for (CountryFlows& flows : world.results.flows) {
        for (double* money :
             {&flows.final_demand, &flows.revenue, &flows.firm_cash, &flows.lead_cash,
              &flows.input_orders, &flows.exports, &flows.imports}) {
            *money *= factor;
        }
    }
}

/// The largest difference of all that has no unit of money.
double real_difference(const World& a, const World& b)
{
    Largest largest;
    const auto others = members(b);
    for (const auto& [id, x] : members(a)) {
        const Member& y = others.at(id);
        CHECK(x.pool == y.pool);
        largest(difference(x.domestic_share, y.domestic_share));
        largest(difference(x.export_share, y.export_share));
        largest(difference(x.record.mark_up, y.record.mark_up));
        largest(difference(x.record.data_stock, y.record.data_stock));
        largest(difference(x.record.units, y.record.units));
        for (std::size_t s = 0; s < stages; ++s) {
            largest(difference(x.record.capability[s], y.record.capability[s]));
            largest(difference(x.record.experience[s], y.record.experience[s]));
        }
    }
    for (const LeadId l : a.leads.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            largest(difference(a.leads.capability[l][s], b.leads.capability[l][s]));
        }
        for (std::size_t j = 0; j < a.positions.sectors(); ++j) {
            largest(
                difference(a.leads.data_stock(l, SectorId{j}), b.leads.data_stock(l, SectorId{j})));
        }
    }
    for (const CountryId c : a.countries.indices()) {
        largest(difference(a.countries.adoption[c], b.countries.adoption[c]));
        largest(difference(a.countries.exchange_rate[c], b.countries.exchange_rate[c]));
        for (std::size_t j = 0; j < a.positions.sectors(); ++j) {
            largest(difference(a.countries.commons(c, SectorId{j}),
                               b.countries.commons(c, SectorId{j})));
        }
        for (std::size_t s = 0; s < stages; ++s) {
            largest(difference(a.countries.skill[c][s], b.countries.skill[c][s]));
        }
    }
    for (std::size_t k = 0; k < a.markets.share.span().size(); ++k) {
        largest(difference(a.markets.share.span()[k], b.markets.share.span()[k]));
    }
    return largest.value();
}

TEST_CASE("the unit of money does not matter")
{
    const int seed = GENERATE(1, 2, 3);
    Scenario scenario = round_scenario(3, 1, 3, 60);
    scenario.parameters.run.seed = seed;
    turn_everything_on(scenario.parameters);
    World world = make_world(scenario);
    World in_tenths = make_world(scenario);
    change_numeraire(in_tenths, 10.0);
    run(world, 20);
    run(in_tenths, 20);

    REQUIRE(firm_count(world) == firm_count(in_tenths));
    CHECK(real_difference(world, in_tenths) < 1e-10);
    Largest money;
    for (const CountryId c : world.countries.indices()) {
        money(difference(in_tenths.countries.wage[c], 10.0 * world.countries.wage[c]));
        money(difference(in_tenths.countries.income[c], 10.0 * world.countries.income[c]));
        money(difference(in_tenths.results.flows[c].firm_cash,
                         10.0 * world.results.flows[c].firm_cash));
        for (const PositionId p : world.positions.indices()) {
            money(difference(in_tenths.markets.price_index(c, p),
                             10.0 * world.markets.price_index(c, p)));
        }
    }
    CHECK(money.value() < 1e-10);
}

// --- Entry and exit --------------------------------------------------------------------------------

}  // namespace
}  // namespace latecomer::tests::closed_forms_countries_test
