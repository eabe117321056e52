#pragma once

#include "core/declarations.hpp"

#include <cstdint>
#include <tuple>
#include <vector>

namespace latecomer {

/// What outcomes (agents/observation/outcomes.hpp) remember of a run; empty before the first quarter.
struct OutcomesMemory {
    struct Start {
        std::vector<double> gap;
        std::vector<double> units;
        std::vector<std::int64_t> leader;  ///< by position

        static constexpr auto table = std::tuple{
            Shared{"outcome.start_gap", &Start::gap, {"country"}},
            Shared{"outcome.start_units", &Start::units, {"country"}},
            Shared{"outcome.start_leader", &Start::leader, {"position"}},
        };
    };
    Start start;
    std::vector<double> public_cost;
    std::vector<double> asked;            ///< cost of all that was requested
    std::vector<double> demand;           ///< of all quarters, of which planned costs are a share
    std::vector<std::int64_t> moves_up;   ///< firms that climbed
    std::vector<std::int64_t> held;       ///< quarters in a row with half of the gap closed
    std::vector<double> caught_up_after;  ///< NaN: not yet
    std::uint32_t first_quarter = 0;

    static constexpr auto table = std::tuple{
        Group{&OutcomesMemory::start, Start::table},
        Shared{"outcome.public_cost", &OutcomesMemory::public_cost, {"country"}},
        Shared{"outcome.asked", &OutcomesMemory::asked, {"country"}},
        Shared{"outcome.demand", &OutcomesMemory::demand, {"country"}},
        Shared{"outcome.moves_up", &OutcomesMemory::moves_up, {"country"}},
        Shared{"outcome.held", &OutcomesMemory::held, {"country"}},
        Shared{"outcome.caught_up_after", &OutcomesMemory::caught_up_after, {"country"}},
        Shared{"outcome.first_quarter", &OutcomesMemory::first_quarter},
    };
};
static_assert(fully_declared<OutcomesMemory::Start> && fully_declared<OutcomesMemory>);

}  // namespace latecomer
