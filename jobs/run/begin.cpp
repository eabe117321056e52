#include "jobs/run/begin.hpp"

#include "agents/start/initial.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/checkpoint/checkpoint.hpp"
#include "io/files/agreement.hpp"
#include "io/files/file_error.hpp"
#include "io/files/seal.hpp"
#include "io/results/records.hpp"
#include "io/run_folder/done.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/scenario/resolved.hpp"
#include "jobs/run/interrupt.hpp"
#include "jobs/run/simulation.hpp"
#include "jobs/terminal/terminal.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace latecomer::jobs {
namespace {

std::filesystem::path folder_of(const RunOptions& options, const Scenario& scenario)
{
    const RunParameters& run = scenario.parameters.run;
    return options.out.empty() ? text("runs/", scenario.name, '-', run.seed, '-', run.replicate)
                               : options.out;
}

/// Says once at the start what will run where; the log of a job wants to know.
void announce(const World& world, const Machine& machine, const io::RunFolder& folder,
              ProgressStyle style, const mpi::Communicator& comm)
{
    if (style != ProgressStyle::none && style != ProgressStyle::json) {
        note(text(world.scenario.name, ", seed ", world.parameters().run.seed, ": ",
                  world.countries.size(), " economies, ", firm_count(world), " firms, ",
                  world.quarter > 0 ? text("from quarter ", world.quarter, ", ") : std::string{},
                  describe(machine), "; writes ", folder.path().string()),
             comm);
    }
    for (const std::string& words : world.scenario.remarks) {
        remark(words, style, comm);
    }
    if (const std::string words = warning(machine); !words.empty()) {
        note(words, comm);
    }
}

/// The newest checkpoint that can be used, with what the run recorded before it; none if there is no checkpoint at all.  Collective.
/// @param useless gets those that are damaged or do not fit
/// @throws InputError if there are some, all of them bad; OutputError if they could not be read
std::optional<io::Restart> newest_good(const std::filesystem::path& folder,
                                       const Scenario& scenario,
                                       std::vector<std::filesystem::path>& useless,
                                       const mpi::Communicator& comm)
{
    std::string complaints;
    for (const std::filesystem::path& path : io::checkpoints_in(folder, comm)) {
        try {
            io::Restart restart = io::read_checkpoint(path, scenario, comm);
            io::check_records(folder, restart.world, restart.records, comm);
            return restart;
        } catch (const io::FileError& error) {  // of all ranks alike
            note(text("warning: ", error.what(), "; trying the checkpoint before"), comm);
            complaints += text(complaints.empty() ? "" : "; ", error.what());
            if (io::tells_of_damage(error.what())) {
                useless.push_back(path);
            }
        }
    }
    if (io::tells_of_the_machine(complaints)) {
        throw io::OutputError(text("cannot resume '", folder.string(), "': ", complaints));
    }
    if (!complaints.empty()) {
        throw InputError(text("cannot resume '", folder.string(), "': ", complaints,
                              "; run again with --overwrite"));
    }
    return std::nullopt;
}

/// Refuses to call a run finished of which files were lost or changed since.  Collective.
void check_finished(const std::filesystem::path& path, const mpi::Communicator& comm)
{
    io::do_and_agree<InputError>(comm, [&] {
        if (!comm.is_root()) {
            return;
        }
        std::vector<std::string> changes = io::changes_since_done(path);
        const std::string damage = io::damage(path / "series.h5");
        if (changes.empty() && !damage.empty()) {
            changes.push_back("series.h5: " + damage);
        }
        if (!changes.empty() && io::tells_of_the_machine(changes.front())) {
            throw io::OutputError(text("cannot look at '", path.string(), "': ", changes.front()));
        }
        if (!changes.empty()) {
            throw InputError(text("'", path.string(), "' holds a finished run that is not whole (",
                                  changes.front(),
                                  "): restore the file, or run again with --overwrite"));
        }
    });
}

/// Refuses to go on with a run whose earlier snapshots were damaged: it would vouch for them at its end.
/// Those that are gone it will name.  Collective.
void check_snapshots(const std::filesystem::path& path, std::vector<std::int64_t> quarters,
                     const mpi::Communicator& comm)
{
    std::array<std::int64_t, 1> count{static_cast<std::int64_t>(quarters.size())};
    comm.broadcast(std::span{count});
    quarters.resize(static_cast<std::size_t>(count[0]));
    comm.broadcast(std::span{quarters});
    for (const std::int64_t quarter : quarters) {
        const std::filesystem::path file =
            io::snapshot_of_run(path, static_cast<std::uint32_t>(quarter));
        std::error_code error;
        const bool is_there = comm.any(comm.is_root() && std::filesystem::exists(file, error));
        const std::string why = is_there ? io::damage(file, comm) : std::string{};
        if (io::tells_of_the_machine(why)) {
            throw io::OutputError(text("cannot resume '", path.string(), "': ", why));
        }
        if (!why.empty()) {
            throw InputError(text("cannot resume '", path.string(), "' (", file.string(), ": ", why,
                                  "): restore that snapshot, or remove it"));
        }
    }
}

}  // namespace

void check_can_begin(const Scenario& scenario, const RunOptions& options,
                     const mpi::Communicator& comm)
{
    const std::filesystem::path path = folder_of(options, scenario);
    io::check_run_folder(path, options.overwrite ? io::Existing::overwrite : io::Existing::resume,
                         comm);
    if (options.resume) {
        io::check_same_run(path, resolved_toml(scenario), comm);
    }
}

int begin_run(const Scenario& scenario, const RunOptions& options, const Machine& machine,
              const mpi::Communicator& comm)
{
    watch_signals();
    const std::filesystem::path path = folder_of(options, scenario);
    const auto existing = options.resume      ? io::Existing::resume
                          : options.overwrite ? io::Existing::overwrite
                                              : io::Existing::refuse;
    const io::Origin origin{resolved_toml(scenario), options.command_line, machine.ranks,
                            machine.threads};
    std::optional<io::Restart> restart;
    std::vector<std::filesystem::path> useless;
    if (options.resume) {
        io::check_run_folder(path, existing, comm);
        io::check_same_run(path, origin.scenario_text, comm);
        if (const std::string hash = io::finished_hash(path, comm); !hash.empty()) {
            check_finished(path, comm);
            note(text(path.string(), " holds the finished run: nothing is left to do"), comm);
            if (!options.quiet) {
                print(hash + '\n', comm);
            }
            return 0;
        }
        restart = newest_good(path, scenario, useless, comm);
        if (restart) {
            check_snapshots(path, restart->snapshots, comm);
        }
    }

    // The folder comes first: if it cannot be used, nothing has been computed in vain.
    io::RunFolder folder{path, existing, origin.scenario_text, comm};
    for (const std::filesystem::path& checkpoint : useless) {  // or it would pass for a newest one
        std::error_code ignored;
        if (comm.is_root()) {
            std::filesystem::remove(checkpoint, ignored);
        }
    }
    if (!restart) {
        restart = io::Restart{make_world(scenario, comm), {}, {}, {}};
    }
    announce(restart->world, machine, folder, options.progress, comm);
    return simulate({scenario,
                     std::move(*restart),
                     path,
                     origin,
                     {},
                     options.progress,
                     options.time_left,
                     false,
                     "the same command with --resume",
                     options.quiet},
                    folder, comm);
}

}  // namespace latecomer::jobs
