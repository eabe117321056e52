#pragma once

#include "core/column.hpp"
#include "core/ids.hpp"

#include <array>
#include <cstdint>
#include <string_view>

/// The words in which policy is spoken of: what there is to choose from, not what it does.
namespace latecomer {

/// Intensities by instrument and application sector; what is not sectoral has one value in all.
using PolicyMix = Table<InstrumentId, SectorId, double>;

/// Column of Table 1 of Foster and Azmeh (2023).
enum class Orientation : std::uint8_t { skills, local, external, demand };
inline constexpr std::size_t orientations = 4;
inline constexpr std::array<std::string_view, orientations> orientation_names{
    "skills and technology", "local content and production", "external actors",
    "facilitating demand"};
inline constexpr std::array<std::string_view, orientations> orientation_keys{"skills", "local",
                                                                             "external", "demand"};

/// What a government wants, weighed against each other (Figure 2 of the brief).
enum class Goal : std::uint8_t { growth, bargaining, diffusion, linkages, sovereignty };
inline constexpr std::size_t goals = 5;
inline constexpr std::array<std::string_view, goals> goal_keys{"growth", "bargaining", "diffusion",
                                                               "linkages", "sovereignty"};
inline constexpr std::array<std::string_view, goals> goal_docs{
    "growth of domestic firms' revenue", "bargaining: smaller share of lead firms",
    "diffusion: adoption of digital applications", "linkages: exports over revenue",
    "sovereignty and privacy: share of data kept or localised"};

}  // namespace latecomer
