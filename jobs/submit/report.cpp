#include "jobs/submit/report.hpp"

#include "core/text.hpp"
#include "jobs/command_line/shell_words.hpp"
#include "jobs/submit/advice.hpp"
#include "jobs/terminal/figures.hpp"

#include <algorithm>
#include <array>

namespace latecomer::jobs::submit {
namespace {

constexpr std::array scheduler_names{"slurm", "pbs", "no scheduler"};

std::string line(std::string_view what, const std::string& words)
{
    return text(left(std::string{what}, 13), words, '\n');
}

std::string counted(std::int64_t number, std::string_view one)
{
    return text(grouped(number), ' ', one, number == 1 ? "" : "s");
}

std::string jobs_words(const Request& request)
{
    if (request.array > 0) {
        return text("an array of ", counted(request.array, "job"), ", each of ");
    }
    return request.chain > 0 ? text("a chain of ", counted(request.chain, "job"), ", each of ")
                             : "";
}

std::string placement_words(const Job& job)
{
    const Placement& p = job.placement;
    std::string words = text(jobs_words(job.request), counted(p.nodes, "node"), " x ",
                             counted(p.ranks_per_node, "rank"), " x ", counted(p.threads, "thread"),
                             " for ", duration(p.seconds), "; ", counted(p.groups, "run"),
                             " at a time on ", counted(p.ranks_per_task, "rank"), " each");
    words += p.has_manager ? "; one more rank hands them out" : "";
    words += text("; about ", bytes(p.bytes_per_rank), " a rank");
    words += p.is_memory_short ? " (memory leaves cores idle)" : "";
    return words;
}

std::string limits_words(const Job& job)
{
    const Site& site = job.site;
    const auto most = [](std::int64_t limit) {
        return limit > 0 ? text(" of ", grouped(limit)) : std::string{", no limit known"};
    };
    std::string words =
        text("time ", duration(job.placement.seconds),
             site.hours_per_job > 0.0 ? text(" of ", duration(site.hours_per_job * 3600.0))
                                      : std::string{", no limit known"});
    words += text("; nodes ", job.placement.nodes, most(site.nodes_per_job));
    words += job.request.array > 0
                 ? text("; elements ", job.request.array, most(site.array_elements))
                 : std::string{};
    return words + (site.requeue == Requeue::allowed ? "; jobs may queue again"
                                                     : "; jobs may not queue again");
}

std::string queue_words(const QueueAnswer& queue)
{
    if (!queue.failure.empty()) {
        return text("cannot be asked (", queue.failure, ')');
    }
    std::string words;
    for (const QueuedJob& one : queue.jobs) {
        words += text(words.empty() ? "" : ", ", "job ", one.id, ' ', one.state);
    }
    return words.empty() ? "no job of this study" : words;
}

}  // namespace

std::string report(const study::Plan& plan, const Job& job, const Workload& workload,
                   const QueueAnswer& queue)
{
    const auto scheduler = static_cast<std::size_t>(job.site.scheduler);
    std::string words = line("study", text(plan.spec().name, ", in ", job.folder.string()));
    words += line("site", text(job.request.site, ", ", scheduler_names[scheduler]));
    words += line("placement", placement_words(job));
    words += line("left", text(grouped(workload.left), " of ", grouped(workload.tasks), " runs"));
    for (const auto& [what, advice] : advice_on(plan, job, workload)) {
        words += line(what, advice);
    }
    words += line("limits", limits_words(job));
    if (job.site.scheduler != Scheduler::none) {
        words += line("queue", queue_words(queue));
    }
    words += line("script", script_path(job).string());
    const std::vector<std::string> command = submit_words(job, {});
    return words + line("command", shell_words(command));
}

}  // namespace latecomer::jobs::submit
