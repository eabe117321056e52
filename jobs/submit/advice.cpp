#include "jobs/submit/advice.hpp"

#include "core/constants.hpp"
#include "core/text.hpp"
#include "jobs/run/supervisor.hpp"
#include "jobs/terminal/figures.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer::jobs::submit {
namespace {

/// What a checkpoint of a run is taken to cost: 1.1 million firms take 0.22 s (README.md), and
/// shared file systems have bad days.
constexpr double seconds_per_checkpoint = 1.0;

/// Bytes of a journal's record without outcomes, that of the start included; and of an outcome.
constexpr double bytes_of_records = 360.0;
constexpr double bytes_of_outcome = 17.0;

/// Bytes of a row of study.h5 besides its numbers: key, hash, status, indices.
constexpr double bytes_of_row = 90.0;

std::string node_hours(const Workload& workload, const Job& job)
{
    if (!workload.times) {
        return "unknown: run study pilot";
    }
    const Forecast all = forecast(workload, job.placement, job.request);
    const double links = static_cast<double>(job.request.chain);
    std::string words = text("about ", fixed(all.node_hours, 2), ", by ", workload.source, " of ",
                             fixed(workload.times->mean_seconds, 2), " s on average; done in ",
                             duration(all.seconds), " of work, ", all.jobs,
                             all.jobs == 1.0 ? " job" : " jobs one after the other");
    if (links > 0.0 && links < all.jobs) {
        words += text("; warning: a chain of ", links, " is too short");
    }
    return words;
}

std::string price(const Workload& workload, const Job& job)
{
    if (!workload.times) {
        return "unknown, like the node-hours";
    }
    const double hours = forecast(workload, job.placement, job.request).node_hours;
    return text("about ", fixed(hours * job.site.price_per_node_hour, 2), ' ', job.site.currency);
}

std::string budget(const Workload& workload, const Job& job, double core_hours)
{
    const std::string most = text(core_hours, " core-hours");
    if (!workload.times) {
        return most;
    }
    const double need = forecast(workload, job.placement, job.request).node_hours *
                        static_cast<double>(job.site.cores_per_node);
    return text(most, "; what is left takes about ", fixed(need, 1),
                need > core_hours ? "; warning: more than the budget" : "");
}

std::string longest_run(const study::Plan& plan, const Workload& workload, const Job& job)
{
    const double usable = job.placement.seconds - job.placement.warning_seconds;
    const std::optional<double> limit = plan.spec().budget.task_seconds;
    std::string words = workload.times ? text("so far ", fixed(workload.times->longest_seconds, 2),
                                              " s, of ", duration(usable), " of a job")
                                       : "unknown: run study pilot";
    words += limit ? text("; given up after ", *limit, " s (budget.task_timeout)")
                   : std::string{"; none is given up (no budget.task_timeout)"};
    const double longest =
        std::max(workload.times ? workload.times->longest_seconds : 0.0, limit.value_or(0.0));
    return longest > usable ? words + "; warning: does not fit into a job, give more --time"
                            : words;
}

std::string files(const study::Plan& plan, const Workload& workload, const Job& job)
{
    const double at_once = static_cast<double>(std::max<std::int64_t>(1, job.request.array));
    const double in_turn = workload.times
                               ? std::max(1.0, forecast(workload, job.placement, job.request).jobs)
                               : std::max(1.0, static_cast<double>(job.request.chain));
    const double journals = static_cast<double>(job.placement.groups) * at_once * in_turn;
    const double each = workload.times ? workload.times->bytes_of_journal
                                       : bytes_of_records + bytes_of_outcome * workload.outcomes;
    const double numbers =
        workload.outcomes + static_cast<double>(plan.spec().design.marginals.size());
    const double row = bytes_of_row + static_cast<double>(sizeof(double)) * numbers;
    return text("about ", grouped(std::llround(journals)), " journals of ",
                bytes(each * static_cast<double>(workload.left)), " in all, by ",
                workload.times ? "those that are there" : "the number of outcomes",
                "; rows of study.h5 ", bytes(row * static_cast<double>(workload.tasks)));
}

std::string checkpoints(const Workload& workload, const Job& job)
{
    if (job.site.hours_between_failures <= 0.0) {
        return "unknown: the site does not tell hours_between_failures";
    }
    const double hours = job.site.hours_between_failures / static_cast<double>(job.placement.nodes);
    const double interval = best_interval(seconds_per_checkpoint, hours * seconds_an_hour);
    std::string words = text("a job of this size fails every ", fixed(hours, 0),
                             " h and loses the runs at work; "
                             "checkpoints pay for runs longer than ",
                             duration(interval), " (Young and Daly, 1 s a checkpoint)");
    if (!workload.times) {
        return words;
    }
    return words + (workload.times->longest_seconds > interval
                        ? text("; warning: the longest is: do it by 'latecomer run --set "
                               "output.hours_between_failures=",
                               hours, '\'')
                        : std::string{"; these need none"});
}

/// Whether a path lies in a folder.
bool is_within(const std::filesystem::path& path, const std::filesystem::path& folder)
{
    const auto parts = std::ranges::mismatch(folder, path);
    return parts.in1 == folder.end();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> advice_on(const study::Plan& plan, const Job& job,
                                                           const Workload& workload)
{
    std::vector<std::pair<std::string, std::string>> advice;
    advice.emplace_back("node-hours", node_hours(workload, job));
    if (job.site.price_per_node_hour > 0.0) {
        advice.emplace_back("price", price(workload, job));
    }
    if (const auto core_hours = plan.spec().budget.core_hours) {
        advice.emplace_back("budget", budget(workload, job, *core_hours));
    }
    advice.emplace_back("longest run", longest_run(plan, workload, job));
    advice.emplace_back("files", files(plan, workload, job));
    advice.emplace_back("checkpoints", checkpoints(workload, job));
    if (!job.site.scratch.empty() && !is_within(job.folder, job.site.scratch)) {
        advice.emplace_back("folder", text("warning: not below ", job.site.scratch,
                                           ", where the site wants such files; give --out"));
    }
    return advice;
}

}  // namespace latecomer::jobs::submit
