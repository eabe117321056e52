#include "jobs/study/schedule/progress_of.hpp"

namespace latecomer::jobs::study {

std::int64_t Progress::final_tasks() const
{
    return in_state(TaskState::done) + in_state(TaskState::failed) +
           in_state(TaskState::timed_out) + in_state(TaskState::quarantined);
}

std::int64_t Progress::in_state(TaskState state) const
{
    return ledger.counts().tasks[static_cast<std::size_t>(state)];
}

Progress progress_of(const Plan& plan, const std::filesystem::path& folder)
{
    Progress progress;
    progress.tasks = plan.tasks();
    progress.ledger = Ledger::read(folder / "journal", [&](std::int64_t number) {
        const bool is_planned = 0 <= number && number < plan.tasks();
        return is_planned ? plan.key(plan.task(number)) : std::string{};
    });
    return progress;
}

}  // namespace latecomer::jobs::study
