#pragma once

#include "agents/world/block.hpp"
#include "agents/world/world.hpp"
#include "mpi/communicator.hpp"

#include <cstdint>
#include <vector>

namespace latecomer {

/// Quantities that pools add up over their firms once markets have cleared (eq. 17, 23-26).
enum class PoolSum : std::size_t {
    revenue,
    units,
    cost,
    profit,
    profit_tax,
    dividends,
    weighted_capability,  ///< revenue times capability over the frontier
    data_received,
    herfindahl,
    mark_up,
    log_capability,
    domestic_share,  ///< of all firms that sold
    export_share,
    staying_share,  ///< of those that stay in the pool
    staying_exports,
    capability,  ///< over the frontier, of the firms that the pool has at the end, entrants aside
    seeds,       ///< market shares of firms that join the pool, entrants aside
    new_export_powers,    ///< size at home^export_size_exponent of new exporters (eq. 24)
    large_leavers_share,  ///< of their market, of firms with a tenth of it that leave
    exit_cash,
    cash,  ///< of the firms that the pool has at the end, entrants aside
    count,
};

/// Events that pools count.
enum class PoolCount : std::size_t {
    exits,
    upgrades_out,
    upgrades_in,
    new_exporters,
    exporters_stopped,
    staying_exporters,
    large_leavers,
    count,
};

inline constexpr std::size_t pool_sums = static_cast<std::size_t>(PoolSum::count);
inline constexpr std::size_t pool_counts = static_cast<std::size_t>(PoolCount::count);

/// Below every ln capability.
inline constexpr double least_log_capability = -1e300;

/// Sums, counts, largest values and distributions by pool: of one thread, then of a rank, then of
/// all ranks.  Everything in it adds in any order.
struct Tally {
    Tally(std::size_t pools, std::size_t positions, std::size_t windows)
        : sums(pools, pool_sums), old_technology(pools, windows), upgrades{pools, positions},
          counts(pools * pool_counts), histogram(pools * histogram_bins), best_capability(pools),
          best_log_capability(pools, least_log_capability), largest_share(pools)
    {}
    explicit Tally(const World& world)
        : Tally(world.pools.size(), world.positions.size(), world.scenario.windows.size())
    {}

    void add(PoolId pool, PoolSum what, double value)
    {
        sums.add(pool.at(), static_cast<std::size_t>(what), value);
    }
    double sum(PoolId pool, PoolSum what) const
    {
        return sums.value(pool.at(), static_cast<std::size_t>(what));
    }
    std::int64_t& number(PoolId pool, PoolCount what)
    {
        return counts[pool.at() * pool_counts + static_cast<std::size_t>(what)];
    }

    void merge(const Tally& other);
    void clear();
    void be_plain();  ///< see SumTable::be_plain

    SumTable sums;
    SumTable old_technology;  ///< revenue of firms that have not adopted a window
    Table<PoolId, PositionId, std::int64_t> upgrades;  ///< firms that moved to a position
    std::vector<std::int64_t> counts;
    std::vector<std::int64_t> histogram;  ///< of ln capability at the position's stage
    std::vector<double> best_capability;
    std::vector<double> best_log_capability;
    std::vector<double> largest_share;  ///< of a firm in its pool
};

/// Memory in which a tally travels between ranks.
struct TallyMessage {
    std::vector<std::int64_t> integers;
    std::vector<double> largest;
};

/// Adds the tallies of all ranks, with or without distributions.  Collective.
void reduce(Tally& tally, bool distributions, TallyMessage& message, const mpi::Communicator& comm);

/// Throws InternalError that names quarter, country, position and quantity if a sum over firms is
/// not a number or out of range.  The same on every rank.
void expects_summable(const World& world, const SumTable& sums, const char* phase);

/// The value below which a share of the firms of a histogram row lies, by linear interpolation
/// within its bin; NaN without firms.
double quantile(const std::int64_t* bins, double share_below);

}  // namespace latecomer
