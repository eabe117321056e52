#include "agents/kernels/choose.hpp"
#include "agents/kernels/firm_kernels.hpp"
#include "agents/kernels/learning.hpp"
#include "core/kernels/elementary.hpp"
#include "core/kernels/random.hpp"

namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {
namespace {

/// Search effort relative to that of a firm of mean revenue (eq. 6).
[[gnu::always_inline]] inline double effort_of(double log_size, double size_exponent)
{
    return exp(size_exponent * log_size);
}

/// At least effort_of(), within rounding: a power with an exponent up to one lies below its tangent at 1 (Bernoulli's
/// inequality).
void bound_effort(const FirmValues& firms, double size_per_share, double size_exponent,
                  SizeEffects& effects)
{
    const std::size_t n = firms.size;
    const double* share = firms.domestic_share;
    const double* log_size = effects.log_size.data();
    double* most = effects.most_effort.data();
    if (size_exponent > 1.0) {
#pragma omp simd
        for (std::size_t i = 0; i < n; ++i) {
            most[i] = effort_of(log_size[i], size_exponent);
        }
        return;
    }
    const double slope = size_exponent * size_per_share;
    const double at_zero = 1.0 - size_exponent;
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        most[i] = multiply_add(share[i], slope, at_zero);
    }
}

/// Size effects (eq. 6, 13).
void size_effects(const FirmValues& firms, double size_per_share, double size_exponent,
                  double noise_exponent, SizeEffects& effects)
{
    constexpr double smallest = 0.02;  // of eq. 13
    constexpr double largest = 20.0;
    const std::size_t n = firms.size;
    const double* share = firms.domestic_share;
    double* noise = effects.noise.data();
    double* log_size = effects.log_size.data();
    const double lowest = log(smallest);
    const double highest = log(largest);
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        log_size[i] = log_of_normal(larger(share[i] * size_per_share, 1e-300));
    }
    bound_effort(firms, size_per_share, size_exponent, effects);
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        noise[i] = exp_of_moderate(-noise_exponent * smaller(highest, larger(lowest, log_size[i])));
    }
}

/// The gate: how far upstream skills let what is learned take hold (eq. 4).
struct Gate {
    bool open;
    bool square;  ///< the default steepness: a product is faster than a power, and as good
    const double* upstream;
    double access;
    double steepness;
    double inverse_frontier;
    double half;  ///< where half gets through, of the power

    [[gnu::always_inline]] double squared(double skill) const
    {
        const double z = larger(skill, access);
        return z * z / multiply_add(z, z, half);
    }
    [[gnu::always_inline]] double powered(double skill) const
    {
        const double z = larger(skill, access) * inverse_frontier;
        const double power = exp(steepness * log_of_normal(z));
        return power / (power + half);
    }
};

Gate gate_of(const FirmValues& firms, const StageTerms& terms, const LearningParameters& p)
{
    const double frontier = terms.upstream_frontier;
    const bool square = p.gate_steepness == 2.0;
    return {!terms.gated,
            square,
            terms.stage > 0 ? firms.capability[terms.stage - 1] : nullptr,
            terms.access,
            p.gate_steepness,
            1.0 / frontier,
            square ? terms.gate_half_power * frontier * frontier : terms.gate_half_power};
}

/// What search at the current and at the next stage draws.
struct SearchChances {
    BlockValues innovation[2];
    BlockValues absorption[2];
};

/// Chooses the firms of a block whose search succeeds at a hazard (eq. 6-8).
void choose_successes(std::size_t n, double hazard, const LearningParameters& p,
                      const SizeEffects& size, const BlockValues& chance, BlockPlaces& chosen)
{
    // 1 - exp(-h) <= h <= hazard * most_effort, also as computed but for the last bits: few firms need exponentials.
    constexpr double rounding = 0x1p-50;
    const double hazard_bound = hazard * (1.0 + 0x1p-40);
    choose(n, chosen, [&](std::size_t i) {
        const RealLanes bound =
            load_lanes<RealLanes>(size.most_effort.data() + i) * hazard_bound + rounding;
        return ~(Lanes)(load_lanes<RealLanes>(chance.data() + i) >= bound);
    });
    const double size_exponent = p.size_exponent;
    const double ceiling = p.success_ceiling;
    BlockValues probability;
#pragma omp simd
    for (std::size_t k = 0; k < chosen.count; ++k) {
        const double effort = effort_of(size.log_size[chosen.places[k]], size_exponent);
        probability[k] = success_probability(hazard * effort, ceiling);
    }
    std::size_t successes = 0;
    for (std::size_t k = 0; k < chosen.count; ++k) {
        const std::uint32_t i = chosen.places[k];
        chosen.places[successes] = i;
        successes += chance[i] < probability[k] ? 1 : 0;
    }
    chosen.count = successes;
}

/// What some firms draw.
struct ChosenDraws {
    std::uint64_t ids[block_size];
    BlockValues values;

    void gather(const FirmValues& firms, const BlockPlaces& chosen)
    {
        for (std::size_t k = 0; k < chosen.count; ++k) {
            ids[k] = firms.ids[chosen.places[k]];
        }
    }
};

/// What the chosen gain by innovation (eq. 7).
void innovate(const FirmValues& firms, const StageTerms& terms, const LearningParameters& p,
              const Draws& draws, const BlockPlaces& chosen, BlockValues& gain)
{
    ChosenDraws drawn;
    drawn.gather(firms, chosen);
    double* values = drawn.values.data();
    fill_uniform(values, chosen.count, draws.key, Stream::innovation_size, drawn.ids, draws.quarter,
                 static_cast<unsigned>(terms.stage));
    const double low = p.step_low;
    const double width = p.step_high - p.step_low;
    const double shape = p.step_shape;
#pragma omp simd
    for (std::size_t k = 0; k < chosen.count; ++k) {
        values[k] = innovation_gain(values[k], low, width, shape);
    }
    for (std::size_t k = 0; k < chosen.count; ++k) {
        gain[chosen.places[k]] += values[k];
    }
}

/// What the chosen gain by absorbing from the domestic best or from the world (eq. 8).
void absorb(const FirmValues& firms, const StageTerms& terms, const LearningParameters& p,
            const Draws& draws, const BlockPlaces& chosen, BlockValues& gain)
{
    ChosenDraws drawn;
    drawn.gather(firms, chosen);
    double* values = drawn.values.data();
    const auto stage = static_cast<unsigned>(terms.stage);
    fill_chances(values, chosen.count, draws.key, Stream::absorption_reference, drawn.ids,
                 draws.quarter, stage);
    const double* capability = firms.capability[terms.stage];
    const double bias = p.foreign_bias;
    const double best = terms.best;
    const double frontier = terms.frontier;
    BlockValues gaps;
#pragma omp simd
    for (std::size_t k = 0; k < chosen.count; ++k) {
        const double skill = capability[chosen.places[k]];
        const double domestic = larger(0.0, log(best / skill));
        const double foreign = larger(0.0, log(frontier / skill));
        const double pull = bias * foreign;
        const double from_there = values[k] < pull / (domestic + pull) ? foreign : domestic;
        gaps[k] = domestic > 0.0 ? from_there : foreign;
    }
    const double strength = terms.strength;
    const double range = terms.range;
#pragma omp simd
    for (std::size_t k = 0; k < chosen.count; ++k) {
        gaps[k] = absorption_gain(gaps[k], strength, range);
    }
    for (std::size_t k = 0; k < chosen.count; ++k) {
        gain[chosen.places[k]] += gaps[k];
    }
}

/// Search: innovations and absorptions that succeed at one stage (eq. 7, 8).
struct Successes {
    BlockPlaces innovating;
    BlockPlaces absorbing;
};

[[gnu::noinline]] void search(const FirmValues& firms, const StageTerms& terms,
                              const LearningParameters& p, const Draws& draws,
                              const SizeEffects& size, const BlockValues& innovation_chance,
                              const BlockValues& absorption_chance, BlockValues& gain,
                              Successes& successes)
{
    choose_successes(firms.size, terms.innovation_hazard, p, size, innovation_chance,
                     successes.innovating);
    innovate(firms, terms, p, draws, successes.innovating, gain);
    choose_successes(firms.size, terms.absorption_hazard, p, size, absorption_chance,
                     successes.absorbing);
    absorb(firms, terms, p, draws, successes.absorbing, gain);
}

/// Capability of the new quarter at the current stage, at which all learn by doing (eq. 5, 9).  `gain` is what
/// search adds.
void raise_all(const FirmValues& firms, const LearningTerms& terms, const LearningParameters& p,
               const BlockValues& gain)
{
    const std::size_t n = firms.size;
    const Gate gate = gate_of(firms, terms.current, p);
    const double drift = terms.drift;
    double* capability = firms.capability[terms.current.stage];
    double* experience = firms.experience[terms.current.stage];
    const double* units = firms.units;
    const double wright = terms.wright;
    BlockValues learned;
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        learned[i] = multiply_add(wright, log_of_normal(1.0 + units[i] / experience[i]), gain[i]);
        experience[i] += units[i];
    }
    if (gate.open) {
    } else if (gate.square) {
#pragma omp simd
        for (std::size_t i = 0; i < n; ++i) {
            learned[i] *= gate.squared(gate.upstream[i]);
        }
    } else {
#pragma omp simd
        for (std::size_t i = 0; i < n; ++i) {
            learned[i] *= gate.powered(gate.upstream[i]);
        }
    }
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        capability[i] *= exp(learned[i] + drift);
    }
}

/// Capability at the next stage, of those who learned (eq. 9).
void raise_some(const FirmValues& firms, const StageTerms& terms, const LearningParameters& p,
                const BlockPlaces& chosen, const BlockValues& gain)
{
    const Gate gate = gate_of(firms, terms, p);
    double* capability = firms.capability[terms.stage];
    BlockValues factor;
    if (gate.open) {
#pragma omp simd
        for (std::size_t k = 0; k < chosen.count; ++k) {
            factor[k] = exp(gain[chosen.places[k]]);
        }
    } else if (gate.square) {
#pragma omp simd
        for (std::size_t k = 0; k < chosen.count; ++k) {
            const std::uint32_t i = chosen.places[k];
            factor[k] = exp(gain[i] * gate.squared(gate.upstream[i]));
        }
    } else {
#pragma omp simd
        for (std::size_t k = 0; k < chosen.count; ++k) {
            const std::uint32_t i = chosen.places[k];
            factor[k] = exp(gain[i] * gate.powered(gate.upstream[i]));
        }
    }
    for (std::size_t k = 0; k < chosen.count; ++k) {
        capability[chosen.places[k]] *= factor[k];
    }
}

/// Those who innovate or absorb, each once, in the order of the block.
void join(std::size_t n, const Successes& successes, BlockPlaces& either)
{
    std::uint64_t bits[block_size / 64] = {};
    for (const BlockPlaces* some : {&successes.innovating, &successes.absorbing}) {
        for (std::size_t k = 0; k < some->count; ++k) {
            bits[some->places[k] / 64] |= std::uint64_t{1} << some->places[k] % 64;
        }
    }
    list_bits(n, bits, either);
}

/// The climate of the country and age change capability at the other stages, too (eq. 8b, 9).
void drift_elsewhere(const FirmValues& firms, const LearningTerms& terms)
{
    const double factor = exp(terms.drift);
    for (std::size_t s = 0; s < stages; ++s) {
        if (s != terms.current.stage) {
            double* capability = firms.capability[s];
#pragma omp simd
            for (std::size_t i = 0; i < firms.size; ++i) {
                capability[i] *= factor;
            }
        }
    }
}

/// Draws of search: chances of innovation at the current and the next stage, then of absorption (eq. 7, 8).
void draw_chances(const FirmValues& firms, bool looks_ahead, const Draws& draws,
                  SearchChances& chances)
{
    double* const by_word[4] = {chances.innovation[0].data(), chances.innovation[1].data(),
                                chances.absorption[0].data(), chances.absorption[1].data()};
    fill_four_chances(by_word, looks_ahead, firms.size, draws.key, Stream::search, firms.ids,
                      draws.quarter);
}

void clear(BlockValues& values, std::size_t n)
{
    for (std::size_t i = 0; i < n; ++i) {
        values[i] = 0.0;
    }
}

void learn(const FirmValues& firms, const LearningTerms& terms, const LearningParameters& p,
           const Draws& draws, const SizeEffects& size)
{
    SearchChances chances;
    draw_chances(firms, terms.looks_ahead, draws, chances);
    // Gates of both stages are set by capability of the last quarter: the next stage goes first, for its
    // gate is the current one.
    BlockValues gain;
    Successes successes;
    BlockPlaces learning_next;
    learning_next.count = 0;
    BlockValues next_gain;
    if (terms.looks_ahead) {
        clear(next_gain, firms.size);
        search(firms, terms.next, p, draws, size, chances.innovation[1], chances.absorption[1],
               next_gain, successes);
        join(firms.size, successes, learning_next);
        raise_some(firms, terms.next, p, learning_next, next_gain);
    }
    clear(gain, firms.size);
    search(firms, terms.current, p, draws, size, chances.innovation[0], chances.absorption[0], gain,
           successes);
    raise_all(firms, terms, p, gain);
    if (terms.drift != 0.0) {
        drift_elsewhere(firms, terms);
    }
}

// Functions to point at: the formulas themselves are always inlined.
double success_probability_of(double hazard, double ceiling)
{
    return success_probability(hazard, ceiling);
}
double innovation_gain_of(double draw, double step_low, double step_width, double step_shape)
{
    return innovation_gain(draw, step_low, step_width, step_shape);
}
double absorption_gain_of(double gap, double strength, double range)
{
    return absorption_gain(gap, strength, range);
}

}  // namespace

LearningFormulas learning_formulas()
{
    return {success_probability_of, innovation_gain_of, absorption_gain_of};
}

decltype(FirmKernels::learn) learn_kernel()
{
    return learn;
}

decltype(FirmKernels::size_effects) size_effects_kernel()
{
    return size_effects;
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
