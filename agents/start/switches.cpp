#include "agents/start/switches.hpp"

#include "agents/governments/governments.hpp"
#include "agents/world/events.hpp"

namespace latecomer {

void switch_parameters(World& world)
{
    for (const ParameterSwitch& change : world.scenario.switches) {
        if (change.quarter == world.quarter) {
            world.scenario.parameters = change.parameters;
            world.positions = Positions(change.parameters);
            report(world, EventKind::parameters, "scenario", "world", 1.0,
                   change.label.empty() ? "parameters change" : change.label);
        }
    }
}

void continue_with(World& world, const Scenario& scenario)
{
    const Scenario before = world.scenario;
    world.scenario = scenario;
    for (const ParameterSwitch& change : scenario.switches) {
        if (change.quarter < world.quarter) {
            world.scenario.parameters = change.parameters;
        }
    }
    world.positions = Positions(world.scenario.parameters);
    take_up_plans(world, before);
}

}  // namespace latecomer
