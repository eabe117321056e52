#pragma once

#include "jobs/study/schedule/cost_model.hpp"
#include "jobs/study/schedule/progress_of.hpp"
#include "jobs/study/schedule/queue.hpp"

#include <cstdint>
#include <string>

namespace latecomer::jobs::study {

/// What a study has cost and will cost, in core-hours.
struct StudyCost {
    double spent = 0.0;
    double first_look = 0.0;  ///< what is left of the runs that are computed in any case
    double worst_case = 0.0;  ///< what is left if no rule stops before
};
StudyCost cost_of(const Plan& plan, const Progress& progress, const CostModel& model);

/// Why the study would not fit into its budget, and what to do; empty if it does, has none, or
/// nothing is known of its cost.
std::string budget_refusal(const Plan& plan, const Progress& progress, const CostModel& model);

/// What a job that leaves runs says at its end.
std::string advice_after(const Queue& queue, std::int64_t left, const CostModel& model);

/// Refuses to go on with journals of another build of the program.
/// @throws InputError
void check_builds(const Ledger& ledger, const std::filesystem::path& folder);

}  // namespace latecomer::jobs::study
