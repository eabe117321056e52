#include "agents/kernels/firm_kernels.hpp"
#include "core/kernels/limits.hpp"

namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {
namespace {

/// New shares and the mark-ups they call for (eq. 13, 14); mark-ups of this quarter's sales are
/// kept in `mark_up_sold`.
void take_shares(const FirmValues& firms, const SettlementTerms& terms,
                 const SelectionParameters& p, BlockValues& mark_up_sold)
{
    const double speed = p.mark_up_speed;
    const double lowest = p.mark_up_low;
    const double highest = p.mark_up_high;
    const double inverse_weight = terms.inverse_weight;
    const double inverse_export_weight = terms.inverse_export_weight;
    const double share_growth = terms.inverse_weight / terms.domestic_scale;
    const double* growth = firms.growth;
    double* domestic = firms.domestic_share;
    double* exported = firms.export_share;
    double* mark_up = firms.mark_up;
#pragma omp simd
    for (std::size_t i = 0; i < firms.size; ++i) {
        domestic[i] = domestic[i] * growth[i] * inverse_weight;
        mark_up_sold[i] = mark_up[i];
        const double wanted = mark_up[i] * (1.0 + speed * (growth[i] * share_growth - 1.0));
        mark_up[i] = smaller(highest, larger(lowest, wanted));
    }
    if (terms.exports) {
#pragma omp simd
        for (std::size_t i = 0; i < firms.size; ++i) {
            exported[i] = exported[i] * growth[i] * inverse_export_weight;
        }
    }
}

/// Revenue, cost, profit, tax, dividends and cash (eq. 17), and data: what is left of the old, kept at home,
/// brought home and gathered (eq. 18).
void earn(const FirmValues& firms, const SettlementTerms& terms, const FinanceParameters& p,
          double data_decay, const BlockValues& mark_up_sold, SettlementValues& values)
{
    const double* domestic = firms.domestic_share;
    const double* exported = firms.export_share;
    const double* price = firms.price;
    double* revenue = firms.revenue;
    double* units = firms.units;
    double* cash = firms.cash;
    double* stock = firms.data_stock;
    const double domestic_sales = terms.domestic_sales;
    const double export_sales = terms.export_sales;
    const double search_share = terms.search_share;
    const double fixed_cost = terms.fixed_cost;
    const double export_cost = terms.export_cost;
    const double compliance_cost = terms.compliance_cost;
    const double profit_tax = p.profit_tax;
    const double dividend_share = p.dividend_share;
    const double remaining = 1.0 - data_decay;
    const double kept = terms.kept_data * terms.domestic_sales;
    const double exported_data = terms.exported_data;
    const double collected_data = terms.collected_data;
#pragma omp simd
    for (std::size_t i = 0; i < firms.size; ++i) {
        const double per_unit = 1.0 / price[i];
        const double earned = domestic[i] * domestic_sales + exported[i] * export_sales;
        const double made = earned * per_unit;
        const double cost = earned / (1.0 + mark_up_sold[i]);
        const double overhead = fixed_cost + (exported[i] > 0.0 ? export_cost : 0.0);
        const double profit =
            earned - cost - search_share * earned - overhead - compliance_cost * earned;
        const double tax = profit_tax * larger(0.0, profit);
        const double dividends = dividend_share * larger(0.0, profit - tax);
        revenue[i] = earned;
        units[i] = made;
        cash[i] += profit - tax - dividends;
        values.cost[i] = cost;
        values.profit[i] = profit;
        values.tax[i] = tax;
        values.dividends[i] = dividends;
        const double received =
            kept * domestic[i] * per_unit + exported_data * exported[i] + collected_data * made;
        stock[i] = remaining * stock[i] + received;
        values.received[i] = received;
    }
}

void settle(const FirmValues& firms, const SettlementTerms& terms,
            const SelectionParameters& selection, const FinanceParameters& finance,
            double data_decay, SettlementValues& values)
{
    BlockValues mark_up_sold;
    take_shares(firms, terms, selection, mark_up_sold);
    earn(firms, terms, finance, data_decay, mark_up_sold, values);
    const double* domestic = firms.domestic_share;
    const double* revenue = firms.revenue;
    const double* capability = firms.capability[terms.stage];
    const double inverse_frontier = terms.inverse_frontier;
#pragma omp simd
    for (std::size_t i = 0; i < firms.size; ++i) {
        values.squared_share[i] = domestic[i] * domestic[i];
        values.capability[i] = capability[i] * inverse_frontier;
        values.weighted_capability[i] = revenue[i] * values.capability[i];
    }
}

}  // namespace

decltype(FirmKernels::settle) settle_kernel()
{
    return settle;
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
