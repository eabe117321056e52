#include "agents/initial.hpp"
#include "agents/state_hash.hpp"
#include "agents/step.hpp"
#include "core/text.hpp"
#include "io/agreement.hpp"
#include "io/checkpoint.hpp"
#include "io/provenance.hpp"
#include "io/raw_file.hpp"
#include "io/scenario.hpp"
#include "jobs/bench/measures.hpp"
#include "jobs/builtin.hpp"

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

double highest_memory()
{
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024.0;
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

ModelResult measure_model(std::int64_t firms, const Effort& effort, const Machine& machine,
                          const mpi::Communicator& comm)
{
    const double memory_before = highest_memory();
    const Scenario scenario = scenario_of(firms, comm);
    World world = make_world(scenario, comm);
    constexpr int warm_up = 2;
    for (int quarter = 0; quarter < warm_up; ++quarter) {
        step(world, comm);
    }
    const mpi::TrafficCount before = total(comm.traffic());
    world.stopwatch.start(machine.threads);
    std::vector<double> times;
    for (std::int64_t quarter = 0; quarter < effort.quarters; ++quarter) {
        times.push_back(slowest(comm, [&] { step(world, comm); }));
    }
    const mpi::TrafficCount after = total(comm.traffic());

    ModelResult result;
    result.firms = firm_count(world);
    result.seconds_per_quarter = median(times);
    const auto quarters = static_cast<double>(effort.quarters);
    const double workers = static_cast<double>(machine.threads) * comm.size();
    for (std::size_t phase = 0; phase < phase_count; ++phase) {
        std::vector<double> of_rank(static_cast<std::size_t>(comm.size()));
        of_rank[static_cast<std::size_t>(comm.rank())] =
            world.stopwatch.seconds(static_cast<Phase>(phase));
        comm.max(of_rank);
        for (const double seconds : of_rank) {
            result.seconds[phase] += seconds / (quarters * workers);
        }
    }
    std::array<std::int64_t, 3> sums{static_cast<std::int64_t>(highest_memory() - memory_before),
                                     after.bytes - before.bytes, after.messages - before.messages};
    comm.sum(std::span<std::int64_t>{sums});
    result.bytes_per_firm = static_cast<double>(sums[0]) / static_cast<double>(result.firms);
    result.sent_bytes = static_cast<double>(sums[1]) / quarters / comm.size();
    result.messages = static_cast<double>(sums[2]) / quarters / comm.size();
    result.state_hash = hexadecimal(state_hash(world, comm));
    measure_checkpoint(world, result, comm);
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
