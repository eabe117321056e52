#include "jobs/command_line/given.hpp"

#include "core/errors.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"

#include <boost/program_options.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <system_error>

namespace latecomer::jobs {
namespace {

namespace po = boost::program_options;

/// The options of a command as the parsing library wants them.
po::options_description description_of(const CommandRow& command)
{
    po::options_description description;
    for (const OptionRow& row : command.options) {
        const std::string key =
            row.letter == '\0' ? std::string{row.key} : text(row.key, ',', row.letter);
        if (row.takes == Takes::nothing) {
            description.add_options()(key.c_str(), "");
        } else if (row.takes == Takes::one_value) {
            description.add_options()(key.c_str(), po::value<std::string>(), "");
        } else {
            description.add_options()(key.c_str(), po::value<std::vector<std::string>>(), "");
        }
    }
    return description;
}

/// Cuts the arguments into options and words; what it does not know it keeps and marks.
po::parsed_options cut(std::span<const std::string> arguments,
                       const po::options_description& description)
{
    using namespace po::command_line_style;
    return po::command_line_parser{{arguments.begin(), arguments.end()}}
        .options(description)
        .style(unix_style & ~allow_guessing)
        .allow_unregistered()
        .run();
}

void refuse_unknown_options(const po::parsed_options& all, const CommandRow& command)
{
    std::vector<std::string> known;
    for (const OptionRow& row : command.options) {
        known.push_back(text("--", row.key));
    }
    for (const auto& option : all.options) {
        if (option.unregistered) {
            const std::string& token = option.original_tokens.front();
            refuse("option", token.substr(0, token.find('=')), known);
        }
    }
}

struct OperandCount {
    std::size_t least = 0;
    std::size_t most = 0;
};

/// How many words "RUN RUN" or "ACTION STUDY.toml [...]" stands for.
OperandCount operand_count(std::string_view operand)
{
    const auto spaces = static_cast<std::size_t>(std::ranges::count(operand, ' '));
    const std::size_t all = operand.empty() ? 0 : 1 + spaces;
    return operand.ends_with("...]")
               ? OperandCount{all - 1, std::numeric_limits<std::size_t>::max()}
               : OperandCount{all, all};
}

/// The words that belong to no option.
std::vector<std::string> words_among(const po::parsed_options& all)
{
    std::vector<std::string> words;
    for (const auto& option : all.options) {
        if (option.string_key.empty()) {
            words.insert(words.end(), option.value.begin(), option.value.end());
        }
    }
    return words;
}

/// The command's operands, as many as it takes.
std::vector<std::string> operands_among(const po::parsed_options& all, const CommandRow& command)
{
    std::vector<std::string> words = words_among(all);
    const OperandCount wanted = operand_count(command.operand);
    const bool has_empty = std::ranges::find(words, std::string{}) != words.end();
    const char* several = wanted.least == 1 ? "an argument " : "arguments ";
    if (words.size() < wanted.least || has_empty) {
        throw InputError(text("'latecomer ", command.key, "' needs ", several, command.operand,
                              see_help(command)));
    }
    if (words.size() > wanted.most) {
        throw InputError(text("unexpected argument '", words[wanted.most], "' ('latecomer ",
                              command.key, "' takes ", wanted.most == 1 ? "one " : "",
                              wanted.most == 0 ? "none" : command.operand, ')', see_help(command)));
    }
    return words;
}

}  // namespace

std::optional<std::int64_t> Given::whole_number(const char* option) const
{
    if (!has(option)) {
        return std::nullopt;
    }
    const std::string digits = text_of(option);
    const char* const end = digits.data() + digits.size();
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc{} || stop != end) {
        throw InputError(text("bad value '", digits, "' for --", option,
                              " (must be a whole number); see 'latecomer run --help'"));
    }
    return number;
}

std::optional<double> Given::duration(const char* option) const
{
    if (!has(option)) {
        return std::nullopt;
    }
    const std::string word = text_of(option);
    // As Slurm tells it: [days-]hours:minutes:seconds, or minutes:seconds.
    std::array<std::int64_t, 4> fields{};  // days, hours, minutes, seconds
    std::size_t place = 4;
    std::string_view rest{word};
    bool good = !rest.empty();
    while (good && place > 0) {
        const std::size_t cut = rest.find_last_of(":-");
        const std::string_view digits = cut == std::string_view::npos ? rest : rest.substr(cut + 1);
        const auto [stop, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), fields[--place]);
        good = !digits.empty() && error == std::errc{} && stop == digits.data() + digits.size();
        if (cut == std::string_view::npos) {
            rest = {};
            break;
        }
        good = good && (rest[cut] == '-') == (place == 1);
        rest = rest.substr(0, cut);
    }
    if (!good || !rest.empty() || place > 2) {
        throw InputError(text("bad value '", word, "' for --", option,
                              " (must be HH:MM:SS); see 'latecomer run --help'"));
    }
    return static_cast<double>(((fields[0] * 24 + fields[1]) * 60 + fields[2]) * 60 + fields[3]);
}

std::string see_help(const CommandRow& command)
{
    return text("; see 'latecomer ", command.key, " --help'");
}

void refuse(std::string_view what, std::string_view word, const std::vector<std::string>& known)
{
    std::string remedy = did_you_mean(word, known);
    if (remedy.empty()) {
        for (const std::string& one : known) {
            remedy += (remedy.empty() ? " Use one of: " : ", ") + one;
        }
    }
    throw InputError(text("unknown ", what, " '", word, "'.", remedy));
}

Given given(std::span<const std::string> arguments, const CommandRow& command)
{
    Given result;
    const po::options_description description = description_of(command);
    try {
        const po::parsed_options all = cut(arguments, description);
        refuse_unknown_options(all, command);
        po::variables_map values;
        po::store(all, values);
        for (const auto& [key, value] : values) {
            const auto* const several = boost::any_cast<std::vector<std::string>>(&value.value());
            result.options[key] =
                several != nullptr ? *several : std::vector{value.as<std::string>()};
        }
        result.operands = result.has("help") ? words_among(all) : operands_among(all, command);
    } catch (const po::error& error) {  // they become ours here, and nowhere else
        throw InputError(text("bad arguments (", error.what(), ')', see_help(command)));
    }
    return result;
}

ProgressStyle progress_style(const Given& given)
{
    if (!given.has("progress")) {
        return ProgressStyle::automatic;
    }
    const std::string word = given.text_of("progress");
    const std::vector<std::string> words{"auto", "bar", "plain", "json", "none"};
    const auto found = std::ranges::find(words, word);
    if (found == words.end()) {
        refuse("style of --progress", word, words);
    }
    return static_cast<ProgressStyle>(found - words.begin());
}

}  // namespace latecomer::jobs
