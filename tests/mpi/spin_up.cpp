#include "agents/start/spin_up.hpp"

#include "agents/start/initial.hpp"
#include "agents/step.hpp"
#include "agents/world/rebalance.hpp"
#include "agents/world/state_hash.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cstdint>
#include <vector>

namespace latecomer::tests::spin_up_on_ranks_test {
namespace {

/// Economies of unlike size that export from the start, and live through a spin-up first.
Scenario spinning_scenario(int spin_up)
{
    std::vector<CountryData> countries{economy("A", 1, 20.0), economy("B", 2, 300.0),
                                       economy("C", 3, 80.0), economy("L", 4, 500.0)};
    countries[1][Indicator::productivity].value = 45000.0;
    for (std::size_t c = 0; c < 3; ++c) {
        countries[c][Indicator::ict_service_exports] = {static_cast<double>(c + 1), "", "assumed",
                                                        "test"};
    }
    countries.back().role = CountryRole::lead;
    countries.back().lead_firms = 3;
    Scenario scenario = table_scenario(std::move(countries), 150);
    turn_everything_on(scenario.parameters);
    scenario.parameters.entry.rate = 0.1;
    scenario.parameters.mobility.upgrade_rate = 0.3;
    scenario.parameters.world.firm_exponent = 0.5;
    scenario.parameters.world.least_firms = 2;
    scenario.parameters.trade.export_level = 0.1;
    scenario.parameters.entry.market_response = 1.0;
    scenario.parameters.run.spin_up = spin_up;
    return scenario;
}

/// State after each quarter of a run whose firms change rank in every quarter.  Collective.
std::vector<std::uint64_t> hashes_of(const Scenario& scenario, const mpi::Communicator& comm,
                                     int quarters)
{
    World world = latecomer::make_world(scenario, comm);
    std::vector<std::uint64_t> hashes{state_hash(world, comm)};
    for (int quarter = 0; quarter < quarters; ++quarter) {
        step(world, comm);
        redistribute(world, comm);
        hashes.push_back(state_hash(world, comm));
    }
    return hashes;
}

TEST_CASE("a spin-up and what comes after it are the same on any ranks, bit for bit",
          "[mpi][reproducibility]")
{
    const auto comm = mpi::Communicator::world();
    const Scenario scenario = spinning_scenario(6);
    const std::vector<std::uint64_t> shared = hashes_of(scenario, comm, 12);
    const std::vector<std::uint64_t> alone = hashes_of(scenario, mpi::Communicator{}, 12);
    CHECK(shared == alone);
    CHECK(alone.front() != alone.back());
}

TEST_CASE("a nudge is the same on any ranks, bit for bit, and finds what it shall",
          "[mpi][reproducibility]")
{
    const auto comm = mpi::Communicator::world();
    const mpi::Communicator serial;
    World shared = latecomer::make_world(spinning_scenario(0), comm);
    World alone = latecomer::make_world(spinning_scenario(0), serial);
    ByStage<double> frontier;
    for (int quarter = 0; quarter < 4; ++quarter) {
        frontier = shared.references.frontier;
        step(shared, comm);
        step(alone, serial);
    }
    const std::uint64_t before = state_hash(shared, comm);
    nudge(shared, frontier);
    nudge(alone, frontier);
    const std::uint64_t end_shared = state_hash(shared, comm);
    const std::uint64_t end_alone = state_hash(alone, serial);
    CHECK(end_shared == end_alone);
    CHECK(end_shared != before);
    for (const CountryId c : shared.countries.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            const bool leads = shared.countries.role[c] == CountryRole::lead;
            CHECK(same(shared.references.home[c][s],
                       leads ? 1.0 : shared.countries.initial_capability[c][s]));
        }
    }
}

}  // namespace
}  // namespace latecomer::tests::spin_up_on_ranks_test
