#include "core/suggest.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <compare>

namespace latecomer {
namespace {

std::string in_small_letters(std::string_view word)
{
    std::string small{word};
    for (char& letter : small) {
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    return small;
}

/// How near a known word is, what matters most first: small is near.
struct Nearness {
    std::size_t distance = 0;   ///< of the words in small letters
    bool is_no_start = false;   ///< whether the known word does not begin with the other
    std::size_t with_case = 0;  ///< distance where "a" is not "A"

    auto operator<=>(const Nearness&) const = default;
};

}  // namespace

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
    // A change of one or two letters makes any other word of them: only what goes on with them is near.
    constexpr std::size_t fewest = 3;
    const std::string given = in_small_letters(word);
    const std::size_t tolerance = std::max<std::size_t>(1, word.size() / 3);
    Nearness best{tolerance + 1, false, 0};
    std::string result;
    for (const std::string& candidate : known) {
        const std::string other = in_small_letters(candidate);
        const Nearness nearness{edit_distance(given, other), !other.starts_with(given),
                                edit_distance(word, candidate)};
        const bool says_enough = given.size() >= fewest || other.starts_with(given);
        if (says_enough && nearness < best) {
            best = nearness;
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
