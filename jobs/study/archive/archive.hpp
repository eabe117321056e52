#pragma once

#include "jobs/study/plan/plan.hpp"

#include <filesystem>
#include <string>

namespace latecomer::jobs::study {

/// Writes "<name>.tar" into the study's folder: the study's file, files and resolved scenarios of the
/// model, journals, results, where they come from, and SHA256SUMS over all of them.  The same folder
/// gives the same bytes.  The root writes.
/// @return what to say about it
/// @throws FileError
std::string archive(const Plan& plan, const std::filesystem::path& folder);

}  // namespace latecomer::jobs::study
