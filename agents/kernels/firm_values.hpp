#pragma once

#include "agents/economy/stages.hpp"
#include "agents/kernels/block_values.hpp"
#include "core/random.hpp"

#include <cstddef>
#include <cstdint>

namespace latecomer {

/// Where the values of the firms of a block begin, column by column (agents/world/firms.hpp says what they
/// are).
struct FirmValues {
    std::size_t size = 0;  ///< firms of the block
    const std::uint64_t* ids = nullptr;
    double* capability[stages];
    double* experience[stages];
    double* domestic_share = nullptr;
    double* export_share = nullptr;
    double* mark_up = nullptr;
    double* data_stock = nullptr;
    double* cash = nullptr;
    double* revenue = nullptr;
    double* units = nullptr;
    double* price = nullptr;
    double* growth = nullptr;
    std::uint32_t* weak_quarters = nullptr;
    std::uint32_t* weak_exports = nullptr;
};

/// What all draws of a quarter have in common.
struct Draws {
    RandomKey key;
    std::uint32_t quarter = 0;
};

/// What the size of a firm relative to the mean of its pool means for its search and for its growth.
struct SizeEffects {
    BlockValues
        most_effort;       ///< at least size^learning.size_exponent (eq. 6), without computing it
    BlockValues noise;     ///< clip(size, 0.02, 20)^-selection.noise_size_exponent (eq. 13)
    BlockValues log_size;  ///< ln size (eq. 6, 13)
};

}  // namespace latecomer
