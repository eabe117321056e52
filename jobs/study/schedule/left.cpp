#include "jobs/study/schedule/left.hpp"

#include "jobs/study/schedule/queue.hpp"

namespace latecomer::jobs::study {
namespace {

/// Needed runs of a part that are not final.
std::int64_t open_runs(const Plan& plan, const Progress& progress, StaticPart part)
{
    const Looks looks{plan, progress};
    std::int64_t runs = 0;
    for (std::int64_t task = part.part - 1; task < looks.end(); task += part.parts) {
        runs += looks.is_needed(plan.task(task)) && !progress.ledger.is_final(task) ? 1 : 0;
    }
    return runs;
}

}  // namespace

Left left_of(const Plan& plan, const std::filesystem::path& folder, StaticPart part)
{
    const Progress progress = progress_of(plan, folder);
    const CostModel model{plan, progress.ledger};
    ExecutionOptions options;
    options.folder = folder;
    options.part = part;
    Queue queue{plan, options, progress, model};
    if (queue.has_too_many_failures()) {
        return {0, 3};
    }
    if (!queue.is_work_left()) {
        return {0, 0};
    }
    return queue.is_budget_spent() ? Left{0, 4} : Left{open_runs(plan, progress, part), 85};
}

}  // namespace latecomer::jobs::study
