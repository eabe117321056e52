#include "jobs/study/execute/group.hpp"

#include "jobs/run/interrupt.hpp"
#include "jobs/study/execute/runner.hpp"
#include "jobs/study/journal/record_content.hpp"

#include <utility>

namespace latecomer::jobs::study {

Deadline::Deadline(std::optional<double> time_left)
{
    if (time_left) {
        using std::chrono::steady_clock;
        end_ = steady_clock::now() + std::chrono::duration_cast<steady_clock::duration>(
                                         std::chrono::duration<double>(*time_left));
    }
}

bool Deadline::is_over() const
{
    return stop_signal() != 0 || (end_ && std::chrono::steady_clock::now() >= *end_);
}

Group::Group(const Plan& plan, const ExecutionOptions& options, mpi::Communicator comm)
    : plan_{plan}, host_{options.host}, deadline_{options.time_left}, comm_{std::move(comm)},
      observed_{plan}, cores_{static_cast<double>(comm_.size()) * options.threads}
{
    if (comm_.is_root()) {
        journal_ = std::make_unique<Journal>(
            options.folder / "journal",
            JournalHeader{plan.spec().name, this_build(), options.job, options.host, 0});
        if (!options.isolate) {
            guard_ = std::make_unique<CrashGuard>(*journal_);
        }
    }
}

Record Group::stamped(Record record) const
{
    record.host = host_;
    record.build = this_build();
    record.core_seconds *= cores_;
    return record;
}

TaskEnd Group::compute(std::int64_t number)
{
    const Task task = plan_.task(number);
    if (comm_.is_root()) {
        Record begin;
        begin.kind = RecordKind::started;
        begin.task = number;
        begin.key = plan_.key(task);
        begin = stamped(std::move(begin));
        journal_->append(begin);
        if (guard_) {
            const double limit = plan_.spec().budget.task_seconds.value_or(0.0);
            guard_->begin(begin, limit > 0.0 ? static_cast<unsigned>(2.0 * limit + 5.0) : 0);
        }
    }
    TaskResult result = run_task(
        plan_, task, [&] { return deadline_.is_over(); }, comm_);
    result.end = stamped(std::move(result.end));
    if (comm_.is_root()) {
        if (guard_) {
            guard_->end();
        }
        if (result.series) {  // first, so that whoever finds the end finds the series
            journal_->append(stamped(*std::move(result.series)));
        }
        journal_->append(result.end);
    }
    return {result.end.kind, number, result.end.core_seconds,
            observed_.of(task.arm, result.end.outcomes)};
}

}  // namespace latecomer::jobs::study
