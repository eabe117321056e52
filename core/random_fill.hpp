#pragma once

#include "core/random.hpp"

#include <cstddef>
#include <cstdint>

/// The draws of many entities at once, with the same bits as drawn one by one.
namespace latecomer {

/// out[i] = uniform(key, stream, ids[i], quarter, k) for i < n.
void fill_uniform(double* out, std::size_t n, RandomKey key, Stream stream,
                  const std::uint64_t* ids, std::uint32_t quarter, unsigned k);

/// out[i] = chance(key, stream, ids[i], quarter, k) for i < n; k less than 4.
void fill_chances(double* out, std::size_t n, RandomKey key, Stream stream,
                  const std::uint64_t* ids, std::uint32_t quarter, unsigned k);

}  // namespace latecomer
