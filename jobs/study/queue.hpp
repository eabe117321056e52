#pragma once

#include "jobs/study/looks.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

inline constexpr std::int64_t no_task = -1;

/// How a task ended, as the one who hands out tasks needs to know it.
struct TaskEnd {
    RecordKind kind = RecordKind::abandoned;
    std::int64_t task = no_task;
    std::vector<double> observed;  ///< of done: what stopping rules observe
};

/// The same as words of a letter, and back.
std::vector<std::int64_t> words_of(const TaskEnd& end);
TaskEnd task_end(const std::vector<std::int64_t>& words);

/// The open tasks of this job in the order in which they are handed out, look by look.
class Queue {
public:
    Queue(const Plan& plan, const ExecutionOptions& options, Progress progress);

    /// The next task; none if all that are needed have been handed out so far.
    std::int64_t next();

    /// Whether runs at work may be the last ones of a look that asks for more.
    bool may_have_more() const { return !stopped_ && running_ > 0 && !looks_.is_over(); }

    /// Takes note of how a task ended; after too many failures there is no next one.
    void ended(TaskEnd end);

    void stop() { stopped_ = true; }
    bool has_too_many_failures() const { return too_many_; }
    std::int64_t ended_tasks() const { return ended_; }
    std::int64_t final_tasks() const { return final_ + ended_; }
    std::int64_t needed_tasks() const { return looks_.needed_tasks(); }
    std::int64_t failed_tasks() const { return failed_; }

    /// Lines about looks that were taken since the last call.
    std::vector<std::string> news();

    /// Whether tasks of this part are not final, or a look waits for those of other parts.
    bool is_work_left();

private:
    bool look();
    void judge_failures();

    const Plan& plan_;
    std::filesystem::path folder_;
    Progress progress_;
    Looks looks_;
    StaticPart part_;
    std::int64_t next_;
    std::int64_t final_ = 0;  ///< when this job began
    std::int64_t failed_ = 0;
    std::int64_t ended_ = 0;
    std::int64_t left_over_ = 0;
    std::int64_t running_ = 0;
    bool stopped_ = false;
    bool too_many_ = false;
    std::vector<std::string> news_;
};

}  // namespace latecomer::jobs::study
