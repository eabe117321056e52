#include "jobs/study/left.hpp"

#include <algorithm>

namespace latecomer::jobs::study {

Left left_of(const Plan& plan, const Progress& progress, StaticPart part)
{
    const std::int64_t failed = progress.final_tasks() - progress.in_state(TaskState::done);
    const double most = plan.spec().run.max_failed_share * static_cast<double>(progress.tasks);
    if (static_cast<double>(failed) > most) {
        return {0, 3};
    }
    const auto is_ours = [&](std::int64_t task) { return task % part.parts == part.part - 1; };
    Left left;
    left.runs = (progress.tasks - part.part + part.parts) / part.parts;
    for (const TaskState state :
         {TaskState::done, TaskState::failed, TaskState::timed_out, TaskState::quarantined}) {
        left.runs -= std::ranges::count_if(progress.ledger.tasks(state), is_ours);
    }
    left.status = left.runs > 0 ? 85 : 0;
    return left;
}

}  // namespace latecomer::jobs::study
