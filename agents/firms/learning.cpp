#include "agents/firms/learning.hpp"

#include "core/elementary.hpp"

#include <algorithm>

namespace latecomer {

namespace {

namespace el = elementary;

/// Upstream access through domestic suppliers or imports, best of them (eq. 4).
double upstream_access(const World& world, CountryId c, std::size_t s)
{
    const LearningParameters& p = world.parameters().learning;
    const double frontier = world.references.frontier[s - 1];
    const bool from_storage = s - 1 == at(Stage::storage);
    const double imports = from_storage ? p.cloud_route * world.levers[c].imported_cloud * frontier
                                        : p.import_route * frontier;
    return std::max(p.domestic_route * world.references.mean[c][s - 1], imports);
}

/// Share of a country's application sales that lead firms in joint ventures there made last quarter
/// (J_c of eq. 8).
double venture_share(const World& world, CountryId c)
{
    double ventures = 0.0;
    double all = 0.0;
    for (const SectorId j : Range<SectorId>(world.positions.sectors())) {
        const PositionId p = Positions::application(j);
        all += world.markets.spending(c, p);
        for (const LeadId l : world.leads.indices()) {
            if (world.leads.presence(l, c) == Presence::venture) {
                ventures += world.markets.sales(c, p)[world.markets.supplier(l)];
            }
        }
    }
    return all > 0.0 ? ventures / all : 0.0;
}

/// Factor of policy on search at the stage of some positions: their mean by demand (eq. 6).
double search_support(const World& world, CountryId c, std::span<const PositionId> positions)
{
    double support = 1.0;
    for (const PositionId p : positions) {
        const auto sector = world.positions[p].sector;
        const double weight = sector ? world.parameters().sectors[sector->at()].demand_share : 1.0;
        support += (positions.size() > 1 ? weight : 1.0) * (world.levers[c].search[p.at()] - 1.0);
    }
    return support;
}

/// How well firms of a country search and absorb, whatever they do (eq. 6).
struct NationalSearch {
    double skill = 1.0;  ///< per unit of present skill
    double funds = 1.0;
};

/// Levels across countries count for little, changes of skills at full weight.
NationalSearch national_search(const World& world, CountryId c)
{
    const LearningParameters& p = world.parameters().learning;
    constexpr double least_skill = 0.05;  // one cannot compare with none
    const double initial = std::max(world.countries.initial_skill[c], least_skill);
    NationalSearch search;
    search.skill = el::pow(initial / p.skill_reference, p.skill_exponent) / initial;
    search.funds = p.search_share > 0.0
                       ? el::pow(world.countries.search_share[c] / p.search_share, p.funds_exponent)
                       : 0.0;
    search.funds *= world.countries.search_efficiency[c];
    return search;
}

/// What a country's climate adds to ln capability of its firms: all of it far from the frontier (eq. 8b).
double climate_effect(const World& world, CountryId c)
{
    const double gap = -world.references.capability_index[c];
    const double part = gap > 0.0 ? std::min(1.0, gap / world.parameters().macro.climate_gap) : 0.0;
    return part * world.countries.climate[c];
}

StageTerms stage_terms(const World& world, CountryId c, std::span<const PositionId> positions,
                       double search_split, const NationalSearch& national)
{
    const std::size_t s = at(world.positions[positions.front()].stage);
    const LearningParameters& p = world.parameters().learning;
    const Levers& levers = world.levers[c];
    StageTerms terms;
    terms.stage = s;
    terms.frontier = world.references.frontier[s];
    terms.best = world.references.best[c][s];
    terms.gated = s > 0 && p.gate_half > 0.0 && world.references.frontier[s - 1] > 0.0;
    if (terms.gated) {
        terms.access = upstream_access(world, c, s);
        terms.upstream_frontier = world.references.frontier[s - 1];
        terms.gate_half_power = p.gate_steepness == 2.0 ? p.gate_half * p.gate_half
                                                        : el::pow(p.gate_half, p.gate_steepness);
    }
    // Search effort of a firm of mean revenue (eq. 6); hazards of eq. 7 and 8 at that effort.
    const double skill = national.skill * world.countries.skill[c][s];
    const double effort =
        search_split * search_support(world, c, positions) * national.funds * skill;
    terms.innovation_hazard = p.innovation_rate * 2.0 * p.innovation_share * effort;
    terms.absorption_hazard = p.absorption_rate * 2.0 * (1.0 - p.innovation_share) * effort;
    terms.strength = p.absorption_strength * skill;
    if (s == at(Stage::analytics)) {
        terms.strength *= levers.analytics_absorption;
    }
    if (s == at(Stage::applications)) {
        terms.strength *=
            1.0 + world.parameters().effects.venture_absorption * venture_share(world, c);
    }
    terms.range = p.absorption_range * levers.absorption_range;
    return terms;
}

}  // namespace

double size_per_share(const World& world, CountryId c, PositionId p)
{
    const PoolId pool = world.pool(c, p);
    const double scale = world.pools[pool].domestic_scale;
    if (!world.positions[p].world_market) {
        return scale * static_cast<double>(world.statistics[pool].firms);
    }
    double firms = 0.0;
    for (const CountryId o : world.countries.indices()) {
        firms += static_cast<double>(world.statistics[world.pool(o, p)].firms) /
                 world.countries.grain[o];
    }
    return scale * world.markets.processing_share[c] * firms * world.countries.grain[c];
}

LearningTerms learning_terms(const World& world, CountryId c, PositionId p)
{
    const Position& position = world.positions[p];
    const LearningParameters& parameters = world.parameters().learning;
    const std::size_t s = at(position.stage);
    const bool looks_ahead =
        !position.ladder.empty() && at(world.positions[position.ladder.front()].stage) != s;
    const NationalSearch national = national_search(world, c);
    LearningTerms terms;
    terms.current = stage_terms(world, c, std::span{&p, 1},
                                looks_ahead ? 1.0 - parameters.next_stage_share : 1.0, national);
    if (looks_ahead) {
        terms.looks_ahead = true;
        terms.next = stage_terms(world, c, position.ladder, parameters.next_stage_share, national);
    }
    terms.size_per_share = size_per_share(world, c, p);
    terms.wright = position.parameters.learning_weight * parameters.wright_exponent;
    terms.drift = climate_effect(world, c) - parameters.depreciation;
    return terms;
}

double success_probability(double hazard, double ceiling)
{
    return firm_kernels().formulas.success_probability(hazard, ceiling);
}

double innovation_gain(double draw, const LearningParameters& p)
{
    return firm_kernels().formulas.innovation_gain(draw, p.step_low, p.step_high - p.step_low,
                                                   p.step_shape);
}

double absorption_gain(double gap, double strength, double range)
{
    return firm_kernels().formulas.absorption_gain(gap, strength, range);
}

void learn(World& world, const Block& block, const LearningTerms& terms, SizeEffects& size)
{
    const FirmValues firms = values_of(world.firms.columns, block);
    const Parameters& p = world.parameters();
    firm_kernels().size_effects(firms, terms.size_per_share, p.learning.size_exponent,
                                p.selection.noise_size_exponent, size);
    firm_kernels().learn(firms, terms, p.learning, draws_of(world), size);
}

}  // namespace latecomer
