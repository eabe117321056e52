#pragma once

#include "jobs/command_line/request.hpp"
#include "jobs/terminal/progress_style.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

/// The command line of the program, read and checked; nothing here acts.
namespace latecomer::jobs {

/// `latecomer run`.
struct RunOptions {
    std::string scenario;
    std::string out;                    ///< empty: named after scenario, seed and replicate
    std::vector<std::string> settings;  ///< "section.key=value", in order
    std::vector<std::string> pathways;  ///< "COUNTRY=NAME", in order
    std::optional<std::int64_t> seed;
    std::optional<std::int64_t> replicate;
    std::optional<std::int64_t> quarters;
    std::optional<std::int64_t> threads;
    ProgressStyle progress = ProgressStyle::automatic;
    std::optional<double> time_left;  ///< seconds
    bool overwrite = false;
    bool resume = false;
    bool dry_run = false;
    bool quiet = false;        ///< print no outcomes
    std::string command_line;  ///< as a shell would take it
};

/// `latecomer check`.
struct CheckOptions {
    std::string scenario;
};

/// `latecomer describe`.
struct DescribeOptions {
    std::string topic;  ///< or a key
    std::string format = "md";
    std::string out{};  ///< folder for the printed files; empty: none
};

/// `latecomer export`.
struct ExportOptions {
    std::string result;                  ///< a run or study
    std::vector<std::string> arguments;  ///< those of the Python program
};

/// `latecomer complete`: words for completion by the shell.
struct CompleteOptions {
    std::vector<std::string> words;
};

/// `latecomer branch`.
struct BranchOptions {
    std::string run;      ///< folder of the parent
    std::int64_t at = 0;  ///< quarters that both have in common
    std::string out;
    std::vector<std::string> settings;
    std::vector<std::string> pathways;
    std::optional<std::int64_t> quarters;
    std::optional<std::int64_t> threads;
    std::optional<double> time_left;  ///< seconds
    ProgressStyle progress = ProgressStyle::automatic;
    bool overwrite = false;
    std::string command_line;
};

/// `latecomer inspect`.
struct InspectOptions {
    std::string path;  ///< a run, or one file of it
    bool events = false;
    bool json = false;
    bool all = false;                      ///< every economy, however many there are
    std::vector<std::string> countries{};  ///< only these economies; empty: not asked for
};

/// `latecomer compare`.
struct CompareOptions {
    std::string first;  ///< runs, or files of the same kind
    std::string second;
};

/// `latecomer bench`.
struct BenchOptions {
    std::optional<std::int64_t> firms;  ///< one size instead of several
    std::optional<std::int64_t> threads;
    std::optional<std::int64_t> quarters;  ///< of the full model that are measured
    bool quick = false;
    bool json = false;
};

/// What `latecomer study` can do; see study_actions().
enum class StudyAction {
    plan,
    pilot,
    submit,
    run,
    status,
    merge,
    report,
    replay,
    diff,
    extend,
    archive,
};

/// `latecomer study`.
struct StudyOptions {
    StudyAction action = StudyAction::plan;
    std::string spec;                   ///< path of the study's file
    std::vector<std::string> operands;  ///< what follows it
    std::string out;                    ///< --out; empty: none
    std::string study;                  ///< --study; empty: none
    std::int64_t part = 1;              ///< of `parts`, for jobs that do not talk to each other
    std::int64_t parts = 1;
    std::optional<double> time_left;  ///< seconds
    std::optional<std::int64_t> threads;
    ProgressStyle progress = ProgressStyle::automatic;
    std::int64_t runs = 64;  ///< of a pilot
    std::string only;        ///< key or number of the only run to compute
    bool isolate = false;
    bool accept_build = false;
    std::string why;  ///< key or number of a run to explain
    bool overwrite = false;
    std::int64_t point = 0;
    std::int64_t replicate = 0;
    std::string points;                      ///< file of points to append
    std::optional<std::int64_t> size;        ///< larger design.n
    std::optional<std::int64_t> replicates;  ///< altogether
    bool csv = false;
    bool left = false;  ///< of status: only the number of runs that are left
    submit::Request submit;
    bool json = false;
    std::string command_line;
};

/// `--help`, of the program or of a command.
struct HelpOptions {
    std::string text;
};

/// `--version`.
struct VersionOptions {};

using Command = std::variant<RunOptions, BranchOptions, CheckOptions, DescribeOptions,
                             InspectOptions, CompareOptions, BenchOptions, StudyOptions,
                             ExportOptions, CompleteOptions, HelpOptions, VersionOptions>;

/// Understands the arguments that follow the program's name.
/// @throws InputError if they are not a command as its help describes it
Command read_command_line(std::span<const std::string> arguments);

}  // namespace latecomer::jobs
