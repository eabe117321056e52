#pragma once

#include "agents/world/block.hpp"
#include "core/elementary.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <optional>

namespace latecomer {

/// What all firms of a pool have in common when they learn at one stage (eq. 4-8).
struct StageTerms {
    std::size_t stage = 0;
    bool gated = false;              ///< whether the gate needs upstream access at all
    double access = 0.0;             ///< best upstream access that is not the firm's own
    double upstream_frontier = 1.0;  ///< frontier of the stage before
    double gate_half_power = 0.0;    ///< learning.gate_half to the power of the steepness
    double innovation_hazard = 0.0;  ///< of a firm of mean revenue
    double absorption_hazard = 0.0;
    double frontier = 0.0;
    double best = 0.0;      ///< best domestic firm; 0: none
    double strength = 0.0;  ///< part of a small gap that absorption closes
    double range = 1.0;     ///< gap in ln at which absorption gains most
};

/// The same over the one or two stages at which the pool learns (agents/firms/README.md, "Learning").
struct LearningTerms {
    StageTerms current;
    std::optional<StageTerms> next;
    double mean_revenue = 0.0;  ///< at the position; 0: every firm counts as mean
    double wright = 0.0;        ///< learning weight of the position times Wright's exponent
};

LearningTerms learning_terms(const World& world, CountryId c, PositionId p);

/// Scratch of learning; competition uses the relative size again (eq. 13).
struct LearningScratch {
    BlockValues log_size;  ///< ln of revenue over mean revenue; -infinite at zero revenue
    BlockValues effort;
    BlockValues gate[2];
    BlockValues gain[2];
    BlockValues innovation_chance[2];
    BlockValues absorption_chance[2];
};

/// Firms learn by doing, search and absorb: capability and experience of the new quarter (eq. 4-9).
void learn(World& world, const Block& block, const LearningTerms& terms, LearningScratch& scratch);

/// The probability of a success at the given hazard (eq. 7, 8).
[[gnu::always_inline]] inline double success_probability(double hazard, double ceiling)
{
    return std::min(ceiling, 1.0 - elementary::exp(-hazard));
}

/// What a successful innovation with the given uniform draw adds to ln capability (eq. 7).
[[gnu::always_inline]] inline double innovation_gain(double draw, const LearningParameters& p)
{
    const double step = p.step_low + (p.step_high - p.step_low) * beta_one(draw, p.step_shape);
    return elementary::log(1.0 + std::max(0.0, step));
}

/// What absorbing across a gap adds to ln capability: min(gap, strength gap exp(-gap/range)) (eq. 8).
[[gnu::always_inline]] inline double absorption_gain(double gap, double strength, double range)
{
    return std::min(gap, strength * gap * elementary::exp(-gap / range));
}

}  // namespace latecomer
