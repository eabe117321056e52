#include "agents/kernels/firm_kernels.hpp"
#include "core/kernels/elementary.hpp"
#include "core/kernels/limits.hpp"
#include "core/kernels/random.hpp"

namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {
namespace {

/// Unit cost and price (eq. 10, 11); keeps ln of unit cost.
void set_prices(const FirmValues& firms, const CompetitionTerms& terms, BlockValues& log_capability,
                BlockValues& log_cost)
{
    const std::size_t n = firms.size;
    const double* capability = firms.capability[terms.stage];
    const double* mark_up = firms.mark_up;
    double* price = firms.price;
    const double wage_share = terms.wage_share;
    const double log_wage = terms.log_wage;
    const double log_input_price = terms.log_input_price;
    // One elementary function a loop: a chain of two leaves the processor waiting.
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        log_capability[i] = log_of_normal(capability[i]);
    }
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        log_cost[i] = multiply_add(wage_share, log_wage - log_capability[i], log_input_price);
        price[i] = (1.0 + mark_up[i]) * exp(log_cost[i]);
    }
}

/// Quality over the part of the price that is not cost, 1 + mark-up (eq. 11).  Returns with an exponent of 1/4, the
/// default, are square roots.
void set_quality(const FirmValues& firms, const CompetitionTerms& terms, const DataParameters& p,
                 BlockValues& quality)
{
    const std::size_t n = firms.size;
    const double* mark_up = firms.mark_up;
    const double gain = terms.quality_gain;
    if (!(gain > 0.0)) {
#pragma omp simd
        for (std::size_t i = 0; i < n; ++i) {
            quality[i] = 1.0 / (1.0 + mark_up[i]);
        }
        return;
    }
    const double* data = firms.data_stock;
    const double* collection = firms.capability[0];
    const double scale = 1.0 / p.data_scale;
    const double inverse_frontier = 1.0 / terms.collection_frontier;
    const double pooled = terms.pooled_data * scale;
    const double own_scale = terms.own_data * scale;
    const auto resolution = [&](std::size_t i) {  // 1 + usable / data_scale
        const double access = smaller(1.0, collection[i] * inverse_frontier);
        return multiply_add(data[i], own_scale, multiply_add(access, pooled, 1.0));
    };
    if (p.returns_exponent == 0.25) {
#pragma omp simd
        for (std::size_t i = 0; i < n; ++i) {
            const double root = quarter_root(resolution(i));
            quality[i] = multiply_add(gain, root - 1.0, root) / (root * (1.0 + mark_up[i]));
        }
        return;
    }
    const double exponent = -p.returns_exponent;
    BlockValues log_resolution;
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        log_resolution[i] = log_of_normal(resolution(i));
    }
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        quality[i] =
            multiply_add(gain, 1.0 - exp(exponent * log_resolution[i]), 1.0) / (1.0 + mark_up[i]);
    }
}

/// Growth of shares: relative competitiveness (eq. 12), a shock which is larger for small firms, and a drag on
/// large ones (eq. 13).
/// `relative` is competitiveness^strength - 1, or its limit.
void grow(const FirmValues& firms, const CompetitionTerms& terms, const SelectionParameters& p,
          const Draws& draws, const SizeEffects& size, const BlockValues& quality,
          const BlockValues& log_cost, BlockValues& relative)
{
    const std::size_t n = firms.size;
    const double noise = p.noise;
    const double strength = p.strength;
    const double log_appeal = terms.log_appeal;
    const double size_drag = terms.size_drag;
    const double share_drag = terms.share_drag;
    const double* domestic = firms.domestic_share;
    double* growth = firms.growth;
    BlockValues shock;
    BlockValues distance;
    fill_uniform(shock.data(), n, draws.key, Stream::demand, firms.ids, draws.quarter, 0);
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        const double drag = size_drag * larger(0.0, size.log_size[i]) + share_drag * domestic[i];
        shock[i] = noise * size.noise[i] * laplace(shock[i]) - drag;
    }
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        distance[i] = log_of_normal(quality[i]) - log_cost[i] - log_appeal;
    }
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        growth[i] = exp(multiply_add(strength, distance[i], shock[i]));
    }
    if (strength < weak_selection) {
#pragma omp simd
        for (std::size_t i = 0; i < n; ++i) {
            relative[i] = distance[i];
        }
    } else {
#pragma omp simd
        for (std::size_t i = 0; i < n; ++i) {
            relative[i] = expm1(strength * distance[i]);
        }
    }
}

void compete(const FirmValues& firms, const CompetitionTerms& terms,
             const SelectionParameters& selection, const DataParameters& data, const Draws& draws,
             const SizeEffects& size, CompetitionValues& values)
{
    const std::size_t n = firms.size;
    BlockValues log_cost;
    BlockValues quality;
    BlockValues relative;
    set_prices(firms, terms, values.log_capability, log_cost);
    set_quality(firms, terms, data, quality);
    grow(firms, terms, selection, draws, size, quality, log_cost, relative);
    const double* growth = firms.growth;
    const double* price = firms.price;
    const double* domestic = firms.domestic_share;
    const double* exported = firms.export_share;
    if (!terms.exports) {
#pragma omp simd
        for (std::size_t i = 0; i < n; ++i) {
            values.weight[i] = domestic[i] * growth[i];
            values.appeal[i] = domestic[i] * relative[i];
            values.units[i] = domestic[i] * (growth[i] / price[i]);
        }
        return;
    }
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        const double units = growth[i] / price[i];
        values.weight[i] = domestic[i] * growth[i];
        values.appeal[i] = domestic[i] * relative[i];
        values.units[i] = domestic[i] * units;
        values.export_weight[i] = exported[i] * growth[i];
        values.export_appeal[i] = exported[i] * relative[i];
        values.export_units[i] = exported[i] * units;
    }
}

}  // namespace

decltype(FirmKernels::compete) compete_kernel()
{
    return compete;
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
