#include "jobs/command_line/option_values.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace latecomer::jobs {

std::vector<std::string> checkpoint_settings(const std::string& word)
{
    const std::size_t digits = std::min(word.find_first_not_of("0123456789."), word.size());
    const std::string number = word.substr(0, digits);
    const std::string unit = word.substr(digits);
    if (word == "auto") {
        return {"output.checkpoint_rule=auto"};
    }
    if (word == "0" || word == "none") {
        return {"output.checkpoint_rule=none"};
    }
    if (!number.empty() && unit == "min") {
        return {"output.checkpoint_rule=minutes", "output.checkpoint_minutes=" + number};
    }
    if (number.empty() || !unit.empty()) {
        throw InputError(text("bad value '", word,
                              "' for --checkpoint-every (must be a number of "
                              "quarters, of minutes as in 30min, 'auto' or 'none'); see 'latecomer "
                              "run --help'"));
    }
    return {"output.checkpoint_rule=quarters", "output.checkpoint_every=" + number};
}

StaticPart static_part(const std::string& word)
{
    StaticPart part;
    const std::size_t slash = word.find('/');
    const char* const end = word.data() + word.size();
    if (slash != std::string::npos) {
        const auto first = std::from_chars(word.data(), word.data() + slash, part.part);
        const auto second = std::from_chars(word.data() + slash + 1, end, part.parts);
        if (first.ec == std::errc{} && first.ptr == word.data() + slash &&
            second.ec == std::errc{} && second.ptr == end && part.part >= 1 &&
            part.part <= part.parts) {
            return part;
        }
    }
    throw InputError(text("bad value '", word,
                          "' for --static (must be I/N with 1 <= I <= N); see 'latecomer study "
                          "--help'"));
}

std::vector<std::string> keys_between_commas(const std::string& word, const std::string& option)
{
    std::vector<std::string> keys(1);
    for (const char letter : word) {
        if (letter == ',') {
            keys.emplace_back();
        } else {
            keys.back() += letter;
        }
    }
    if (std::ranges::any_of(keys, &std::string::empty)) {
        throw InputError(text("bad value '", word, "' for --", option,
                              " (must be keys of economies between commas, such as IND,CHN)"));
    }
    return keys;
}

}  // namespace latecomer::jobs
