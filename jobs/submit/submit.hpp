#pragma once

#include "jobs/command_line/request.hpp"
#include "jobs/study/plan/plan.hpp"

#include <filesystem>
#include <string>

namespace latecomer::jobs::submit {

/// Submits what is left of a study to the scheduler of a site, unless its jobs wait or run already.
/// With `dry_run` it only tells, and writes nothing.  Not collective: the root alone calls it.
/// @param folder of the study
/// @return for people: the report, and the script or the ids of the jobs
/// @throws InputError if the site cannot do what is asked; FileError
std::string submit_study(const study::Plan& plan, const std::filesystem::path& folder,
                         const Request& request);

}  // namespace latecomer::jobs::submit
