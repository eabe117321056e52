#include "jobs/study/journal/ledger.hpp"

#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/raw_file.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace latecomer::jobs::study {

std::string_view name_of(TaskState state)
{
    switch (state) {
    case TaskState::open:
        return "open";
    case TaskState::done:
        return "done";
    case TaskState::failed:
        return "failed";
    case TaskState::timed_out:
        return "timed out";
    case TaskState::quarantined:
        return "quarantined";
    }
    return "?";
}

TaskState Ledger::Entry::verdict() const
{
    const bool is_out = state == TaskState::open && strikes >= most_strikes;
    return is_out ? TaskState::quarantined : state;
}

const Ledger::Entry* Ledger::find(std::int64_t task) const
{
    const auto found = entries_.find(task);
    return found == entries_.end() ? nullptr : &found->second;
}

TaskState Ledger::state(std::int64_t task) const
{
    const Entry* const entry = find(task);
    return entry == nullptr ? TaskState::open : entry->verdict();
}

int Ledger::strikes(std::int64_t task) const
{
    const Entry* const entry = find(task);
    return entry == nullptr ? 0 : entry->strikes;
}

double Ledger::core_seconds(std::int64_t task) const
{
    const Entry* const entry = find(task);
    return entry == nullptr ? 0.0 : static_cast<double>(entry->core_seconds);
}

std::optional<RecordPlace> Ledger::series(std::int64_t task) const
{
    const auto found = series_.find(task);
    return found == series_.end() ? std::nullopt : std::optional{found->second};
}

std::optional<RecordPlace> Ledger::place(std::int64_t task) const
{
    const Entry* const entry = find(task);
    if (entry == nullptr || entry->state == TaskState::open) {
        return std::nullopt;
    }
    return entry->place;
}

Record Ledger::read_record(const RecordPlace& place) const
{
    const std::filesystem::path& path = journals_.at(place.journal);
    std::string line(place.line.length, '\0');
    io::RawFile::open_to_read(path).read(place.line.offset,
                                         std::as_writable_bytes(std::span{line}));
    auto record = decode_record(line);
    if (!record) {
        io::throw_file_error("read", path, text("line ", place.line.line, " is damaged"),
                             ": a journal must not be edited while a study is at work");
    }
    return *std::move(record);
}

std::string Ledger::reason(std::int64_t task) const
{
    const TaskState now = state(task);
    if (now == TaskState::open || now == TaskState::done) {
        return {};
    }
    if (const auto decisive = place(task)) {
        return read_record(*decisive).reason;
    }
    return text("started ", strikes(task), " times without an end");
}

std::vector<std::string> Ledger::explain(std::int64_t task) const
{
    const Entry* const entry = find(task);
    const std::string why = reason(task);
    const std::string now =
        text("task ", task, " is ", name_of(state(task)), why.empty() ? "" : ": ", why,
             entry != nullptr && entry->in_conflict ? "; its outcomes differ between records" : "");
    if (entry == nullptr) {
        return {now, "no journal has a record of it"};
    }
    std::vector<std::string> lines{now};
    const auto decisive = place(task);
    for (std::size_t journal = 0; journal < journals_.size(); ++journal) {
        scan_journal(
            journals_[journal], Outcomes::skip, [&](const Record& record, const LinePlace& at) {
                if (record.task != task) {
                    return;
                }
                const bool decides =
                    decisive && decisive->journal == journal && decisive->line.offset == at.offset;
                lines.push_back(text(
                    journals_[journal].filename().string(), " line ", at.line, ": ",
                    name_of(record.kind), " on ", record.host, record.reason.empty() ? "" : ": ",
                    record.reason,
                    entry->is_key(record.key) ? "" : "; passed over, the study has changed since",
                    decides ? "; decides" : ""));
            });
    }
    return lines;
}

std::vector<std::int64_t> Ledger::tasks(TaskState state) const
{
    std::vector<std::int64_t> found;
    for (const auto& [task, entry] : entries_) {
        if (entry.verdict() == state) {
            found.push_back(task);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<std::int64_t> Ledger::conflicts() const
{
    std::vector<std::int64_t> found;
    for (const auto& [task, entry] : entries_) {
        if (entry.in_conflict) {
            found.push_back(task);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace latecomer::jobs::study
