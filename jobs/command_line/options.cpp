#include "jobs/command_line/options.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/command_line/given.hpp"
#include "jobs/command_line/grammar.hpp"
#include "jobs/command_line/option_values.hpp"
#include "jobs/command_line/shell_words.hpp"
#include "jobs/command_line/study_options.hpp"

#include <algorithm>
#include <utility>

namespace latecomer::jobs {
namespace {

/// The arguments as a shell would take them again.
std::string quoted(std::span<const std::string> arguments)
{
    return text("latecomer ", shell_words(arguments));
}

RunOptions run_options(const Given& given)
{
    RunOptions options;
    options.scenario = given.operand();
    if (given.has("out")) {
        options.out = given.text_of("out");
    }
    if (given.has("set")) {
        options.settings = given.values_of("set");
    }
    if (given.has("pathway")) {
        options.pathways = given.values_of("pathway");
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
    options.progress = progress_style(given);
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
    if (given.has("out")) {
        options.out = given.text_of("out");
    }
    const bool is_all = options.topic == "all";
    if (!options.out.empty() && !is_all) {
        throw InputError(text("--out says nothing to 'latecomer describe ", options.topic,
                              "', which prints; only 'describe all' writes files"));
    }
    if (is_all && options.format != "md") {
        throw InputError(
            "'latecomer describe all' prints Markdown only; take --format out, or name "
            "a topic");
    }
    return options;
}

ExportOptions export_options(const Given& given)
{
    ExportOptions options{given.operand(), {given.operand()}};
    const std::vector<std::string> formats{"csv", "dta"};
    if (!given.has("format")) {
        throw InputError("'latecomer export' needs --format csv or --format dta; see 'latecomer "
                         "export --help'");
    }
    if (const std::string& format = given.text_of("format");
        std::ranges::find(formats, format) == formats.end()) {
        refuse("format", format, formats);
    }
    for (const char* option : {"format", "out", "what"}) {
        if (given.has(option)) {
            options.arguments.insert(options.arguments.end(),
                                     {text("--", option), given.text_of(option)});
        }
    }
    return options;
}

/// The row of an action of a study; null if there is none.
const StudyActionRow* action_of(const std::string& word)
{
    const auto found = std::ranges::find(study_actions(), word, &StudyActionRow::key);
    return found != study_actions().end() ? &*found : nullptr;
}

BenchOptions bench_options(const Given& given)
{
    BenchOptions options{given.whole_number("firms"), given.whole_number("threads"),
                         given.whole_number("quarters"), given.has("quick"), given.has("json")};
    if (options.quarters && (*options.quarters < 1 || *options.quarters > 10'000)) {
        throw InputError(
            text("bad value '", *options.quarters,
                 "' for --quarters (must be 1 to 10000); see 'latecomer bench --help'"));
    }
    constexpr std::int64_t most = std::int64_t{1} << 31;
    if (options.firms && (*options.firms < 1 || *options.firms > most)) {
        throw InputError(text("bad value '", *options.firms,
                              "' for --firms (must be 1 to 2147483648); see 'latecomer bench "
                              "--help'"));
    }
    return options;
}

InspectOptions inspect_options(const Given& given)
{
    InspectOptions options{given.operand(), given.has("events"), given.has("json"),
                           given.has("all")};
    if (given.has("countries")) {
        options.countries = keys_between_commas(given.text_of("countries"), "countries");
    }
    const bool chosen = options.all || given.has("countries");
    if (chosen && options.json && !options.events) {
        throw InputError(
            "--all and --countries choose what tables show, and --json without --events "
            "prints none; see 'latecomer inspect --help'");
    }
    return options;
}

const CommandRow& command_named(const std::string& word)
{
    std::vector<std::string> known;
    for (const CommandRow& command : commands()) {
        if (command.key == word) {
            return command;
        }
        if (!command.doc.empty()) {
            known.emplace_back(command.key);
        }
    }
    if (word.starts_with('-')) {
        refuse("option", word, {"--help", "--version"});
    }
    refuse("command", word, known);
}

/// What `latecomer help COMMAND` prints.
std::string help_about(std::span<const std::string> words)
{
    if (words.empty()) {
        return help_of_program();
    }
    const CommandRow& command = command_named(words[0]);
    if (words.size() == 1) {
        return help_of(command);
    }
    if (command.key != "study" || words.size() > 2) {
        throw InputError(text("unexpected argument '", words[command.key == "study" ? 2 : 1],
                              "' ('latecomer help' takes a command, or study and an action); see "
                              "'latecomer help'"));
    }
    if (const StudyActionRow* const action = action_of(words[1])) {
        return help_of(*action);
    }
    std::vector<std::string> known;
    for (const StudyActionRow& action : study_actions()) {
        known.emplace_back(action.key);
    }
    refuse("action", words[1], known);
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
        const StudyActionRow* const action = command.key == "study" && !options.operands.empty()
                                                 ? action_of(options.operands[0])
                                                 : nullptr;
        return HelpOptions{action != nullptr ? help_of(*action) : help_of(command)};
    }
    if (command.key == "help") {
        return HelpOptions{help_about(options.operands)};
    }
    if (command.key == "export") {
        return export_options(options);
    }
    if (command.key == "complete") {
        return CompleteOptions{options.operands};
    }
    if (command.key == "check") {
        return CheckOptions{options.operand()};
    }
    if (command.key == "describe") {
        return describe_options(options);
    }
    if (command.key == "inspect") {
        return inspect_options(options);
    }
    if (command.key == "compare") {
        return CompareOptions{options.operands[0], options.operands[1]};
    }
    if (command.key == "bench") {
        return bench_options(options);
    }
    if (command.key == "study") {
        StudyOptions study = study_options(options);
        study.command_line = quoted(arguments);
        return study;
    }
    if (command.key == "branch") {
        BranchOptions branch = branch_options(options);
        branch.command_line = quoted(arguments);
        return branch;
    }
    RunOptions run = run_options(options);
    run.command_line = quoted(arguments);
    return run;
}

}  // namespace latecomer::jobs
