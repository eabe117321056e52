#pragma once

#include "agents/policy/instruments.hpp"

#include <array>
#include <span>
#include <string_view>

namespace latecomer {

/// A named mix of instruments: one of the four pathways of Foster and Azmeh (2023), none or all.
struct Pathway {
    std::string_view key;
    std::string_view number;  ///< in the brief: "i" to "iv"; empty for none and all
    std::string_view title;
    std::string_view doc;
    std::string_view countries;  ///< that the brief names under it
    /// Requested intensity by stage and column of Table 1.
    std::array<std::array<double, orientations>, stages> intensity;
};

std::span<const Pathway> pathways();

/// The pathway of that name; null if there is none.
const Pathway* find_pathway(std::string_view key);

/// Its requested intensities, equal in all sectors.
PolicyMix mix_of(const Pathway& pathway, std::size_t sectors);

}  // namespace latecomer
