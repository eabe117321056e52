#include "agents/firms/learning.hpp"

#include "core/elementary.hpp"
#include "core/random_fill.hpp"

#include <algorithm>
#include <limits>

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
        terms.gate_half_power = el::pow(p.gate_half, p.gate_steepness);
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

void relative_size_and_effort(const World& world, const Block& block, const LearningTerms& terms,
                              LearningScratch& scratch)
{
    const double* revenue = world.firms.columns.revenue.data() + block.first;
    const double scale = terms.mean_revenue > 0.0 ? 1.0 / terms.mean_revenue : 0.0;
    const double exponent = world.parameters().learning.size_exponent;
    const double effort_of_none = exponent == 0.0 ? 1.0 : 0.0;
    constexpr double log_of_none = -std::numeric_limits<double>::infinity();
    // One elementary function a loop: a chain of two leaves the processor waiting.
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        scratch.log_size[i] = el::log(scale > 0.0 ? revenue[i] * scale : 1.0);
    }
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        const double effort = el::exp(exponent * scratch.log_size[i]);
        scratch.effort[i] = scratch.log_size[i] > log_of_none ? effort : effort_of_none;
    }
}

/// The gate: how far upstream skills let what is learned take hold (eq. 4).
void open_gate(const World& world, const Block& block, const StageTerms& terms, BlockValues& gate)
{
    if (!terms.gated) {
        std::fill_n(gate.data(), block.size, 1.0);
        return;
    }
    const double* upstream = world.firms.columns.capability[terms.stage - 1].data() + block.first;
    const double steepness = world.parameters().learning.gate_steepness;
    const double access = terms.access;
    const double frontier = terms.upstream_frontier;
    const double half = terms.gate_half_power;
    const bool square = steepness == 2.0;  // the default; a product is faster and as good
    if (square) {
#pragma omp simd
        for (std::size_t i = 0; i < block.size; ++i) {
            const double z = std::max(upstream[i], access) / frontier;
            gate[i] = z * z / (z * z + half);
        }
    } else {
#pragma omp simd
        for (std::size_t i = 0; i < block.size; ++i) {
            const double power = el::pow(std::max(upstream[i], access) / frontier, steepness);
            gate[i] = power / (power + half);
        }
    }
}

/// Learning by doing at the current stage (eq. 5).
void learn_by_doing(World& world, const Block& block, const LearningTerms& terms, BlockValues& gain)
{
    Firms& firms = world.firms.columns;
    double* experience = firms.experience[terms.current.stage].data() + block.first;
    const double* units = firms.units.data() + block.first;
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        gain[i] = terms.wright * el::log(1.0 + units[i] / experience[i]);
        experience[i] += units[i];
    }
}

/// Some firms of a block: their places in it, and what loops over them need side by side.
struct Chosen {
    std::array<std::uint32_t, block_size> places;
    std::size_t count = 0;
    std::array<std::uint64_t, block_size> ids;
    BlockValues values;
    BlockValues draws;
};

/// Chooses the firms of a block, or of those chosen, for which `test(place)` holds.  Without a
/// branch, because nobody can predict the outcome.
template <class Test>
void choose(Chosen& chosen, std::size_t n, const Test& test)
{
    chosen.count = 0;
    for (std::size_t i = 0; i < n; ++i) {
        chosen.places[chosen.count] = static_cast<std::uint32_t>(i);
        chosen.count += test(i) ? 1 : 0;
    }
}

/// Chooses the firms of a block whose search succeeds at a hazard (eq. 7, 8).
void choose_successes(const Block& block, double hazard, double ceiling, const BlockValues& effort,
                      const BlockValues& chance, Chosen& chosen)
{
    // 1 - exp(-h) <= h, also as computed but for the last bits: few firms need the exponential.
    constexpr double rounding = 0x1p-50;
    choose(chosen, block.size,
           [&](std::size_t i) { return !(chance[i] >= hazard * effort[i] + rounding); });
    double* probability = chosen.values.data();
#pragma omp simd
    for (std::size_t n = 0; n < chosen.count; ++n) {
        probability[n] = success_probability(hazard * effort[chosen.places[n]], ceiling);
    }
    std::size_t successes = 0;
    for (std::size_t n = 0; n < chosen.count; ++n) {
        const std::uint32_t i = chosen.places[n];
        chosen.places[successes] = i;
        successes += chance[i] < probability[n] ? 1 : 0;
    }
    chosen.count = successes;
}

void gather_ids(const World& world, const Block& block, Chosen& chosen)
{
    const std::uint64_t* ids = draw_ids(world.firms.columns, block);
    for (std::size_t n = 0; n < chosen.count; ++n) {
        chosen.ids[n] = ids[chosen.places[n]];
    }
}

/// What the chosen gain by innovation (eq. 7).
void innovate(const World& world, const Block& block, const StageTerms& terms, Chosen& chosen,
              BlockValues& gain)
{
    gather_ids(world, block, chosen);
    fill_uniform(chosen.draws.data(), chosen.count, world.random, Stream::innovation_size,
                 chosen.ids.data(), world.quarter, static_cast<unsigned>(terms.stage));
    const LearningParameters p = world.parameters().learning;
    double* draws = chosen.draws.data();
#pragma omp simd
    for (std::size_t n = 0; n < chosen.count; ++n) {
        draws[n] = innovation_gain(draws[n], p);
    }
    for (std::size_t n = 0; n < chosen.count; ++n) {
        gain[chosen.places[n]] += draws[n];
    }
}

/// What the chosen gain by absorbing from the domestic best or from the world (eq. 8).
void absorb(const World& world, const Block& block, const StageTerms& terms, Chosen& chosen,
            BlockValues& gain)
{
    gather_ids(world, block, chosen);
    const auto stage = static_cast<unsigned>(terms.stage);
    fill_chances(chosen.draws.data(), chosen.draws.data(), chosen.count, world.random,
                 Stream::absorption_reference, chosen.ids.data(), world.quarter, stage, stage);
    const double* capability = world.firms.columns.capability[terms.stage].data() + block.first;
    const double bias = world.parameters().learning.foreign_bias;
    const double best = terms.best;
    const double frontier = terms.frontier;
    const double* draws = chosen.draws.data();
    double* gaps = chosen.values.data();
#pragma omp simd
    for (std::size_t n = 0; n < chosen.count; ++n) {
        const double k = capability[chosen.places[n]];
        const double domestic = std::max(0.0, el::log(best / k));
        const double foreign = std::max(0.0, el::log(frontier / k));
        const double pull = bias * foreign;
        const double from_there = draws[n] < pull / (domestic + pull) ? foreign : domestic;
        gaps[n] = domestic > 0.0 ? from_there : foreign;
    }
    const double strength = terms.strength;
    const double range = terms.range;
#pragma omp simd
    for (std::size_t n = 0; n < chosen.count; ++n) {
        gaps[n] = absorption_gain(gaps[n], strength, range);
    }
    for (std::size_t n = 0; n < chosen.count; ++n) {
        gain[chosen.places[n]] += gaps[n];
    }
}

/// Search: innovations and absorptions that succeed at one stage (eq. 7, 8).
[[gnu::noinline]] void search(const World& world, const Block& block, const StageTerms& terms,
                              const BlockValues& effort, const BlockValues& innovation_chance,
                              const BlockValues& absorption_chance, BlockValues& gain)
{
    const double ceiling = world.parameters().learning.success_ceiling;
    Chosen chosen;
    choose_successes(block, terms.innovation_hazard, ceiling, effort, innovation_chance, chosen);
    innovate(world, block, terms, chosen, gain);
    choose_successes(block, terms.absorption_hazard, ceiling, effort, absorption_chance, chosen);
    absorb(world, block, terms, chosen, gain);
}

/// Capability of the new quarter at one stage (eq. 9).
void raise(World& world, const Block& block, const StageTerms& terms, const BlockValues& gate,
           const BlockValues& gain)
{
    double* capability = world.firms.columns.capability[terms.stage].data() + block.first;
    const double depreciation = world.parameters().learning.depreciation;
#pragma omp simd
    for (std::size_t i = 0; i < block.size; ++i) {
        capability[i] *= el::exp(gate[i] * gain[i] - depreciation);
    }
}

/// Stages at which the pool does not learn only lose what ages (eq. 9).
void depreciate_others(World& world, const Block& block, const LearningTerms& terms)
{
    const double depreciation = world.parameters().learning.depreciation;
    if (depreciation == 0.0) {
        return;
    }
    const double factor = el::exp(-depreciation);
    for (std::size_t s = 0; s < stages; ++s) {
        if (s != terms.current.stage && !(terms.next && s == terms.next->stage)) {
            double* capability = world.firms.columns.capability[s].data() + block.first;
            for (std::size_t i = 0; i < block.size; ++i) {
                capability[i] *= factor;
            }
        }
    }
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
        terms.next = stage_terms(world, c, position.ladder, parameters.next_stage_share);
    }
    terms.mean_revenue = world.references.mean_revenue[p];
    terms.wright = position.parameters.learning_weight * parameters.wright_exponent;
    return terms;
}

void learn(World& world, const Block& block, const LearningTerms& terms, LearningScratch& scratch)
{
    const Firms& firms = world.firms.columns;
    const auto k0 = static_cast<unsigned>(terms.current.stage);
    const auto k1 = terms.next ? static_cast<unsigned>(terms.next->stage) : k0;
    fill_chances(scratch.innovation_chance[0].data(), scratch.innovation_chance[1].data(),
                 block.size, world.random, Stream::innovation, draw_ids(firms, block),
                 world.quarter, k0, k1);
    fill_chances(scratch.absorption_chance[0].data(), scratch.absorption_chance[1].data(),
                 block.size, world.random, Stream::absorption, draw_ids(firms, block),
                 world.quarter, k0, k1);
    relative_size_and_effort(world, block, terms, scratch);

    // Gates of both stages are set by capability of the last quarter, before anything is learned.
    open_gate(world, block, terms.current, scratch.gate[0]);
    learn_by_doing(world, block, terms, scratch.gain[0]);
    search(world, block, terms.current, scratch.effort, scratch.innovation_chance[0],
           scratch.absorption_chance[0], scratch.gain[0]);
    if (terms.next) {
        open_gate(world, block, *terms.next, scratch.gate[1]);
        std::fill_n(scratch.gain[1].data(), block.size, 0.0);
        search(world, block, *terms.next, scratch.effort, scratch.innovation_chance[1],
               scratch.absorption_chance[1], scratch.gain[1]);
        raise(world, block, *terms.next, scratch.gate[1], scratch.gain[1]);
    }
    raise(world, block, terms.current, scratch.gate[0], scratch.gain[0]);
    depreciate_others(world, block, terms);
}

}  // namespace latecomer
