#include "agents/start/initial.hpp"
#include "agents/start/switches.hpp"
#include "agents/step.hpp"
#include "agents/world/state_hash.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/results/records.hpp"
#include "io/scenario/resolved.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/run/interrupt.hpp"
#include "jobs/run/simulation.hpp"
#include "jobs/terminal/terminal.hpp"

#include <charconv>

namespace latecomer::jobs {
namespace {

/// The scenario of a run, with changes or without.  Collective.
Scenario scenario_of(const BranchOptions& options, bool is_changed, const mpi::Communicator& comm)
{
    if (io::scenario_of_run(options.run, comm).empty()) {
        throw InputError(text("cannot branch from '", options.run,
                              "' (it holds no run.toml): name the folder of a run"));
    }
    ScenarioRequest request;
    request.path = std::filesystem::path{options.run} / "run.toml";
    request.builtin_countries = builtin_countries;
    if (is_changed) {
        request.settings = options.settings;
        request.pathways = options.pathways;
        request.policy_from = options.at;
        request.quarters = options.quarters;
    }
    return read_scenario(request, comm);
}

void check_can_branch(const BranchOptions& options, const Scenario& parent, const Scenario& child)
{
    const RunParameters& run = parent.parameters.run;
    if (options.at < 0 || options.at > run.quarters) {
        throw InputError(text("bad value ", options.at, " for --at (the run has quarters 0 to ",
                              run.quarters, "); choose one of them"));
    }
    if (child.parameters.run.quarters < options.at) {
        throw InputError(text("bad value ", child.parameters.run.quarters,
                              " for --quarters (the branch begins after ", options.at,
                              "); let it be longer"));
    }
    if (const std::string key = difference_at_start(parent, child); !key.empty()) {
        throw InputError(text("a branch cannot change '", key,
                              "', which a run reads at its start; take it out, or run a scenario "
                              "of its own"));
    }
}

/// Quarters completed in a checkpoint, those of the spin-up included, by its name: "ckpt_0120.h5".
std::int64_t quarters_of(const std::filesystem::path& checkpoint)
{
    const std::string name = checkpoint.filename().string();
    std::int64_t quarters = 0;
    std::from_chars(name.data() + name.find('_') + 1, name.data() + name.size(), quarters);
    return quarters;
}

/// The parent as it was after `at` quarters: from its newest checkpoint before, or from its start.
/// Collective.
io::Restart parent_at(const BranchOptions& options, const Scenario& parent,
                      const mpi::Communicator& comm)
{
    std::optional<io::Restart> restart;
    for (const auto& path : io::checkpoints_in(options.run, comm)) {
        if (restart || quarters_of(path) > parent.parameters.run.spin_up + options.at) {
            continue;
        }
        try {
            io::Restart found = io::read_checkpoint(path, parent, comm);
            io::check_records(options.run, found.world, found.records, comm);
            found.snapshots.clear();  // they stay with the parent
            restart = std::move(found);
        } catch (const io::FileError& error) {  // of all ranks alike
            note(text("warning: ", error.what(), "; going further back"), comm);
        }
    }
    if (!restart) {
        restart = io::Restart{make_world(parent, comm), {}, {}, {}};
    }
    if (restart->world.spins_up() || restart->world.quarter < options.at) {
        note(text("computing quarters ", restart->world.quarter, " to ", options.at,
                  " of the parent again"),
             comm);
    }
    while (restart->world.spins_up() || restart->world.quarter < options.at) {
        const bool counts = !restart->world.spins_up();
        step(restart->world, comm);
        if (!counts) {
            continue;
        }
        restart->outcomes.observe(restart->world);
        if (comm.is_root()) {
            restart->records.add_row(io::row_of(restart->world));
            restart->records.add_events(io::event_lines(restart->world));
        }
    }
    // The child takes over what the parent recorded, also between its checkpoint and here.
    io::check_records(options.run, restart->world, restart->records, comm);
    return std::move(*restart);
}

}  // namespace

int branch(const BranchOptions& options, const mpi::Session& session, const mpi::Communicator& comm)
{
    watch_signals();
    const Scenario parent = scenario_of(options, false, comm);
    const Scenario child = scenario_of(options, true, comm);
    check_can_branch(options, parent, child);
    const auto existing = options.overwrite ? io::Existing::overwrite : io::Existing::refuse;
    io::check_run_folder(options.out, existing, comm);
    const Machine machine = prepare_machine(options.threads, session.processor_name(), comm);

    io::Restart restart = parent_at(options, parent, comm);
    const std::string hash = hexadecimal(state_hash(restart.world, comm));
    continue_with(restart.world, child);
    const std::string text_of_run = text(
        "# Branched after ", options.at, " quarters from '", options.run, "', state hash ", hash,
        ".\n# Run from the start, this scenario is another run than that of the branch.\n",
        resolved_toml(child));
    const io::Origin origin{text_of_run, options.command_line, machine.ranks, machine.threads};
    io::RunFolder folder{options.out, existing, origin.scenario_text, comm};
    const io::Attributes ancestry{
        {"parent_run", options.run}, {"parent_state_hash", hash}, {"branched_after", options.at}};
    return simulate(
        {child, std::move(restart), options.run, origin, ancestry, options.progress,
         options.time_left, true,
         text("'latecomer run ", options.out, "/run.toml --out ", options.out, " --resume'")},
        folder, comm);
}

}  // namespace latecomer::jobs
