#pragma once

#include "jobs/command_line/option_values.hpp"
#include "jobs/command_line/options.hpp"
#include "jobs/study/journal/ledger.hpp"
#include "jobs/study/plan/plan.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

/// What is left to do, and what the journals say so far.  The root alone reads journals; on the
/// others there is nothing.
struct Progress {
    Ledger ledger;
    std::int64_t tasks = 0;

    std::int64_t in_state(TaskState state) const;
    std::int64_t final_tasks() const;
    std::int64_t open_tasks() const { return tasks - final_tasks(); }
};

/// Reads the journals of a study's folder.
/// @throws io::FileError
Progress progress_of(const Plan& plan, const std::filesystem::path& folder);

struct ExecutionOptions {
    std::filesystem::path folder;
    StaticPart part;
    std::optional<double> time_left;  ///< seconds
    std::string host;
    std::string job;  ///< name of this start of the program, the same on all ranks
    int threads = 1;  ///< of each rank
    ProgressStyle progress = ProgressStyle::automatic;
    std::optional<std::int64_t> pilot_runs;  ///< compute so many, spread over the design
    std::optional<std::int64_t> only;        ///< compute this task alone
    bool isolate = false;                    ///< whatever its state, and without a crash guard
    bool accept_build = false;               ///< go on with journals of other builds
};

/// Computes all tasks that are open, in as many groups of ranks as there are; the first rank hands
/// them out if there is a rank to spare.  Collective.
/// @throws InputError if journals are of another build that is not accepted
/// @return the exit status: 0 nothing is left, 85 work is left, 3 too many tasks failed, 4 the budget
///         is spent or will not do
int execute(const Plan& plan, const ExecutionOptions& options, const mpi::Communicator& world);

struct Merged {
    std::filesystem::path path;  ///< of study.h5
    std::string report;          ///< what came out, for people
};

/// Writes the result of a study, study.h5 and costs.csv, from its journals; study.csv, a row for
/// every run, if that is wanted.  The root writes.
Merged merge(const Plan& plan, const std::filesystem::path& folder, bool with_csv);

/// The numbers of so many tasks spread over scenarios and points, or of all.
std::vector<std::int64_t> pilot_tasks(const Plan& plan, std::int64_t runs);

/// What the study is made of and what it will take, for people or as JSON.
std::string describe_plan(const Plan& plan, const Progress& progress, bool json);

/// How far it has come, with reasons of what failed.
std::string describe_status(const Plan& plan, const Progress& progress, bool json);

/// Why a task runs, or does not: the records that decide.
std::string explain(const Plan& plan, const Progress& progress, const std::string& key);

}  // namespace latecomer::jobs::study
