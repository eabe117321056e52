// What it takes to share firms out anew, for the constants of mpi/share_outs.hpp: seconds by firms that the busiest rank
// sends or receives, and a quarter of a firm to compare with.  See README.md.
//
// Usage: mpirun -n RANKS share_outs [FIRMS]

#include "mpi/share_outs.hpp"
#include "agents/world/rebalance.hpp"
#include "core/parallel.hpp"
#include "mpi/session.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace latecomer {
namespace {

constexpr int repeats = 9;

/// Median seconds of a call, from when all ranks begin until the last ends.
template <class Work>
double median_seconds(const Work& work, const mpi::Communicator& comm)
{
    using Clock = std::chrono::steady_clock;
    std::vector<double> times;
    for (int repeat = 0; repeat < repeats; ++repeat) {
        comm.barrier();
        const auto begin = Clock::now();
        work(repeat);
        std::array<double, 1> seconds{std::chrono::duration<double>(Clock::now() - begin).count()};
        comm.max(seconds);
        times.push_back(seconds[0]);
    }
    std::ranges::nth_element(times, times.begin() + repeats / 2);
    return times[repeats / 2];
}

/// A partition whose cuts lie elsewhere: firms of the first half of all pools cost so much more.
mpi::Partition shifted(const World& world, double more, const mpi::Communicator& comm)
{
    std::vector<std::int64_t> firms;
    for (const PoolStatistics& pool : world.statistics) {
        firms.push_back(pool.firms);
    }
    std::vector<double> cost(firms.size(), 1.0);
    std::fill_n(cost.begin(), cost.size() / 2, 1.0 + more);
    return mpi::Partition::balanced(firms, cost, comm.size());
}

void measure(std::int64_t firms, const mpi::Communicator& comm)
{
    World world =
        make_world(tests::synthetic_scenario(12, 4, 6, static_cast<int>(firms / 16)), comm);
    for (int quarter = 0; quarter < 5; ++quarter) {
        step(world, comm);
    }
    redistribute(world, comm);
    for (const double more : {0.0, 0.02, 0.1, 0.5, 2.0}) {
        const std::array partitions{shifted(world, more, comm), shifted(world, 0.0, comm)};
        std::array<std::int64_t, 1> moved{
            mpi::moved_between(partitions[1].run(comm.rank()), partitions[0].run(comm.rank()))};
        comm.max(moved);
        const double seconds = median_seconds(
            [&](int repeat) {
                redistribute(world, partitions[static_cast<std::size_t>(repeat % 2)], comm);
            },
            comm);
        if (comm.is_root()) {
            std::printf("%9lld firms moved by the busiest rank: %8.3f ms\n",
                        static_cast<long long>(moved[0]), seconds * 1e3);
        }
    }
    redistribute(world, comm);
    const double seconds = median_seconds([&](int) { step(world, comm); }, comm);
    if (comm.is_root()) {
        std::printf("a quarter of a firm: %.1f ns\n",
                    seconds * 1e9 * comm.size() / static_cast<double>(firm_count(world)));
    }
}

}  // namespace
}  // namespace latecomer

int main(int argc, char** argv)
{
    const latecomer::mpi::Session session;
    latecomer::set_thread_count(1);
    latecomer::measure(argc > 1 ? std::atoll(argv[1]) : 1'000'000,
                       latecomer::mpi::Communicator::world());
}
