#include "agents/world/events.hpp"

namespace latecomer {

void report(World& world, EventKind kind, std::string_view who, std::string_view where,
            double value, std::string label)
{
    world.results.events.push_back(
        {world.quarter, kind, std::string{who}, std::string{where}, value, std::move(label)});
}

std::string name_of(const World& world, LeadId l)
{
    return text(world.countries.key[world.leads.home[l]], '-', l.at() + 1);
}

}  // namespace latecomer
