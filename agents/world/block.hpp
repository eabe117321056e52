#pragma once

#include "agents/kernels/firm_values.hpp"
#include "agents/world/world.hpp"
#include "core/exact_sum.hpp"

#include <vector>

namespace latecomer {

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

/// Where the values of a block's firms begin.
FirmValues values_of(Firms& firms, const Block& block);

/// What the draws of this quarter have in common.
inline Draws draws_of(const World& world)
{
    return {world.random, world.clock()};
}

/// Adds a block's scratch values to a pool's entry; the entry remembers values it cannot hold.
inline void add_values(SumTable& sums, const Block& block, std::size_t quantity,
                       const BlockValues& values)
{
    sums.add(block.pool.at(), quantity, values.data(), block.size);
}

}  // namespace latecomer
