#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace latecomer {

/// The stages of the data value chain, in the order in which value is added.
enum class Stage : std::uint8_t { collection, storage, analytics, applications };

inline constexpr std::size_t stages = 4;
inline constexpr std::array<std::string_view, stages> stage_names{"collection", "storage",
                                                                  "analytics", "applications"};

/// One value per stage of the data value chain.
template <class T>
using ByStage = std::array<T, stages>;

constexpr std::size_t at(Stage stage)
{
    return static_cast<std::size_t>(stage);
}

}  // namespace latecomer
