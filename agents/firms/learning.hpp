#pragma once

#include "agents/kernels/firm_kernels.hpp"
#include "agents/world/block.hpp"

namespace latecomer {

/// Size of a firm relative to the mean of its pool, at PRL to the mean of the world, per unit of its stored
/// domestic share (eq. 6).
double size_per_share(const World& world, CountryId c, PositionId p);

LearningTerms learning_terms(const World& world, CountryId c, PositionId p);

/// Firms learn by doing, search and absorb: capability and experience of the new quarter (eq. 4-9).  `size` gets
/// what their sizes mean, for competition, too.
void learn(World& world, const Block& block, const LearningTerms& terms, SizeEffects& size);

/// The probability of a success at the given hazard (eq. 7, 8).
double success_probability(double hazard, double ceiling);

/// What a successful innovation with the given uniform draw adds to ln capability (eq. 7).
double innovation_gain(double draw, const LearningParameters& p);

/// What absorbing across a gap adds to ln capability: min(gap, strength gap exp(-gap/range)) (eq. 8).
double absorption_gain(double gap, double strength, double range);

}  // namespace latecomer
