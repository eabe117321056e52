#pragma once

#include "jobs/study/schedule/cost_model.hpp"
#include "jobs/study/schedule/execution_options.hpp"
#include "jobs/study/schedule/looks.hpp"
#include "jobs/study/schedule/task_order.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

/// What a job gets from its queue when there is nothing.
inline constexpr std::int64_t no_task = -1;

/// How a task ended, as the one who hands out tasks needs to know it.
struct TaskEnd {
    RecordKind kind = RecordKind::abandoned;
    std::int64_t task = no_task;
    double core_seconds = 0.0;
    std::vector<double> observed;  ///< of done: what stopping rules observe
};

/// The same as words of a letter, and back.
std::vector<std::int64_t> words_of(const TaskEnd& end);
TaskEnd task_end(const std::vector<std::int64_t>& words);

/// The open tasks of this job in the order in which they are handed out, look by look, as long as
/// there is reason to go on.  Of a job with a list of its own, a pilot for instance, these alone.
class Queue {
public:
    Queue(const Plan& plan, const ExecutionOptions& options, Progress progress,
          const CostModel& model);

    /// The next task; none if all that are needed have been handed out so far.
    std::int64_t next();

    /// Whether runs at work may be the last ones of a look that asks for more.
    bool may_have_more() const
    {
        return !stopped_ && running_ > 0 && !listed_ && !looks_.is_over();
    }

    /// Takes note of how a task ended; after too many failures, or when the budget is spent, there
    /// is no next one.
    void ended(TaskEnd end);

    /// Hands out these again, which have failed for no reason of their own.
    void retry(const std::vector<std::int64_t>& tasks);

    void stop() { stopped_ = true; }
    bool has_too_many_failures() const { return too_many_; }
    bool is_budget_spent() const { return spent_; }

    std::int64_t ended_tasks() const { return ended_; }
    std::int64_t final_tasks() const { return final_ + ended_; }
    std::int64_t needed_tasks() const;
    std::int64_t failed_tasks() const { return failed_; }
    std::int64_t abandoned_tasks() const { return left_over_; }
    double core_seconds() const { return core_seconds_; }  ///< of this job

    /// Lines about looks that were taken since the last call.
    std::vector<std::string> news();

    /// Whether tasks of this job are not final, or a look waits for those of other parts.
    bool is_work_left();

private:
    std::int64_t next_open();
    std::int64_t next_listed();
    bool look();
    void start_order();
    void judge();

    const Plan& plan_;
    std::filesystem::path folder_;
    Progress progress_;
    const CostModel& model_;
    Looks looks_;
    StaticPart part_;
    std::optional<TaskOrder> order_;
    std::optional<std::vector<std::int64_t>> listed_;  ///< the last comes first
    bool is_forced_ = false;                           ///< whatever their state
    std::vector<std::int64_t> retries_;
    std::int64_t final_ = 0;   ///< when this job began
    std::int64_t failed_ = 0;  ///< those before this job included
    std::int64_t ended_ = 0;
    std::int64_t left_over_ = 0;
    std::int64_t running_ = 0;
    double core_seconds_ = 0.0;
    double most_failed_ = 0.0;  ///< tasks
    bool stopped_ = false;
    bool too_many_ = false;
    bool spent_ = false;
    std::vector<std::string> news_;
};

}  // namespace latecomer::jobs::study
