#include "jobs/run/simulation.hpp"

#include "agents/observation/books.hpp"
#include "agents/step.hpp"
#include "agents/world/state_hash.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/results/chronicle.hpp"
#include "io/results/records.hpp"
#include "io/results/series.hpp"
#include "io/results/snapshot.hpp"
#include "jobs/run/progress.hpp"
#include "jobs/run/summary.hpp"
#include "jobs/run/supervisor.hpp"
#include "jobs/run/trial.hpp"
#include "jobs/terminal/terminal.hpp"

#include <string>
#include <utility>
#include <vector>

namespace latecomer::jobs {
namespace {

/// A careful guess of the disk's speed, until the first checkpoint has been measured.
constexpr double bytes_per_second = 1e8;

/// Whether the firms are to be written after the quarter just ended.
bool is_snapshot_due(const World& world)
{
    const std::int64_t interval = world.parameters().output.snapshot_every;
    return interval > 0 && world.quarter % interval == 0;
}

io::Attributes attributes_of(const Simulation& simulation, std::string_view schema)
{
    io::Attributes attributes = io::provenance(simulation.scenario, simulation.origin, schema);
    attributes.insert(attributes.end(), simulation.ancestry.begin(), simulation.ancestry.end());
    return attributes;
}

/// The files that grow or come while the run is under way.
class Files {
public:
    Files(const Simulation& simulation, const io::RunFolder& folder, const mpi::Communicator& comm)
        : folder_{folder}, comm_{comm}, series_{folder.series(), simulation.start.world,
                                                attributes_of(simulation, "latecomer-series"),
                                                simulation.earlier / "series.h5", comm},
          chronicle_{folder.chronicle(), simulation.start.world.quarter,
                     simulation.earlier / "events.csv", comm},
          firm_attributes_{attributes_of(simulation, "latecomer-firms")},
          checkpoint_attributes_{attributes_of(simulation, io::checkpoint_schema)},
          records_{simulation.start.records}, snapshots_{simulation.start.snapshots},
          when_full_{simulation.scenario.parameters.output.when_full}
    {}

    void record(const World& world)
    {
        std::vector<double> row;
        std::vector<std::string> lines;
        if (comm_.is_root()) {
            row = io::row_of(world);
            lines = io::event_lines(world);
            records_.add_row(row);
            records_.add_events(lines);
        }
        series_.record(row, comm_);
        if (!world.results.events.empty()) {  // the same on every rank
            chronicle_.record(lines, comm_);
        }
        if (is_snapshot_due(world)) {
            write([&] {
                io::write_firm_snapshot(folder_.firms(world.quarter), world, firm_attributes_,
                                        comm_);
                snapshots_.push_back(world.quarter);
            });
        }
    }

    /// @return whether there is one now
    bool checkpoint(const World& world, const Outcomes& outcomes)
    {
        const bool written = write([&] {
            series_.sync(comm_);  // what a checkpoint supposes to be there must be
            chronicle_.sync(comm_);
            io::Attributes attributes = checkpoint_attributes_;
            for (io::Attribute& sum : io::attributes_of(records_, snapshots_)) {
                attributes.push_back(std::move(sum));
            }
            io::write_checkpoint(folder_.checkpoint(world.clock()), world, outcomes, attributes,
                                 comm_);
        });
        if (written && comm_.is_root()) {
            folder_.drop_old_checkpoints();
        }
        return written;
    }

    void finish(std::uint64_t hash, const World& world, const Outcomes& outcomes)
    {
        series_.finish(hash, outcomes.of_world(world), comm_);
        io::write_outcomes(folder_.outcomes(), outcomes, world, comm_);
    }

    std::span<const std::int64_t> snapshots() const { return snapshots_; }

private:
    /// Writes something that a run can do without; whether it is an error that there is no room for it, the
    /// scenario says.
    template <class Write>
    bool write(const Write& write)
    {
        try {
            write();
            return true;
        } catch (const io::FileError& error) {  // of all ranks alike
            if (when_full_ == WhenFull::stop || !io::tells_no_room(error.what())) {
                throw;
            }
            note(text("warning: ", error.what(), "; the run goes on without it"), comm_);
            return false;
        }
    }

    const io::RunFolder& folder_;
    const mpi::Communicator& comm_;
    io::Series series_;
    io::Chronicle chronicle_;
    io::Attributes firm_attributes_;
    io::Attributes checkpoint_attributes_;
    io::RecordSums records_;
    std::vector<std::int64_t> snapshots_;  // quarters after which one was written
    WhenFull when_full_;
};

/// Writes a checkpoint and tells the supervisor how long that took.
bool timed_checkpoint(Files& files, const io::Restart& now, Supervisor& supervisor)
{
    const auto begin = std::chrono::steady_clock::now();
    const bool written = files.checkpoint(now.world, now.outcomes);
    supervisor.checkpoint_done(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    return written;
}

}  // namespace

int simulate(Simulation simulation, io::RunFolder& folder, const mpi::Communicator& comm)
{
    io::Restart& now = simulation.start;
    World& world = now.world;
    const std::int64_t quarters = simulation.scenario.parameters.run.quarters;
    const auto firms = static_cast<std::uint64_t>(firm_count(world));
    Files files{simulation, folder, comm};
    Supervisor supervisor{simulation.scenario.parameters.output, simulation.time_left,
                          static_cast<double>(io::checkpoint_bytes(firms)) / bytes_per_second};
    if (simulation.checkpoint_first) {
        timed_checkpoint(files, now, supervisor);
    }
    const std::int64_t all_quarters = simulation.scenario.parameters.run.spin_up + quarters;
    std::optional<Progress> progress{std::in_place, simulation.progress, world.clock(),
                                     all_quarters, comm.is_root()};
    while (world.spins_up() || world.quarter < quarters) {
        const bool counts = !world.spins_up();
        step(world, comm);
        expects_identities(world);
        if (counts) {
            files.record(world);
            now.outcomes.observe(world);
        }
        progress->quarter_done(world.clock(), firm_count(world));
        const Orders orders = supervisor.after_quarter(world.clock(), comm);
        if (!world.spins_up() && world.quarter == quarters) {
            break;  // what is left to do takes less than a checkpoint
        }
        const bool written = orders.checkpoint && timed_checkpoint(files, now, supervisor);
        if (orders.stop) {
            progress.reset();
            note(text("stopped after quarter ", world.clock(), " of ", all_quarters,
                      all_quarters > quarters ? " (spin-up included)" : "", ", as ", orders.reason,
                      written ? text("; ", simulation.to_go_on, " goes on")
                              : std::string{"; no checkpoint could be written"}),
                 comm);
            return stopped_with_work_left;
        }
    }

    progress.reset();

    // DONE is written last: who finds it finds everything.
    const std::uint64_t hash = state_hash(world, comm);
    files.finish(hash, world, now.outcomes);
    folder.finish(hash, world.quarter, files.snapshots(), comm);
    if (!simulation.quiet) {
        const Summary summary = summary_of(now.outcomes, world);
        print(text(summary_table(summary), "state hash: ", hexadecimal(hash), '\n'), comm);
        if (const std::string words = underfunded_line(summary); !words.empty()) {
            remark(words, simulation.progress, comm);
        }
    }
    return 0;
}

}  // namespace latecomer::jobs
