#pragma once

#include "agents/world/shared_state.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace latecomer::io {

/// The parts without their words, a line each: what a checkpoint says of its dataset "shared".
std::string layout_text(const std::vector<StatePart>& parts);

/// The parts that such a text describes, filled from the words.
/// @param why what does not fit, if something does not
std::vector<StatePart> parts_of(std::string_view layout, const std::vector<std::uint64_t>& words,
                                std::string& why);

/// Columns of firms in a checkpoint besides identity and pool.
std::size_t column_count();

}  // namespace latecomer::io
