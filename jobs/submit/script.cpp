#include "jobs/submit/script.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/command_line/shell_words.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/submit/directives.hpp"

#include <algorithm>

namespace latecomer::jobs::submit {
namespace {

std::string_view kind_of(const Request& request)
{
    return request.array > 0 ? "array" : request.chain > 0 ? "chain" : "study";
}

std::string template_name(const Job& job)
{
    switch (job.site.scheduler) {
    case Scheduler::slurm:
        return text("slurm/", kind_of(job.request), ".sbatch");
    case Scheduler::pbs:
        return text("pbs/", kind_of(job.request), ".pbs");
    case Scheduler::none:
        return "batch/workstation.sh";
    }
    return {};
}

std::string_view again_word(const Job& job)
{
    if (job.request.chain > 0 || job.site.scheduler == Scheduler::none) {
        return "no";
    }
    const bool queues_again =
        job.site.scheduler == Scheduler::slurm && job.site.requeue == Requeue::allowed;
    return queues_again ? "requeue" : "successor";
}

/// The part that an element of an array computes, as the shell finds it.
std::string part_words(const Job& job)
{
    if (job.request.array == 0) {
        return {};
    }
    const std::string_view element = job.site.scheduler == Scheduler::slurm
                                         ? "$SLURM_ARRAY_TASK_ID"
                                         : "${LATECOMER_PART:-$PBS_ARRAY_INDEX}";
    return text(element, '/', job.request.array);
}

/// The launcher's words with the placement in them.
std::vector<std::string> launcher_of(const Job& job)
{
    const std::array<std::pair<std::string_view, std::int64_t>, 4> values{
        {{"{ranks}", job.placement.ranks()},
         {"{nodes}", job.placement.nodes},
         {"{ranks_per_node}", job.placement.ranks_per_node},
         {"{threads}", job.placement.threads}}};
    std::vector<std::string> words = job.site.launcher;
    for (std::string& word : words) {
        for (const auto& [name, value] : values) {
            for (std::size_t at = word.find(name); at != std::string::npos; at = word.find(name)) {
                word.replace(at, name.size(), std::to_string(value));
            }
        }
    }
    return words;
}

/// What a user would give as arguments.
std::string settings_of(const Job& job)
{
    const auto line = [](std::string_view key, const std::string& value) {
        return text(key, '=', value, '\n');
    };
    std::string lines = line("program", shell_word(job.program.string()));
    lines += line("study", shell_word(job.study.string()));
    lines += line("folder", shell_word(job.folder.string()));
    lines += line("part", part_words(job));
    lines += line("again", std::string{again_word(job)});
    lines += line("threads", text(job.placement.threads));
    lines += line("launcher", text('(', shell_words(launcher_of(job)), ')'));
    lines += line("modules", text('(', shell_words(job.site.modules), ')'));
    lines += line("margin", text(std::int64_t(job.placement.warning_seconds)));
    lines += "arguments=()\n";
    lines += line("of_queue", text('(', shell_words(queue_options(job)), ')'));
    if (job.site.scheduler == Scheduler::pbs) {
        lines += line("script", shell_word(script_path(job).string()));
    }
    return lines;
}

/// Goes through a template line by line.
class Filler {
public:
    explicit Filler(const Job& job) : job_{job} {}

    void take(std::string_view line)
    {
        constexpr std::string_view reads = ". \"${LATECOMER_JOBS:-jobs}/";
        if (line == "# <settings>") {
            is_replaced_ = true;
            script += settings_of(job_);
        } else if (line == "# </settings>") {
            is_replaced_ = false;
        } else if (is_replaced_) {
            return;
        } else if (line.starts_with(reads)) {
            script += '\n';
            const auto file =
                builtin_file(line.substr(reads.size(), line.size() - reads.size() - 1));
            script += file.substr(file.find('\n') + 1);  // without the line for shellcheck
        } else if (!line.starts_with('#')) {
            script += text(line, '\n');
        }
    }

    std::string script;

private:
    const Job& job_;
    bool is_replaced_ = false;
};

}  // namespace

std::filesystem::path script_path(const Job& job)
{
    const std::filesystem::path name{template_name(job)};
    return job.folder / "jobs" / name.filename();
}

std::string script_text(const Job& job)
{
    std::string_view rest = builtin_file(template_name(job));
    expects(!rest.empty(), "every kind of job has a template");
    Filler filler{job};
    filler.script =
        text("#!/usr/bin/env bash\n# Written by 'latecomer study submit'.\n", directives(job));
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        filler.take(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return filler.script;
}

}  // namespace latecomer::jobs::submit
