#include "agents/firms/competition.hpp"

#include "core/elementary.hpp"
#include "core/random_fill.hpp"

#include <algorithm>

namespace latecomer {

namespace {

namespace el = elementary;

constexpr std::size_t sum_of(CompetitionSum sum)
{
    return static_cast<std::size_t>(sum);
}

/// Commons and open data that a country's firms can read at a position (eq. 11): those of the
/// sector in applications, the mean over sectors elsewhere.
double pooled_data(const World& world, CountryId c, const Position& position)
{
    const auto of = [&](SectorId j) {
        return world.countries.commons(c, j) + world.countries.open_data(c, j);
    };
    if (position.sector) {
        return of(*position.sector);
    }
    double sum = 0.0;
    for (const SectorId j : Range<SectorId>(world.positions.sectors())) {
        sum += of(j);
    }
    return sum / static_cast<double>(world.positions.sectors());
}

/// Unit cost and price (eq. 10, 11), then ln of quality over price (eq. 12).
[[gnu::noinline]] void set_prices(World& world, const Block& block, const CompetitionTerms& terms,
                                  CompetitionScratch& scratch)
{
    Firms& firms = world.firms.columns;
    const std::size_t s = at(world.positions[block.position].stage);
    const double* capability = firms.capability[s].data() + block.first;
    const double* mark_up = firms.mark_up.data() + block.first;
    double* price = firms.price.data() + block.first;
    // One elementary function a loop: a chain of two leaves the processor waiting.
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        scratch.relative[i] = el::log(capability[i]);
    }
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        const double log_cost = terms.wage_share * (terms.log_wage - scratch.relative[i]);
        const double cost = terms.input_price * el::exp(log_cost);
        price[i] = (1.0 + mark_up[i]) * cost;
        scratch.relative[i] = 1.0;
    }
    if (terms.quality_gain > 0.0) {
        const DataParameters& p = world.parameters().data;
        const double* data = firms.data_stock.data() + block.first;
        const double* collection = firms.capability[at(Stage::collection)].data() + block.first;
        const double scale = 1.0 / p.data_scale;
        const double frontier = terms.collection_frontier;
        const double pooled = terms.pooled_data;
        const double gain = terms.quality_gain;
        const double exponent = -p.returns_exponent;
#pragma omp simd
        for (std::size_t i = 0; i < block.size; ++i) {
            const double access = std::min(1.0, collection[i] / frontier);
            const double usable = data[i] + access * pooled;
            scratch.relative[i] = el::log(1.0 + usable * scale);
        }
#pragma omp simd
        for (std::size_t i = 0; i < block.size; ++i) {
            const double returns = el::exp(exponent * scratch.relative[i]);
            scratch.relative[i] = 1.0 + gain * (1.0 - returns);
        }
    }
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        scratch.log_competitiveness[i] = el::log(scratch.relative[i] / price[i]);
    }
}

/// Relative competitiveness and the demand shock, which is larger for small firms (eq. 13).
[[gnu::noinline]] void grow(World& world, const Block& block, const CompetitionTerms& terms,
                            const BlockValues& log_size, CompetitionScratch& scratch)
{
    const SelectionParameters& p = world.parameters().selection;
    const double noise = p.noise;
    const double size_exponent = -p.noise_size_exponent;
    const double strength = p.strength;
    const double log_appeal = terms.log_appeal;
    Firms& firms = world.firms.columns;
    fill_uniform(scratch.shock.data(), block.size, world.random, Stream::demand,
                 draw_ids(firms, block), world.quarter, 0);
    constexpr double smallest = 0.02;  // of eq. 13: sizes relative to the mean
    constexpr double largest = 20.0;
    const double log_smallest = el::log(smallest);
    const double log_largest = el::log(largest);
    double* growth = firms.growth.data() + block.first;
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        const double size = std::min(log_largest, std::max(log_smallest, log_size[i]));
        scratch.relative[i] = noise * el::exp(size_exponent * size);
    }
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        scratch.shock[i] = scratch.relative[i] * laplace(scratch.shock[i]);
    }
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        const double distance = scratch.log_competitiveness[i] - log_appeal;
        growth[i] = el::exp(strength * distance + scratch.shock[i]);
    }
    if (strength < weak_selection) {
#pragma omp simd
        for (std::size_t i = 0; i < block.size; ++i) {
            scratch.relative[i] = scratch.log_competitiveness[i] - log_appeal;
        }
    } else {
#pragma omp simd
        for (std::size_t i = 0; i < block.size; ++i) {
            const double distance = scratch.log_competitiveness[i] - log_appeal;
            scratch.relative[i] = el::expm1(strength * distance);
        }
    }
}

}  // namespace

double data_quality(double data, const DataParameters& p)
{
    return 1.0 - el::exp(-p.returns_exponent * el::log(1.0 + data / p.data_scale));
}

double input_price(const World& world, CountryId c, const Position& position, double storage_price)
{
    double log_price = 0.0;
    for (const PositionId u : world.positions.indices()) {
        const double cost_share = position.inputs[u.at()];
        if (cost_share > 0.0) {
            const double price =
                world.markets.price_index(c, u) * (u == Positions::storage ? storage_price : 1.0);
            log_price += cost_share * el::log(price);
        }
    }
    return el::exp(log_price);
}

CompetitionTerms competition_terms(const World& world, CountryId c, PositionId p)
{
    const Position& position = world.positions[p];
    CompetitionTerms terms;
    terms.log_wage = el::log(world.countries.wage[c] * world.countries.exchange_rate[c]);
    terms.wage_share = 1.0 - position.input_share();
    terms.input_price = input_price(world, c, position, world.levers[c].storage_price);
    terms.quality_gain = position.quality_gain;
    terms.pooled_data = world.parameters().data.pooled_weight * pooled_data(world, c, position) /
                        world.data_resolution;
    terms.collection_frontier = world.references.frontier[at(Stage::collection)];
    terms.log_appeal = world.pools[world.pool(c, p)].log_appeal;
    return terms;
}

void compete(World& world, const Block& block, const CompetitionTerms& terms,
             const BlockValues& log_size, CompetitionScratch& scratch, SumTable& sums)
{
    set_prices(world, block, terms, scratch);
    grow(world, block, terms, log_size, scratch);
    const Firms& firms = world.firms.columns;
    const double* growth = firms.growth.data() + block.first;
    const double* price = firms.price.data() + block.first;
    const auto add = [&](CompetitionSum what, const double* of_pool, const auto& term) {
#pragma omp simd
        for (std::size_t i = 0; i < block.size; ++i) {
            scratch.product[i] = of_pool[i] * term(i);
        }
        add_values(sums, block, sum_of(what), scratch.product);
    };
    const auto weight = [&](std::size_t i) { return growth[i]; };
    const auto advantage = [&](std::size_t i) { return scratch.relative[i]; };
    const auto units = [&](std::size_t i) { return growth[i] / price[i]; };
    const double* domestic = firms.domestic_share.data() + block.first;
    add(CompetitionSum::domestic_weight, domestic, weight);
    add(CompetitionSum::domestic_appeal, domestic, advantage);
    add(CompetitionSum::domestic_units, domestic, units);
    if (world.statistics[block.pool].exporters > 0) {
        const double* exported = firms.export_share.data() + block.first;
        add(CompetitionSum::export_weight, exported, weight);
        add(CompetitionSum::export_appeal, exported, advantage);
        add(CompetitionSum::export_units, exported, units);
    }
}

void update_pools(World& world, const SumTable& sums)
{
    const double strength = world.parameters().selection.strength;
    for (const PoolId pool : world.pool_indices()) {
        PoolState& state = world.pools[pool];
        PoolResults& results = world.results.pools[pool];
        results = {};
        if (world.statistics[pool].firms == 0) {
            continue;
        }
        const auto sum = [&](CompetitionSum what) { return sums.value(pool.at(), sum_of(what)); };
        // ln V = lnE0 + ln(1 + sum w ((E/E0)^chi - 1))/chi, and its limit for weak selection.
        const auto log_appeal = [&](double relative) {
            return state.log_appeal +
                   (strength < weak_selection ? relative : el::log1p(relative) / strength);
        };
        results.domestic_weight = sum(CompetitionSum::domestic_weight);
        results.unit_index = sum(CompetitionSum::domestic_units) / results.domestic_weight;
        const double domestic =
            log_appeal(state.domestic_scale * sum(CompetitionSum::domestic_appeal));
        results.appeal = el::exp(domestic);
        if (world.statistics[pool].exporters > 0) {
            results.export_weight = sum(CompetitionSum::export_weight);
            results.export_index = sum(CompetitionSum::export_units) / results.export_weight;
            results.export_appeal =
                el::exp(log_appeal(state.export_scale * sum(CompetitionSum::export_appeal)));
        }
        state.log_appeal = domestic;
    }
}

}  // namespace latecomer
