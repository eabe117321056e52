#include "jobs/run/begin.hpp"

#include "agents/start/initial.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/checkpoint/checkpoint.hpp"
#include "io/files/file_error.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/scenario/resolved.hpp"
#include "jobs/run/simulation.hpp"
#include "jobs/terminal/terminal.hpp"

#include <filesystem>
#include <optional>
#include <utility>

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
    if (const std::string words = warning(machine); !words.empty()) {
        note(words, comm);
    }
}

/// The newest checkpoint that can be used; none if there is no checkpoint at all.  Collective.
/// @throws InputError if there are some, all of them bad
std::optional<io::Restart> newest_good(const std::filesystem::path& folder,
                                       const Scenario& scenario, const mpi::Communicator& comm)
{
    std::string complaints;
    for (const std::filesystem::path& path : io::checkpoints_in(folder, comm)) {
        try {
            return io::read_checkpoint(path, scenario, comm);
        } catch (const io::FileError& error) {  // of all ranks alike
            note(text("warning: ", error.what(), "; trying the checkpoint before"), comm);
            complaints += text(complaints.empty() ? "" : "; ", error.what());
        }
    }
    if (!complaints.empty()) {
        throw InputError(text("cannot resume '", folder.string(), "': ", complaints,
                              "; run again with --overwrite"));
    }
    return std::nullopt;
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
    const std::filesystem::path path = folder_of(options, scenario);
    const auto existing = options.resume      ? io::Existing::resume
                          : options.overwrite ? io::Existing::overwrite
                                              : io::Existing::refuse;
    const io::Origin origin{resolved_toml(scenario), options.command_line, machine.ranks,
                            machine.threads};
    std::optional<io::Restart> restart;
    if (options.resume) {
        io::check_run_folder(path, existing, comm);
        io::check_same_run(path, origin.scenario_text, comm);
        if (const std::string hash = io::finished_hash(path, comm); !hash.empty()) {
            note(text(path.string(), " holds the finished run: nothing is left to do"), comm);
            if (!options.quiet) {
                print(hash + '\n', comm);
            }
            return 0;
        }
        restart = newest_good(path, scenario, comm);
    }

    // The folder comes first: if it cannot be used, nothing has been computed in vain.
    io::RunFolder folder{path, existing, origin.scenario_text, comm};
    if (!restart) {
        restart = io::Restart{make_world(scenario, comm), {}};
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
