#include "jobs/study/execute/replay.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/run_folder/comparison.hpp"
#include "io/run_folder/run_folder.hpp"
#include "jobs/run/begin.hpp"
#include "jobs/study/schedule/progress_of.hpp"
#include "jobs/terminal/terminal.hpp"

#include <fstream>

namespace latecomer::jobs::study {
namespace {

/// What DONE says of the run whose state has this hash.
std::string hash_line(std::uint64_t hash)
{
    return text("state hash: ", hexadecimal(hash));
}

/// The same of the run as the journals have it; empty if it is not done.  Collective.
std::string stored_hash(const Plan& plan, const std::filesystem::path& folder, const Task& task,
                        const mpi::Communicator& comm)
{
    std::string stored;
    io::do_and_agree(comm, [&] {
        if (comm.is_root()) {
            const Progress progress = progress_of(plan, folder);
            if (progress.ledger.state(task.number) == TaskState::done) {
                const auto place = progress.ledger.place(task.number);
                stored = hash_line(progress.ledger.read_record(*place).state_hash);
            }
        }
    });
    return comm.broadcast(std::move(stored));
}

std::filesystem::path folder_of_replay(const std::filesystem::path& folder, const Task& task)
{
    return folder / "replays" / text(task.number);
}

RunOptions options_of_replay(const StudyOptions& options, const std::filesystem::path& path)
{
    RunOptions run;
    run.out = path.string();
    run.overwrite = options.overwrite;
    run.resume = !options.overwrite;
    run.progress = options.progress;
    run.command_line = options.command_line;
    return run;
}

/// The first lines of two chronicles that are not the same; nothing if there are none.
std::string first_event_apart(const std::filesystem::path& first,
                              const std::filesystem::path& second)
{
    std::ifstream a{first};
    std::ifstream b{second};
    std::string names;
    std::getline(a, names);
    std::getline(b, names);
    for (;;) {
        std::string of_a;
        std::string of_b;
        const bool has_a = static_cast<bool>(std::getline(a, of_a));
        const bool has_b = static_cast<bool>(std::getline(b, of_b));
        if (!has_a && !has_b) {
            return {};
        }
        if (of_a != of_b) {
            return text("first event apart (", names, "):\n  ", has_a ? of_a : "none", "\n  ",
                        has_b ? of_b : "none", '\n');
        }
    }
}

/// What the two runs have apart; empty if they are equal.
std::string parting(const std::filesystem::path& first, const std::filesystem::path& second)
{
    const io::Comparison result = io::compare_files(first / "series.h5", second / "series.h5");
    if (!result.difference) {
        return {};
    }
    const std::int64_t quarter = result.difference->quarter;
    return text("part", quarter < 0 ? std::string{} : text(" in quarter ", quarter), ": ",
                result.difference->words, '\n',
                first_event_apart(first / "events.csv", second / "events.csv"));
}

}  // namespace

int replay(const Plan& plan, const std::filesystem::path& folder, const StudyOptions& options,
           const Machine& machine, const mpi::Communicator& comm)
{
    const Task task = plan.find(options.operands.at(0));
    const std::string stored = stored_hash(plan, folder, task, comm);
    const std::filesystem::path path =
        options.out.empty() ? folder_of_replay(folder, task) : std::filesystem::path{options.out};
    const int status =
        begin_run(plan.scenario(task), options_of_replay(options, path), machine, comm);
    if (status != 0) {
        return status;
    }
    const std::string computed = io::finished_hash(path, comm);
    if (stored.empty()) {
        note(text("run ", task.number, " is in ", path.string(),
                  "; the study has no result of it to compare with"),
             comm);
        return 0;
    }
    if (computed != stored) {
        note(text("run ", task.number, " has another state than in its study (", computed,
                  ", stored ", stored,
                  "); look for another build with 'latecomer study status --why ", task.number,
                  "', or a damaged machine"),
             comm);
        return 1;
    }
    note(text("run ", task.number, " is in ", path.string(), ", with the state of its study"),
         comm);
    return 0;
}

int diff(const Plan& plan, const std::filesystem::path& folder, const StudyOptions& options,
         const Machine& machine, const mpi::Communicator& comm)
{
    std::vector<Task> tasks;  // both are looked up before anything is computed
    for (const std::string& name : options.operands) {
        tasks.push_back(plan.task_of(plan.arm_named(name), options.point, options.replicate));
    }
    std::vector<std::filesystem::path> paths;
    for (const Task& task : tasks) {
        paths.push_back(folder_of_replay(folder, task));
        RunOptions run = options_of_replay(options, paths.back());
        run.quiet = true;
        run.progress = ProgressStyle::none;
        if (const int status = begin_run(plan.scenario(task), run, machine, comm); status != 0) {
            return status;
        }
    }
    std::string apart;
    io::do_and_agree<InputError>(comm, [&] {
        if (comm.is_root()) {
            apart = parting(paths.at(0), paths.at(1));
        }
    });
    apart = comm.broadcast(std::move(apart));
    print(text(options.operands.at(0), " and ", options.operands.at(1),
               apart.empty() ? " are equal in all quarters\n" : text(' ', apart)),
          comm);
    return apart.empty() ? 0 : 1;
}

}  // namespace latecomer::jobs::study
