#pragma once

#include "core/kernels/elementary.hpp"
#include "core/kernels/limits.hpp"
#include "core/kernels/random.hpp"
#include "core/parameters_firms.hpp"

/// Formulas of learning, for one firm.
namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {

/// The probability of a success at the given hazard (eq. 7, 8).
[[gnu::always_inline]] inline double success_probability(double hazard, double ceiling)
{
    return smaller(ceiling, 1.0 - exp(-hazard));
}

/// What a successful innovation with the given uniform draw adds to ln capability (eq. 7).
[[gnu::always_inline]] inline double innovation_gain(double draw, double step_low,
                                                     double step_width, double step_shape)
{
    return log(1.0 + larger(0.0, multiply_add(step_width, beta_one(draw, step_shape), step_low)));
}

/// What absorbing across a gap adds to ln capability: min(gap, strength gap exp(-gap/range)) (eq. 8).
[[gnu::always_inline]] inline double absorption_gain(double gap, double strength, double range)
{
    return smaller(gap, strength * gap * exp(-gap / range));
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
