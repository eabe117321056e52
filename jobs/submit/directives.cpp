#include "jobs/submit/directives.hpp"

#include "core/text.hpp"

#include <cmath>
#include <cstdio>

namespace latecomer::jobs::submit {
namespace {

/// "04:00:00"
std::string clock(double seconds)
{
    const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
    const auto two_digits = [](std::int64_t number) {
        return text(number < 10 ? "0" : "", number);
    };
    return text(two_digits(whole / 3600), ':', two_digits(whole / 60 % 60), ':',
                two_digits(whole % 60));
}

std::string slurm_lines(const Job& job)
{
    const Placement& p = job.placement;
    const Site& site = job.site;
    std::string lines;
    const auto add = [&](std::string_view key, const std::string& value) {
        if (!value.empty()) {
            lines += text("#SBATCH --", key, '=', value, '\n');
        }
    };
    add("nodes", text(p.nodes));
    add("ntasks-per-node", text(p.ranks_per_node));
    add("cpus-per-task", text(p.threads));
    add("time", clock(p.seconds));
    add("signal", text("B:USR1@", std::int64_t(p.warning_seconds)));
    add("open-mode", "append");
    add("account", site.account);
    add("partition", site.partition);
    add("qos", site.quality_of_service);
    add("array", job.request.array > 0 ? text("1-", job.request.array) : std::string{});
    lines += site.requeue == Requeue::allowed ? "#SBATCH --requeue\n" : "#SBATCH --no-requeue\n";
    for (const std::string& option : site.options) {
        lines += text("#SBATCH ", option, '\n');
    }
    return lines;
}

std::string pbs_lines(const Job& job)
{
    const Placement& p = job.placement;
    const Site& site = job.site;
    std::string lines = text("#PBS -l select=", p.nodes, ":ncpus=", p.ranks_per_node * p.threads,
                             ":mpiprocs=", p.ranks_per_node, ":ompthreads=", p.threads,
                             "\n#PBS -l walltime=", clock(p.seconds), "\n#PBS -j oe\n#PBS -r ",
                             site.requeue == Requeue::allowed ? 'y' : 'n', '\n');
    if (!site.account.empty()) {
        lines += text("#PBS -A ", site.account, '\n');
    }
    if (!site.partition.empty()) {
        lines += text("#PBS -q ", site.partition, '\n');
    }
    if (job.request.array > 0) {
        lines += text("#PBS -J 1-", job.request.array, '\n');
    }
    for (const std::string& option : site.options) {
        lines += text("#PBS ", option, '\n');
    }
    return lines;
}

/// The path where Slurm writes what a job says; it takes "%" for the begin of a pattern.
std::string slurm_log(const Job& job)
{
    std::string path;
    for (const char letter : (job.folder / "jobs").string()) {
        path += letter == '%' ? std::string{"%%"} : std::string{letter};
    }
    return path + (job.request.array > 0 ? "/%A_%a.log" : "/%j.log");
}

/// A name as PBS takes it: it refuses blanks and most signs, and a point at the begin.
std::string pbs_name(std::string name)
{
    constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_+.";
    for (char& letter : name) {
        letter = allowed.find(letter) == std::string_view::npos ? '_' : letter;
    }
    if (name.starts_with('.')) {
        name.front() = '_';
    }
    return name;
}

}  // namespace

std::string directives(const Job& job)
{
    switch (job.site.scheduler) {
    case Scheduler::slurm:
        return slurm_lines(job);
    case Scheduler::pbs:
        return pbs_lines(job);
    case Scheduler::none:
        return {};
    }
    return {};
}

std::vector<std::string> queue_options(const Job& job)
{
    switch (job.site.scheduler) {
    case Scheduler::slurm:
        return {"--comment=" + job.mark, "--output=" + slurm_log(job)};
    case Scheduler::pbs:
        return {"-V", "-o", (job.folder / "jobs").string()};
    case Scheduler::none:
        return {};
    }
    return {};
}

std::vector<std::string> submit_words(const Job& job, const std::string& after)
{
    std::vector<std::string> words;
    if (job.site.scheduler == Scheduler::none) {
        return {"bash", script_path(job).string()};
    }
    if (job.site.scheduler == Scheduler::slurm) {
        words = {"sbatch", "--parsable", "--job-name=" + job.name};
        if (!after.empty()) {
            words.push_back("--dependency=afterany:" + after);
        }
    } else {
        words = {"qsub", "-N", pbs_name(job.name)};
        if (!after.empty()) {
            words.insert(words.end(), {"-W", "depend=afterany:" + after});
        }
    }
    for (std::string& option : queue_options(job)) {
        words.push_back(std::move(option));
    }
    words.push_back(script_path(job).string());
    return words;
}

}  // namespace latecomer::jobs::submit
