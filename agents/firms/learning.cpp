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

StageTerms stage_terms(const World& world, CountryId c, std::span<const PositionId> positions,
                       double search_split)
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
    const double skill = world.countries.skill[c][s] / p.skill_reference;
    const double funds = world.countries.search_share[c] / p.search_share;
    const double effort = search_split * search_support(world, c, positions) *
                          (p.search_share > 0.0 ? funds : 0.0) * skill;
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

LearningTerms learning_terms(const World& world, CountryId c, PositionId p)
{
    const Position& position = world.positions[p];
    const LearningParameters& parameters = world.parameters().learning;
    const std::size_t s = at(position.stage);
    const bool looks_ahead =
        !position.ladder.empty() && at(world.positions[position.ladder.front()].stage) != s;
    LearningTerms terms;
    terms.current = stage_terms(world, c, std::span{&p, 1},
                                looks_ahead ? 1.0 - parameters.next_stage_share : 1.0);
    if (looks_ahead) {
        terms.looks_ahead = true;
        terms.next = stage_terms(world, c, position.ladder, parameters.next_stage_share);
    }
    terms.mean_revenue = world.references.mean_revenue[p];
    terms.wright = position.parameters.learning_weight * parameters.wright_exponent;
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
    firm_kernels().size_effects(firms, terms.mean_revenue, p.learning.size_exponent,
                                p.selection.noise_size_exponent, size);
    firm_kernels().learn(firms, terms, p.learning, draws_of(world), size);
}

}  // namespace latecomer
