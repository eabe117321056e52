#include "jobs/study/ledger.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <utility>

namespace latecomer::jobs::study {
namespace {

/// The state in which a record leaves its task; open for those that end nothing.
TaskState state_after(RecordKind kind)
{
    switch (kind) {
    case RecordKind::done:
        return TaskState::done;
    case RecordKind::failed:
        return TaskState::failed;
    case RecordKind::timed_out:
        return TaskState::timed_out;
    case RecordKind::crashed:
        return TaskState::quarantined;
    case RecordKind::started:
    case RecordKind::abandoned:
        break;
    }
    return TaskState::open;
}

/// Which of two ends of a task counts, whatever came first: a result most, then the smallest state,
/// then the first line in the order of texts.
bool counts_before(TaskState state, const std::string& line, const TaskEntry& entry)
{
    if (entry.state == TaskState::open || state != entry.state) {
        return entry.state == TaskState::open || state < entry.state;
    }
    return line < entry.line;
}

}  // namespace

void Ledger::take(const Record& record)
{
    TaskEntry& entry = entries_[record.task];
    if (record.kind == RecordKind::started) {
        ++entry.starts;
        ++entry.losses;
        return;
    }
    --entry.losses;
    const TaskState state = state_after(record.kind);
    if (state == TaskState::open) {
        return;
    }
    if (state == TaskState::done && entry.state == TaskState::done &&
        record.state_hash != entry.state_hash) {
        contradictions_.push_back(record.task);
    }
    Record short_record = record;
    short_record.outcomes.clear();
    std::string line = line_of(short_record);
    if (counts_before(state, line, entry)) {
        entry.state = state;
        entry.seconds = record.seconds;
        entry.quarters = record.quarters;
        entry.state_hash = record.state_hash;
        entry.reason = record.reason;
        entry.line = std::move(line);
    }
}

void Ledger::add(const JournalText& journal, std::int64_t tasks, const KeyOf& key_of)
{
    unreadable_ += journal.unreadable_lines;
    for (const Record& record : journal.records) {
        if (record.task < 0 || record.task >= tasks) {
            ++outdated_;
            continue;
        }
        const auto known = keys_.find(record.task);
        const std::string& key =
            known != keys_.end() ? known->second
                                 : keys_.emplace(record.task, key_of(record.task)).first->second;
        if (record.key != key) {
            ++outdated_;
            continue;
        }
        take(record);
    }
}

void Ledger::settle()
{
    keys_.clear();
    for (auto& [task, entry] : entries_) {
        if (entry.state == TaskState::open && entry.losses >= most_losses) {
            entry.state = TaskState::quarantined;
            entry.reason = text("lost with its process ", entry.losses, " times");
        }
    }
    std::ranges::sort(contradictions_);
    const auto repeated = std::ranges::unique(contradictions_);
    contradictions_.erase(repeated.begin(), repeated.end());
}

Ledger Ledger::read(const std::filesystem::path& folder, std::int64_t tasks, const KeyOf& key_of)
{
    Ledger ledger;
    for (const std::filesystem::path& path : journals_in(folder)) {
        ledger.add(read_journal(path), tasks, key_of);
    }
    ledger.settle();
    return ledger;
}

TaskState Ledger::state(std::int64_t task) const
{
    const TaskEntry* entry = find(task);
    return entry == nullptr ? TaskState::open : entry->state;
}

const TaskEntry* Ledger::find(std::int64_t task) const
{
    const auto entry = entries_.find(task);
    return entry == entries_.end() ? nullptr : &entry->second;
}

std::int64_t Ledger::count(TaskState state) const
{
    return std::ranges::count_if(entries_,
                                 [&](const auto& entry) { return entry.second.state == state; });
}

}  // namespace latecomer::jobs::study
