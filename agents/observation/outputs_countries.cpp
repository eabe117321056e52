#include "agents/observation/output_rows.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer::output_rows {

namespace {

template <Column<CountryId, double> Countries::*member>
void of_country(const World& world, std::span<double> values)
{
    std::copy((world.countries.*member).begin(), (world.countries.*member).end(), values.begin());
}

template <double CountryFlows::*member>
void flow(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        values[c.at()] = world.results.flows[c].*member;
    }
}

template <Column<CountryId, ByStage<double>> References::*member>
void gap(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            const double mean = (world.references.*member)[c][s];
            values[c.at() * stages + s] =
                mean > 0.0 ? elementary::log(mean / world.references.frontier[s]) : missing;
        }
    }
}

void capability_index(const World& world, std::span<double> values)
{
    const auto& index = world.references.capability_index;
    std::copy(index.begin(), index.end(), values.begin());
}

/// The capability index that others are told relative to: that of the United States, else of the first economy with
/// lead firms, else the highest; NaN where nobody has one.
double reference_index(const World& world)
{
    const Countries& countries = world.countries;
    const auto& index = world.references.capability_index;
    double first_lead = missing;
    double best = missing;
    for (const CountryId c : countries.indices()) {
        if (std::isnan(index[c])) {
            continue;
        }
        if (countries.key[c] == "USA") {
            return index[c];
        }
        if (std::isnan(first_lead) && has_lead_firms(countries.role[c])) {
            first_lead = index[c];
        }
        best = best >= index[c] ? best : index[c];
    }
    return std::isnan(first_lead) ? best : first_lead;
}

void relative_productivity(const World& world, std::span<double> values)
{
    const double reference = reference_index(world);
    const double exponent = world.parameters().macro.capability_exponent;
    for (const CountryId c : world.countries.indices()) {
        values[c.at()] = exponent > 0.0
                             ? (world.references.capability_index[c] - reference) / exponent
                             : missing;
    }
}

void internet_users(const World& world, std::span<double> values)
{
    std::ranges::transform(world.countries.adoption, values.begin(),
                           [](double adoption) { return 100.0 * adoption; });
}

/// What pools of a country sell abroad at processing, analytics and applications, net of tariffs.  Processing is sold
/// on the world market: what buyers at home do not buy goes abroad, and they pay no tariff.  NaN without pools.
double service_exports(const World& world, CountryId c)
{
    if (!has_latecomer_firms(world.countries.role[c])) {
        return missing;
    }
    double orders = 0.0;
    for (const CountryId h : world.countries.indices()) {
        orders += world.markets.spending(h, Positions::processing);
    }
    double value = 0.0;
    for (const PositionId p : world.positions.indices()) {
        const Position& position = world.positions[p];
        const PoolResults& pool = world.results.pools[world.pool(c, p)];
        if (position.world_market) {
            const double at_home = orders > 0.0 ? world.markets.spending(c, p) / orders : 0.0;
            value +=
                std::max(0.0, pool.domestic_sales - at_home * world.markets.processing_sales[c]);
        } else if (position.stage == Stage::analytics || position.stage == Stage::applications) {
            value += pool.export_sales;
        }
    }
    return value;
}

void ict_service_exports(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        values[c.at()] = service_exports(world, c);
    }
}

void ict_service_exports_share(const World& world, std::span<double> values)
{
    ict_service_exports(world, values);
    double all = 0.0;
    for (const double value : values) {
        all += std::isnan(value) ? 0.0 : value;
    }
    for (double& value : values) {
        value = all > 0.0 ? value / all : missing;
    }
}

void skill(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            values[c.at() * stages + s] = world.countries.skill[c][s];
        }
    }
}

void commons(const World& world, std::span<double> values)
{
    const auto all = world.countries.commons.span();
    std::copy(all.begin(), all.end(), values.begin());
}

void open_data(const World& world, std::span<double> values)
{
    const auto all = world.countries.open_data.span();
    std::copy(all.begin(), all.end(), values.begin());
}

void value_added(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        values[c.at()] = world.results.flows[c].revenue - world.results.flows[c].input_orders;
    }
}

void public_spending(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        values[c.at()] = world.results.flows[c].spending;
    }
}

const std::vector<Axis> by_country{Axis::country};
const std::vector<Axis> by_country_stage{Axis::country, Axis::stage};
const std::vector<Axis> by_country_sector{Axis::country, Axis::sector};

}  // namespace

std::vector<Output> countries()
{
    return {
        {"gap_by_stage", "1", by_country_stage, "section 10",
         "Capability gap to the frontier, by stage, firms weighted by sales (ln)",
         gap<&References::mean>},
        {"gap_by_stage_firms", "1", by_country_stage, "section 10",
         "Capability gap to the frontier, by stage, each firm alike (ln)",
         gap<&References::plain_mean>},
        {"capability_index", "1", by_country, "section 10",
         "Capability index: gap to the frontier, weighted mean over stages (ln)", capability_index},
        {"relative_productivity", "1", by_country, "section 10",
         "Output a worker relative to that of the United States (ln)", relative_productivity},
        {"climate", "1/quarter", by_country, "8b",
         "Luck of the economy: growth of ln capability that its firms share",
         of_country<&Countries::climate>},
        {"skill", "1", by_country_stage, "3b", "Skills in the economy, by stage (1: full)", skill},
        {"wage", "1", by_country, "2",
         "Wage in home currency (1: an economy at the frontier at the start)",
         of_country<&Countries::wage>},
        {"exchange_rate", "1", by_country, "1",
         "Exchange rate: numeraire for a unit of home currency",
         of_country<&Countries::exchange_rate>},
        {"adoption", "1", by_country, "3", "Adoption of digital applications (1: full)",
         of_country<&Countries::adoption>},
        {"internet_users", "percent", by_country, "3",
         "Internet users in the population, as adoption tells them", internet_users},
        {"trade_balance", money, by_country, "27",
         "Trade balance: exports less imports, net of tariffs",
         of_country<&Countries::trade_balance>},
        {"exports", money, by_country, "27", "Exports of the economy, net of tariffs",
         flow<&CountryFlows::exports>},
        {"imports", money, by_country, "27", "Imports of the economy, net of tariffs",
         flow<&CountryFlows::imports>},
        {"ict_service_exports", money, by_country, "section 10",
         "Digital service exports of latecomer firms: processing, analytics and applications",
         ict_service_exports},
        {"ict_service_exports_share", "1", by_country, "section 10",
         "Share of the economy in digital service exports of latecomer firms of the world",
         ict_service_exports_share},
        {"income", money, by_country, "28",
         "Income from digital firms: wages, research pay and dividends received",
         of_country<&Countries::income>},
        {"value_added", money, by_country, "section 10",
         "Value added of firms at home: revenue less inputs", value_added},
        {"final_demand", money, by_country, "3", "Final demand for applications, as paid",
         flow<&CountryFlows::final_demand>},
        {"tax_revenue", money, by_country, "21",
         "Tax revenue: profit tax, value added tax, fees and tariffs",
         of_country<&Countries::tax_revenue>},
        {"public_spending", money, by_country, "22", "Public spending of the policy programme",
         public_spending},
        {"public_debt", "numeraire", by_country, "22", "Public debt of the policy programme",
         of_country<&Countries::public_debt>},
        {"other_wealth", "numeraire", by_country, "28",
         "Money of the rest of the economy, change since the start",
         of_country<&Countries::other_wealth>},
        {"commons", "unit of data", by_country_sector, "18",
         "Data in the commons of domestic firms, by sector", commons},
        {"open_data", "unit of data", by_country_sector, "18", "Open government data, by sector",
         open_data},
        {"data_generated", "unit of data/quarter", by_country, "18",
         "Data generated by use of applications in the economy",
         flow<&CountryFlows::data_generated>},
        {"data_kept", "unit of data/quarter", by_country, "18",
         "Data generated in the economy and kept by sellers at home",
         flow<&CountryFlows::data_kept>},
        {"data_localised", "unit of data/quarter", by_country, "18",
         "Data generated in the economy, taken by foreign sellers but stored at home",
         flow<&CountryFlows::data_localised>},
        {"data_exported", "unit of data/quarter", by_country, "18",
         "Data generated in the economy and taken abroad", flow<&CountryFlows::data_exported>},
        {"data_not_captured", "unit of data/quarter", by_country, "18",
         "Data generated in the economy and captured by nobody",
         flow<&CountryFlows::data_not_captured>},
        {"data_received", "unit of data/quarter", by_country, "18",
         "Data that sellers bring home to the economy from abroad",
         flow<&CountryFlows::data_received>},
    };
}

}  // namespace latecomer::output_rows
