#pragma once

#include "agents/economy/positions.hpp"
#include "core/declarations.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace latecomer {

/// An opening for newcomers: a technology that old capability helps little with (eq. 19).
struct TechnologyWindow {
    std::string label;
    Stage stage = Stage::storage;
    std::int64_t quarter = 0;
    double gain = 0.0;             ///< psi, of ln capability
    double lock_in = 0.0;          ///< phi
    double perception_loss = 0.0;  ///< lam
    double base = 0.0;             ///< kb, relative to the frontier at the event
};
inline constexpr std::size_t most_windows = 32;  ///< bits of a firm's set of windows

/// What is known of the technology windows of a run, in their order in the scenario (eq. 19).
struct Technology {
    std::vector<double>
        base;  ///< capability with the new technology to begin with, once it is open
    std::vector<double>
        old_shares;  ///< share of revenue with the old technology, by (country, window)

    static constexpr auto table = std::tuple{
        Shared{"window.base", &Technology::base, {"window"}},
        Shared{"window.old_share", &Technology::old_shares, {"country", "window"}},
    };
};
static_assert(fully_declared<Technology>);

}  // namespace latecomer
