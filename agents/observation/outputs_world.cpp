#include "agents/observation/output_rows.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <numeric>

namespace latecomer::output_rows {

namespace {

template <double Residuals::*member>
void residual(const World& world, std::span<double> values)
{
    values[0] = world.results.residuals.*member;
}

void frontier(const World& world, std::span<double> values)
{
    std::copy(world.references.frontier.begin(), world.references.frontier.end(), values.begin());
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

void capability_histogram(const World& world, std::span<double> values)
{
    std::copy(world.results.histogram.begin(), world.results.histogram.end(), values.begin());
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
            const PoolResults& pool = world.results.pools[world.pool(c, p)];
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

/// Indices of the countries that have one.
std::vector<double> capability_indices(const World& world)
{
    std::vector<double> indices;
    std::ranges::copy_if(world.references.capability_index, std::back_inserter(indices),
                         [](double index) { return !std::isnan(index); });
    return indices;
}

void capability_deviation(const World& world, std::span<double> values)
{
    const std::vector<double> logs = capability_indices(world);
    const auto n = static_cast<double>(logs.size());
    const double mean = std::accumulate(logs.begin(), logs.end(), 0.0) / n;
    double squares = 0.0;
    for (const double log : logs) {
        squares += (log - mean) * (log - mean);
    }
    values[0] = logs.empty() ? missing : std::sqrt(squares / n);
}

/// Gini coefficient of capability over countries.
void capability_gini(const World& world, std::span<double> values)
{
    std::vector<double> sorted = capability_indices(world);
    std::ranges::transform(sorted, sorted.begin(),
                           [](double index) { return elementary::exp(index); });
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

const std::vector<Axis> no_axis{};
const std::vector<Axis> by_position{Axis::position};

}  // namespace

std::vector<Output> world_wide()
{
    return {
        {"frontier",
         "1",
         {Axis::stage},
         "section 10",
         "Frontier of capability in the world, by stage",
         frontier},
        {"world_herfindahl", "1", by_position, "section 10",
         "Concentration of sales in the world, by position (Herfindahl index)", world_herfindahl,
         Need::distributions},
        {"lead_share",
         "1",
         {Axis::lead_firm, Axis::position},
         "15",
         "Share of the lead firm in world sales, by position",
         lead_share},
        {"lead_capability",
         "1",
         {Axis::lead_firm, Axis::stage},
         "9",
         "Capability of the lead firm, by stage",
         lead_capability},
        {"lead_cash", "numeraire", {Axis::lead_firm}, "17", "Cash of the lead firm", lead_cash},
        {"capability_histogram",
         "firm",
         {Axis::position, Axis::bin},
         "section 10",
         "Firms of the world, by position and by ln capability at its stage",
         capability_histogram,
         Need::distributions},
        {"top_three_storage", "1", no_axis, "section 10",
         "Share of the three largest lead firms in world sales of storage", top_three_storage},
        {"capability_gini", "1", no_axis, "section 10",
         "Inequality of capability between economies (Gini coefficient)", capability_gini},
        {"capability_deviation", "1", no_axis, "section 10",
         "Standard deviation of the capability index over economies (ln)", capability_deviation},
        {"residual_shares", "1", no_axis, "A1",
         "Residual of identity A1: largest distance of a sum of shares from one",
         residual<&Residuals::shares>, Need::identities},
        {"residual_sales", "1", no_axis, "A2",
         "Residual of identity A2: revenue and tariffs against expenditure",
         residual<&Residuals::sales>, Need::identities},
        {"residual_trade", "1", no_axis, "A3",
         "Residual of identity A3: sum of trade balances over world exports",
         residual<&Residuals::trade>, Need::identities},
        {"residual_profit", "1", no_axis, "A4",
         "Residual of identity A4: revenue against costs and profit", residual<&Residuals::profit>,
         Need::identities},
        {"residual_index", "1", no_axis, "A4",
         "Residual of identity A4: price index times quantity against value",
         residual<&Residuals::index>, Need::identities},
        {"residual_debt", "1", no_axis, "A5", "Residual of identity A5: recursion of public debt",
         residual<&Residuals::debt>, Need::identities},
        {"residual_money", "1", no_axis, "A6",
         "Residual of identity A6: change of all money over world revenue",
         residual<&Residuals::money>, Need::identities},
        {"residual_data", "1", no_axis, "A7",
         "Residual of identity A7: data generated against data held", residual<&Residuals::data>,
         Need::identities},
        {"residual_firms", "firm", no_axis, "A8",
         "Residual of identity A8: firms against entries and exits", residual<&Residuals::firms>,
         Need::identities},
    };
}

}  // namespace latecomer::output_rows
