#pragma once

#include "jobs/study/plan/plan.hpp"
#include "jobs/study/schedule/execution_options.hpp"
#include "mpi/communicator.hpp"

namespace latecomer::jobs::study {

/// Computes all tasks that are open, in as many groups of ranks as there are; the first rank hands
/// them out if there is a rank to spare.  Collective.
/// @throws InputError if journals are of another build that is not accepted
/// @return the exit status: 0 nothing is left, 85 work is left, 3 too many tasks failed, 4 the budget
///         is spent or will not do
int execute(const Plan& plan, const ExecutionOptions& options, const mpi::Communicator& world);

}  // namespace latecomer::jobs::study
