#include "agents/outputs.hpp"

#include "core/elementary.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace latecomer {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

template <double Residuals::*member>
void residual(const World& world, std::span<double> values)
{
    values[0] = world.residuals.*member;
}

template <Column<CountryId, double> Countries::*member>
void of_country(const World& world, std::span<double> values)
{
    std::copy((world.countries.*member).begin(), (world.countries.*member).end(), values.begin());
}

template <double CountryFlows::*member>
void flow(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        values[c.at()] = world.flows[c].*member;
    }
}

template <auto member>
void of_pool(const World& world, std::span<double> values)
{
    for (const PoolId pool : world.pool_indices()) {
        values[pool.at()] = static_cast<double>(world.results[pool].*member);
    }
}

/// A mean or extreme over firms: missing where nobody sold.
template <auto member>
void of_sellers(const World& world, std::span<double> values)
{
    for (const PoolId pool : world.pool_indices()) {
        values[pool.at()] = world.results[pool].sellers > 0 ? world.results[pool].*member : missing;
    }
}

template <std::size_t which>
void quantile_of(const World& world, std::span<double> values)
{
    for (const PoolId pool : world.pool_indices()) {
        values[pool.at()] = world.results[pool].quantiles[which];
    }
}

template <std::int64_t PoolStatistics::*member>
void counted(const World& world, std::span<double> values)
{
    for (const PoolId pool : world.pool_indices()) {
        values[pool.at()] = static_cast<double>(world.statistics[pool].*member);
    }
}

void domestic_share(const World& world, std::span<double> values)
{
    for (const PoolId pool : world.pool_indices()) {
        const CountryId c = world.country_of(pool);
        const PositionId p = world.position_of(pool);
        if (world.positions[p].world_market) {
            values[pool.at()] = world.markets.processing_share[c];
            continue;
        }
        const double spending = world.markets.spending(c, p);
        values[pool.at()] = spending > 0.0
                                ? world.markets.sales(c, p)[world.markets.supplier(c)] / spending
                                : missing;
    }
}

void price_index(const World& world, std::span<double> values)
{
    const auto indices = world.markets.price_index.span();
    std::copy(indices.begin(), indices.end(), values.begin());
    for (const CountryId c : world.countries.indices()) {
        values[world.pool(c, Positions::processing).at()] = world.markets.processing_price_index;
    }
}

void demand(const World& world, std::span<double> values)
{
    const auto all = world.markets.demand.span();
    std::copy(all.begin(), all.end(), values.begin());
}

void gap_by_stage(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            const double mean = world.references.mean[c][s];
            values[c.at() * stages + s] =
                mean > 0.0 ? elementary::log(mean / world.references.frontier[s]) : missing;
        }
    }
}

void frontier(const World& world, std::span<double> values)
{
    std::copy(world.references.frontier.begin(), world.references.frontier.end(), values.begin());
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
        values[c.at()] = world.flows[c].revenue - world.flows[c].input_orders;
    }
}

void public_spending(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        values[c.at()] = world.flows[c].spending;
    }
}

double sales_of_lead(const World& world, LeadId l, PositionId p)
{
    double value = 0.0;
    if (!world.positions[p].world_market) {
        for (const CountryId d : world.countries.indices()) {
            value += world.markets.sales(d, p)[world.markets.supplier(l)];
        }
    }
    return value;
}

double world_sales(const World& world, PositionId p)
{
    double value = 0.0;
    for (const CountryId d : world.countries.indices()) {
        value += world.markets.spending(d, p);
    }
    return value;
}

void lead_share(const World& world, std::span<double> values)
{
    for (const LeadId l : world.leads.indices()) {
        for (const PositionId p : world.positions.indices()) {
            const double all = world_sales(world, p);
            values[l.at() * world.positions.size() + p.at()] =
                all > 0.0 ? sales_of_lead(world, l, p) / all : missing;
        }
    }
}

void lead_capability(const World& world, std::span<double> values)
{
    for (const LeadId l : world.leads.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            values[l.at() * stages + s] = world.leads.capability[l][s];
        }
    }
}

void lead_cash(const World& world, std::span<double> values)
{
    std::copy(world.leads.cash.begin(), world.leads.cash.end(), values.begin());
}

/// Shares of world sales at a position of every seller that is told apart: pools' firms count by
/// their Herfindahl index within the pool.
void world_herfindahl(const World& world, std::span<double> values)
{
    for (const PositionId p : world.positions.indices()) {
        const double all = world_sales(world, p);
        double sum = 0.0;
        for (const LeadId l : world.leads.indices()) {
            const double of_lead = sales_of_lead(world, l, p);
            sum += of_lead * of_lead;
        }
        for (const CountryId c : world.countries.indices()) {
            const PoolResults& pool = world.results[world.pool(c, p)];
            sum += pool.revenue * pool.revenue * pool.herfindahl;
        }
        values[p.at()] = all > 0.0 ? sum / (all * all) : missing;
    }
}

/// Share of the three largest lead firms in world sales of storage (P9).
void top_three_storage(const World& world, std::span<double> values)
{
    std::vector<double> sales;
    for (const LeadId l : world.leads.indices()) {
        sales.push_back(sales_of_lead(world, l, Positions::storage));
    }
    std::sort(sales.begin(), sales.end(), std::greater<>{});
    sales.resize(std::min<std::size_t>(3, sales.size()));
    const double all = world_sales(world, Positions::storage);
    values[0] = all > 0.0 ? std::accumulate(sales.begin(), sales.end(), 0.0) / all : missing;
}

std::vector<double> log_capabilities(const World& world)
{
    std::vector<double> logs;
    for (const double k : world.countries.mean_capability) {
        logs.push_back(elementary::log(k));
    }
    return logs;
}

void capability_deviation(const World& world, std::span<double> values)
{
    const std::vector<double> logs = log_capabilities(world);
    const auto n = static_cast<double>(logs.size());
    const double mean = std::accumulate(logs.begin(), logs.end(), 0.0) / n;
    double squares = 0.0;
    for (const double log : logs) {
        squares += (log - mean) * (log - mean);
    }
    values[0] = std::sqrt(squares / n);
}

/// Gini coefficient of mean capability over countries.
void capability_gini(const World& world, std::span<double> values)
{
    std::vector<double> sorted(world.countries.mean_capability.begin(),
                               world.countries.mean_capability.end());
    std::sort(sorted.begin(), sorted.end());
    double weighted = 0.0;
    double sum = 0.0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        weighted += (2.0 * static_cast<double>(i + 1) - static_cast<double>(sorted.size()) - 1.0) *
                    sorted[i];
        sum += sorted[i];
    }
    values[0] = sum > 0.0 ? weighted / (static_cast<double>(sorted.size()) * sum) : missing;
}

/// Share of foreign lead firms that are present in each way.
template <Presence mode>
void presence_share(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        double foreign = 0.0;
        double present = 0.0;
        for (const LeadId l : world.leads.indices()) {
            foreign += world.leads.home[l] != c ? 1.0 : 0.0;
            present += world.leads.presence(l, c) == mode ? 1.0 : 0.0;
        }
        values[c.at()] = foreign > 0.0 ? present / foreign : missing;
    }
}

const std::vector<Axis> world_wide{};
const std::vector<Axis> by_country{Axis::country};
const std::vector<Axis> by_position{Axis::position};
const std::vector<Axis> by_pool{Axis::country, Axis::position};
const std::vector<Axis> by_country_stage{Axis::country, Axis::stage};
const std::vector<Axis> by_country_sector{Axis::country, Axis::sector};
constexpr const char* money = "numeraire/quarter";

std::vector<Output> country_outputs()
{
    return {
        {"gap_by_stage", "1", by_country_stage, "section 10",
         "ln of mean capability of firms at a stage over the frontier", gap_by_stage},
        {"skill", "1", by_country_stage, "3b", "Skills", skill},
        {"wage", "1", by_country, "2", "Wage in home currency", of_country<&Countries::wage>},
        {"exchange_rate", "1", by_country, "1",
         "Exchange rate: numeraire per unit of home currency",
         of_country<&Countries::exchange_rate>},
        {"adoption", "1", by_country, "3", "Adoption of digital applications",
         of_country<&Countries::adoption>},
        {"mean_capability", "1", by_country, "2", "Revenue-weighted mean capability",
         of_country<&Countries::mean_capability>},
        {"trade_balance", money, by_country, "27", "Exports less imports",
         of_country<&Countries::trade_balance>},
        {"exports", money, by_country, "27", "Exports, net of tariffs",
         flow<&CountryFlows::exports>},
        {"imports", money, by_country, "27", "Imports, net of tariffs",
         flow<&CountryFlows::imports>},
        {"income", money, by_country, "28", "Wages, research pay and dividends received",
         of_country<&Countries::income>},
        {"value_added", money, by_country, "section 10", "Revenue less inputs of firms at home",
         value_added},
        {"final_demand", money, by_country, "3", "Final demand paid",
         flow<&CountryFlows::final_demand>},
        {"tax_revenue", money, by_country, "21", "Profit tax, value added tax, fees and tariffs",
         of_country<&Countries::tax_revenue>},
        {"public_spending", money, by_country, "22", "Spending of the policy programme",
         public_spending},
        {"public_debt", "numeraire", by_country, "22", "Debt of the policy programme",
         of_country<&Countries::public_debt>},
        {"other_wealth", "numeraire", by_country, "28",
         "Money of the rest of the economy since the start", of_country<&Countries::other_wealth>},
        {"commons", "unit of data", by_country_sector, "18",
         "Data in the commons of domestic firms", commons},
        {"open_data", "unit of data", by_country_sector, "18", "Open government data", open_data},
        {"data_generated", "unit of data/quarter", by_country, "18",
         "Data generated by use in the country", flow<&CountryFlows::data_generated>},
        {"data_kept", "unit of data/quarter", by_country, "18", "Of it, kept by sellers at home",
         flow<&CountryFlows::data_kept>},
        {"data_localised", "unit of data/quarter", by_country, "18",
         "Of it, taken by foreign sellers but stored here", flow<&CountryFlows::data_localised>},
        {"data_exported", "unit of data/quarter", by_country, "18", "Of it, taken abroad",
         flow<&CountryFlows::data_exported>},
        {"data_not_captured", "unit of data/quarter", by_country, "18", "Of it, taken by nobody",
         flow<&CountryFlows::data_not_captured>},
        {"data_received", "unit of data/quarter", by_country, "18", "Data brought home from abroad",
         flow<&CountryFlows::data_received>},
        {"offshore_share", "1", by_country, "30",
         "Share of foreign lead firms that serve the country from offshore",
         presence_share<Presence::offshore>},
        {"region_share", "1", by_country, "30", "Share of foreign lead firms with a local region",
         presence_share<Presence::region>},
        {"venture_share", "1", by_country, "30", "Share of foreign lead firms in a joint venture",
         presence_share<Presence::venture>},
    };
}

std::vector<Output> pool_outputs()
{
    return {
        {"firms", "firm", by_pool, "section 10", "Firms at the end of the quarter",
         counted<&PoolStatistics::firms>},
        {"entrants", "firm/quarter", by_pool, "26", "Firms that entered",
         of_pool<&PoolResults::entrants>},
        {"exits", "firm/quarter", by_pool, "25", "Firms that left", of_pool<&PoolResults::exits>},
        {"upgrades_out", "firm/quarter", by_pool, "23", "Firms that moved to another position",
         of_pool<&PoolResults::upgrades_out>},
        {"upgrades_in", "firm/quarter", by_pool, "23", "Firms that came from another position",
         of_pool<&PoolResults::upgrades_in>},
        {"exporters", "firm", by_pool, "24", "Exporters at the end of the quarter",
         counted<&PoolStatistics::exporters>},
        {"new_exporters", "firm/quarter", by_pool, "24", "Firms that began to export",
         of_pool<&PoolResults::new_exporters>},
        {"revenue", money, by_pool, "17", "Revenue of domestic firms, net of tariffs",
         of_pool<&PoolResults::revenue>},
        {"export_revenue", money, by_pool, "17",
         "Of it, from abroad; processing sells to the world market",
         of_pool<&PoolResults::export_sales>},
        {"profit", money, by_pool, "17", "Profit before tax", of_pool<&PoolResults::profit>},
        {"domestic_share", "1", by_pool, "15",
         "Share of domestic firms in home spending; at processing, in the world market",
         domestic_share},
        {"demand", money, by_pool, "16", "Demand in the country", demand},
        {"price_index", "numeraire/unit", by_pool, "16", "Price index of the market", price_index},
        {"herfindahl", "1", by_pool, "section 10",
         "Herfindahl index of domestic shares in the pool", of_sellers<&PoolResults::herfindahl>},
        {"mark_up", "1", by_pool, "14", "Mean mark-up", of_sellers<&PoolResults::mark_up>},
        {"log_capability_mean", "1", by_pool, "section 10", "Mean ln capability",
         of_sellers<&PoolResults::log_capability>},
        {"log_capability_best", "1", by_pool, "section 10", "Best ln capability",
         of_sellers<&PoolResults::best_log_capability>},
        {"log_capability_p10", "1", by_pool, "section 10", "First decile of ln capability",
         quantile_of<0>},
        {"log_capability_p50", "1", by_pool, "section 10", "Median of ln capability",
         quantile_of<1>},
        {"log_capability_p90", "1", by_pool, "section 10", "Ninth decile of ln capability",
         quantile_of<2>},
    };
}

std::vector<Output> world_outputs()
{
    return {
        {"frontier", "1", {Axis::stage}, "section 10", "Frontier capability", frontier},
        {"world_herfindahl", "1", by_position, "section 10", "Herfindahl index of world sales",
         world_herfindahl},
        {"lead_share",
         "1",
         {Axis::lead_firm, Axis::position},
         "15",
         "Share of a lead firm in world sales",
         lead_share},
        {"lead_capability",
         "1",
         {Axis::lead_firm, Axis::stage},
         "9",
         "Capability of lead firms",
         lead_capability},
        {"lead_cash", "numeraire", {Axis::lead_firm}, "17", "Cash of lead firms", lead_cash},
        {"top_three_storage", "1", world_wide, "section 10",
         "Share of the three largest lead firms in world storage sales", top_three_storage},
        {"capability_gini", "1", world_wide, "section 10",
         "Gini coefficient of mean capability over countries", capability_gini},
        {"capability_deviation", "1", world_wide, "section 10",
         "Standard deviation of ln mean capability over countries", capability_deviation},
        {"residual_shares", "1", world_wide, "A1", "Largest distance of a sum of shares from one",
         residual<&Residuals::shares>},
        {"residual_sales", "1", world_wide, "A2", "Revenue and tariffs against expenditure",
         residual<&Residuals::sales>},
        {"residual_trade", "1", world_wide, "A3", "Sum of trade balances over world exports",
         residual<&Residuals::trade>},
        {"residual_profit", "1", world_wide, "A4", "Revenue against costs and profit",
         residual<&Residuals::profit>},
        {"residual_index", "1", world_wide, "A4", "Price index times quantity against value",
         residual<&Residuals::index>},
        {"residual_debt", "1", world_wide, "A5", "Recursion of public debt",
         residual<&Residuals::debt>},
        {"residual_money", "1", world_wide, "A6", "Change of all money over world revenue",
         residual<&Residuals::money>},
        {"residual_data", "1", world_wide, "A7", "Generated against held data",
         residual<&Residuals::data>},
        {"residual_firms", "firm", world_wide, "A8", "Firms against entries and exits",
         residual<&Residuals::firms>},
    };
}

std::vector<Output> all_outputs()
{
    std::vector<Output> all = country_outputs();
    for (auto more : {pool_outputs(), world_outputs()}) {
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

constexpr std::array axis_rows{
    AxisRow{Axis::country, "country", "Country, by key"},
    AxisRow{Axis::position, "position", "Position along the value chain"},
    AxisRow{Axis::stage, "stage", "Stage of the value chain"},
    AxisRow{Axis::sector, "sector", "Application sector"},
    AxisRow{Axis::lead_firm, "lead_firm", "Lead firm: home and number"},
    AxisRow{Axis::bin, "bin", "Lower edge of a bin of ln capability"},
};

}  // namespace

std::span<const AxisRow> axes()
{
    return axis_rows;
}

std::size_t axis_size(const World& world, Axis axis)
{
    return axis_labels(world, axis).size();
}

std::vector<std::string> axis_labels(const World& world, Axis axis)
{
    std::vector<std::string> labels;
    switch (axis) {
    case Axis::country:
        labels.assign(world.countries.key.begin(), world.countries.key.end());
        break;
    case Axis::position:
        for (const PositionId p : world.positions.indices()) {
            labels.push_back(world.positions[p].key);
        }
        break;
    case Axis::stage:
        labels.assign(stage_names.begin(), stage_names.end());
        break;
    case Axis::sector:
        for (const Sector& sector : world.parameters().sectors) {
            labels.push_back(sector.key);
        }
        break;
    case Axis::lead_firm:
        for (const LeadId l : world.leads.indices()) {
            labels.push_back(text(world.countries.key[world.leads.home[l]], '-', l.at() + 1));
        }
        break;
    case Axis::bin:
        for (std::size_t bin = 0; bin < histogram_bins; ++bin) {
            constexpr double width =
                (histogram_high - histogram_low) / static_cast<double>(histogram_bins);
            labels.push_back(text(histogram_low + static_cast<double>(bin) * width));
        }
        break;
    }
    return labels;
}

std::span<const Output> outputs()
{
    static const std::vector<Output> all = all_outputs();
    return all;
}

std::size_t output_size(const World& world, const Output& output)
{
    std::size_t size = 1;
    for (const Axis axis : output.dimensions) {
        size *= axis_size(world, axis);
    }
    return size;
}

}  // namespace latecomer
