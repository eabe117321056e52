#include "jobs/study/schedule/queue.hpp"

#include "core/constants.hpp"
#include "core/text.hpp"
#include "jobs/study/schedule/pilot.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

namespace latecomer::jobs::study {
namespace {

/// The tasks of a job that has a list of its own, the last first.
std::optional<std::vector<std::int64_t>> list_of(const Plan& plan, const ExecutionOptions& options)
{
    if (options.only) {
        return std::vector{*options.only};
    }
    if (!options.pilot_runs) {
        return std::nullopt;
    }
    std::vector<std::int64_t> tasks = pilot_tasks(plan, *options.pilot_runs);
    std::ranges::reverse(tasks);
    return tasks;
}

}  // namespace

std::vector<std::int64_t> words_of(const TaskEnd& end)
{
    std::vector<std::int64_t> words{static_cast<std::int64_t>(end.kind), end.task,
                                    std::bit_cast<std::int64_t>(end.core_seconds)};
    for (const double value : end.observed) {
        words.push_back(std::bit_cast<std::int64_t>(value));
    }
    return words;
}

TaskEnd task_end(const std::vector<std::int64_t>& words)
{
    TaskEnd end{
        static_cast<RecordKind>(words.at(0)), words.at(1), std::bit_cast<double>(words.at(2)), {}};
    for (std::size_t i = 3; i < words.size(); ++i) {
        end.observed.push_back(std::bit_cast<double>(words[i]));
    }
    return end;
}

Queue::Queue(const Plan& plan, const ExecutionOptions& options, Progress progress,
             const CostModel& model)
    : plan_{plan}, folder_{options.folder}, progress_{std::move(progress)}, model_{model},
      looks_{plan, progress_}, part_{options.part}, listed_{list_of(plan, options)},
      is_forced_{options.isolate}
{
    for (const TaskState state :
         {TaskState::done, TaskState::failed, TaskState::timed_out, TaskState::quarantined}) {
        final_ += looks_.count(progress_, state);
    }
    failed_ = final_ - looks_.count(progress_, TaskState::done);
    if (listed_) {
        final_ = is_forced_ ? 0 : static_cast<std::int64_t>(std::erase_if(*listed_, [&](auto task) {
            return progress_.ledger.is_final(task);
        }));
    }
    start_order();
    judge();
}

/// What is needed and was not handed out yet, from the first number on.
void Queue::start_order()
{
    order_.emplace(plan_, model_, part_.part - 1, looks_.end(), part_.parts);
    most_failed_ = plan_.spec().run.max_failed_share * static_cast<double>(looks_.needed_tasks());
}

std::int64_t Queue::needed_tasks() const
{
    return listed_ ? final_ + ended_ + running_ + left_over_ + std::ssize(*listed_)
                   : looks_.needed_tasks();
}

std::int64_t Queue::next()
{
    const std::int64_t task = stopped_ ? no_task : next_open();
    running_ += task == no_task ? 0 : 1;
    return task;
}

std::int64_t Queue::next_listed()
{
    if (listed_->empty()) {
        return no_task;
    }
    const std::int64_t task = listed_->back();
    listed_->pop_back();
    return task;
}

std::int64_t Queue::next_open()
{
    if (!retries_.empty()) {
        const std::int64_t task = retries_.back();
        retries_.pop_back();
        return task;
    }
    if (listed_) {
        return next_listed();
    }
    do {
        for (std::int64_t task = order_->next(); task >= 0; task = order_->next()) {
            if (!progress_.ledger.is_final(task) && looks_.is_needed(plan_.task(task)) &&
                !looks_.is_known(task)) {
                return task;
            }
        }
    } while (running_ == 0 && look());
    return no_task;
}

void Queue::ended(TaskEnd end)
{
    --running_;
    core_seconds_ += end.core_seconds;
    if (end.kind == RecordKind::abandoned) {
        ++left_over_;
    } else {
        ++ended_;
        looks_.note(end.task, std::move(end.observed));
    }
    failed_ += end.kind == RecordKind::failed || end.kind == RecordKind::timed_out ? 1 : 0;
    judge();
}

void Queue::retry(const std::vector<std::int64_t>& tasks)
{
    retries_.insert(retries_.end(), tasks.begin(), tasks.end());
    failed_ -= std::ssize(tasks);
    ended_ -= std::ssize(tasks);
}

std::vector<std::string> Queue::news()
{
    return std::exchange(news_, {});
}

bool Queue::is_work_left()
{
    return left_over_ > 0 || next_open() != no_task || (!listed_ && !looks_.is_over());
}

/// Takes the next look, with what other jobs and parts have found out meanwhile.
bool Queue::look()
{
    const std::int64_t replicates = looks_.replicates();
    bool is_taken = looks_.advance();
    if (!is_taken && !looks_.is_over()) {
        progress_ = progress_of(plan_, folder_);
        looks_.note(progress_);
        is_taken = looks_.advance();
    }
    if (is_taken) {
        start_order();
        news_.push_back(text("look ", looks_.looks_taken(), " at ", replicates, " replicates",
                             looks_.is_over() ? ", the last" : ""));
        std::ranges::move(describe_rules(plan_, looks_), std::back_inserter(news_));
    } else if (!looks_.is_over()) {
        stopped_ = true;
        news_.push_back(text("the look at ", replicates,
                             " replicates waits for runs of other "
                             "parts; start this part again when they are done"));
    }
    return is_taken;
}

void Queue::judge()
{
    if (is_forced_) {
        return;
    }
    too_many_ = too_many_ || static_cast<double>(failed_) > most_failed_;
    const double hours = (progress_.ledger.counts().core_seconds + core_seconds_) / seconds_an_hour;
    const auto& budget = plan_.spec().budget.core_hours;
    spent_ = budget && hours >= *budget;
    stopped_ = stopped_ || too_many_ || spent_;
}

}  // namespace latecomer::jobs::study
