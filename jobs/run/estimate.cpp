#include "jobs/run/estimate.hpp"

#include "agents/start/initial.hpp"
#include "agents/world/rebalance.hpp"
#include "agents/world/scenario.hpp"
#include "core/text.hpp"
#include "io/results/series.hpp"
#include "io/results/snapshot.hpp"
#include "jobs/terminal/figures.hpp"
#include "mpi/share_outs.hpp"

#include <algorithm>
#include <type_traits>

namespace latecomer::jobs {
namespace {

// Measured on a virtual machine with 2 cores, g++ 12, Open MPI 4.1; other machines differ by their
// speed.  Each constant names the command that measured it.

/// /usr/bin/time latecomer run baseline.toml --quarters 0: 36 MB for MPI, HDF5 and the program.
constexpr double bytes_of_idle_rank = 40e6;

/// latecomer run baseline.toml: 22,001 firms at the start, 31,682 at the most.
constexpr double firms_at_most_per_initial_firm = 1.45;

/// latecomer run baseline.toml --quarters 40 --set world.firms_per_country=50000: 480 on one core.
constexpr double nanoseconds_per_firm_quarter = 500.0;

/// latecomer run synthetic.toml --quarters 20 --set world.firms_per_country=1
/// --set world.synthetic_latecomers=200: 26 ms a quarter for 346,000 suppliers.
constexpr double nanoseconds_per_supplier_quarter = 75.0;

/// Memory of one firm: a value of every column.
double bytes_per_firm()
{
    std::size_t bytes = 0;
    for_each(Firms::table, [&](const auto& field) {
        using Values = std::remove_cvref_t<decltype(std::declval<Firms&>().*field.member)>;
        if constexpr (std::is_same_v<Values, StageColumns>) {
            bytes += stages * sizeof(double);
        } else {
            bytes += sizeof(typename Values::value_type);
        }
    });
    return static_cast<double>(bytes);
}

/// The same economies with hardly a firm: its shape tells what does not grow with firms.
World shape_of(Scenario scenario)
{
    scenario.parameters.world.firms_per_country = 1;
    return make_world(scenario, mpi::Communicator{});
}

/// Suppliers of all markets: what the work on markets grows with.
double suppliers(const World& world)
{
    return static_cast<double>(world.countries.size() * world.positions.size() *
                               (world.countries.size() + world.leads.size()));
}

/// Memory of firms on the fullest rank: of several ranks, one has up to so many more than the mean before firms are
/// shared out; then it may send all of its firms and receive a mean rank's.
double bytes_of_firms(double firms, int ranks)
{
    const double mean = firms / ranks;
    if (ranks == 1) {
        return mean * FirmStore::most_slots_per_firm * bytes_per_firm();
    }
    const double fullest = mean * (1.0 + mpi::most_imbalance);
    return fullest * FirmStore::most_slots_per_firm * bytes_per_firm() +
           fullest * static_cast<double>(bytes_to_send_firm) +
           mean * static_cast<double>(bytes_of_moved_firm);
}

/// Memory that every rank holds whatever the number of firms.
double shared_bytes(const World& world, int ranks)
{
    // Share, taste, sales, index; what ranks have in common of shares, twice.
    const double values_per_supplier = ranks > 1 ? 6.0 : 4.0;
    return suppliers(world) * values_per_supplier * sizeof(double) +
           static_cast<double>(world.pools.size() * sizeof(PoolResults));
}

}  // namespace

Estimate estimate(const Scenario& scenario, const Machine& machine)
{
    const Parameters& p = scenario.parameters;
    const World shape = shape_of(scenario);
    Estimate estimate;
    std::int64_t firms_in_snapshot = 0;
    for (const Economy& economy : economies_of(scenario)) {
        ++estimate.economies;
        const std::int64_t its_firms = economy.firms;
        estimate.firms += its_firms;
        firms_in_snapshot += io::has_country(p.output, economy.key) ? its_firms : 0;
    }
    const auto firms = static_cast<double>(estimate.firms);
    estimate.bytes_per_rank = bytes_of_idle_rank + shared_bytes(shape, machine.ranks) +
                              bytes_of_firms(firms * firms_at_most_per_initial_firm, machine.ranks);

    estimate.series_bytes = static_cast<double>(io::series_bytes(shape));
    if (p.output.snapshot_every > 0) {
        estimate.snapshots = p.run.quarters / p.output.snapshot_every;
        estimate.snapshot_bytes = static_cast<double>(estimate.snapshots) *
                                  static_cast<double>(io::snapshot_bytes(
                                      p.output, static_cast<std::uint64_t>(firms_in_snapshot)));
    }

    const double firm_work = firms * nanoseconds_per_firm_quarter / machine.workers();
    const double market_work = suppliers(shape) * nanoseconds_per_supplier_quarter;
    const auto quarters = static_cast<double>(p.run.spin_up + p.run.quarters);
    estimate.seconds = quarters * (firm_work + market_work) * 1e-9;
    return estimate;
}

std::string report(const Estimate& estimate, const Scenario& scenario, const Machine& machine)
{
    const auto line = [](const char* what, const std::string& value) {
        return text(left(what, 26), value, '\n');
    };
    return line("scenario", scenario.name) + line("economies", grouped(estimate.economies)) +
           line("firms at the start", grouped(estimate.firms)) +
           line("quarters", grouped(scenario.parameters.run.quarters)) +
           line("processes", describe(machine)) +
           line("memory a rank", text("about ", bytes(estimate.bytes_per_rank))) +
           line("series to be written", text("about ", bytes(estimate.series_bytes))) +
           line("snapshots to be written",
                estimate.snapshots == 0
                    ? std::string{"none"}
                    : text(estimate.snapshots, ", about ", bytes(estimate.snapshot_bytes))) +
           line("estimated time", text("about ", duration(estimate.seconds))) +
           "nothing was written\n";
}

}  // namespace latecomer::jobs
