#pragma once

#include "agents/initial.hpp"
#include "agents/step.hpp"

/// Small worlds made in memory, on one rank.
namespace latecomer::tests {

/// A synthetic world of so many latecomer economies, lead economies and lead firms, with
/// `firms_per_country` latecomer firms in an economy of mean size; every other parameter at its
/// default.
inline Scenario synthetic_scenario(int latecomers, int lead_economies, int lead_firms,
                                   int firms_per_country)
{
    Scenario scenario;
    scenario.name = "test";
    WorldParameters& world = scenario.parameters.world;
    world.initial = InitialWorld::synthetic;
    world.synthetic_latecomers = latecomers;
    world.synthetic_lead_economies = lead_economies;
    world.synthetic_lead_firms = lead_firms;
    world.firms_per_country = firms_per_country;
    return scenario;
}

/// The world of a scenario before its first quarter, on this rank alone.
inline World make_world(const Scenario& scenario)
{
    return latecomer::make_world(scenario, mpi::Communicator{});
}

/// Advances a world by so many quarters, on this rank alone.
inline void run(World& world, int quarters)
{
    const mpi::Communicator alone;
    for (int quarter = 0; quarter < quarters; ++quarter) {
        step(world, alone);
    }
}

}  // namespace latecomer::tests
