#include "jobs/study/result/report.hpp"

#include "agents/observation/outcomes.hpp"
#include "agents/world/scenario.hpp"
#include "core/text.hpp"
#include "jobs/study/journal/chosen_series.hpp"
#include "jobs/study/schedule/budget.hpp"
#include "jobs/study/schedule/looks.hpp"
#include "jobs/terminal/figures.hpp"
#include "jobs/terminal/json.hpp"

#include <array>
#include <cmath>

namespace latecomer::jobs::study {
namespace {

constexpr std::array states{TaskState::done, TaskState::failed, TaskState::timed_out,
                            TaskState::quarantined};
constexpr std::array bad_states{TaskState::failed, TaskState::timed_out, TaskState::quarantined};

/// Bytes of a run's records in a journal, and in the result; what a smoke study was seen to take
/// beside its outcomes, and series by quarter and economy.
double bytes_of_run(const Plan& plan)
{
    constexpr double bytes_of_records = 350.0;
    constexpr double bytes_of_value = 17.0 + 8.0;  // in the journal and in study.h5
    const Scenario scenario = plan.scenario_of_arm(0);
    const auto economies = static_cast<double>(economies_of(scenario).size());
    const double outcomes = economies * static_cast<double>(country_outcomes().size()) +
                            static_cast<double>(world_outcomes().size());
    return bytes_of_records + bytes_of_value * outcomes;
}

double bytes_of_series(const Plan& plan)
{
    constexpr double bytes_of_value = 17.0 + 8.0;
    const SeriesSpec& series = plan.spec().series;
    const Scenario scenario = plan.scenario_of_arm(0);
    std::size_t values = 0;
    for (const Output& output : outputs()) {
        const bool is_kept = std::ranges::count(series.variables, output.key) > 0;
        values += is_kept ? series_width(scenario, output) : 0;
    }
    return bytes_of_value * static_cast<double>(values) *
           static_cast<double>(scenario.parameters.run.quarters) *
           static_cast<double>(series.replicates * plan.tasks_per_replicate());
}

double bytes_of(const Plan& plan)
{
    return static_cast<double>(plan.tasks()) * bytes_of_run(plan) + bytes_of_series(plan);
}

std::string cost_lines(const Plan& plan, const Progress& progress, const CostModel& model)
{
    if (model.runs() == 0) {
        return "cost: unknown (source: none); 'latecomer study pilot' tells what runs take\n";
    }
    const StudyCost cost = cost_of(plan, progress, model);
    std::string line = text("cost: ", significant(cost.first_look));
    if (plan.first_look_tasks() < plan.tasks()) {
        line += text(" to ", significant(cost.worst_case));
    }
    return text(line, " core-hours to come, ", significant(cost.spent),
                " spent (source: ", model.source(), ")\n");
}

std::string json_plan(const Plan& plan, const Progress& progress, const CostModel& model)
{
    const Spec& spec = plan.spec();
    const StudyCost cost = cost_of(plan, progress, model);
    const std::string refusal = budget_refusal(plan, progress, model);
    const auto known = [&](double hours) {
        return model.runs() > 0 ? shortest(hours) : std::string{"null"};
    };
    return text(
        "{\"study\": ", json_text(spec.name), ", \"scenarios\": ", spec.arms.size(),
        ", \"points\": ", plan.design().size(), ", \"replicates_min\": ", spec.replicates.min,
        ", \"replicates_max\": ", spec.replicates.max,
        ", \"runs_first_look\": ", plan.first_look_tasks(), ", \"runs\": ", plan.tasks(),
        ", \"bytes\": ", std::llround(bytes_of(plan)),
        ", \"core_hours_first_look\": ", known(cost.first_look),
        ", \"core_hours\": ", known(cost.worst_case),
        ", \"core_hours_spent\": ", shortest(cost.spent),
        ", \"source\": ", json_text(model.source()), ", \"budget_core_hours\": ",
        spec.budget.core_hours ? shortest(*spec.budget.core_hours) : std::string{"null"},
        ", \"refused\": ", refusal.empty() ? std::string{"null"} : json_text(refusal), "}\n");
}

std::string json_status(const Plan& plan, const Progress& progress)
{
    const LedgerCounts& counts = progress.ledger.counts();
    std::string runs;
    for (const TaskState state : bad_states) {
        for (const std::int64_t task : progress.ledger.tasks(state)) {
            runs += text(runs.empty() ? "" : ", ", "{\"run\": ", task,
                         ", \"key\": ", json_text(plan.key(plan.task(task))),
                         ", \"state\": ", json_text(name_of(state)),
                         ", \"reason\": ", json_text(progress.ledger.reason(task)), '}');
        }
    }
    return text(
        "{\"study\": ", json_text(plan.spec().name), ", \"runs\": ", progress.tasks,
        ", \"final\": ", progress.final_tasks(), ", \"done\": ", progress.in_state(TaskState::done),
        ", \"failed\": ", progress.in_state(TaskState::failed),
        ", \"timed_out\": ", progress.in_state(TaskState::timed_out),
        ", \"quarantined\": ", progress.in_state(TaskState::quarantined),
        ", \"conflicts\": ", counts.conflicts, ", \"foreign_records\": ", counts.foreign_records,
        ", \"damaged_lines\": ", counts.damaged_lines,
        ", \"core_hours_spent\": ", shortest(counts.core_seconds / 3600.0),
        ", \"builds\": ", progress.ledger.builds().size(), ", \"bad_runs\": [", runs, "]}\n");
}

}  // namespace

std::string describe_plan(const Plan& plan, const Progress& progress, bool json)
{
    const CostModel model{plan, progress.ledger};
    if (json) {
        return json_plan(plan, progress, model);
    }
    const Spec& spec = plan.spec();
    std::string report =
        text("study ", spec.name, ": ", grouped(std::ssize(spec.arms)), " scenarios x ",
             grouped(plan.design().size()), " points (", spec.design.method->kind, ", ",
             spec.design.marginals.size(), " parameters) x ", grouped(spec.replicates.max),
             " replicates = ", grouped(plan.tasks()), " runs\n");
    report += text("first run: ", plan.key(plan.task(0)),
                   ", last run: ", plan.key(plan.task(plan.tasks() - 1)), '\n');
    if (plan.first_look_tasks() < plan.tasks()) {
        report += text("first look: ", grouped(plan.first_look_tasks()), " runs, with ",
                       spec.replicates.min, " replicates\n");
    }
    report += cost_lines(plan, progress, model);
    report += text("disk: about ", bytes(bytes_of(plan)), " of journals and result\n");
    if (const Looks looks{plan, progress}; looks.looks_taken() > 0) {
        report += describe_looks(plan, looks);
    }
    if (const std::string refusal = budget_refusal(plan, progress, model); !refusal.empty()) {
        report += refusal + '\n';
    }
    return report;
}

std::string describe_status(const Plan& plan, const Progress& progress, bool json)
{
    if (json) {
        return json_status(plan, progress);
    }
    const Ledger& ledger = progress.ledger;
    const LedgerCounts& counts = ledger.counts();
    const Looks looks{plan, progress};
    std::int64_t final_tasks = 0;
    std::string listed;
    for (const TaskState state : states) {
        const std::int64_t tasks = looks.count(progress, state);
        final_tasks += tasks;
        listed += text(state == TaskState::done ? ": " : ", ", name_of(state), ' ', grouped(tasks));
    }
    std::string report = text("study ", plan.spec().name, ": ", grouped(final_tasks), " of ",
                              grouped(looks.needed_tasks()), " runs are final", listed);
    report += '\n';
    for (const TaskState state : bad_states) {
        for (const std::int64_t task : ledger.tasks(state)) {
            report += text("run ", task, ' ', plan.key(plan.task(task)), ' ', name_of(state), ": ",
                           ledger.reason(task), '\n');
        }
    }
    report += describe_looks(plan, looks);
    if (ledger.builds().size() > 1) {
        report += text("computed by ", ledger.builds().size(),
                       " builds of the program; costs.csv names that of each run\n");
    }
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

std::string explain(const Plan& plan, const Progress& progress, const std::string& number_or_key)
{
    const Task task = plan.find(number_or_key);
    std::string report =
        text("run ", task.number, ": scenario ", plan.spec().arms[task.arm].name, ", point ",
             task.point, ", replicate ", task.replicate, ", key ", plan.key(task), '\n');
    for (const std::string& setting : plan.settings(task)) {
        report += text("  ", setting, '\n');
    }
    for (const std::string& line : progress.ledger.explain(task.number)) {
        report += line + '\n';
    }
    return report;
}

}  // namespace latecomer::jobs::study
