#include "agents/world/rebalance.hpp"

#include "agents/start/initial.hpp"
#include "agents/step.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace latecomer::mpi_rebalance_test {
namespace {

/// Takes all firms out that ranks from `first` on have.
void empty_ranks(World& world, int first, const mpi::Communicator& comm)
{
    std::vector<std::int64_t> leavers(world.pools.size());
    if (comm.rank() >= first) {
        for (const PoolId pool : world.pool_indices()) {
            while (world.firms.slots(pool).count > 0) {
                std::size_t foremost = 0;
                world.firms.remove(pool, std::span{&foremost, 1});
                ++leavers[pool.at()];
            }
        }
    }
    comm.sum(leavers);
    for (const PoolId pool : world.pool_indices()) {
        world.statistics[pool].firms -= leavers[pool.at()];
    }
}

/// Most firms of a rank less fewest.
std::int64_t spread(const World& world, const mpi::Communicator& comm)
{
    const auto firms = comm.gather_all(std::array{static_cast<std::int64_t>(world.firms.size())});
    const auto [fewest, most] = std::minmax_element(firms.begin(), firms.end());
    return *most - *fewest;
}

TEST_CASE("a new partition gives every rank the same number of firms or one more", "[mpi]")
{
    const auto comm = mpi::Communicator::world();
    World world = make_world(tests::lively_scenario(2, 150), comm);
    for (int quarter = 0; quarter < 12; ++quarter) {
        step(world, comm);
    }
    redistribute(world, comm);
    const std::int64_t difference = spread(world, comm);
    CHECK(difference <= 1);
}

TEST_CASE("ranks share firms out anew when one has far too many", "[mpi]")
{
    const auto comm = mpi::Communicator::world();
    World world = make_world(tests::round_scenario(2, 1, 3, 1200), comm);
    const mpi::Partition before = world.partition;

    // One firm leaves the first rank: not worth a move.
    const PoolId pool_of_first = world.pool(CountryId{0}, Positions::collection);
    if (comm.is_root()) {
        std::size_t first = 0;
        world.firms.remove(pool_of_first, std::span{&first, 1});
    }
    --world.statistics[pool_of_first].firms;
    rebalance(world, comm);
    const bool kept = world.partition == before;

    empty_ranks(world, 1, comm);
    const std::int64_t left = firm_count(world);
    rebalance(world, comm);
    const std::int64_t difference = spread(world, comm);
    std::array<std::int64_t, 1> counted{static_cast<std::int64_t>(world.firms.size())};
    comm.sum(std::span<std::int64_t>{counted});

    CHECK(kept);
    CHECK(difference <= 1);
    CHECK(firm_count(world) == left);
    CHECK(counted[0] == left);
}

TEST_CASE("ranks wait for one that has a little too much until a move pays", "[mpi]")
{
    const auto comm = mpi::Communicator::world();
    World world = make_world(tests::round_scenario(2, 1, 3, 1200), comm);
    const mpi::Partition before = world.partition;
    if (comm.size() < 3) {
        return;  // one rank of two has twice the mean, which is not a little
    }
    empty_ranks(world, comm.size() - 1, comm);
    int quarters = 0;
    while (world.partition == before && quarters < 1000) {
        rebalance(world, comm);
        ++quarters;
    }
    const std::int64_t difference = spread(world, comm);
    CHECK(quarters > 5);
    CHECK(quarters < 100);
    CHECK(difference <= 1);
}

}  // namespace
}  // namespace latecomer::mpi_rebalance_test
