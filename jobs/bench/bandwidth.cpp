#include "core/parallel.hpp"
#include "jobs/bench/measures.hpp"

#include <algorithm>
#include <memory>

namespace latecomer::jobs::bench {

double mean(const std::vector<double>& values)
{
    double sum = 0.0;
    for (const double value : values) {
        sum += value;
    }
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

double median(std::vector<double> values)
{
    if (values.empty()) {
        return 0.0;
    }
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

double measure_bandwidth(const Effort& effort, const mpi::Communicator& comm)
{
    const long threads = thread_count();
    const auto values = static_cast<std::size_t>(effort.bandwidth_values);
    struct Arrays {
        std::vector<double> a, b, c;
    };
    std::vector<std::unique_ptr<Arrays>> all(static_cast<std::size_t>(threads));
    for_each_index(threads, [&](long part, int) {  // each thread touches its own pages first
        auto& arrays = all[static_cast<std::size_t>(part)];
        arrays = std::make_unique<Arrays>();
        arrays->a.assign(values, 0.0);
        arrays->b.assign(values, 1.0);
        arrays->c.assign(values, 2.0);
    });
    std::vector<double> times;
    for (int repeat = 0; repeat < 7; ++repeat) {
        times.push_back(slowest(comm, [&] {
            for_each_index(threads, [&](long part, int) {
                Arrays& arrays = *all[static_cast<std::size_t>(part)];
                double* a = arrays.a.data();
                const double* b = arrays.b.data();
                const double* c = arrays.c.data();
                const double scale = 1.0 + repeat;
#pragma omp simd
                for (std::size_t i = 0; i < values; ++i) {
                    a[i] = b[i] + scale * c[i];
                }
            });
        }));
    }
    return 3.0 * sizeof(double) * static_cast<double>(effort.bandwidth_values) *
           static_cast<double>(threads) * comm.size() / median(times);
}

}  // namespace latecomer::jobs::bench
