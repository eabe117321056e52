#pragma once

#include "agents/economy/policy_terms.hpp"
#include "agents/economy/positions.hpp"
#include "agents/economy/stages.hpp"
#include "core/column.hpp"
#include "core/declarations.hpp"

#include <optional>
#include <tuple>

namespace latecomer {

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

    // Adaptive governments only: what they saw of every economy when the phase began, by the weights of their goals.
    Column<CountryId, ByStage<double>> seen_at_stages;
    Column<CountryId, double> seen_in_common;  ///< goals whose indicator is the same at all stages

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
        Shared{"government.seen_at_stages", &Government::seen_at_stages},
        Shared{"government.seen_in_common", &Government::seen_in_common},
    };
};
static_assert(fully_declared<Government>);

}  // namespace latecomer
