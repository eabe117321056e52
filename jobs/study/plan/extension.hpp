#pragma once

#include "jobs/command_line/options.hpp"
#include "jobs/study/plan/plan.hpp"

#include <string>

namespace latecomer::jobs::study {

/// Appends a [[wave]] to the study's file: points, a larger design or more replicates.  What it had
/// before keeps its numbers and keys.  Collective; the root writes.
/// @return what to say about it
/// @throws InputError if the wave would not be valid; the file is then as it was
std::string extend(const Plan& plan, const StudyOptions& options, const mpi::Communicator& comm);

}  // namespace latecomer::jobs::study
