#pragma once

#include "jobs/study/journal/journal.hpp"
#include "jobs/study/plan/plan.hpp"

#include <functional>
#include <optional>

namespace latecomer::jobs::study {

/// What came of a task: the record of its end, and one of its series if the study keeps them.
struct TaskResult {
    Record end;
    std::optional<Record> series;
};

/// Computes a task.
///
/// An error of the model, of the values of its point or of an identity becomes a record of a
/// failure.  Collective over the group that computes it.
/// @param is_over asked by the root after each quarter: whether the task is to be abandoned
/// @return records without host and build, costs in seconds of one core
TaskResult run_task(const Plan& plan, const Task& task, const std::function<bool()>& is_over,
                    const mpi::Communicator& group);

}  // namespace latecomer::jobs::study
