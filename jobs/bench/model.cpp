#include "agents/firms/firm_scratch.hpp"
#include "agents/start/initial.hpp"
#include "agents/step.hpp"
#include "agents/world/state_hash.hpp"
#include "core/text.hpp"
#include "io/checkpoint/checkpoint.hpp"
#include "io/files/agreement.hpp"
#include "io/files/raw_file.hpp"
#include "io/results/provenance.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/bench/measures.hpp"
#include "jobs/run/builtin.hpp"

#include <array>
#include <fstream>
#include <system_error>

#include <sys/resource.h>
#include <unistd.h>

namespace latecomer::jobs::bench {
namespace {

/// The built-in economies, those that the brief names on its pathways.
Scenario scenario_of(std::int64_t firms, const mpi::Communicator& comm)
{
    ScenarioRequest request;
    request.builtin_countries = builtin_countries;
    constexpr std::int64_t latecomers = 11;  // of the built-in economies
    request.settings = {
        text("world.firms_per_country=", std::max<std::int64_t>(1, firms / latecomers))};
    request.pathways = {"IDN=sovereignty",    "IND=strategic_data", "CHL=strategic_data",
                        "COL=strategic_data", "THA=low_value",      "MEX=sector_applications",
                        "PAK=low_value",      "PHL=low_value",      "ZAF=sector_applications"};
    return read_scenario(request, comm);
}

/// Resident memory at its highest since the last forget_highest_memory(), bytes.
double highest_memory()
{
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024.0;
}

/// Lets the kernel measure from now on, where it can (Linux); else the highest stays the highest.
void forget_highest_memory()
{
    constexpr int forget = 5;
    std::ofstream{"/proc/self/clear_refs"} << forget;
}

/// A folder for files that nobody keeps, the same on every rank.
std::filesystem::path scratch_folder(const mpi::Communicator& comm)
{
    std::string path;
    io::do_and_agree(comm, [&] {
        if (comm.is_root()) {
            path = text("latecomer-bench-", ::getpid());
            std::filesystem::create_directories(path);
        }
    });
    return comm.broadcast(std::move(path));
}

/// All ranks write their part of a file and wait for the disk, without order or checksum: the least
/// that a checkpoint can cost.
double plain_write(const std::filesystem::path& path, double bytes, const mpi::Communicator& comm)
{
    io::do_and_agree(comm, [&] {
        if (comm.is_root()) {
            std::ofstream{path};
        }
    });
    const auto part = static_cast<std::size_t>(bytes) / static_cast<std::size_t>(comm.size());
    const std::vector<std::byte> piece(std::min<std::size_t>(part, 4u << 20));
    return slowest(comm, [&] {
        io::do_and_agree(comm, [&] {
            io::RawFile file = io::RawFile::open_to_write(path);
            for (std::size_t done = 0; done < part; done += piece.size()) {
                file.write(part * static_cast<std::size_t>(comm.rank()) + done,
                           std::span{piece}.first(std::min(piece.size(), part - done)));
            }
            file.sync();
            file.close();
        });
    });
}

void measure_checkpoint(const World& world, ModelResult& result, const mpi::Communicator& comm)
{
    const std::filesystem::path folder = scratch_folder(comm);
    const Outcomes none;
    std::vector<double> ours;
    std::vector<double> plain;
    for (int repeat = 0; repeat < 5; ++repeat) {
        const auto path = folder / text("ckpt_", repeat, ".h5");
        ours.push_back(slowest(comm, [&] { io::write_checkpoint(path, world, none, {}, comm); }));
        if (comm.is_root()) {
            result.checkpoint_bytes = static_cast<double>(std::filesystem::file_size(path));
        }
        std::array<double, 1> bytes{result.checkpoint_bytes};
        comm.max(bytes);
        plain.push_back(plain_write(folder / text("plain_", repeat), bytes[0], comm));
    }
    result.checkpoint_seconds = median(ours);
    result.plain_write_seconds = median(plain);
    if (comm.is_root()) {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
}

}  // namespace

namespace {

using PhaseTimes = std::array<std::vector<double>, phase_count>;  // a value per quarter

/// Steps and remembers what each phase took on this rank, all threads together.
void timed_step(World& world, PhaseTimes& phases, const mpi::Communicator& comm)
{
    for (std::size_t phase = 0; phase < phase_count; ++phase) {
        phases[phase].push_back(-world.stopwatch.seconds(static_cast<Phase>(phase)));
    }
    step(world, comm);
    for (std::size_t phase = 0; phase < phase_count; ++phase) {
        phases[phase].back() += world.stopwatch.seconds(static_cast<Phase>(phase));
    }
}

/// The mean over all workers of what a phase took in each rank's median quarter.  Collective.
double of_median_quarter(const std::vector<double>& times, const Machine& machine,
                         const mpi::Communicator& comm)
{
    double sum = 0.0;
    for (const double seconds : comm.gather_all(std::array{median(times)})) {
        sum += seconds;
    }
    return sum / machine.workers();
}

/// What quarters sent: those that moved firms to other ranks aside.
struct Sent {
    mpi::TrafficCount regular;
    mpi::TrafficCount moving;
    std::int64_t moves = 0;

    void note(const mpi::Traffic& before, const mpi::Traffic& after)
    {
        const bool moved = after.exchanges.calls > before.exchanges.calls;
        mpi::TrafficCount& count = moved ? moving : regular;
        count.bytes += total(after).bytes - total(before).bytes;
        count.messages += total(after).messages - total(before).messages;
        moves += moved ? 1 : 0;
    }
};

void take_sizes(const World& world, const Sent& sent, double memory_before, const Effort& effort,
                ModelResult& result, const mpi::Communicator& comm)
{
    const double memory = highest_memory();
    std::array<double, 1> fullest{memory};
    comm.max(fullest);
    result.rank_bytes = fullest[0];
    std::array<std::int64_t, 5> sums{static_cast<std::int64_t>(memory - memory_before),
                                     static_cast<std::int64_t>(world.firms.bytes()),
                                     sent.regular.bytes, sent.regular.messages, sent.moving.bytes};
    comm.sum(std::span<std::int64_t>{sums});
    const auto firms = static_cast<double>(result.firms);
    const auto per_rank = [&](std::int64_t sum, std::int64_t quarters) {
        return quarters > 0 ? static_cast<double>(sum) / static_cast<double>(quarters) / comm.size()
                            : 0.0;
    };
    result.bytes_per_firm = static_cast<double>(sums[0]) / firms;
    result.column_bytes_per_firm = static_cast<double>(sums[1]) / firms;
    result.sent_bytes = per_rank(sums[2], effort.quarters - sent.moves);
    result.messages = per_rank(sums[3], effort.quarters - sent.moves);
    result.rebalances = sent.moves;
    result.moved_bytes = per_rank(sums[4], sent.moves);
}

/// Processor time of all ranks and threads so far, seconds.  Collective.
double processor_seconds(const mpi::Communicator& comm)
{
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    double sum = 0.0;
    for (const double seconds : comm.gather_all(std::array{
             static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
             1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)})) {
        sum += seconds;
    }
    return sum;
}

/// What a rank waits for others in a median quarter, in the mean of all ranks.  Collective.
double seconds_waited(World& world, const Effort& effort, const mpi::Communicator& comm)
{
    comm.watch_waiting(true);
    std::vector<double> waited;
    for (std::int64_t quarter = 0; quarter < effort.quarters; ++quarter) {
        comm.barrier();
        const double before = comm.waited();
        step(world, comm);
        waited.push_back(mean(comm.gather_all(std::array{comm.waited() - before})));
    }
    comm.watch_waiting(false);
    return median(waited);
}

/// How many times as long a median quarter takes with exact sums as with plain ones, in turns; 0 on
/// several ranks, whose plain sums would not add up.
double price_of_exact_sums(World& world, const Effort& effort, const mpi::Communicator& comm)
{
    if (comm.size() > 1) {
        return 0.0;
    }
    std::vector<double> exact;
    std::vector<double> plain;
    for (std::int64_t quarter = 0; quarter < effort.quarters; ++quarter) {
        exact.push_back(slowest(comm, [&] { step(world, comm); }));
        use_plain_sums(world, true);
        plain.push_back(slowest(comm, [&] { step(world, comm); }));
        use_plain_sums(world, false);
    }
    return median(exact) / median(plain);
}

}  // namespace

ModelResult measure_model(std::int64_t firms, const Effort& effort, const Machine& machine,
                          const mpi::Communicator& comm)
{
    forget_highest_memory();
    const double memory_before = highest_memory();
    const Scenario scenario = scenario_of(firms, comm);
    World world = make_world(scenario, comm);
    constexpr int warm_up = 8;  // many firms of the initial world move or leave at first
    for (int quarter = 0; quarter < warm_up; ++quarter) {
        step(world, comm);
    }
    world.stopwatch.start(machine.threads);
    std::vector<double> times;
    std::vector<double> processor_times;
    PhaseTimes phases;
    Sent sent;
    for (std::int64_t quarter = 0; quarter < effort.quarters; ++quarter) {
        const double used = processor_seconds(comm);
        const mpi::Traffic before = comm.traffic();
        times.push_back(slowest(comm, [&] { timed_step(world, phases, comm); }));
        sent.note(before, comm.traffic());
        processor_times.push_back(processor_seconds(comm) - used);
    }

    ModelResult result;
    result.firms = firm_count(world);
    result.seconds_per_quarter = median(times);
    result.mean_seconds_per_quarter = mean(times);
    result.processor_seconds_per_quarter = median(processor_times);
    result.mean_processor_seconds_per_quarter = mean(processor_times);
    for (std::size_t phase = 0; phase < phase_count; ++phase) {
        result.seconds[phase] = of_median_quarter(phases[phase], machine, comm);
    }
    take_sizes(world, sent, memory_before, effort, result, comm);
    result.state_hash = hexadecimal(state_hash(world, comm));
    measure_checkpoint(world, result, comm);
    result.waiting_seconds = seconds_waited(world, effort, comm);
    result.exact_over_plain = price_of_exact_sums(world, effort, comm);
    return result;
}

double bytes_of_firm(Phase phase)
{
    constexpr double value = sizeof(double);
    switch (phase) {
    // Identity, revenue, units and windows; experience and four capabilities there and back.
    case Phase::learn:
        return 3.5 * value + 2.0 * 5.0 * value;
    // Identity, two capabilities, mark-up, data and shares; price and growth written.
    case Phase::price:
        return 7.0 * value + 2.0 * value;
    // Growth, price, capability; shares, mark-up, cash, data there and back; revenue and units.
    case Phase::accounts:
        return 3.0 * value + 2.0 * 5.0 * value + 2.0 * value;
    // Shares, cash, two capabilities; weak quarters there and back.
    case Phase::mobility:
        return 5.0 * value + value;
    default:
        return 0.0;
    }
}

}  // namespace latecomer::jobs::bench
