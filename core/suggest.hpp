#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace latecomer {

/// The number of single-letter insertions, deletions, changes and swaps of neighbours that turn
/// one word into the other (optimal string alignment).
std::size_t edit_distance(std::string_view from, std::string_view to);

/// The known word that is nearest to `word`, or an empty string if none is near.  Capital letters are
/// near to small ones; of equals, words that begin with `word` come first.
std::string nearest(std::string_view word, std::span<const std::string> known);

/// " Did you mean 'x'?", or an empty string if no known word is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> known);

}  // namespace latecomer
