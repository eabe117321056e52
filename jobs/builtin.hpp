#pragma once

#include <string_view>

namespace latecomer::jobs {

/// Text of jobs/scenarios/countries.toml as it was when the program was built: the default country
/// table, so that an installed program needs no data folder.
extern const std::string_view builtin_countries;

}  // namespace latecomer::jobs
