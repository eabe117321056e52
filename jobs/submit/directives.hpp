#pragma once

#include "jobs/submit/script.hpp"

#include <string>
#include <vector>

namespace latecomer::jobs::submit {

/// The lines "#SBATCH ..." or "#PBS ..." of a job; they hold no text of a user.
std::string directives(const Job& job);

/// The options of sbatch or qsub that hold texts of a user, but the job's name.
std::vector<std::string> queue_options(const Job& job);

}  // namespace latecomer::jobs::submit
