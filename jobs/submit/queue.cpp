#include "jobs/submit/queue.hpp"

#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/publish.hpp"
#include "jobs/submit/command.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace latecomer::jobs::submit {
namespace {

std::filesystem::path notes_path(const Job& job)
{
    return job.folder / "jobs" / "submitted";
}

std::string first_line(const std::string& lines)
{
    return lines.substr(0, lines.find('\n'));
}

/// Why a command failed, in its own words.
std::string complaint(const std::vector<std::string>& words, const CommandEnd& end)
{
    const std::string own = first_line(end.errors);
    return text(words.front(), ": ", own.empty() ? text("status ", end.status) : own);
}

QueueAnswer ask_slurm(const Job& job)
{
    const std::vector<std::string> words{"squeue", "--noheader", text("--user=", ::getuid()),
                                         "--format=%i %T %k"};
    const CommandEnd end = call(words);
    QueueAnswer answer;
    if (end.status != 0) {
        answer.failure = complaint(words, end);
        return answer;
    }
    std::istringstream lines{end.output};
    for (std::string id, state, mark; lines >> id >> state && std::getline(lines, mark);) {
        if (mark == ' ' + job.mark) {
            answer.jobs.push_back({id, state});
        }
    }
    return answer;
}

QueueAnswer ask_pbs(const Job& job)
{
    QueueAnswer answer;
    std::ifstream notes{notes_path(job)};
    for (std::string id; notes >> id;) {
        const std::vector<std::string> words{"qstat", id};
        const CommandEnd end = call(words);
        if (end.status == 0) {
            answer.jobs.push_back({id, "queued or running"});
        } else if (end.status == 127) {
            answer.failure = complaint(words, end);
        }
    }
    return answer;
}

/// Submits one job.
/// @return its id
std::string submit_one(const Job& job, const std::vector<std::string>& before)
{
    const std::vector<std::string> words =
        submit_words(job, before.empty() ? std::string{} : before.back());
    const CommandEnd end = call(words);
    const std::string said = first_line(end.output);
    const std::string id = said.substr(0, said.find(';'));
    if (end.status != 0 || id.empty()) {
        std::string waiting;
        for (const std::string& one : before) {
            waiting += text(waiting.empty() ? "; in the queue already: " : ", ", one);
        }
        io::throw_file_error("submit", script_path(job), complaint(words, end), waiting);
    }
    return id;
}

}  // namespace

QueueAnswer jobs_of_study(const Job& job)
{
    switch (job.site.scheduler) {
    case Scheduler::slurm:
        return ask_slurm(job);
    case Scheduler::pbs:
        return ask_pbs(job);
    case Scheduler::none:
        return {};
    }
    return {};
}

std::vector<std::string> submit(const Job& job)
{
    std::vector<std::string> ids;
    std::string notes;
    for (std::int64_t link = 0; link < std::max<std::int64_t>(1, job.request.chain); ++link) {
        ids.push_back(submit_one(job, ids));
        notes += ids.back() + '\n';
        io::publish_text(notes_path(job), notes);
    }
    return ids;
}

}  // namespace latecomer::jobs::submit
