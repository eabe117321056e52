#include "jobs/study/journal/ledger.hpp"

#include "core/errors.hpp"
#include "io/files/file_error.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

namespace latecomer::jobs::study {
namespace {

/// The state that a record gives its task; open if it gives none.
TaskState state_by(RecordKind kind)
{
    switch (kind) {
    case RecordKind::done:
        return TaskState::done;
    case RecordKind::failed:
        return TaskState::failed;
    case RecordKind::timed_out:
        return TaskState::timed_out;
    case RecordKind::crashed:
    case RecordKind::quarantined:
        return TaskState::quarantined;
    case RecordKind::started:
    case RecordKind::abandoned:
    case RecordKind::series:
        return TaskState::open;
    }
    return TaskState::open;
}

/// Whether a state decides against another one: done before failed before timed out ...
bool outranks(TaskState state, TaskState other)
{
    return other == TaskState::open || (state != TaskState::open && state < other);
}

std::array<std::uint64_t, 2> key_bits(const std::string& key)
{
    std::array<std::uint64_t, 2> bits{};
    std::from_chars(key.data(), key.data() + 16, bits[0], 16);
    std::from_chars(key.data() + 16, key.data() + 32, bits[1], 16);
    return bits;
}

std::vector<std::filesystem::path> journals_in(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> paths;
    std::error_code error;
    std::filesystem::directory_iterator files{folder, error};
    for (; !error && files != std::filesystem::directory_iterator{}; files.increment(error)) {
        if (files->path().extension() == ".log") {
            paths.push_back(files->path());
        }
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        io::throw_file_error("read", folder, error.message());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

bool Ledger::Entry::is_key(const std::string& text) const
{
    return in_plan && key_bits(text) == key;
}

Ledger Ledger::read(const std::filesystem::path& folder, const KeyOf& key_of,
                    const std::set<std::string>& jobs_at_work)
{
    Ledger ledger;
    for (const std::filesystem::path& path : journals_in(folder)) {
        ledger.journals_.push_back(path);
        ledger.read_journal(key_of);
    }
    ledger.count_strikes(jobs_at_work);
    for (const auto& [task, entry] : ledger.entries_) {
        ++ledger.counts_.tasks[static_cast<std::size_t>(entry.verdict())];
        ledger.counts_.conflicts += entry.in_conflict ? 1 : 0;
    }
    return ledger;
}

void Ledger::read_journal(const KeyOf& key_of)
{
    const auto number = static_cast<std::uint32_t>(journals_.size() - 1);
    Job job;
    const JournalScan scan = scan_journal(
        journals_.back(), Outcomes::skip, [&](const Record& record, const LinePlace& line) {
            take(record, {.journal = number, .line = line}, key_of, job);
        });
    counts_.records += scan.records;
    counts_.damaged_lines += scan.damaged_lines;
    counts_.torn_journals += scan.is_torn ? 1 : 0;

    if (scan.header) {
        builds_.insert(scan.header->build);
        pilots_ += scan.header->job.starts_with(pilot_prefix) ? 1 : 0;
    }
    // Without its first line a journal stands for a job of its own.
    const std::string name = scan.header ? scan.header->job : journals_.back().filename().string();
    Job& all = jobs_[name];
    all.has_crashed = all.has_crashed || job.has_crashed;
    for (const auto& [task, starts] : job.running) {
        all.running[task] += starts;
    }
}

void Ledger::take(const Record& record, const RecordPlace& place, const KeyOf& key_of, Job& job)
{
    const auto [found, is_new] = entries_.try_emplace(record.task);
    Entry& entry = found->second;
    if (is_new) {
        const std::string key = key_of(record.task);
        expects(key.empty() || key.size() == 32, "the key of a task has 32 digits");
        entry.in_plan = !key.empty();
        entry.key = entry.in_plan ? key_bits(key) : entry.key;
    }
    job.has_crashed = job.has_crashed || record.kind == RecordKind::crashed;
    if (!entry.is_key(record.key)) {
        ++counts_.foreign_records;
        return;
    }
    counts_.core_seconds += record.core_seconds;
    if (record.kind == RecordKind::series) {
        series_.insert_or_assign(record.task, place);
        return;
    }
    if (record.kind != RecordKind::quarantined) {  // which may be said of a task at any time
        auto& starts = job.running[record.task];
        starts += record.kind == RecordKind::started ? 1 : -1;
        if (starts == 0) {
            job.running.erase(record.task);
        }
    }
    const TaskState state = state_by(record.kind);
    if (state != TaskState::open) {
        decide(entry, record, state, place);
    }
}

void Ledger::decide(Entry& entry, const Record& record, TaskState state, const RecordPlace& place)
{
    if (outranks(state, entry.state)) {
        entry.state = state;
        entry.place = place;
        entry.core_seconds =
            state == TaskState::done ? static_cast<float>(record.core_seconds) : 0.0F;
        return;
    }
    if (state != entry.state) {
        return;
    }
    const Record held = read_record(entry.place);
    const Record other = record.kind == RecordKind::done ? read_record(place) : record;
    const std::string result = result_text(other);
    const std::string held_result = result_text(held);
    if (state == TaskState::done && result != held_result) {
        entry.in_conflict = true;
    }
    if (std::pair{result, encode(other)} < std::pair{held_result, encode(held)}) {
        entry.place = place;
    }
}

void Ledger::count_strikes(const std::set<std::string>& jobs_at_work)
{
    for (const auto& [name, job] : jobs_) {
        if (job.has_crashed || jobs_at_work.contains(name)) {
            continue;
        }
        for (const auto& [task, starts] : job.running) {
            entries_.at(task).strikes += std::max(0, starts);
        }
    }
    jobs_.clear();
}

}  // namespace latecomer::jobs::study
