#pragma once

#include "agents/kernels/firm_kernels.hpp"
#include "core/elementary.hpp"
#include "core/ids.hpp"
#include "core/random.hpp"

#include <algorithm>

namespace latecomer {

/// Normal draw for the capability of a new agent at a stage, clipped to two standard deviations.  Many firms at
/// once: FirmKernels::shape_new_firms.
inline double capability_draw(RandomKey key, Stream stream, FirmId id, std::uint32_t quarter,
                              std::size_t stage)
{
    const double n = normal(key, stream, identity::bits(id), quarter, static_cast<unsigned>(stage));
    return std::clamp(n, -2.0, 2.0);
}

/// Lognormal draw of mean one: exp(sd n - sd^2/2).
inline double size_of_new_firm(RandomKey key, Stream stream, FirmId id, std::uint32_t quarter,
                               double deviation)
{
    const double n = normal(key, stream, identity::bits(id), quarter, size_draw);
    return elementary::exp(deviation * n - 0.5 * deviation * deviation);
}

}  // namespace latecomer
