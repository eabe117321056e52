#pragma once

#include "agents/world/scenario.hpp"

namespace latecomer {

/// Adds remarks on phases of policy, windows and switches that lie beyond the end of the run.
void note_what_never_begins(Scenario& scenario);

}  // namespace latecomer
