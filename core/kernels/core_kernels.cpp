#include "core/kernels/core_kernels.hpp"

#include "core/kernels/elementary.hpp"
#include "core/kernels/grid.hpp"
#include "core/kernels/lanes.hpp"
#include "core/kernels/random.hpp"

namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {
namespace {

using latecomer::detail::fine_grid;
using latecomer::detail::middle_grid;
using latecomer::detail::whole_grid;

/// What the grids' shifts add to the bits is taken off at the end.
GridUnits count_small_units(const double* values, std::size_t n)
{
    constexpr std::uint64_t reach = std::uint64_t{1} << 49;
    constexpr std::uint64_t lowest = __builtin_bit_cast(std::uint64_t, whole_grid.shift) - reach;
    Lanes whole{};
    Lanes middle{};
    Lanes fine{};
    Lanes beyond{};
    const auto take = [&](RealLanes x) {
        const RealLanes by_one = x + whole_grid.shift;
        const Lanes above_lowest = (Lanes)by_one - lowest;
        whole += above_lowest;
        beyond |= above_lowest;
        const RealLanes rest = x - (by_one - whole_grid.shift);
        const RealLanes by_middle = rest + middle_grid.shift;
        middle += (Lanes)by_middle;
        fine += (Lanes)((rest - (by_middle - middle_grid.shift)) + fine_grid.shift);
    };
    std::size_t done = 0;
    for (; done + lanes <= n; done += lanes) {
        take(load_lanes<RealLanes>(values + done));
    }
    if (done < n) {
        take(load_lanes<RealLanes>(values + done, n - done));
        done += lanes;
    }
    return {sum_of_lanes(whole) - done * reach,
            sum_of_lanes(middle) - done * bits_of(middle_grid.shift),
            sum_of_lanes(fine) - done * bits_of(fine_grid.shift),
            !any_bit(beyond, ~(2 * reach - 1))};
}

double plain_sum(const double* values, std::size_t n)
{
    RealLanes sums{};
    std::size_t done = 0;
    for (; done + lanes <= n; done += lanes) {
        sums += load_lanes<RealLanes>(values + done);
    }
    sums += load_lanes<RealLanes>(values + done, n - done);
    double sum = 0.0;
    for (std::size_t i = 0; i < lanes; ++i) {
        sum += sums[i];
    }
    return sum;
}

// Functions to point at: those of core/kernels/elementary.hpp are always inlined.
double exp_of(double x)
{
    return exp(x);
}
double expm1_of(double x)
{
    return expm1(x);
}
double log_of(double x)
{
    return log(x);
}
double log1p_of(double x)
{
    return log1p(x);
}
double pow_of(double x, double y)
{
    return pow(x, y);
}
elementary::SineAndCosine sincos_of(double u)
{
    return sincos_of_turn(u);
}
double normal_of_two(double u, double v)
{
    return normal_of(u, v);
}
double laplace_of(double u)
{
    return laplace(u);
}
double beta_one_of(double u, double b)
{
    return beta_one(u, b);
}
void uniforms(double* out, std::size_t n, RandomKey key, Stream stream, const std::uint64_t* ids,
              std::uint32_t quarter, unsigned k)
{
    fill_uniform(out, n, key, stream, ids, quarter, k);
}
void chances(double* out, std::size_t n, RandomKey key, Stream stream, const std::uint64_t* ids,
             std::uint32_t quarter, unsigned k)
{
    fill_chances(out, n, key, stream, ids, quarter, k);
}

}  // namespace

CoreKernels core_kernels()
{
    return {exp_of,    expm1_of,          log_of,     log1p_of,    pow_of,
            sincos_of, normal_of_two,     laplace_of, beta_one_of, uniforms,
            chances,   count_small_units, plain_sum};
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
