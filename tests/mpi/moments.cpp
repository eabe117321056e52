#include "agents/observation/moments.hpp"

#include "agents/start/initial.hpp"
#include "agents/step.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <bit>
#include <cstdint>
#include <vector>

namespace latecomer::tests::mpi_moments_test {
namespace {

std::vector<std::uint64_t> moments_on(const mpi::Communicator& comm)
{
    Scenario scenario = synthetic_scenario(2, 1, 3, 150);
    scenario.parameters.run.quarters = 16;
    scenario.parameters.run.burn_in = 2;
    World world = make_world(scenario, comm);
    Moments moments{world};
    while (world.quarter < scenario.parameters.run.quarters) {
        world.observation = moments.needed(world);
        step(world, comm);
        moments.observe(world, comm);
    }
    std::vector<std::uint64_t> bits;
    for (const double value : moments.values(world, comm)) {
        bits.push_back(std::bit_cast<std::uint64_t>(value));
    }
    return bits;
}

TEST_CASE("moments have the same bits on any ranks, and every rank knows them")
{
    const std::vector<std::uint64_t> alone = moments_on(mpi::Communicator{});
    CHECK(alone.size() == moment_rows().size());
    CHECK(moments_on(mpi::Communicator::world()) == alone);
}

}  // namespace
}  // namespace latecomer::tests::mpi_moments_test
