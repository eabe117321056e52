#include "agents/rebalance.hpp"

#include "core/errors.hpp"
#include "mpi/exchange.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>

namespace latecomer {

namespace {

/// A firm on its way to another rank.
struct Parcel {
    std::uint64_t pool = 0;
    FirmRecord firm;
};
static_assert(std::is_trivially_copyable_v<Parcel>);

std::vector<std::int64_t> local_counts(const World& world)
{
    std::vector<std::int64_t> counts;
    for (const PoolId pool : world.pool_indices()) {
        counts.push_back(static_cast<std::int64_t>(world.firms.slots(pool).count));
    }
    return counts;
}

/// How many firms of each pool lower ranks have: this rank's firms follow them in the line.
std::vector<std::int64_t> counts_on_lower_ranks(const World& world, const mpi::Communicator& comm)
{
    const std::vector<std::int64_t> all = comm.gather_all(local_counts(world));
    std::vector<std::int64_t> lower(world.pools.size());
    for (std::size_t i = 0; i < lower.size() * static_cast<std::size_t>(comm.rank()); ++i) {
        lower[i % lower.size()] += all[i];
    }
    return lower;
}

mpi::Partition even_partition(const World& world, const mpi::Communicator& comm)
{
    std::vector<std::int64_t> firms;
    for (const PoolStatistics& pool : world.statistics) {
        firms.push_back(pool.firms);
    }
    return mpi::Partition::balanced(firms, std::vector<double>(firms.size(), 1.0), comm.size());
}

/// This rank's firms in the order of the ranks that shall have them.
std::vector<Parcel> pack(const World& world, const std::vector<std::int64_t>& lower,
                         const mpi::Partition& partition, std::vector<std::int64_t>& to_rank)
{
    std::vector<std::pair<int, Parcel>> parcels;
    parcels.reserve(world.firms.size());
    for (const PoolId pool : world.pool_indices()) {
        std::int64_t offset = lower[pool.at()];
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            const int owner = partition.owner(static_cast<std::int64_t>(pool.at()), offset++);
            parcels.push_back({owner, {pool.at(), record_of(world.firms.columns, i)}});
            ++to_rank[static_cast<std::size_t>(owner)];
        }
    }
    std::stable_sort(parcels.begin(), parcels.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Parcel> ordered;
    ordered.reserve(parcels.size());
    for (const auto& parcel : parcels) {
        ordered.push_back(parcel.second);
    }
    return ordered;
}

void unpack(World& world, std::span<const std::byte> bytes)
{
    const std::size_t n = bytes.size() / sizeof(Parcel);
    std::vector<Parcel> parcels(n);
    if (n > 0) {
        std::memcpy(parcels.data(), bytes.data(), bytes.size());
    }
    std::vector<std::size_t> arrivals(world.pools.size());
    for (const Parcel& parcel : parcels) {
        ++arrivals[parcel.pool];
    }
    world.firms = FirmStore(world.pools.size());
    world.firms.reserve(arrivals);
    for (const Parcel& parcel : parcels) {
        world.firms.add(PoolId{parcel.pool}, parcel.firm);
    }
}

}  // namespace

void rebalance(World& world, const mpi::Communicator& comm)
{
    if (comm.size() == 1) {
        return;
    }
    std::array<std::int64_t, 1> most{static_cast<std::int64_t>(world.firms.size())};
    comm.max(most);
    const double mean = static_cast<double>(firm_count(world)) / comm.size();
    // A few firms more or less do not pay for a move.
    if (static_cast<double>(most[0]) > (1.0 + tolerated_imbalance) * mean + 64.0) {
        redistribute(world, comm);
    }
}

void redistribute(World& world, const mpi::Communicator& comm)
{
    world.partition = even_partition(world, comm);
    std::vector<std::int64_t> bytes_to_rank(static_cast<std::size_t>(comm.size()));
    const std::vector<std::int64_t> lower = counts_on_lower_ranks(world, comm);
    const std::vector<Parcel> parcels = pack(world, lower, world.partition, bytes_to_rank);
    for (std::int64_t& bytes : bytes_to_rank) {
        bytes *= static_cast<std::int64_t>(sizeof(Parcel));
    }
    unpack(world, mpi::exchange(std::as_bytes(std::span{parcels}), bytes_to_rank, comm));
}

}  // namespace latecomer
