#include "core/column.hpp"
#include "core/elementary.hpp"
#include "core/exact_sum.hpp"
#include "core/parallel.hpp"
#include "core/random_fill.hpp"
#include "jobs/bench/measures.hpp"

#include <algorithm>
#include <numeric>

namespace latecomer::jobs::bench {
namespace {

constexpr std::int64_t quarters = 100;
constexpr std::size_t block = 256;
constexpr double probability = 0.1;
constexpr double step = 0.05;
constexpr double speed = 0.1;
constexpr RandomKey key{20'230'501, 0};

struct alignas(64) Scratch {
    std::array<double, block> draw;
    std::array<double, block> product;
};

/// Agents of this rank.
struct Agents {
    std::vector<std::uint64_t> id;
    std::vector<double> productivity;
    std::vector<double> share;
};

/// The share update of the quarter before, then this quarter's draw; adds share times productivity.
void pass(Agents& agents, std::size_t first, std::size_t n, double mean_before,
          std::uint32_t quarter, Scratch& scratch, FixedSum& sum)
{
    double* productivity = agents.productivity.data() + first;
    double* share = agents.share.data() + first;
    fill_uniform(scratch.draw.data(), n, key, Stream::innovation, agents.id.data() + first, quarter,
                 0);
    const double factor = quarter > 0 ? speed / mean_before : 0.0;
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        share[i] *= 1.0 + factor * (productivity[i] - mean_before);
        // Below `probability` the draw is uniform there, and so its size.
        const double gain = std::max(0.0, probability - scratch.draw[i]) * (step / probability);
        productivity[i] *= 1.0 + gain;
        scratch.product[i] = share[i] * productivity[i];
    }
    (void)add_block(sum, scratch.product.data(), n);
}

}  // namespace

ToyResult measure_toy(const Effort& effort, const mpi::Communicator& comm)
{
    const int threads = thread_count();
    const auto mine = static_cast<std::size_t>(effort.agents * threads);
    ToyResult result;
    result.agents = effort.agents * threads * comm.size();
    Agents agents;
    agents.id.resize(mine);
    std::iota(agents.id.begin(), agents.id.end(), mine * static_cast<std::size_t>(comm.rank()));
    agents.productivity.assign(mine, 1.0);
    // Shares relative to one over the number of agents: the fixed-point sum keeps all their bits.
    agents.share.assign(mine, 1.0);

    const auto blocks = static_cast<long>((mine + block - 1) / block);
    double mean = 1.0;
    std::vector<double> times;
    for (std::uint32_t quarter = 0; quarter < quarters; ++quarter) {
        times.push_back(slowest(comm, [&] {
            std::vector<FixedSum> sums(static_cast<std::size_t>(threads) * 8);
            for_each_index(blocks, [&](long index, int thread) {
                Scratch scratch;
                const std::size_t first = static_cast<std::size_t>(index) * block;
                pass(agents, first, std::min(block, mine - first), mean, quarter, scratch,
                     sums[static_cast<std::size_t>(thread) * 8]);
            });
            FixedSum total;
            for (const FixedSum& sum : sums) {
                total += sum;
            }
            total.carry();
            std::array<std::int64_t, 3> words{total.whole, total.middle, total.fine};
            comm.sum(std::span<std::int64_t>{words});
            mean =
                FixedSum{words[0], words[1], words[2]}.value() / static_cast<double>(result.agents);
        }));
    }
    result.mean = mean;
    result.seconds_per_quarter = median(times);
    return result;
}

}  // namespace latecomer::jobs::bench
