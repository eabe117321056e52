#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/study/study.hpp"

#include <array>

namespace latecomer::jobs::study {
namespace {

constexpr std::array design_names{"none",    "full",  "list",     "file",  "lhs",
                                  "maximin", "sobol", "saltelli", "morris"};

std::string grouped(std::int64_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t i = digits.size(); i > 3; i -= 3) {
        digits.insert(i - 3, ",");
    }
    return digits;
}

const char* name_of(TaskState state)
{
    switch (state) {
    case TaskState::open:
        return "open";
    case TaskState::done:
        return "done";
    case TaskState::failed:
        return "failed";
    case TaskState::timed_out:
        return "timed out";
    case TaskState::quarantined:
        return "quarantined";
    }
    return "";
}

}  // namespace

std::string describe_plan(const Plan& plan)
{
    const Spec& spec = plan.spec();
    const auto kind = static_cast<std::size_t>(spec.design.kind);
    std::string report =
        text("study ", spec.name, ": ", grouped(std::ssize(spec.arms)), " scenarios x ",
             grouped(plan.design().size()), " points (", design_names[kind], ", ",
             spec.design.marginals.size(), " parameters) x ", grouped(spec.replicates.max),
             " replicates = ", grouped(plan.tasks()), " runs\n");
    report += text("first run: ", plan.key(plan.task(0)),
                   ", last run: ", plan.key(plan.task(plan.tasks() - 1)), '\n');
    return report;
}

std::string describe_status(const Plan& plan, const Progress& progress)
{
    const Ledger& ledger = progress.ledger;
    std::string report = text("study ", plan.spec().name, ": ", grouped(progress.final_tasks()),
                              " of ", grouped(progress.tasks), " runs are final");
    for (const TaskState state :
         {TaskState::done, TaskState::failed, TaskState::timed_out, TaskState::quarantined}) {
        report += text(state == TaskState::done ? ": " : ", ", name_of(state), ' ',
                       grouped(ledger.count(state)));
    }
    report += '\n';
    for (const auto& [task, entry] : ledger.entries()) {
        if (entry.state != TaskState::done && entry.state != TaskState::open) {
            report += text("run ", task, ' ', plan.key(plan.task(task)), ' ', name_of(entry.state),
                           ": ", entry.reason, '\n');
        }
    }
    if (ledger.outdated() > 0) {
        report +=
            text("records of runs that the study no longer asks for: ", ledger.outdated(), '\n');
    }
    if (ledger.unreadable() > 0) {
        report += text("lines torn or damaged: ", ledger.unreadable(),
                       " (their runs are computed again)\n");
    }
    return report;
}

std::string explain(const Plan& plan, const Progress& progress, const std::string& key)
{
    for (std::int64_t number = 0; number < progress.tasks; ++number) {
        const Task task = plan.task(number);
        if (plan.key(task) != key && std::to_string(number) != key) {
            continue;
        }
        std::string report =
            text("run ", number, ": scenario ", plan.spec().arms[task.arm].name, ", point ",
                 task.point, ", replicate ", task.replicate, ", key ", plan.key(task), '\n');
        for (const std::string& setting : plan.settings(task)) {
            report += text("  ", setting, '\n');
        }
        const TaskEntry* entry = progress.ledger.find(number);
        if (entry == nullptr) {
            return report + "open: no journal has a record of this key\n";
        }
        report += text(name_of(entry->state), ": started ", entry->starts, " times, lost ",
                       entry->losses, " times\n");
        return entry->line.empty() ? report : text(report, "decided by: ", entry->line);
    }
    throw InputError(
        text("no run has the key '", key, "'; 'latecomer study status' lists those that failed"));
}

}  // namespace latecomer::jobs::study
