#include "jobs/study/execute/execution.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/files/run_lock.hpp"
#include "jobs/run/interrupt.hpp"
#include "jobs/study/execute/group.hpp"
#include "jobs/study/execute/host_breaker.hpp"
#include "jobs/study/execute/progress_line.hpp"
#include "jobs/study/schedule/budget.hpp"
#include "jobs/study/schedule/queue.hpp"
#include "jobs/terminal/terminal.hpp"
#include "mpi/letters.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace latecomer::jobs::study {
namespace {

using Clock = std::chrono::steady_clock;

/// The ranks of a study: the first hands out tasks if one can be spared, the others compute in
/// groups of neighbours; ranks that are too few for a group have nothing to do.
struct Geometry {
    bool has_manager = false;
    std::int64_t groups = 1;
    std::int64_t group = 0;  ///< of this rank; `groups`: none
};

Geometry geometry_of(const Plan& plan, const mpi::Communicator& world)
{
    const std::int64_t size = plan.spec().run.ranks_per_task;
    const std::int64_t ranks = world.size();
    Geometry geometry;
    if (ranks <= size) {
        return geometry;
    }
    geometry.has_manager = true;
    geometry.groups = (ranks - 1) / size;
    geometry.group = world.is_root()
                         ? geometry.groups
                         : std::min<std::int64_t>((world.rank() - 1) / size, geometry.groups);
    return geometry;
}

/// Tells how the job is getting on.
class Log {
public:
    Log(const ExecutionOptions& options, double cores, const mpi::Communicator& world)
        : line_{options.progress, world.is_root()}, world_{world}
    {
        pace_.cores = cores;
    }

    void say(Queue& queue, bool is_end)
    {
        for (const std::string& line : queue.news()) {
            note(line, world_);
        }
        if (!line_.is_time(is_end)) {
            return;
        }
        pace_.runs = queue.needed_tasks();
        pace_.final = queue.final_tasks();
        pace_.failed = queue.failed_tasks();
        pace_.ended = queue.ended_tasks();
        pace_.core_seconds = queue.core_seconds();
        pace_.seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
        line_.say(pace_);
    }

private:
    ProgressLine line_;
    const mpi::Communicator& world_;
    StudyPace pace_;
    Clock::time_point begin_ = Clock::now();
};

/// Hands out tasks until there is none or no time, and every group has been told.  Groups for which
/// there is no task wait while runs at work may open the next look.
class Manager {
public:
    Manager(Queue& queue, Log& log, HostBreaker breaker, const ExecutionOptions& options,
            const mpi::Communicator& world)
        : queue_{queue}, log_{log}, breaker_{std::move(breaker)}, deadline_{options.time_left},
          world_{world}
    {}

    void serve(std::int64_t groups)
    {
        groups_ = groups;
        while (groups_ > 0) {
            const mpi::Letter letter = wait();
            if (letter.words.size() > 1) {
                take(task_end(letter.words), letter.from);
            }
            if (deadline_.is_over()) {
                queue_.stop();
            }
            if (breaker_.is_retired(static_cast<std::size_t>(letter.from))) {
                hand(no_task, letter.from);
            } else {
                waiting_.push_back(letter.from);
            }
            serve_waiting();
            log_.say(queue_, groups_ == 0);
        }
    }

private:
    mpi::Letter wait()
    {
        constexpr std::chrono::microseconds pause{100};
        for (;;) {
            if (auto letter = mpi::arrived_letter(world_)) {
                return std::move(*letter);
            }
            log_.say(queue_, false);
            std::this_thread::sleep_for(pause);
        }
    }

    void hand(std::int64_t task, int to)
    {
        mpi::send_letter(world_, to, std::span{&task, 1});
        groups_ -= task == no_task ? 1 : 0;
    }

    void serve_waiting()
    {
        while (!waiting_.empty()) {
            const std::int64_t task = queue_.next();
            if (task == no_task && queue_.may_have_more()) {
                return;
            }
            hand(task, waiting_.back());
            waiting_.pop_back();
        }
    }

    void take(TaskEnd end, int from)
    {
        const bool counts = end.kind != RecordKind::abandoned;
        const bool is_done = end.kind == RecordKind::done;
        const std::int64_t task = end.task;
        queue_.ended(std::move(end));
        if (!counts) {
            return;
        }
        if (const auto retired = breaker_.ended(static_cast<std::size_t>(from), task, is_done)) {
            queue_.retry(retired->tasks);
            note(text("host ", retired->host, " gets no more runs: the last ",
                      retired->tasks.size(),
                      " failed there while others were done elsewhere, "
                      "where they are tried again"),
                 world_);
        }
    }

    Queue& queue_;
    Log& log_;
    HostBreaker breaker_;
    Deadline deadline_;
    const mpi::Communicator& world_;
    std::int64_t groups_ = 0;
    std::vector<int> waiting_;  ///< ranks
};

/// Asks for tasks and computes them.  Collective over the group.
void work(Group& group, const mpi::Communicator& world)
{
    std::vector<std::int64_t> last{0};
    for (;;) {
        std::int64_t task = no_task;
        if (group.comm().is_root()) {
            mpi::send_letter(world, 0, last);
            task = mpi::wait_for_letter(world).words.at(0);
        }
        group.comm().broadcast(std::span{&task, 1});
        if (task == no_task) {
            return;
        }
        last = words_of(group.compute(task));
    }
}

/// Computes all tasks in one group, which the first rank leads.
void work_alone(Group& group, Queue& queue, Log& log, const mpi::Communicator& world)
{
    for (;;) {
        std::int64_t task = no_task;
        if (world.is_root()) {
            if (group.is_over()) {
                queue.stop();
            }
            task = queue.next();
            log.say(queue, task == no_task);
        }
        world.broadcast(std::span{&task, 1});
        if (task == no_task) {
            return;
        }
        TaskEnd end = group.compute(task);
        if (world.is_root()) {
            queue.ended(std::move(end));
        }
    }
}

/// Keeps two jobs from computing the same runs.  Parts of one division have nothing in common and work side
/// by side; those of different divisions do not.  Collective; the root alone has the lock.
/// @throws InputError that names who is at work
io::RunLock lock_of_part(const ExecutionOptions& options, const mpi::Communicator& world)
{
    io::RunLock lock;
    io::do_and_agree<InputError>(world, [&] {
        if (!world.is_root()) {
            return;
        }
        std::error_code error;
        std::filesystem::create_directories(options.folder, error);
        if (error) {
            io::throw_file_error("make", options.folder, error.message(),
                                 ": make the folder writable, or choose another --out");
        }
        const auto& [part, parts] = options.part;
        const auto rules_of = [&](const std::string& words) {
            return io::LockRules{text(words, " of the study in '", options.folder.string(), '\''),
                                 true};
        };
        lock = io::RunLock{options.folder / text("part_", part, "_of_", parts, ".lock"),
                           rules_of(text("part ", part, " of ", parts))};
        for (const auto& entry : std::filesystem::directory_iterator{options.folder, error}) {
            const std::string name = entry.path().filename().string();
            if (name.starts_with("part_") && name.ends_with(".lock") &&
                !name.ends_with(text("_of_", parts, ".lock"))) {
                io::check_lock(entry.path(), rules_of("a part of another division"));
            }
        }
    });
    return lock;
}

/// What the study's journals say before this job.  Collective; the root alone knows.
Progress progress_before(const Plan& plan, const ExecutionOptions& options,
                         const mpi::Communicator& world)
{
    Progress before;
    before.tasks = plan.tasks();
    io::do_and_agree<InputError>(world, [&] {
        if (world.is_root()) {
            before = progress_of(plan, options.folder);
            if (!options.accept_build) {
                check_builds(before.ledger, options.folder);
            }
        }
    });
    return before;
}

/// The exit status, and what is to be said about it.  The root alone.
int end_of_job(Queue& queue, const CostModel& model, const mpi::Communicator& world)
{
    const std::int64_t left = queue.needed_tasks() - queue.final_tasks();
    const bool is_left = queue.is_work_left();
    if (!is_left && !queue.has_too_many_failures()) {
        return 0;
    }
    note(advice_after(queue, left, model), world);
    return queue.has_too_many_failures() ? 3 : queue.is_budget_spent() ? 4 : 85;
}

/// Computes until there is nothing left or a reason to stop.  Collective.
int execute(const Plan& plan, Progress before, const CostModel& model,
            const ExecutionOptions& options, const mpi::Communicator& world)
{
    Queue queue{plan, options, std::move(before), model};
    const Geometry geometry = geometry_of(plan, world);
    const mpi::Communicator comm = world.split(static_cast<int>(geometry.group), world.rank());
    const bool computes = geometry.group < geometry.groups;
    std::unique_ptr<Group> group;
    io::do_and_agree(world, [&] {
        if (computes) {
            group = std::make_unique<Group>(plan, options, comm);
        }
    });
    HostBreaker breaker{world.gather_all(options.host), plan.spec().run.host_failures};
    const double ranks = geometry.has_manager
                             ? static_cast<double>(geometry.groups * plan.spec().run.ranks_per_task)
                             : world.size();
    Log log{options, ranks * options.threads, world};
    if (!geometry.has_manager) {
        work_alone(*group, queue, log, world);
    } else if (world.is_root()) {
        Manager{queue, log, std::move(breaker), options, world}.serve(geometry.groups);
    } else if (computes) {
        work(*group, world);
    }
    world.barrier();
    std::int64_t status = 0;
    if (world.is_root()) {
        status = end_of_job(queue, model, world);
    }
    world.broadcast(std::span{&status, 1});
    return static_cast<int>(status);
}

}  // namespace

int execute(const Plan& plan, const ExecutionOptions& options, const mpi::Communicator& world)
{
    watch_signals();
    const io::RunLock lock =
        options.only ? io::RunLock{} : lock_of_part(options, world);  // one run is not in the way
    Progress before = progress_before(plan, options, world);
    const CostModel model{plan, before.ledger};
    if (!options.only && !options.pilot_runs) {
        const std::string refusal = world.broadcast(budget_refusal(plan, before, model));
        if (!refusal.empty()) {
            note(refusal, world);
            return 4;
        }
    }
    for (const std::string& remark : options.remarks) {
        note("note: " + remark, world);
    }
    return execute(plan, std::move(before), model, options, world);
}

}  // namespace latecomer::jobs::study
