#include "jobs/study/queue.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

namespace latecomer::jobs::study {

std::vector<std::int64_t> words_of(const TaskEnd& end)
{
    std::vector<std::int64_t> words{static_cast<std::int64_t>(end.kind), end.task};
    for (const double value : end.observed) {
        words.push_back(std::bit_cast<std::int64_t>(value));
    }
    return words;
}

TaskEnd task_end(const std::vector<std::int64_t>& words)
{
    TaskEnd end{static_cast<RecordKind>(words.at(0)), words.at(1), {}};
    for (std::size_t i = 2; i < words.size(); ++i) {
        end.observed.push_back(std::bit_cast<double>(words[i]));
    }
    return end;
}

Queue::Queue(const Plan& plan, const ExecutionOptions& options, Progress progress)
    : plan_{plan}, folder_{options.folder}, progress_{std::move(progress)}, looks_{plan, progress_},
      part_{options.part}, next_{part_.part - 1}
{
    for (const TaskState state :
         {TaskState::done, TaskState::failed, TaskState::timed_out, TaskState::quarantined}) {
        final_ += looks_.count(progress_, state);
    }
    failed_ = final_ - looks_.count(progress_, TaskState::done);
    judge_failures();
}

std::int64_t Queue::next()
{
    while (!stopped_) {
        for (; next_ < looks_.end(); next_ += part_.parts) {
            if (progress_.ledger.state(next_) == TaskState::open && !looks_.is_known(next_) &&
                looks_.is_needed(plan_.task(next_))) {
                ++running_;
                return std::exchange(next_, next_ + part_.parts);
            }
        }
        if (running_ > 0 || !look()) {
            break;
        }
    }
    return no_task;
}

void Queue::ended(TaskEnd end)
{
    --running_;
    if (end.kind == RecordKind::abandoned) {
        ++left_over_;
        return;
    }
    ++ended_;
    looks_.note(end.task, std::move(end.observed));
    if (end.kind == RecordKind::failed || end.kind == RecordKind::timed_out) {
        ++failed_;
        judge_failures();
    }
}

std::vector<std::string> Queue::news()
{
    return std::exchange(news_, {});
}

bool Queue::is_work_left()
{
    stopped_ = false;
    return left_over_ > 0 || next() != no_task || !looks_.is_over();
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
        next_ = part_.part - 1;  // what it asks for may have any number
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

void Queue::judge_failures()
{
    const double most =
        plan_.spec().run.max_failed_share * static_cast<double>(looks_.needed_tasks());
    if (static_cast<double>(failed_) > most) {
        too_many_ = true;
        stopped_ = true;
    }
}

}  // namespace latecomer::jobs::study
