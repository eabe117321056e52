#pragma once

#include "agents/world/world.hpp"
#include "core/text.hpp"

namespace latecomer {

inline constexpr std::array<std::string_view, 7> event_names{
    "policy", "window", "presence", "retaliation", "upgrade", "parameters", "leaver"};

/// Adds a line to the chronicle of the quarter.
void report(World& world, EventKind kind, std::string_view who, std::string_view where,
            double value, std::string label);

/// Name of a lead firm in files: its home and its number.
std::string name_of(const World& world, LeadId l);

}  // namespace latecomer
