#pragma once

#include "agents/policy/plan.hpp"
#include "core/declarations.hpp"

#include <tuple>

namespace latecomer {

/// One value per stage and goal.
using StageIndicators = std::array<std::array<double, goals>, stages>;

/// What a country's government requests, gets and spends; part of the state.
struct Government {
    std::optional<std::size_t> plan;   ///< in Scenario::policies; none: no policy ever
    std::optional<std::size_t> phase;  ///< of the plan, now; none: nothing is requested
    std::int64_t since = 0;            ///< quarter in which requests began to move to the target
    PolicyMix target;                  ///< at the end of the ramp
    PolicyMix origin;                  ///< at its start
    PolicyMix requested;               ///< P of the quarter
    PolicyMix effective;               ///< I of the quarter (eq. 22)

    // Of the quarter just ended.
    Table<InstrumentId, SectorId, double> spending;  ///< numeraire
    double required = 0.0;                           ///< eq. 20
    double available = 0.0;                          ///< eq. 21
    double cost_shortfall = 0.0;                     ///< of an equal-cost plan, numeraire

    // Adaptive governments only: what they saw at their last review.
    StageIndicators indicators{};
    std::array<double, stages> spent{};  ///< since then, by stage

    static constexpr auto table = std::tuple{
        NotShared{&Government::plan, Role::fixed},
        Shared{"government.phase", &Government::phase},
        Shared{"government.since", &Government::since},
        Shared{"government.target", &Government::target},
        Shared{"government.origin", &Government::origin},
        Shared{"government.requested", &Government::requested},
        Shared{"government.effective", &Government::effective},
        Shared{"government.spending", &Government::spending},
        Shared{"government.required", &Government::required},
        Shared{"government.available", &Government::available},
        Shared{"government.cost_shortfall", &Government::cost_shortfall},
        Shared{"government.indicators", &Government::indicators},
        Shared{"government.spent", &Government::spent},
    };
};
static_assert(fully_declared<Government>);

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

}  // namespace latecomer
