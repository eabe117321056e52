#include "agents/kernels/firm_kernels.hpp"
#include "core/kernels/elementary.hpp"
#include "core/kernels/limits.hpp"
#include "core/kernels/random.hpp"

namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {
namespace {

/// Standard normal draws: random numbers k of the firms.
void fill_normal(const std::uint64_t* ids, std::size_t n, const Draws& draws, Stream stream,
                 unsigned k, BlockValues& normal)
{
    BlockValues turn;
    fill_uniform_pairs(normal.data(), turn.data(), n, draws.key, stream, ids, draws.quarter, k);
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        normal[i] = normal_of(normal[i], turn[i]);
    }
}

void shape_new_firms(const std::uint64_t* ids, std::size_t n, const Draws& draws, Stream stream,
                     double dispersion, double size_deviation, NewFirms& firms)
{
    constexpr double widest = 2.0;  // standard deviations
    for (std::size_t s = 0; s < stages; ++s) {
        BlockValues& factor = firms.capability[s];
        fill_normal(ids, n, draws, stream, static_cast<unsigned>(s), factor);
#pragma omp simd
        for (std::size_t i = 0; i < n; ++i) {
            factor[i] = exp(dispersion * smaller(widest, larger(-widest, factor[i])));
        }
    }
    const double log_mean = 0.5 * size_deviation * size_deviation;
    fill_normal(ids, n, draws, stream, size_draw, firms.size);
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        firms.size[i] = exp(multiply_add(size_deviation, firms.size[i], -log_mean));
    }
}

}  // namespace

decltype(FirmKernels::shape_new_firms) shape_new_firms_kernel()
{
    return shape_new_firms;
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
