#include "jobs/options.hpp"

#include "core/errors.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/manual.hpp"
#include "jobs/grammar.hpp"
#include "jobs/option_values.hpp"
#include "jobs/shell_words.hpp"

#include <boost/program_options.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

namespace latecomer::jobs {
namespace {

namespace po = boost::program_options;

/// What a command was given.
struct Given {
    std::vector<std::string> operands;
    po::variables_map options;

    const std::string& operand() const { return operands.front(); }

    bool has(const char* option) const { return options.count(option) > 0; }
    std::string text_of(const char* option) const { return options[option].as<std::string>(); }
    std::optional<std::int64_t> whole_number(const char* option) const;
    std::optional<double> duration(const char* option) const;  ///< seconds
};

std::string see_help(const CommandRow& command)
{
    return text("; see 'latecomer ", command.key, " --help'");
}

/// A word that is none of the known ones: names the nearest, or all of them.
[[noreturn]] void refuse(std::string_view what, std::string_view word,
                         const std::vector<std::string>& known)
{
    std::string remedy = did_you_mean(word, known);
    if (remedy.empty()) {
        for (const std::string& one : known) {
            remedy += (remedy.empty() ? " Use one of: " : ", ") + one;
        }
    }
    throw InputError(text("unknown ", what, " '", word, "'.", remedy));
}

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

/// The options of a command as the parsing library wants them.
po::options_description description_of(const CommandRow& command)
{
    po::options_description description;
    for (const OptionRow& row : command.options) {
        const std::string key = row.key == "help" ? "help,h" : std::string{row.key};
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

/// The command's operands: the words that belong to no option.
std::vector<std::string> operands_among(const po::parsed_options& all, const CommandRow& command)
{
    std::vector<std::string> words;
    for (const auto& option : all.options) {
        if (option.string_key.empty()) {
            words.insert(words.end(), option.value.begin(), option.value.end());
        }
    }
    const auto spaces = static_cast<std::size_t>(std::ranges::count(command.operand, ' '));
    const std::size_t wanted = command.operand.empty() ? 0 : 1 + spaces;
    const bool has_empty = std::ranges::find(words, std::string{}) != words.end();
    const char* several = wanted == 1 ? "an argument " : "arguments ";
    if (words.size() < wanted || has_empty) {
        throw InputError(text("'latecomer ", command.key, "' needs ", several, command.operand,
                              see_help(command)));
    }
    if (words.size() > wanted) {
        throw InputError(text("unexpected argument '", words[wanted], "' ('latecomer ", command.key,
                              "' takes ", wanted == 1 ? "one " : "",
                              wanted == 0 ? "none" : command.operand, ')', see_help(command)));
    }
    return words;
}

/// Reads the arguments of a command.
///
/// The parsing library throws errors of its own kind: they become ours here, and nowhere else.
Given given(std::span<const std::string> arguments, const CommandRow& command)
{
    Given result;
    const po::options_description description = description_of(command);
    try {
        const po::parsed_options all = cut(arguments, description);
        refuse_unknown_options(all, command);
        po::store(all, result.options);
        if (!result.has("help")) {
            result.operands = operands_among(all, command);
        }
    } catch (const po::error& error) {
        throw InputError(text("bad arguments (", error.what(), ')', see_help(command)));
    }
    return result;
}

ProgressStyle progress_style(const std::string& word)
{
    const std::vector<std::string> words{"auto", "bar", "plain", "json", "none"};
    const auto found = std::ranges::find(words, word);
    if (found == words.end()) {
        refuse("style of --progress", word, words);
    }
    return static_cast<ProgressStyle>(found - words.begin());
}

RunOptions run_options(const Given& given)
{
    RunOptions options;
    options.scenario = given.operand();
    if (given.has("out")) {
        options.out = given.text_of("out");
    }
    if (given.has("set")) {
        options.settings = given.options["set"].as<std::vector<std::string>>();
    }
    if (given.has("pathway")) {
        options.pathways = given.options["pathway"].as<std::vector<std::string>>();
    }
    if (const auto interval = given.whole_number("snapshot-every")) {
        options.settings.push_back(text("output.snapshot_every=", *interval));
    }
    if (given.has("checkpoint-every")) {
        for (std::string& setting : checkpoint_settings(given.text_of("checkpoint-every"))) {
            options.settings.push_back(std::move(setting));
        }
    }
    options.seed = given.whole_number("seed");
    options.replicate = given.whole_number("replicate");
    options.quarters = given.whole_number("quarters");
    options.threads = given.whole_number("threads");
    if (given.has("progress")) {
        options.progress = progress_style(given.text_of("progress"));
    }
    options.time_left = given.duration("time-left");
    options.overwrite = given.has("overwrite");
    options.resume = given.has("resume");
    if (options.overwrite && options.resume) {
        throw InputError("--resume and --overwrite contradict each other; give one of them");
    }
    options.dry_run = given.has("dry-run");
    return options;
}

BranchOptions branch_options(const Given& given)
{
    BranchOptions options;
    options.run = given.operand();
    const auto at = given.whole_number("at");
    if (!at || !given.has("out")) {
        throw InputError("'latecomer branch' needs --at QUARTER and --out DIR; see 'latecomer "
                         "branch --help'");
    }
    const RunOptions like_run = run_options(given);
    options.at = *at;
    options.out = like_run.out;
    options.settings = like_run.settings;
    options.pathways = like_run.pathways;
    options.quarters = like_run.quarters;
    options.threads = like_run.threads;
    options.time_left = like_run.time_left;
    options.progress = like_run.progress;
    options.overwrite = like_run.overwrite;
    return options;
}

DescribeOptions describe_options(const Given& given)
{
    DescribeOptions options{.topic = given.operand()};
    if (given.has("format")) {
        options.format = given.text_of("format");
    }
    return options;
}

BenchOptions bench_options(const Given& given)
{
    BenchOptions options{given.whole_number("firms"), given.whole_number("threads"),
                         given.has("quick"), given.has("json")};
    constexpr std::int64_t most = std::int64_t{1} << 31;
    if (options.firms && (*options.firms < 1 || *options.firms > most)) {
        throw InputError(text("bad value '", *options.firms,
                              "' for --firms (must be 1 to 2147483648); see 'latecomer bench "
                              "--help'"));
    }
    return options;
}

std::int64_t positive_number(const Given& given, const char* option, std::int64_t otherwise)
{
    const std::int64_t number = given.whole_number(option).value_or(otherwise);
    constexpr std::int64_t most = 1000000;
    if (given.has(option) && (number < 1 || number > most)) {
        throw InputError(text("bad value '", number, "' for --", option,
                              " (must be 1 to 1000000); see 'latecomer study --help'"));
    }
    return number;
}

submit::Request submit_request(const Given& given)
{
    if (!given.has("site")) {
        throw InputError(
            "'latecomer study submit' needs --site SITE; see 'latecomer study --help'");
    }
    submit::Request request;
    request.site = given.text_of("site");
    request.name = given.has("name") ? given.text_of("name") : std::string{};
    request.nodes = positive_number(given, "nodes", 1);
    request.chain = positive_number(given, "chain", 0);
    request.array = positive_number(given, "array", 0);
    if (request.chain > 0 && request.array > 0) {
        throw InputError("--chain and --array contradict each other; give one of them");
    }
    request.seconds = given.duration("time");
    request.threads = given.whole_number("threads");
    request.dry_run = given.has("dry-run");
    return request;
}

StudyOptions study_options(const Given& given)
{
    StudyOptions options;
    options.action = given.operands[0];
    options.spec = given.operands[1];
    const std::vector<std::string> actions{"plan", "submit", "run", "status", "merge"};
    if (std::ranges::find(actions, options.action) == actions.end()) {
        refuse("action", options.action, actions);
    }
    if (given.has("out")) {
        options.out = given.text_of("out");
    }
    if (given.has("static")) {
        const StaticPart part = static_part(given.text_of("static"));
        options.part = part.part;
        options.parts = part.parts;
    }
    if (given.has("why")) {
        options.why = given.text_of("why");
    }
    options.left = given.has("left");
    if (options.action == "submit") {
        options.submit = submit_request(given);
    }
    options.time_left = given.duration("time-left");
    options.threads = given.whole_number("threads");
    return options;
}

/// The arguments as a shell would take them again.
std::string command_line_of(std::span<const std::string> arguments)
{
    return text("latecomer ", shell_words(arguments));
}

const CommandRow& command_named(const std::string& word)
{
    std::vector<std::string> known;
    for (const CommandRow& command : commands()) {
        if (command.key == word) {
            return command;
        }
        known.emplace_back(command.key);
    }
    if (word.starts_with('-')) {
        refuse("option", word, {"--help", "--version"});
    }
    refuse("command", word, known);
}

}  // namespace

Command read_command_line(std::span<const std::string> arguments)
{
    if (arguments.empty()) {
        throw InputError("no command given; see 'latecomer --help'");
    }
    if (arguments.front() == "--help" || arguments.front() == "-h") {
        return HelpOptions{help_of_program()};
    }
    if (arguments.front() == "--version") {
        return VersionOptions{};
    }
    const CommandRow& command = command_named(arguments.front());
    const Given options = given(arguments.subspan(1), command);
    if (options.has("help")) {
        return HelpOptions{help_of(command)};
    }
    if (command.key == "check") {
        return CheckOptions{options.operand()};
    }
    if (command.key == "describe") {
        return describe_options(options);
    }
    if (command.key == "inspect") {
        return InspectOptions{options.operand(), options.has("events"), options.has("json")};
    }
    if (command.key == "compare") {
        return CompareOptions{options.operands[0], options.operands[1]};
    }
    if (command.key == "bench") {
        return bench_options(options);
    }
    if (command.key == "study") {
        return study_options(options);
    }
    if (command.key == "branch") {
        BranchOptions branch = branch_options(options);
        branch.command_line = command_line_of(arguments);
        return branch;
    }
    RunOptions run = run_options(options);
    run.command_line = command_line_of(arguments);
    return run;
}

}  // namespace latecomer::jobs
