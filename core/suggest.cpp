#include "core/suggest.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace latecomer {

std::size_t edit_distance(std::string_view from, std::string_view to)
{
    // Three rows of the table of distances between prefixes: two back, one back, current.
    std::vector<std::size_t> before(to.size() + 1), last(to.size() + 1), now(to.size() + 1);
    for (std::size_t j = 0; j <= to.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= from.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t change = from[i - 1] == to[j - 1] ? 0 : 1;
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + change});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
                now[j] = std::min(now[j], before[j - 2] + 1);
            }
        }
        before.swap(last);
        last.swap(now);
    }
    return last[to.size()];
}

std::string nearest(std::string_view word, std::span<const std::string> known)
{
    const std::size_t tolerance = std::max<std::size_t>(1, word.size() / 3);
    std::size_t best = tolerance + 1;
    std::string result;
    for (const std::string& candidate : known) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best) {
            best = distance;
            result = candidate;
        }
    }
    return result;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> known)
{
    const std::string guess = nearest(word, known);
    return guess.empty() ? std::string{} : text(" Did you mean '", guess, "'?");
}

}  // namespace latecomer
