#pragma once

#include "agents/observation/dollars.hpp"
#include "io/hdf5/hdf5.hpp"

#include <string_view>

namespace latecomer::io {

/// What a variable of a run is worth in US dollars, as attributes of the variable: `usd_per_unit` where its unit is of
/// the numeraire, `usd_at_zero` of relative productivity, each with a `comment` that says of which year and why.
/// None where no scale is known (agents/observation/dollars.hpp), or where the variable is no money.
Attributes dollar_attributes(std::string_view key, std::string_view unit, const Scenario& scenario);

}  // namespace latecomer::io
