#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/study/looks.hpp"

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
    const LedgerCounts& counts = ledger.counts();
    const Looks looks{plan, progress};
    std::int64_t final_tasks = 0;
    std::string states;
    for (const TaskState state :
         {TaskState::done, TaskState::failed, TaskState::timed_out, TaskState::quarantined}) {
        const std::int64_t tasks = looks.count(progress, state);
        final_tasks += tasks;
        states += text(state == TaskState::done ? ": " : ", ", name_of(state), ' ', grouped(tasks));
    }
    std::string report = text("study ", plan.spec().name, ": ", grouped(final_tasks), " of ",
                              grouped(looks.needed_tasks()), " runs are final", states);
    report += '\n';
    for (const TaskState state :
         {TaskState::failed, TaskState::timed_out, TaskState::quarantined}) {
        for (const std::int64_t task : ledger.tasks(state)) {
            report += text("run ", task, ' ', plan.key(plan.task(task)), ' ', name_of(state), ": ",
                           ledger.reason(task), '\n');
        }
    }
    report += describe_looks(plan, looks);
    for (const std::int64_t task : ledger.conflicts()) {
        report += text("run ", task, " was done twice with different results\n");
    }
    if (counts.foreign_records > 0) {
        report += text(
            "records of runs that the study no longer asks for: ", counts.foreign_records, '\n');
    }
    if (counts.damaged_lines > 0) {
        report += text("damaged lines of journals: ", counts.damaged_lines,
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
        for (const std::string& line : progress.ledger.explain(number)) {
            report += line + '\n';
        }
        return report;
    }
    throw InputError(
        text("no run has the key '", key, "'; 'latecomer study status' lists those that failed"));
}

}  // namespace latecomer::jobs::study
