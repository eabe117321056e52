#include "agents/firms/settlement.hpp"

#include "agents/countries/references.hpp"
#include "agents/firms/windows.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace latecomer {

namespace {

void add(Tally& tally, const Block& block, PoolSum what, const BlockValues& values)
{
    add_values(tally.sums, block, static_cast<std::size_t>(what), values);
}

void note_largest(const Block& block, const double* shares, std::vector<double>& by_pool)
{
    double largest = by_pool[block.pool.at()];
#pragma omp simd reduction(max : largest)
    for (std::size_t i = 0; i < block.size; ++i) {
        largest = largest < shares[i] ? shares[i] : largest;
    }
    by_pool[block.pool.at()] = largest;
}

void count_in_histogram(const Block& block, const BlockValues& log_capability, Tally& tally)
{
    constexpr double bins_per_unit =
        static_cast<double>(histogram_bins) / (histogram_high - histogram_low);
    constexpr double last = static_cast<double>(histogram_bins - 1);
    std::array<std::uint32_t, block_size> places;
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        const double place = (log_capability[i] - histogram_low) * bins_per_unit;
        const double not_below = place > 0.0 ? place : 0.0;
        places[i] = static_cast<std::uint32_t>(
            static_cast<std::int32_t>(not_below < last ? not_below : last));
    }
    std::int64_t* bins = tally.histogram.data() + block.pool.at() * histogram_bins;
    for (std::size_t i = 0; i < block.size; ++i) {
        ++bins[places[i]];
    }
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
    const double mean_revenue = overhead(world, c, p);
    terms.fixed_cost = world.parameters().finance.fixed_cost * mean_revenue;
    terms.export_cost = world.parameters().mobility.export_fixed_cost * mean_revenue;
    terms.inverse_frontier = 1.0 / world.references.frontier[at(position.stage)];
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
    const FirmValues firms = values_of(world.firms.columns, block);
    SettlementValues values;
    const Parameters& p = world.parameters();
    firm_kernels().settle(firms, terms, p.selection, p.finance, p.data.decay, values);
    add(tally, block, PoolSum::cost, values.cost);
    add(tally, block, PoolSum::profit, values.profit);
    add(tally, block, PoolSum::profit_tax, values.tax);
    add(tally, block, PoolSum::dividends, values.dividends);
    add(tally, block, PoolSum::weighted_capability, values.weighted_capability);
    const auto sum = [&](PoolSum what, const double* of_firms) {
        tally.sums.add(block.pool.at(), static_cast<std::size_t>(what), of_firms, block.size);
    };
    sum(PoolSum::revenue, firms.revenue);
    sum(PoolSum::units, firms.units);
    sum(PoolSum::cash, firms.cash);
    add(tally, block, PoolSum::capability, values.capability);
    // Of those who stay: all, and those who leave are taken out again.
    const auto sum_twice = [&](PoolSum all, PoolSum staying, const double* of_firms) {
        tally.sums.add_twice(block.pool.at(), static_cast<std::size_t>(all),
                             static_cast<std::size_t>(staying), of_firms, block.size);
    };
    sum_twice(PoolSum::domestic_share, PoolSum::staying_share, firms.domestic_share);
    if (terms.exports) {  // else all are zero
        sum_twice(PoolSum::export_share, PoolSum::staying_exports, firms.export_share);
    }
    if (world.observation.identities) {
        add(tally, block, PoolSum::data_received, values.received);
    }
    if (world.observation.distributions) {
        add(tally, block, PoolSum::herfindahl, values.squared_share);
        sum(PoolSum::mark_up, firms.mark_up);
        note_largest(block, firms.domestic_share, tally.largest_share);
    }
    count_old_technology(world, block, tally);
}

void count_capability(const Block& block, const BlockValues& log_capability, Tally& tally)
{
    add(tally, block, PoolSum::log_capability, log_capability);
    double best = tally.best_log_capability[block.pool.at()];
#pragma omp simd reduction(max : best)
    for (std::size_t i = 0; i < block.size; ++i) {
        best = std::max(best, log_capability[i]);
    }
    tally.best_log_capability[block.pool.at()] = best;
    count_in_histogram(block, log_capability, tally);
}

void book_firms(World& world)
{
    for (const CountryId c : world.countries.indices()) {
        CountryFlows& flows = world.results.flows[c];
        for (const PositionId p : world.positions.indices()) {
            const Position& position = world.positions[p];
            const PoolResults& pool = world.results.pools[world.pool(c, p)];
            flows.revenue += pool.revenue;
            flows.wages += (1.0 - position.input_share()) * pool.cost;
            flows.research += world.countries.search_share[c] * pool.revenue;
            flows.fixed_cost +=
                fixed_cost(world, c, p) + world.levers[c].compliance_cost * pool.revenue;
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
