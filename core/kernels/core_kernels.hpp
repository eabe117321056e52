#pragma once

#include "core/elementary.hpp"
#include "core/instruction_set.hpp"
#include "core/random.hpp"

#include <cstddef>
#include <cstdint>

namespace latecomer {

/// Units of the three grids of a FixedSum, modulo 2^64, that some values amount to; `valid` if all are known
/// to be small enough.
struct GridUnits {
    std::uint64_t whole = 0;
    std::uint64_t middle = 0;
    std::uint64_t fine = 0;
    bool valid = false;
};

/// What core/ computes by code for this processor.
struct CoreKernels {
    double (*exp)(double);
    double (*expm1)(double);
    double (*log)(double);
    double (*log1p)(double);
    double (*pow)(double, double);
    elementary::SineAndCosine (*sincos_of_turn)(double);
    double (*normal_of)(double, double);
    double (*laplace)(double);
    double (*beta_one)(double, double);
    void (*fill_uniform)(double* out, std::size_t n, RandomKey key, Stream stream,
                         const std::uint64_t* ids, std::uint32_t quarter, unsigned k);
    void (*fill_chances)(double* out, std::size_t n, RandomKey key, Stream stream,
                         const std::uint64_t* ids, std::uint32_t quarter, unsigned k);
    GridUnits (*count_small_units)(const double* values,
                                   std::size_t n);             ///< not valid if |x| >= 2^49
    double (*plain_sum)(const double* values, std::size_t n);  ///< in any order, to compare with
};

LATECOMER_KERNELS_OF_EACH_SET(CoreKernels, core_kernels)

/// Those of the instruction set that runs.
const CoreKernels& core_kernels();

}  // namespace latecomer
