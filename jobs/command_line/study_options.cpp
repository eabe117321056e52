#include "jobs/command_line/study_options.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/command_line/given.hpp"
#include "jobs/command_line/option_values.hpp"

#include <algorithm>
#include <array>

namespace latecomer::jobs {
namespace {

constexpr std::string_view more_help = "; see 'latecomer study --help'";

constexpr std::array<StudyActionRow, 11> actions{{
    {StudyAction::plan, "plan", 0, "--out --json",
     "check the file, count runs, cost and bytes; write nothing"},
    {StudyAction::pilot, "pilot", 0, "--runs --out --time-left --threads --progress --accept-build",
     "compute N runs spread over the design, which tell what the rest will cost"},
    {StudyAction::submit, "submit", 0,
     "--site --out --nodes --time --threads --chain --array --name --dry-run",
     "put what is left into the queue of a cluster, unless it is there already"},
    {StudyAction::run, "run", 0,
     "--out --static --time-left --threads --progress --only --isolate --accept-build",
     "compute what is not computed yet, on all ranks; may be repeated and killed"},
    {StudyAction::status, "status", 0, "--out --why --left --static --json",
     "how far it has come, and what failed"},
    {StudyAction::merge, "merge", 0, "--out --csv",
     "write study.h5 with a row for every run, and costs.csv"},
    {StudyAction::report, "report", 0, "--out",
     "what came out: estimates, indices, rules of [[stop]]"},
    {StudyAction::replay, "replay", 1, "--out --study --overwrite --threads --progress",
     "RUN: compute a run again with all files of 'latecomer run', and compare its hash"},
    {StudyAction::diff, "diff", 2, "--out --point --replicate --threads",
     "SCENARIO SCENARIO: where two scenarios part, by event, quarter and quantity"},
    {StudyAction::extend, "extend", 0, "--points --size --replicates",
     "append a wave to the study's file; what is computed stays valid"},
    {StudyAction::archive, "archive", 0, "--out",
     "write <name>.tar with spec, journals, result, provenance and checksums"},
}};

const StudyActionRow& action_named(const std::string& word)
{
    std::vector<std::string> known;
    for (const StudyActionRow& action : actions) {
        if (action.key == word) {
            return action;
        }
        known.emplace_back(action.key);
    }
    refuse("action", word, known);
}

/// Refuses options that say nothing to the action.
void check_options(const Given& given, const StudyActionRow& action)
{
    for (const auto& [key, value] : given.options) {
        if (!takes(action, key)) {
            throw InputError(text("--", key, " says nothing to 'latecomer study ", action.key,
                                  "' (it takes ", action.options, "); take it out", more_help));
        }
    }
}

void check_operands(const Given& given, const StudyActionRow& action)
{
    const std::size_t more = given.operands.size() - 2;
    const std::string what = text(action.doc.substr(0, action.doc.find(':')));
    if (more < action.operands) {
        throw InputError(
            text("'latecomer study ", action.key, "' needs STUDY.toml ", what, more_help));
    }
    if (more > action.operands) {
        throw InputError(text("unexpected argument '", given.operands[2 + action.operands],
                              "' ('latecomer study ", action.key, "' takes STUDY.toml",
                              action.operands == 0 ? "" : text(' ', what), ')', more_help));
    }
}

/// A number of things; at least `least`.
std::optional<std::int64_t> count_of(const Given& given, const char* option, std::int64_t least)
{
    const auto number = given.whole_number(option);
    if (number && *number < least) {
        throw InputError(text("bad value '", *number, "' for --", option, " (must be at least ",
                              least, ')', more_help));
    }
    return number;
}

std::string text_or_nothing(const Given& given, const char* option)
{
    return given.has(option) ? given.text_of(option) : std::string{};
}

/// @throws InputError
submit::Request submit_request(const Given& given)
{
    if (!given.has("site")) {
        throw InputError(text("'latecomer study submit' needs --site SITE", more_help));
    }
    submit::Request request;
    request.site = given.text_of("site");
    request.name = text_or_nothing(given, "name");
    request.nodes = count_of(given, "nodes", 1).value_or(1);
    request.chain = count_of(given, "chain", 1).value_or(0);
    request.array = count_of(given, "array", 1).value_or(0);
    if (request.chain > 0 && request.array > 0) {
        throw InputError("--chain and --array contradict each other; give one of them");
    }
    request.seconds = given.duration("time");
    request.threads = given.whole_number("threads");
    request.dry_run = given.has("dry-run");
    return request;
}

}  // namespace

std::span<const StudyActionRow> study_actions()
{
    return actions;
}

bool takes(const StudyActionRow& action, std::string_view option)
{
    return text(' ', action.options, ' ').find(text(" --", option, ' ')) != std::string::npos;
}

StudyOptions study_options(const Given& given)
{
    const StudyActionRow& action = action_named(given.operands[0]);
    check_options(given, action);
    check_operands(given, action);
    StudyOptions options;
    options.action = action.action;
    options.spec = given.operands[1];
    options.operands.assign(given.operands.begin() + 2, given.operands.end());
    options.out = text_or_nothing(given, "out");
    options.study = text_or_nothing(given, "study");
    if (given.has("static")) {
        const StaticPart part = static_part(given.text_of("static"));
        options.part = part.part;
        options.parts = part.parts;
    }
    options.time_left = given.duration("time-left");
    options.threads = given.whole_number("threads");
    options.progress = progress_style(given);
    options.runs = count_of(given, "runs", 1).value_or(options.runs);
    options.only = text_or_nothing(given, "only");
    options.isolate = given.has("isolate");
    options.accept_build = given.has("accept-build");
    options.why = text_or_nothing(given, "why");
    options.overwrite = given.has("overwrite");
    options.point = count_of(given, "point", 0).value_or(0);
    options.replicate = count_of(given, "replicate", 0).value_or(0);
    options.points = text_or_nothing(given, "points");
    options.size = count_of(given, "size", 1);
    options.replicates = count_of(given, "replicates", 1);
    options.csv = given.has("csv");
    options.json = given.has("json");
    options.left = given.has("left");
    if (options.action == StudyAction::submit) {
        options.submit = submit_request(given);
    }
    if (options.isolate && options.only.empty()) {
        throw InputError(text("--isolate needs a run to isolate: add --only RUN", more_help));
    }
    return options;
}

}  // namespace latecomer::jobs
