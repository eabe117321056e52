#pragma once

#include "agents/world/scenario.hpp"

#include <string>

namespace latecomer {

enum class Comments {
    none,
    full,  ///< unit, range, equations, source and meaning above every parameter
};

/// The scenario as a file that says everything: every parameter, sectors, economies and sources.
///
/// Read as a scenario, it gives the same Scenario to the last bit with any built-in country table.
/// The text depends on the scenario alone.
std::string resolved_toml(const Scenario& scenario, Comments comments = Comments::none);

}  // namespace latecomer
