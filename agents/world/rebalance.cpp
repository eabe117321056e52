#include "agents/world/rebalance.hpp"

#include "core/errors.hpp"
#include "core/parallel.hpp"
#include "mpi/exchange.hpp"
#include "mpi/scan.hpp"
#include "mpi/share_outs.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>
#include <utility>

namespace latecomer {

namespace {

/// A firm on its way to another rank.
struct Parcel {
    std::uint64_t pool = 0;
    FirmRecord firm;
};
static_assert(std::is_trivially_copyable_v<Parcel>);
static_assert(sizeof(Parcel) == bytes_of_moved_firm);

std::vector<std::int64_t> local_counts(const World& world)
{
    std::vector<std::int64_t> counts;
    for (const PoolId pool : world.pool_indices()) {
        counts.push_back(static_cast<std::int64_t>(world.firms.slots(pool).count));
    }
    return counts;
}

mpi::Partition even_partition(const World& world, const mpi::Communicator& comm)
{
    std::vector<std::int64_t> firms;
    for (const PoolStatistics& pool : world.statistics) {
        firms.push_back(pool.firms);
    }
    return mpi::Partition::balanced(firms, std::vector<double>(firms.size(), 1.0), comm.size());
}

/// A firm that another rank shall have.
struct Transfer {
    int owner = 0;
    PoolId pool;
    FirmIndex slot;
};

static_assert(bytes_of_moved_firm + 2 * sizeof(Transfer) + sizeof(std::size_t) <=
              bytes_to_send_firm);  // to sort the list takes as much again

/// The firms that leave this rank, in the order of the ranks that shall have them.
std::vector<Transfer> transfers_from(const World& world, const std::vector<std::int64_t>& lower,
                                     int rank)
{
    std::vector<Transfer> transfers;
    for (const PoolId pool : world.pool_indices()) {
        std::int64_t offset = lower[pool.at()];
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            const int owner = world.partition.owner(static_cast<std::int64_t>(pool.at()), offset++);
            if (owner != rank) {
                transfers.push_back({owner, pool, i});
            }
        }
    }
    std::stable_sort(transfers.begin(), transfers.end(),
                     [](const Transfer& a, const Transfer& b) { return a.owner < b.owner; });
    return transfers;
}

/// Packs firms that leave, then takes them out.
std::vector<Parcel> take_out(World& world, const std::vector<Transfer>& transfers,
                             std::vector<std::int64_t>& bytes_to_rank)
{
    std::vector<Parcel> parcels;
    parcels.reserve(transfers.size());
    for (const Transfer& transfer : transfers) {
        parcels.push_back({transfer.pool.at(), record_of(world.firms.columns, transfer.slot)});
        bytes_to_rank[static_cast<std::size_t>(transfer.owner)] +=
            static_cast<std::int64_t>(sizeof(Parcel));
    }
    Grouped<PoolId, std::size_t> leavers;
    leavers.assign(world.pools.size(), [&](const auto& visit) {
        for (const Transfer& transfer : transfers) {
            visit(transfer.pool, transfer.slot.at() - world.firms.slots(transfer.pool).begin);
        }
    });
    for_each_index(static_cast<long>(world.pools.size()), [&](long index, int) {
        const PoolId pool{static_cast<std::size_t>(index)};
        world.firms.remove(pool, leavers.of(pool));
    });
    return parcels;
}

/// One of the parcels that lie one after another in bytes.
Parcel parcel_at(std::span<const std::byte> bytes, std::size_t place)
{
    Parcel parcel;
    std::memcpy(&parcel, bytes.data() + place, sizeof(Parcel));
    return parcel;
}

void take_in(World& world, std::span<const std::byte> bytes)
{
    std::vector<std::size_t> arrivals(world.pools.size());
    for (std::size_t place = 0; place < bytes.size(); place += sizeof(Parcel)) {
        ++arrivals[parcel_at(bytes, place).pool];
    }
    world.firms.reserve(arrivals);
    for (std::size_t place = 0; place < bytes.size(); place += sizeof(Parcel)) {
        const Parcel parcel = parcel_at(bytes, place);
        world.firms.add(PoolId{parcel.pool}, parcel.firm);
    }
}

/// How many firms this rank would send or receive if all got even runs of the line, whichever are more; a lower bound, as
/// those that have climbed since the last share-out stand elsewhere in the line (some .5 % a quarter).
std::int64_t moved_by_share_out(const World& world, const mpi::Communicator& comm)
{
    const auto mine = static_cast<std::int64_t>(world.firms.size());
    const std::int64_t lower = mpi::sum_of_lower_ranks(std::array{mine}, comm)[0];
    return mpi::moved_between({lower, lower + mine},
                              mpi::even_part(firm_count(world), comm.rank(), comm.size()));
}

}  // namespace

void rebalance(World& world, const mpi::Communicator& comm)
{
    if (comm.size() == 1) {
        return;
    }
    std::array<std::int64_t, 2> most{static_cast<std::int64_t>(world.firms.size()),
                                     moved_by_share_out(world, comm)};
    comm.max(most);
    if (world.workspace.share_outs.is_due({firm_count(world), most[0], most[1], comm.size()})) {
        redistribute(world, comm);
    }
}

void redistribute(World& world, const mpi::Communicator& comm)
{
    redistribute(world, even_partition(world, comm), comm);
}

void redistribute(World& world, mpi::Partition partition, const mpi::Communicator& comm)
{
    world.partition = std::move(partition);
    world.workspace.share_outs.begin_anew();
    // How many firms of each pool lower ranks have: this rank's firms follow them in the line.
    const std::vector<std::int64_t> lower = mpi::sum_of_lower_ranks(local_counts(world), comm);
    const std::vector<Transfer> transfers = transfers_from(world, lower, comm.rank());
    std::vector<std::int64_t> bytes_to_rank(static_cast<std::size_t>(comm.size()));
    const std::vector<Parcel> parcels = take_out(world, transfers, bytes_to_rank);
    take_in(world, mpi::exchange(std::as_bytes(std::span{parcels}), bytes_to_rank, comm));
}

}  // namespace latecomer
