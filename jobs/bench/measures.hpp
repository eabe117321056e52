#pragma once

#include "core/stopwatch.hpp"
#include "jobs/run/machine.hpp"
#include "mpi/communicator.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

/// What `latecomer bench` measures.  Times are medians; rates count firms or agents of all ranks.
namespace latecomer::jobs::bench {

/// How much is measured.
struct Effort {
    std::vector<std::int64_t> firms;            ///< sizes of the full model
    std::int64_t quarters = 5;                  ///< timed, after two that are not
    std::int64_t agents = 1'000'000;            ///< of the toy, on each worker
    std::int64_t bandwidth_values = 8'000'000;  ///< of each of three arrays, on each worker
};

/// The full model, every instrument of the four pathways at work, at one size.
struct ModelResult {
    std::int64_t firms = 0;            ///< at the end
    double seconds_per_quarter = 0.0;  ///< median
    double mean_seconds_per_quarter = 0.0;
    double processor_seconds_per_quarter = 0.0;  ///< of all ranks and threads, median
    double mean_processor_seconds_per_quarter = 0.0;
    std::array<double, phase_count> seconds{};  ///< by phase: median quarter, mean of all workers
    double waiting_seconds =
        0.0;  ///< for others in collective calls: median quarter, mean of all ranks
    double bytes_per_firm = 0.0;         ///< resident memory of all ranks at its highest
    double column_bytes_per_firm = 0.0;  ///< of it, columns of firms with room to grow
    double rank_bytes = 0.0;             ///< resident memory of the fullest rank at its highest
    double sent_bytes = 0.0;          ///< by a rank in a quarter that moves no firm to a rank, mean
    double messages = 0.0;            ///< likewise
    std::int64_t rebalances = 0;      ///< quarters that moved firms to other ranks
    double moved_bytes = 0.0;         ///< sent by a rank in such a quarter, mean
    double checkpoint_seconds = 0.0;  ///< 0: not measured
    double checkpoint_bytes = 0.0;
    double plain_write_seconds = 0.0;  ///< of as many bytes by all ranks, on disk
    double exact_over_plain =
        0.0;  ///< time of a quarter over that with plain sums; 0: not measured
    std::string state_hash;
};

/// One draw, one mean and one share update an agent and quarter.
struct ToyResult {
    std::int64_t agents = 0;  ///< of all workers
    double seconds_per_quarter = 0.0;
    double mean = 0.0;  ///< E after 100 quarters; expected 1.340 within .003
};

/// Throws InternalError if a world cannot be made or stepped.  Collective.
ModelResult measure_model(std::int64_t firms, const Effort& effort, const Machine& machine,
                          const mpi::Communicator& comm);

/// Collective.
ToyResult measure_toy(const Effort& effort, const mpi::Communicator& comm);

/// Bytes per second that all workers together read and write in a = b + s c.  Collective.
double measure_bandwidth(const Effort& effort, const mpi::Communicator& comm);

/// Bytes that a firm's values take through a phase, reading and writing, if the phase touches each
/// column once; 0 for phases that do not go over firms.
double bytes_of_firm(Phase phase);

double mean(const std::vector<double>& values);

/// The middle one, or the mean of the two in the middle.
double median(std::vector<double> values);

/// Seconds that the slowest rank took for something.  Collective.
template <class Work>
double slowest(const mpi::Communicator& comm, const Work& work)
{
    comm.barrier();
    const auto begin = Stopwatch::Clock::now();
    work();
    std::array<double, 1> seconds{
        std::chrono::duration<double>(Stopwatch::Clock::now() - begin).count()};
    comm.max(seconds);
    return seconds[0];
}

}  // namespace latecomer::jobs::bench
