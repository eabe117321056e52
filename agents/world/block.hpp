#pragma once

#include "agents/world/world.hpp"
#include "core/exact_sum.hpp"

#include <array>
#include <vector>

namespace latecomer {

/// The most firms that are worked on together: their scratch values stay in the first-level cache.
inline constexpr std::size_t block_size = 256;

/// At most `block_size` firms of one pool that lie together: the unit of threads and of vector loops.
///
/// How firms are cut into blocks never shows in a result.
struct Block {
    PoolId pool;
    CountryId country;
    PositionId position;
    std::size_t first = 0;  ///< slot of the first firm
    std::size_t size = 0;
};

/// This rank's firms in blocks; `reused` is memory for them.
std::vector<Block> blocks_of(const World& world, std::vector<Block> reused = {});

/// One scratch value per firm of a block.
struct alignas(64) BlockValues {
    std::array<double, block_size> values;

    double& operator[](std::size_t i) { return values[i]; }
    double operator[](std::size_t i) const { return values[i]; }
    double* data() { return values.data(); }
    const double* data() const { return values.data(); }
};

/// The ids of a block's firms as keys of random draws.
inline const std::uint64_t* draw_ids(const Firms& firms, const Block& block)
{
    return reinterpret_cast<const std::uint64_t*>(firms.id.data()) + block.first;
}

/// Adds a block's scratch values to a pool's entry; the entry remembers values it cannot hold.
inline void add_values(SumTable& sums, const Block& block, std::size_t quantity,
                       const BlockValues& values)
{
    sums.add(block.pool.at(), quantity, values.data(), block.size);
}

}  // namespace latecomer
