#include "agents/firms/competition.hpp"

#include "core/elementary.hpp"

#include <algorithm>
#include <array>

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

}  // namespace

double data_quality(double data, const DataParameters& p)
{
    return 1.0 - el::exp(-p.returns_exponent * el::log(1.0 + data / p.data_scale));
}

double log_input_price(const World& world, CountryId c, const Position& position,
                       double storage_price)
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
    return log_price;
}

CompetitionTerms competition_terms(const World& world, CountryId c, PositionId p)
{
    const Position& position = world.positions[p];
    CompetitionTerms terms;
    terms.stage = at(position.stage);
    terms.exports = world.statistics[world.pool(c, p)].exporters > 0;
    terms.log_wage = el::log(world.countries.wage[c] * world.countries.exchange_rate[c]);
    terms.wage_share = 1.0 - position.input_share();
    terms.log_input_price = log_input_price(world, c, position, world.levers[c].storage_price);
    terms.quality_gain = position.quality_gain;
    terms.pooled_data = world.parameters().data.pooled_weight * pooled_data(world, c, position) /
                        world.data_resolution;
    terms.own_data = world.countries.grain[c];
    terms.collection_frontier = world.references.frontier[at(Stage::collection)];
    terms.log_appeal = world.pools[world.pool(c, p)].log_appeal;
    terms.size_drag = world.parameters().selection.size_drag + position.parameters.multi_sourcing;
    terms.share_drag = world.parameters().selection.share_drag *
                       world.pools[world.pool(c, p)].domestic_scale *
                       (position.world_market ? world.markets.processing_share[c] : 1.0);
    return terms;
}

void compete(World& world, const Block& block, const CompetitionTerms& terms,
             const SizeEffects& size, CompetitionValues& values, SumTable& sums)
{
    const Parameters& p = world.parameters();
    firm_kernels().compete(values_of(world.firms.columns, block), terms, p.selection, p.data,
                           draws_of(world), size, values);
    const auto add = [&](CompetitionSum what, const BlockValues& of_firms) {
        add_values(sums, block, sum_of(what), of_firms);
    };
    add(CompetitionSum::domestic_weight, values.weight);
    add(CompetitionSum::domestic_appeal, values.appeal);
    add(CompetitionSum::domestic_units, values.units);
    if (terms.exports) {
        add(CompetitionSum::export_weight, values.export_weight);
        add(CompetitionSum::export_appeal, values.export_appeal);
        add(CompetitionSum::export_units, values.export_units);
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
        std::array<double, sum_of(CompetitionSum::count)> values{};
        sums.values(pool.at(), values);
        const auto sum = [&](CompetitionSum what) { return values[sum_of(what)]; };
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
