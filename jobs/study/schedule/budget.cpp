#include "jobs/study/schedule/budget.hpp"

#include "core/constants.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/study/journal/record_content.hpp"
#include "jobs/terminal/figures.hpp"

#include <algorithm>
#include <array>

namespace latecomer::jobs::study {
namespace {

constexpr std::array final_states{TaskState::done, TaskState::failed, TaskState::timed_out,
                                  TaskState::quarantined};

/// What the tasks before `last` will still take, in core-hours.
double hours_left(const Progress& progress, const CostModel& model, const Plan& plan,
                  std::int64_t last)
{
    double seconds = model.core_seconds(0, last);
    for (const TaskState state : final_states) {
        for (const std::int64_t number : progress.ledger.tasks(state)) {
            seconds -= number < last ? model.core_seconds(plan.task(number)) : 0.0;
        }
    }
    return std::max(0.0, seconds) / seconds_an_hour;
}

}  // namespace

StudyCost cost_of(const Plan& plan, const Progress& progress, const CostModel& model)
{
    StudyCost cost;
    cost.spent = progress.ledger.counts().core_seconds / seconds_an_hour;
    if (model.runs() > 0) {
        cost.worst_case = hours_left(progress, model, plan, plan.tasks());
        cost.first_look = plan.first_look_tasks() == plan.tasks()
                              ? cost.worst_case
                              : hours_left(progress, model, plan, plan.first_look_tasks());
    }
    return cost;
}

std::string budget_refusal(const Plan& plan, const Progress& progress, const CostModel& model)
{
    const auto& budget = plan.spec().budget.core_hours;
    if (!budget || model.runs() == 0 || progress.open_tasks() == 0) {
        return {};
    }
    const StudyCost cost = cost_of(plan, progress, model);
    if (cost.spent + cost.first_look <= *budget) {
        return {};
    }
    const double per_replicate =
        model.core_seconds(0, plan.tasks_per_replicate()) / seconds_an_hour;
    const auto affordable = static_cast<std::int64_t>(*budget / per_replicate);
    return text("refused: what is left takes about ", significant(cost.first_look), " core-hours (",
                model.source(), "), ", significant(cost.spent), " are spent, and the budget is ",
                significant(*budget), "; ",
                affordable >= 1 ? text("it would do for ", affordable,
                                       affordable == 1 ? " replicate" : " replicates",
                                       " of this design: lower [replicates], or raise "
                                       "budget.core_hours")
                                : text("not even one replicate fits: screen parameters with a "
                                       "design of kind \"morris\", lower design.n, or raise "
                                       "budget.core_hours"));
}

std::string advice_after(const Queue& queue, std::int64_t left, const CostModel& model)
{
    const std::int64_t ended = queue.ended_tasks();
    const double per_run = ended > 0          ? queue.core_seconds() / static_cast<double>(ended)
                           : model.runs() > 0 ? model.core_seconds(Task{})
                                              : 0.0;
    std::string words = text(grouped(left), left == 1 ? " run is left" : " runs are left");
    if (per_run > 0.0) {
        words +=
            text(", about ", significant(static_cast<double>(left) * per_run / seconds_an_hour),
                 " core-hours");
    }
    if (queue.abandoned_tasks() > 0) {
        words += text("; ", queue.abandoned_tasks(), " were given up on the way");
    }
    if (queue.has_too_many_failures()) {
        return text(words, "; ", queue.failed_tasks(),
                    " have failed, more than run.max_failed_share allows: see 'latecomer study "
                    "status'");
    }
    if (queue.is_budget_spent()) {
        return words + "; the budget is spent: raise budget.core_hours to go on";
    }
    return words + "; the same command goes on";
}

void check_builds(const Ledger& ledger, const std::filesystem::path& folder)
{
    for (const std::string& build : ledger.builds()) {
        if (build != this_build()) {
            throw InputError(text("cannot go on with the study in '", folder.string(),
                                  "' (it was begun with build ", build.substr(0, 12),
                                  ", this program is ", this_build().substr(0, 12),
                                  "); use the program that began it, or add --accept-build if both "
                                  "give the same results"));
        }
    }
}

}  // namespace latecomer::jobs::study
