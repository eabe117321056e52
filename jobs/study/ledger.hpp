#pragma once

#include "jobs/study/journal.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

enum class TaskState {
    open,         ///< to be computed
    done,         ///< with outcomes
    failed,       ///< will fail again: not repeated
    timed_out,    ///< took longer than it may
    quarantined,  ///< ended its process, or was lost too often
};

/// What the journals together say of a task.
struct TaskEntry {
    TaskState state = TaskState::open;
    double seconds = 0.0;
    std::int64_t quarters = 0;
    std::uint64_t state_hash = 0;
    std::string reason;
    std::int64_t losses = 0;  ///< starts whose end nobody wrote: the process was gone
    std::int64_t starts = 0;
    std::string line;  ///< that decides, without outcomes; for those who ask why
};

/// How often a task may be lost with its process until it is suspected to be the cause.
inline constexpr std::int64_t most_losses = 3;

/// The state of a study: a function of its journals, whatever their order, and of nothing else.
class Ledger {
public:
    /// What the task must compute now; records of a task that computed something else do not count.
    using KeyOf = std::function<std::string(std::int64_t task)>;

    Ledger() = default;

    /// Adds a journal; `tasks`: those that exist.
    void add(const JournalText& journal, std::int64_t tasks, const KeyOf& key_of);

    /// Decides, after all journals were added, what their lost starts amount to.
    void settle();

    /// Reads all journals of a folder.
    /// @throws io::FileError
    static Ledger read(const std::filesystem::path& folder, std::int64_t tasks,
                       const KeyOf& key_of);

    TaskState state(std::int64_t task) const;
    const TaskEntry* find(std::int64_t task) const;  ///< null: no record of it
    const std::map<std::int64_t, TaskEntry>& entries() const { return entries_; }

    std::int64_t count(TaskState state) const;           ///< of tasks with a record
    std::int64_t outdated() const { return outdated_; }  ///< records of what is no longer asked for
    std::int64_t unreadable() const { return unreadable_; }

    /// Tasks that are done twice with different results: an error of the program or the machine.
    const std::vector<std::int64_t>& contradictions() const { return contradictions_; }

private:
    void take(const Record& record);

    std::map<std::int64_t, TaskEntry> entries_;
    std::map<std::int64_t, std::string> keys_;
    std::vector<std::int64_t> contradictions_;
    std::int64_t outdated_ = 0;
    std::int64_t unreadable_ = 0;
};

}  // namespace latecomer::jobs::study
