#pragma once

#include "agents/policy/instruments.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a scenario lets governments do, and when technology changes.
namespace latecomer {

/// What a government wants, weighed against each other (Figure 2 of the brief).
enum class Goal : std::uint8_t { growth, bargaining, diffusion, linkages, sovereignty };
inline constexpr std::size_t goals = 5;
inline constexpr std::array<std::string_view, goals> goal_keys{"growth", "bargaining", "diffusion",
                                                               "linkages", "sovereignty"};
inline constexpr std::array<std::string_view, goals> goal_docs{
    "growth of domestic firms' revenue", "bargaining: smaller share of lead firms",
    "diffusion: adoption of digital applications", "linkages: exports over revenue",
    "sovereignty and privacy: share of data kept or localised"};

enum class PolicyMode : std::uint8_t { fixed, adaptive };
inline constexpr std::array<std::string_view, 2> policy_mode_names{"fixed", "adaptive"};

/// A stretch of quarters with one requested mix.
struct PolicyPhase {
    std::int64_t from = 0;             ///< first quarter
    std::int64_t to = 4000;            ///< quarter from which it no longer holds
    std::int64_t ramp_quarters = 8;    ///< quarters over which intensities move there
    std::string pathway = "none";      ///< label for people: pathway or "mix"
    PolicyMix request;                 ///< by instrument and sector
    std::optional<double> cost_share;  ///< equal cost: planned spending, share of demand
    bool operator==(const PolicyPhase&) const = default;
};

/// What the government of one country does over a run.
struct PolicyPlan {
    std::string country;  ///< key
    PolicyMode mode = PolicyMode::fixed;
    std::array<double, goals> goal_weights{1.0, 1.0, 1.0, 1.0, 1.0};
    std::array<double, orientations> orientation_weights{1.0, 1.0, 1.0, 1.0};
    std::vector<PolicyPhase> phases;  ///< in order of quarters, without overlap
    bool operator==(const PolicyPlan&) const = default;
};

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

}  // namespace latecomer
