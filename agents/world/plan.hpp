#pragma once

#include "agents/economy/policy_terms.hpp"
#include "agents/economy/stages.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a scenario lets governments do.
namespace latecomer {

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
    /// Whose money comes first, as ranks of equals; all that no rank names comes last, alike.
    std::vector<std::vector<InstrumentId>> priority;
    std::array<double, stages> tariff{};  ///< on foreign sales at each stage
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

}  // namespace latecomer
