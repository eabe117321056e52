#pragma once

#include "jobs/command_line/options.hpp"
#include "jobs/run/machine.hpp"
#include "jobs/study/plan/plan.hpp"

#include <filesystem>

/// Runs of a study as runs of their own, with all files.
namespace latecomer::jobs::study {

/// Computes a run again as `latecomer run` does, or goes on with that, and compares its state hash
/// with that of the journals in `folder`.  Collective.
/// @return the exit status: 0, 1 if the hashes differ, or stopped_with_work_left
int replay(const Plan& plan, const std::filesystem::path& folder, const StudyOptions& options,
           const Machine& machine, const mpi::Communicator& comm);

/// Prints the first event and the first quarter and quantity in which two scenarios part at a point
/// and replicate; their runs are replayed into the study's folder, or found there.  Collective.
/// @return the exit status: 0 if they never part, 1 if they do, or stopped_with_work_left
int diff(const Plan& plan, const std::filesystem::path& folder, const StudyOptions& options,
         const Machine& machine, const mpi::Communicator& comm);

}  // namespace latecomer::jobs::study
