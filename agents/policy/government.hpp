#pragma once

#include "agents/policy/instruments.hpp"

namespace latecomer {

/// Moves a mix from the target that it is to where requests are on their way there from the origin,
/// `elapsed` quarters after they set out.
void ramp(PolicyMix& mix, const PolicyMix& origin, std::int64_t elapsed,
          std::int64_t ramp_quarters);

/// Moves a tenth of all requested intensity from the stage with the lowest score to the one with the
/// highest (ties: the lower stage), where it is dealt out by the weights of orientations; cells stay
/// at most 1, and what finds no room is not taken (agents/governments/README.md).
PolicyMix shifted(const PolicyMix& target, const std::array<double, stages>& score,
                  const std::array<double, orientations>& orientation_weights,
                  const std::vector<Sector>& sectors);

/// In the same way from some instruments to others.
PolicyMix moved(const PolicyMix& target, const std::vector<InstrumentId>& from,
                const std::vector<InstrumentId>& to,
                const std::array<double, orientations>& orientation_weights,
                const std::vector<Sector>& sectors);

/// Instruments that have a lever on a goal whose indicator is the same at all stages: adoption on diffusion, what must
/// stay of data on sovereignty; of all goals with a weight.
std::vector<InstrumentId> instruments_for(const std::array<double, goals>& weights);

}  // namespace latecomer
