#include "core/random.hpp"

#include "core/errors.hpp"

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
