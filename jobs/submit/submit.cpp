#include "jobs/submit/submit.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/publish.hpp"
#include "io/files/run_lock.hpp"
#include "io/files/sha256.hpp"
#include "jobs/command_line/shell_words.hpp"
#include "jobs/submit/report.hpp"

#include <algorithm>
#include <system_error>

namespace latecomer::jobs::submit {
namespace {

/// A name for a job, which goes through lists of jobs line by line.
/// @throws InputError
std::string checked_name(const std::string& name)
{
    constexpr std::size_t longest = 200;
    const auto is_control = [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
    };
    if (name.empty() || name.size() > longest || std::ranges::any_of(name, is_control)) {
        throw InputError("bad value for --name (must be 1 to 200 letters on one line); give a "
                         "shorter one");
    }
    return name;
}

/// The folder of a study in full, which need not exist.
/// @throws InputError if there cannot be such a folder
std::filesystem::path full_path(const std::filesystem::path& folder)
{
    std::error_code error;
    const std::filesystem::path full =
        std::filesystem::weakly_canonical(std::filesystem::absolute(folder, error), error);
    const auto refuse = [&](const std::string& why) {
        throw InputError(text("cannot use '", folder.string(), "' as folder of a study (", why,
                              "): choose another --out"));
    };
    if (error) {
        refuse(error.message());
    }
    std::filesystem::path part = full;
    while (!std::filesystem::exists(part, error) && part.has_relative_path()) {
        part = part.parent_path();
    }
    if (!std::filesystem::is_directory(part, error)) {
        refuse(text('\'', part.string(), "' is not a folder"));
    }
    return full;
}

Job job_of(const study::Plan& plan, const std::filesystem::path& folder, const Request& request)
{
    Job job;
    job.request = request;
    job.site = read_site(request.site);
    job.placement = place(plan, job.site, request);
    job.program = std::filesystem::read_symlink("/proc/self/exe");
    job.study = std::filesystem::absolute(plan.spec().path).lexically_normal();
    job.folder = full_path(folder);
    for (const std::filesystem::path& path : {job.study, job.folder}) {
        if (path.string().find_first_of("\n\\") != std::string::npos) {
            throw InputError(
                "the path of a study must not hold backslashes or ends of lines, which "
                "schedulers take for something else; rename the folder");
        }
    }
    const auto is_foreign = [](char letter) { return letter < ' ' || letter > '~'; };
    if (job.site.scheduler == Scheduler::pbs &&
        std::ranges::any_of(job.folder.string(), is_foreign)) {
        throw InputError("the folder of a study must have letters, digits and signs of ASCII only "
                         "for PBS, which takes no others for its logs; rename it, or choose "
                         "another --out");
    }
    job.name = checked_name(request.name.empty() ? plan.spec().name : request.name);
    job.mark = text("latecomer-", io::sha256(job.folder.string()).substr(0, 16));
    return job;
}

/// Keeps others from submitting the same study at the same time.
class SubmitLock {
public:
    explicit SubmitLock(const std::filesystem::path& folder) : path_{folder / "jobs" / "lock"}
    {
        std::error_code error;
        std::filesystem::create_directories(path_.parent_path(), error);
        if (error) {
            io::throw_file_error("make", path_.parent_path(), error.message(),
                                 ": make the folder writable, or choose another --out");
        }
        lock_ =
            io::RunLock{path_, {text("submission of the study in '", folder.string(), '\''), true}};
    }

private:
    std::filesystem::path path_;
    io::RunLock lock_;
};

constexpr const char* already = "nothing was submitted: this study is in the queue already\n";

/// Submits the job under a lock, unless others have done so in the meantime.
/// @return what came of it, in words
std::string submit_alone(const Job& job)
{
    const SubmitLock lock{job.folder};
    if (!jobs_of_study(job).jobs.empty()) {
        return already;
    }
    io::publish_text(script_path(job), script_text(job));
    if (job.site.scheduler == Scheduler::none) {
        return text("start it:    bash ", shell_word(script_path(job).string()), '\n');
    }
    std::string ids;
    for (const std::string& id : submit(job)) {
        ids += text(ids.empty() ? "" : ", ", id);
    }
    return text("submitted    job ", ids, '\n');
}

}  // namespace

std::string submit_study(const study::Plan& plan, const std::filesystem::path& folder,
                         const Request& request)
{
    const Job job = job_of(plan, folder, request);
    const Workload workload = workload_of(plan, job.folder, job.placement);
    const QueueAnswer queue = jobs_of_study(job);
    const std::string words = report(plan, job, workload, queue);
    if (request.dry_run) {
        return text(words, "\n", script_text(job), "\nnothing was written\n");
    }
    if (workload.left == 0) {
        return text(words, "nothing was submitted: no run is left\n");
    }
    if (!queue.failure.empty()) {
        throw InputError(text("the queue of '", request.site, "' cannot be asked (", queue.failure,
                              "); call this where jobs are submitted, or give --dry-run"));
    }
    return words + (queue.jobs.empty() ? submit_alone(job) : already);
}

}  // namespace latecomer::jobs::submit
