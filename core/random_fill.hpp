#pragma once

#include "core/random.hpp"

#include <cstddef>
#include <cstdint>

/// The draws of many entities at once, with the same bits as drawn one by one.
namespace latecomer {

/// out[i] = uniform(key, stream, ids[i], quarter, k) for i < n.
void fill_uniform(double* out, std::size_t n, RandomKey key, Stream stream,
                  const std::uint64_t* ids, std::uint32_t quarter, unsigned k);

/// out0[i] and out1[i] = chance(..., ids[i], ..., k0 and k1) for i < n; k0 and k1 less than 4.
void fill_chances(double* out0, double* out1, std::size_t n, RandomKey key, Stream stream,
                  const std::uint64_t* ids, std::uint32_t quarter, unsigned k0, unsigned k1);

}  // namespace latecomer
