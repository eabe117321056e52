#include "agents/initial.hpp"
#include "agents/state_hash.hpp"
#include "agents/step.hpp"
#include "core/text.hpp"
#include "io/chronicle.hpp"
#include "io/provenance.hpp"
#include "io/resolved.hpp"
#include "io/run_folder.hpp"
#include "io/scenario.hpp"
#include "io/series.hpp"
#include "io/snapshot.hpp"
#include "jobs/builtin.hpp"
#include "jobs/commands.hpp"
#include "jobs/estimate.hpp"
#include "jobs/machine.hpp"
#include "jobs/progress.hpp"
#include "jobs/summary.hpp"
#include "jobs/terminal.hpp"

#include <filesystem>

namespace latecomer::jobs {
namespace {

ScenarioRequest request_of(const RunOptions& options)
{
    ScenarioRequest request;
    request.path = options.scenario;
    request.builtin_countries = builtin_countries;
    request.settings = options.settings;
    request.pathways = options.pathways;
    request.seed = options.seed;
    request.replicate = options.replicate;
    request.quarters = options.quarters;
    return request;
}

/// Reads the scenario and checks all of it that could still be wrong.  Collective.
Scenario valid_scenario(const RunOptions& options, const mpi::Communicator& comm)
{
    Scenario scenario = read_scenario(request_of(options), comm);
    io::check_snapshot_fields(scenario.parameters.output.snapshot_fields);
    return scenario;
}

std::filesystem::path folder_of(const RunOptions& options, const Scenario& scenario)
{
    const RunParameters& run = scenario.parameters.run;
    return options.out.empty() ? text("runs/", scenario.name, '-', run.seed, '-', run.replicate)
                               : options.out;
}

/// Whether the firms are to be written after the quarter just ended.
bool is_snapshot_due(const World& world)
{
    const std::int64_t interval = world.parameters().output.snapshot_every;
    return interval > 0 && world.quarter % interval == 0;
}

/// Says once at the start what will run where; the log of a job wants to know.
void announce(const World& world, const Machine& machine, const io::RunFolder& folder,
              ProgressStyle style, const mpi::Communicator& comm)
{
    if (style != ProgressStyle::none && style != ProgressStyle::json) {
        note(text(world.scenario.name, ", seed ", world.parameters().run.seed, ": ",
                  world.countries.size(), " economies, ", firm_count(world), " firms, ",
                  describe(machine), "; writes ", folder.path().string()),
             comm);
    }
    if (const std::string words = warning(machine); !words.empty()) {
        note(words, comm);
    }
    if (world.parameters().output.checkpoint_every > 0) {
        note("warning: this version writes no checkpoints, output.checkpoint_every is without "
             "effect",
             comm);
    }
}

/// Runs a valid scenario from its first quarter to its last.  Collective.
void simulate(const Scenario& scenario, const RunOptions& options, const Machine& machine,
              const mpi::Communicator& comm)
{
    const auto existing = options.overwrite ? io::Existing::overwrite : io::Existing::refuse;
    const io::Origin origin{resolved_toml(scenario), options.command_line, machine.ranks,
                            machine.threads};

    // The folder comes first: if it cannot be used, nothing has been computed in vain.
    io::RunFolder folder{folder_of(options, scenario), existing, origin.scenario_text, comm};
    World world = make_world(scenario, comm);
    io::Series series{folder.series(), world, io::provenance(scenario, origin, "latecomer-series"),
                      comm};
    const io::Attributes firm_attributes = io::provenance(scenario, origin, "latecomer-firms");

    io::Chronicle chronicle{folder.path() / "events.csv", comm};

    announce(world, machine, folder, options.progress, comm);
    Outcomes outcomes;
    {
        Progress progress{options.progress, scenario.parameters.run.quarters, comm.is_root()};
        while (world.quarter < scenario.parameters.run.quarters) {
            step(world, comm);
            series.record(world, comm);
            chronicle.record(world, comm);
            if (is_snapshot_due(world)) {
                io::write_firm_snapshot(folder.firms(world.quarter), world, firm_attributes, comm);
            }
            outcomes.observe(world);
            progress.quarter_done(world.quarter, firm_count(world));
        }
    }

    // DONE is written last: who finds it finds everything.
    const std::uint64_t hash = state_hash(world, comm);
    series.finish(hash, outcomes.of_world(world), comm);
    chronicle.finish(comm);
    io::write_outcomes(folder.path() / "outcomes.csv", outcomes, world, comm);
    folder.finish(hash, world.quarter, comm);
    print(text(summary_table(outcomes, world), "state hash: ", hexadecimal(hash), '\n'), comm);
}

}  // namespace

void run(const RunOptions& options, const mpi::Session& session, const mpi::Communicator& comm)
{
    const Scenario scenario = valid_scenario(options, comm);
    const Machine machine = prepare_machine(options.threads, session.processor_name(), comm);
    if (options.dry_run) {
        print(report(estimate(scenario, machine), scenario, machine), comm);
    } else {
        simulate(scenario, options, machine, comm);
    }
}

}  // namespace latecomer::jobs
