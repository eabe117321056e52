#include "agents/world/world.hpp"

namespace latecomer {

std::int64_t firm_count(const World& world)
{
    std::int64_t firms = 0;
    for (const PoolStatistics& pool : world.statistics) {
        firms += pool.firms;
    }
    return firms;
}

}  // namespace latecomer
