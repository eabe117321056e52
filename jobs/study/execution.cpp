#include "core/build_info.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/agreement.hpp"
#include "jobs/interrupt.hpp"
#include "jobs/study/crash_guard.hpp"
#include "jobs/study/queue.hpp"
#include "jobs/study/runner.hpp"
#include "jobs/study/study.hpp"
#include "jobs/terminal.hpp"
#include "mpi/letters.hpp"

#include <chrono>
#include <cmath>
#include <memory>
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

/// When a job must come to its end.
class Deadline {
public:
    explicit Deadline(std::optional<double> time_left)
    {
        if (time_left) {
            end_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                      std::chrono::duration<double>(*time_left));
        }
    }
    bool is_over() const { return stop_signal() != 0 || (end_ && Clock::now() >= *end_); }

private:
    std::optional<Clock::time_point> end_;
};

/// One line a minute about how the job is getting on.
class Log {
public:
    void say(Queue& queue, bool now, const mpi::Communicator& world)
    {
        for (const std::string& line : queue.news()) {
            note(line, world);
        }
        const auto time = Clock::now();
        if (!now && time - last_ < std::chrono::minutes{1}) {
            return;
        }
        last_ = time;
        const double seconds = std::chrono::duration<double>(time - begin_).count();
        const double rate = static_cast<double>(queue.ended_tasks()) / std::max(seconds, 1e-3);
        const std::int64_t left = queue.needed_tasks() - queue.final_tasks();
        note(text(queue.final_tasks(), '/', queue.needed_tasks(), " runs, failed ",
                  queue.failed_tasks(), " | ", std::round(rate * 600.0) / 10.0, " a minute, ",
                  std::ceil(static_cast<double>(left) / std::max(rate, 1e-9)), " s left"),
             world);
    }

private:
    Clock::time_point begin_ = Clock::now();
    Clock::time_point last_ = begin_;
};

/// The ranks that compute one task after another, with the journal of their first.
class Group {
public:
    Group(const Plan& plan, const ExecutionOptions& options, mpi::Communicator comm)
        : plan_{plan}, host_{options.host}, deadline_{options.time_left}, comm_{std::move(comm)},
          observed_{plan}
    {
        if (comm_.is_root()) {
            journal_ = std::make_unique<Journal>(
                options.folder / "journal",
                JournalHeader{plan.spec().name, build_, options.job, options.host, 0});
            guard_ = std::make_unique<CrashGuard>(*journal_);
        }
    }

    bool is_over() const { return deadline_.is_over(); }

    /// How the task ended, with what stopping rules observe.  Collective over the group.
    TaskEnd compute(std::int64_t number)
    {
        const Task task = plan_.task(number);
        if (comm_.is_root()) {
            Record start;
            start.kind = RecordKind::started;
            start.task = number;
            start.key = plan_.key(task);
            start.host = host_;
            start.build = build_;
            const double limit = plan_.spec().budget.task_seconds.value_or(0.0);
            journal_->append(start);
            guard_->begin(start, limit > 0.0 ? static_cast<unsigned>(2.0 * limit + 5.0) : 0);
        }
        Record end = run_task(
            plan_, task, [&] { return deadline_.is_over(); }, comm_);
        if (comm_.is_root()) {
            guard_->end();
            end.host = host_;
            end.build = build_;
            journal_->append(end);
        }
        return {end.kind, number, observed_.of(task.arm, end.outcomes)};
    }

private:
    const Plan& plan_;
    std::string host_;
    std::string build_{build_info().git_commit};
    Deadline deadline_;
    mpi::Communicator comm_;
    Observed observed_;
    std::unique_ptr<Journal> journal_;
    std::unique_ptr<CrashGuard> guard_;
};

/// Hands out tasks until there is none or no time, and every group has been told.  Groups for which
/// there is no task wait while runs at work may open the next look.
void manage(Queue& queue, std::int64_t groups, const ExecutionOptions& options,
            const mpi::Communicator& world)
{
    const Deadline deadline{options.time_left};
    Log log;
    std::vector<int> waiting;
    while (groups > 0) {
        const mpi::Letter letter = mpi::wait_for_letter(world);
        if (letter.words.size() > 1) {
            queue.ended(task_end(letter.words));
        }
        if (deadline.is_over()) {
            queue.stop();
        }
        waiting.push_back(letter.from);
        while (!waiting.empty()) {
            const std::int64_t task = queue.next();
            if (task == no_task && queue.may_have_more()) {
                break;
            }
            mpi::send_letter(world, waiting.back(), std::span{&task, 1});
            waiting.pop_back();
            groups -= task == no_task ? 1 : 0;
        }
        log.say(queue, groups == 0, world);
    }
}

/// Asks for tasks and computes them.  Collective over the group.
void work(Group& group, const mpi::Communicator& comm, const mpi::Communicator& world)
{
    std::vector<std::int64_t> last{0};
    for (;;) {
        std::int64_t task = no_task;
        if (comm.is_root()) {
            mpi::send_letter(world, 0, last);
            task = mpi::wait_for_letter(world).words.at(0);
        }
        comm.broadcast(std::span{&task, 1});
        if (task == no_task) {
            return;
        }
        last = words_of(group.compute(task));
    }
}

/// Computes all tasks in one group, which the first rank leads.
void work_alone(Group& group, Queue& queue, const mpi::Communicator& world)
{
    Log log;
    for (;;) {
        std::int64_t task = no_task;
        if (world.is_root()) {
            if (group.is_over()) {
                queue.stop();
            }
            task = queue.next();
            log.say(queue, task == no_task, world);
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

}  // namespace

std::int64_t Progress::final_tasks() const
{
    return in_state(TaskState::done) + in_state(TaskState::failed) +
           in_state(TaskState::timed_out) + in_state(TaskState::quarantined);
}

std::int64_t Progress::in_state(TaskState state) const
{
    return ledger.counts().tasks[static_cast<std::size_t>(state)];
}

Progress progress_of(const Plan& plan, const std::filesystem::path& folder)
{
    Progress progress;
    progress.tasks = plan.tasks();
    progress.ledger = Ledger::read(folder / "journal", [&](std::int64_t number) {
        const bool is_planned = 0 <= number && number < plan.tasks();
        return is_planned ? plan.key(plan.task(number)) : std::string{};
    });
    return progress;
}

int execute(const Plan& plan, const ExecutionOptions& options, const mpi::Communicator& world)
{
    watch_signals();
    Progress before;
    before.tasks = plan.tasks();
    io::do_and_agree(world, [&] {
        if (world.is_root()) {
            before = progress_of(plan, options.folder);
        }
    });
    Queue queue{plan, options, std::move(before)};
    const Geometry geometry = geometry_of(plan, world);
    const mpi::Communicator comm = world.split(static_cast<int>(geometry.group), world.rank());
    const bool computes = geometry.group < geometry.groups;
    std::unique_ptr<Group> group;
    io::do_and_agree(world, [&] {
        if (computes) {
            group = std::make_unique<Group>(plan, options, comm);
        }
    });
    if (!geometry.has_manager) {
        work_alone(*group, queue, world);
    } else if (world.is_root()) {
        manage(queue, geometry.groups, options, world);
    } else if (computes) {
        work(*group, comm, world);
    }
    world.barrier();
    std::int64_t status = 0;
    if (world.is_root()) {
        status = queue.has_too_many_failures() ? 3 : queue.is_work_left() ? 85 : 0;
    }
    world.broadcast(std::span{&status, 1});
    return static_cast<int>(status);
}

}  // namespace latecomer::jobs::study
