#include "agents/firms/settlement.hpp"

#include "agents/firms/windows.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace latecomer {

namespace {

namespace el = elementary;

void add(Tally& tally, const Block& block, PoolSum what, const BlockValues& values)
{
    add_values(tally.sums, block, static_cast<std::size_t>(what), values);
}

/// New shares and the mark-ups they call for (eq. 13, 14); mark-ups of this quarter's sales are
/// kept in `mark_up_sold`.
void take_shares(World& world, const Block& block, const SettlementTerms& terms,
                 BlockValues& mark_up_sold)
{
    const SelectionParameters& p = world.parameters().selection;
    const double speed = p.mark_up_speed;
    const double lowest = p.mark_up_low;
    const double highest = p.mark_up_high;
    const double inverse_weight = terms.inverse_weight;
    Firms& firms = world.firms.columns;
    const double* growth = firms.growth.data() + block.first;
    double* domestic = firms.domestic_share.data() + block.first;
    double* exported = firms.export_share.data() + block.first;
    double* mark_up = firms.mark_up.data() + block.first;
    const double share_growth = terms.inverse_weight / terms.domestic_scale;
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        domestic[i] = domestic[i] * growth[i] * inverse_weight;
        mark_up_sold[i] = mark_up[i];
        const double wanted = mark_up[i] * (1.0 + speed * (growth[i] * share_growth - 1.0));
        mark_up[i] = std::min(highest, std::max(lowest, wanted));
    }
    if (terms.exports) {
#pragma omp simd
        for (std::size_t i = 0; i < block.size; ++i) {
            exported[i] = exported[i] * growth[i] * terms.inverse_export_weight;
        }
    }
}

/// Revenue, cost, profit, tax, dividends and cash (eq. 17).
void earn(World& world, const Block& block, const SettlementTerms& terms,
          const BlockValues& mark_up_sold, Tally& tally)
{
    const FinanceParameters& p = world.parameters().finance;
    Firms& firms = world.firms.columns;
    const double* domestic = firms.domestic_share.data() + block.first;
    const double* exported = firms.export_share.data() + block.first;
    const double* price = firms.price.data() + block.first;
    double* revenue = firms.revenue.data() + block.first;
    double* units = firms.units.data() + block.first;
    double* cash = firms.cash.data() + block.first;
    BlockValues cost, profit, tax, dividends;
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        const double earned = domestic[i] * terms.domestic_sales + exported[i] * terms.export_sales;
        revenue[i] = earned;
        units[i] = earned / price[i];
        cost[i] = earned / (1.0 + mark_up_sold[i]);
        profit[i] = earned - cost[i] - terms.search_share * earned - terms.fixed_cost -
                    terms.compliance_cost * earned;
        tax[i] = p.profit_tax * std::max(0.0, profit[i]);
        dividends[i] = p.dividend_share * std::max(0.0, profit[i] - tax[i]);
        cash[i] += profit[i] - tax[i] - dividends[i];
    }
    const auto pool = block.pool.at();
    tally.sums.add(pool, static_cast<std::size_t>(PoolSum::revenue), revenue, block.size);
    tally.sums.add(pool, static_cast<std::size_t>(PoolSum::units), units, block.size);
    tally.sums.add(pool, static_cast<std::size_t>(PoolSum::cash), cash, block.size);
    add(tally, block, PoolSum::cost, cost);
    add(tally, block, PoolSum::profit, profit);
    add(tally, block, PoolSum::profit_tax, tax);
    add(tally, block, PoolSum::dividends, dividends);
}

/// Data of the firm: what is left of the old, kept at home, brought home and gathered (eq. 18).
void gather_data(World& world, const Block& block, const SettlementTerms& terms, Tally& tally)
{
    Firms& firms = world.firms.columns;
    const double remaining = 1.0 - world.parameters().data.decay;
    const double* domestic = firms.domestic_share.data() + block.first;
    const double* exported = firms.export_share.data() + block.first;
    const double* price = firms.price.data() + block.first;
    const double* units = firms.units.data() + block.first;
    double* stock = firms.data_stock.data() + block.first;
    const double kept = terms.kept_data * terms.domestic_sales;
    BlockValues received;
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        received[i] = kept * domestic[i] / price[i] + terms.exported_data * exported[i] +
                      terms.collected_data * units[i];
        stock[i] = remaining * stock[i] + received[i];
    }
    add(tally, block, PoolSum::data_received, received);
}

void count_in_histogram(const Block& block, const BlockValues& log_capability, Tally& tally)
{
    constexpr double bins_per_unit =
        static_cast<double>(histogram_bins) / (histogram_high - histogram_low);
    constexpr double last = static_cast<double>(histogram_bins - 1);
    std::array<std::uint32_t, block_size> places;
    double best = tally.best_log_capability[block.pool.at()];
#pragma omp simd reduction(max : best)
    for (std::size_t i = 0; i < block.size; ++i) {
        const double place = (log_capability[i] - histogram_low) * bins_per_unit;
        const double not_below = place > 0.0 ? place : 0.0;
        places[i] = static_cast<std::uint32_t>(
            static_cast<std::int32_t>(not_below < last ? not_below : last));
        best = std::max(best, log_capability[i]);
    }
    tally.best_log_capability[block.pool.at()] = best;
    std::int64_t* bins = tally.histogram.data() + block.pool.at() * histogram_bins;
    for (std::size_t i = 0; i < block.size; ++i) {
        ++bins[places[i]];
    }
}

/// Shares, mark-ups and capability of the firms that sold, as files report them.
void describe_sellers(const World& world, const Block& block, const SettlementTerms& terms,
                      Tally& tally)
{
    const Firms& firms = world.firms.columns;
    const double* domestic = firms.domestic_share.data() + block.first;
    const double* exported = firms.export_share.data() + block.first;
    const double* capability = firms.capability[terms.stage].data() + block.first;
    const double* revenue = firms.revenue.data() + block.first;
    const double* mark_up = firms.mark_up.data() + block.first;
    BlockValues squares, logs, weighted;
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        squares[i] = domestic[i] * domestic[i];
        logs[i] = el::log(capability[i]);
        weighted[i] = revenue[i] * capability[i];
    }
    add(tally, block, PoolSum::herfindahl, squares);
    add(tally, block, PoolSum::log_capability, logs);
    add(tally, block, PoolSum::weighted_capability, weighted);
    const auto sum = [&](PoolSum what, const double* values) {
        tally.sums.add(block.pool.at(), static_cast<std::size_t>(what), values, block.size);
    };
    sum(PoolSum::mark_up, mark_up);
    sum(PoolSum::capability, capability);
    // Of those who stay: all, and those who leave are taken out again.
    const auto sum_twice = [&](PoolSum all, PoolSum staying, const double* values) {
        tally.sums.add_twice(block.pool.at(), static_cast<std::size_t>(all),
                             static_cast<std::size_t>(staying), values, block.size);
    };
    sum_twice(PoolSum::domestic_share, PoolSum::staying_share, domestic);
    if (terms.exports) {  // else all are zero
        sum_twice(PoolSum::export_share, PoolSum::staying_exports, exported);
    }
    count_in_histogram(block, logs, tally);
}

}  // namespace

SettlementTerms settlement_terms(const World& world, CountryId c, PositionId p)
{
    const Position& position = world.positions[p];
    const PoolId pool = world.pool(c, p);
    const PoolResults& results = world.results.pools[pool];
    const DataParameters& data = world.parameters().data;
    SettlementTerms terms;
    terms.inverse_weight = results.domestic_weight > 0.0 ? 1.0 / results.domestic_weight : 0.0;
    terms.inverse_export_weight = results.export_weight > 0.0 ? 1.0 / results.export_weight : 0.0;
    terms.domestic_scale = world.pools[pool].domestic_scale;
    terms.domestic_sales = results.domestic_sales;
    terms.export_sales = results.export_sales;
    terms.search_share = world.countries.search_share[c];
    terms.fixed_cost = world.parameters().finance.fixed_cost * world.countries.wage[c] *
                       world.countries.exchange_rate[c];
    terms.compliance_cost = world.levers[c].compliance_cost;
    if (position.sector) {
        terms.kept_data = world.levers[c].domestic_capture *
                          world.parameters().sectors[position.sector->at()].data_intensity;
    }
    terms.collected_data = p == Positions::collection ? data.collection_rate : 0.0;
    terms.exported_data = results.exported_data;
    terms.stage = at(position.stage);
    terms.exports = world.statistics[pool].exporters > 0;
    return terms;
}

void settle(World& world, const Block& block, const SettlementTerms& terms, Tally& tally)
{
    BlockValues mark_up_sold;
    take_shares(world, block, terms, mark_up_sold);
    earn(world, block, terms, mark_up_sold, tally);
    gather_data(world, block, terms, tally);
    describe_sellers(world, block, terms, tally);
    count_old_technology(world, block, tally);
}

void book_firms(World& world)
{
    const FinanceParameters& finance = world.parameters().finance;
    for (const CountryId c : world.countries.indices()) {
        CountryFlows& flows = world.results.flows[c];
        const double wage = world.countries.wage[c] * world.countries.exchange_rate[c];
        for (const PositionId p : world.positions.indices()) {
            const Position& position = world.positions[p];
            const PoolResults& pool = world.results.pools[world.pool(c, p)];
            flows.revenue += pool.revenue;
            flows.capability_revenue += pool.weighted_capability;
            flows.wages += (1.0 - position.input_share()) * pool.cost;
            flows.research += world.countries.search_share[c] * pool.revenue;
            flows.fixed_cost += finance.fixed_cost * wage * static_cast<double>(pool.sellers) +
                                world.levers[c].compliance_cost * pool.revenue;
            flows.profit_tax += pool.profit_tax;
            flows.dividends += pool.dividends;
            for (const PositionId u : world.positions.indices()) {
                const double ordered = position.inputs[u.at()] * pool.cost;
                world.countries.orders(c, u) += ordered;
                flows.input_orders += ordered;
            }
            if (p == Positions::collection) {
                const double gathered = world.parameters().data.collection_rate * pool.units;
                flows.data_generated += gathered;
                flows.data_kept += gathered;
            }
        }
    }
}

}  // namespace latecomer
