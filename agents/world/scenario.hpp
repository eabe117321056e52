#pragma once

#include "agents/economy/country_table.hpp"
#include "agents/economy/economies.hpp"
#include "agents/world/plan.hpp"
#include "agents/world/technology.hpp"
#include "core/parameters.hpp"

#include <string>
#include <vector>

namespace latecomer {

/// Parameters that hold from a quarter on: trade opens, a tax rises.
struct ParameterSwitch {
    std::string label;  ///< for people
    std::int64_t quarter = 0;
    Parameters parameters;  ///< all of them, those of earlier switches included
};

/// Everything that determines a run: parameters, and the economies in the order of the run.
///
/// `countries` holds the selected economies in order of their rows in the country table; it is
/// empty for a synthetic world.  `reference_productivity` is that of the USA, or of the most
/// productive economy of the whole table, selected or not: a selection does not change a country's initial capability.
/// Sizes are relative to the mean of the economies selected that have firms: the selection sets the scale.
struct Scenario {
    std::string name;
    Parameters parameters;
    std::vector<CountryData> countries;
    std::vector<SourceText> sources;
    double reference_productivity = 0.0;
    std::vector<PolicyPlan> policies{};       ///< of the countries that have one, in their order
    std::vector<TechnologyWindow> windows{};  ///< in order of their quarters
    std::vector<ParameterSwitch> switches{};  ///< in order of their quarters
    std::vector<std::string> remarks{};       ///< on the input, for people: what stands in for what
};

/// The economies of a run, in the order of the run.
inline std::vector<Economy> economies_of(const Scenario& scenario)
{
    return economies_of(scenario.parameters, scenario.countries, scenario.reference_productivity);
}

}  // namespace latecomer
