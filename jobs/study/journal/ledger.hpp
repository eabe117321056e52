#pragma once

#include "jobs/study/journal/journal.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace latecomer::jobs::study {

enum class TaskState { open, done, failed, timed_out, quarantined };

/// The state in words, "timed out".
std::string_view name_of(TaskState state);

/// The key that a task of the plan has; empty for a task that is not in it.
using KeyOf = std::function<std::string(std::int64_t task)>;

/// What the names of the jobs of pilots begin with.
inline constexpr std::string_view pilot_prefix = "pilot-";

/// Starts without an end after which a task is not started again.
inline constexpr int most_strikes = 3;

/// Where the record stands that decides the state of a task.
struct RecordPlace {
    std::uint32_t journal = 0;  ///< index in Ledger::journals
    LinePlace line;
};

/// What the journals of a folder hold altogether.
struct LedgerCounts {
    std::array<std::int64_t, 5> tasks{};  ///< with records, by TaskState
    std::int64_t records = 0;
    std::int64_t foreign_records = 0;  ///< their key is not that of their task: the study changed
    std::int64_t damaged_lines = 0;
    std::int64_t torn_journals = 0;  ///< their last line was cut off
    std::int64_t conflicts = 0;      ///< tasks that are done twice with different outcomes
    double core_seconds = 0.0;       ///< of all that was computed, in vain or not
};

/// The state of a study: a function of all journals together, whatever their order and names.
///
/// A task is done if any record says so; else failed, else timed out, else quarantined, if a record
/// says that.  A crash record quarantines.  Of several such records of one kind the one with the
/// smallest result and line decides.  A task without any is quarantined after three strikes.  A
/// strike is a start without an end, once per job; jobs at work give none, and neither do jobs with
/// a crash record, which took innocent tasks with it.  Records with another key than the plan's are
/// passed over.  Only tasks with records take memory, and outcomes stay in the journals.
class Ledger {
public:
    /// Reads the journals in the folder; none if there is no folder.
    /// @throws as scan_journal
    static Ledger read(const std::filesystem::path& folder, const KeyOf& key_of,
                       const std::set<std::string>& jobs_at_work = {});

    TaskState state(std::int64_t task) const;
    bool is_final(std::int64_t task) const { return state(task) != TaskState::open; }
    int strikes(std::int64_t task) const;

    /// What a task that is done took; 0 for others.
    double core_seconds(std::int64_t task) const;

    /// Where the series of a task stand; nothing if it has none.
    std::optional<RecordPlace> series(std::int64_t task) const;

    /// The builds of the program that have written journals, and whether all that they wrote belongs
    /// to pilots.
    const std::set<std::string>& builds() const { return builds_; }
    bool is_pilot_only() const { return !journals_.empty() && pilots_ == std::ssize(journals_); }

    /// Where the record stands that gives a task its state; nothing if it is open or has strikes.
    std::optional<RecordPlace> place(std::int64_t task) const;

    /// Reads the record from its journal.
    /// @throws FileError if it is no longer there
    Record read_record(const RecordPlace& place) const;

    /// Why a task is failed, timed out or quarantined.
    std::string reason(std::int64_t task) const;

    /// A sentence on the state, then every record of the task with its journal and line.
    std::vector<std::string> explain(std::int64_t task) const;

    /// The tasks in a state, ascending; of open ones those with records.
    std::vector<std::int64_t> tasks(TaskState state) const;

    /// Tasks with different outcomes, ascending.
    std::vector<std::int64_t> conflicts() const;

    const LedgerCounts& counts() const { return counts_; }
    const std::vector<std::filesystem::path>& journals() const { return journals_; }

private:
    /// What is known of a task.
    struct Entry {
        std::array<std::uint64_t, 2> key{};  ///< that of the plan
        RecordPlace place;                   ///< if the state is not open
        std::int32_t strikes = 0;
        float core_seconds = 0.0F;          ///< if it is done
        TaskState state = TaskState::open;  ///< as a record says; strikes do not count
        bool in_plan = true;
        bool in_conflict = false;

        bool is_key(const std::string& text) const;
        TaskState verdict() const;
    };

    /// What one start of the program left behind.
    struct Job {
        std::unordered_map<std::int64_t, std::int32_t> running;  ///< starts less ends, if not 0
        bool has_crashed = false;
    };

    void read_journal(const KeyOf& key_of);
    void take(const Record& record, const RecordPlace& place, const KeyOf& key_of, Job& job);
    void decide(Entry& entry, const Record& record, TaskState state, const RecordPlace& place);
    void count_strikes(const std::set<std::string>& jobs_at_work);
    const Entry* find(std::int64_t task) const;

    std::vector<std::filesystem::path> journals_;
    std::unordered_map<std::int64_t, Entry> entries_;
    std::unordered_map<std::int64_t, RecordPlace> series_;
    std::map<std::string, Job> jobs_;
    std::set<std::string> builds_;
    std::int64_t pilots_ = 0;  ///< journals of pilots
    LedgerCounts counts_;
};

}  // namespace latecomer::jobs::study
