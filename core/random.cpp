#include "core/random.hpp"

#include "core/elementary.hpp"
#include "core/errors.hpp"
#include "core/kernels/core_kernels.hpp"
#include "core/random_fill.hpp"

namespace latecomer {
namespace {

constexpr double chunk = 256.0;

/// The smallest n with P(N <= n) >= u for N Poisson with mean <= chunk.
std::uint64_t inverse_poisson(double u, double mean)
{
    constexpr double negligible = 0x1p-80;  // far behind the mean; cannot change the sum any more
    double probability = elementary::exp(-mean);
    double cumulated = probability;
    std::uint64_t n = 0;
    while (cumulated < u && (static_cast<double>(n) < mean || probability > negligible)) {
        ++n;
        probability *= mean / static_cast<double>(n);
        cumulated += probability;
    }
    return n;
}

}  // namespace

double normal_of(double u, double v)
{
    return core_kernels().normal_of(u, v);
}

double normal(RandomKey key, Stream stream, std::uint64_t entity, std::uint32_t quarter, unsigned k)
{
    const RandomWords words = random_words(key, stream, entity, quarter, k);
    return normal_of(detail::open_unit(words[0], words[1]), detail::open_unit(words[2], words[3]));
}

double laplace(double u)
{
    return core_kernels().laplace(u);
}

double beta_one(double u, double b)
{
    return core_kernels().beta_one(u, b);
}

void fill_uniform(double* out, std::size_t n, RandomKey key, Stream stream,
                  const std::uint64_t* ids, std::uint32_t quarter, unsigned k)
{
    core_kernels().fill_uniform(out, n, key, stream, ids, quarter, k);
}

void fill_chances(double* out, std::size_t n, RandomKey key, Stream stream,
                  const std::uint64_t* ids, std::uint32_t quarter, unsigned k)
{
    core_kernels().fill_chances(out, n, key, stream, ids, quarter, k);
}

std::uint64_t poisson(RandomKey key, Stream stream, std::uint64_t entity, std::uint32_t quarter,
                      double mean)
{
    expects(mean <= 0x1p24, "the mean of a Poisson variate is a number of at most 2^24");
    std::uint64_t events = 0;
    unsigned k = 0;
    for (; mean >= chunk; mean -= chunk) {
        events += inverse_poisson(uniform(key, stream, entity, quarter, k++), chunk);
    }
    if (mean > 0.0) {
        events += inverse_poisson(uniform(key, stream, entity, quarter, k), mean);
    }
    return events;
}

}  // namespace latecomer
