// What a sum over all ranks costs, for the model of cost in at_scale.py: latency of one number and time
// per byte of many.  See README.md.

#include "mpi/communicator.hpp"
#include "mpi/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

namespace latecomer {
namespace {

/// Median seconds of a sum of so many integers over the ranks.
double seconds_of_sum(std::size_t integers, const mpi::Communicator& comm)
{
    using Clock = std::chrono::steady_clock;
    constexpr int repeats = 41;
    std::vector<std::int64_t> values(integers, 1);
    std::vector<double> times;
    for (int repeat = 0; repeat < repeats; ++repeat) {
        comm.barrier();
        const auto begin = Clock::now();
        comm.sum(std::span{values});
        times.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
    }
    std::ranges::nth_element(times, times.begin() + repeats / 2);
    return times[repeats / 2];
}

void measure(const mpi::Communicator& comm)
{
    constexpr std::size_t many = 600'000;  // what 3600 pools add up in a quarter
    const double one = seconds_of_sum(1, comm);
    const double all = seconds_of_sum(many, comm);
    if (comm.is_root()) {
        std::printf("%d ranks: one integer %.2f us; %zu integers %.3f ms, %.3f ns a byte\n",
                    comm.size(), one * 1e6, many, all * 1e3,
                    all * 1e9 / static_cast<double>(many * sizeof(std::int64_t)));
    }
}

}  // namespace
}  // namespace latecomer

int main()
{
    const latecomer::mpi::Session session;
    latecomer::measure(latecomer::mpi::Communicator::world());
}
