#include "agents/switches.hpp"

#include "agents/events.hpp"

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

}  // namespace latecomer
