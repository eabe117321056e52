#include "agents/world/rebalance.hpp"

#include "agents/world/state_hash.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

namespace latecomer::rebalance_test {
namespace {

TEST_CASE("on one rank a new partition holds every firm and moves none")
{
    World world = tests::make_world(tests::round_scenario(2, 1, 2, 60));
    tests::run(world, 8);
    const mpi::Communicator alone;
    const std::uint64_t before = state_hash(world, alone);
    const FirmColumn<FirmId> ids = world.firms.columns.id;
    redistribute(world, alone);
    CHECK(state_hash(world, alone) == before);
    CHECK(world.firms.columns.id == ids);
    CHECK(world.partition.firms() == firm_count(world));
    CHECK(world.partition.ranks() == 1);
}

TEST_CASE("on one rank there is nothing to balance")
{
    World world = tests::make_world(tests::round_scenario(2, 1, 2, 60));
    tests::run(world, 8);
    const mpi::Partition before = world.partition;
    rebalance(world, mpi::Communicator{});
    CHECK(world.partition == before);
}

}  // namespace
}  // namespace latecomer::rebalance_test
