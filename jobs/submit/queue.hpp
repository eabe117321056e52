#pragma once

#include "jobs/submit/script.hpp"

#include <string>
#include <vector>

namespace latecomer::jobs::submit {

/// A job that waits or runs.
struct QueuedJob {
    std::string id;
    std::string state;  ///< in the scheduler's words
};

/// What the scheduler says about jobs of a study's folder.
struct QueueAnswer {
    std::vector<QueuedJob> jobs;
    std::string failure;  ///< why it could not be asked; empty: it could
};

/// Asks for jobs that do the same study in the same folder: Slurm by the comment of the jobs, PBS by
/// the ids that were noted when they were submitted.
QueueAnswer jobs_of_study(const Job& job);

/// Submits the job, or the links of its chain one behind the other, and notes their ids in the
/// folder.
/// @return their ids
/// @throws FileError with what the scheduler said, and which links wait already
std::vector<std::string> submit(const Job& job);

}  // namespace latecomer::jobs::submit
