#pragma once

#include "jobs/run/summary.hpp"

#include <filesystem>
#include <string>
#include <vector>

/// What a run has written of its economies.
namespace latecomer::jobs {

/// Keys of the economies of a run, in order.  @throws FileError
std::vector<std::string> recorded_economies(const std::filesystem::path& run);

/// The year of the calendar in which a run starts; 0: it has none, or its series cannot be read.
std::int64_t recorded_start_year(const std::filesystem::path& run);

/// The summary of a finished run, from its files.
/// @throws FileError, InputError
Summary recorded_summary(const std::filesystem::path& run);

}  // namespace latecomer::jobs
