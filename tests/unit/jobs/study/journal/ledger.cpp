#include "jobs/study/journal/ledger.hpp"

#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <algorithm>
#include <limits>

namespace latecomer::jobs::study::ledger_test {
namespace {

using tests::Scratch;
using tests::write_file;
using Kind = RecordKind;

constexpr std::int64_t n_planned = 1000000;

std::string key_of(std::int64_t task)
{
    return task >= n_planned ? ""
                             : hexadecimal(static_cast<unsigned long long>(task)) + hexadecimal(42);
}

Record record_of(Kind kind, std::int64_t task, const std::string& reason = "")
{
    return {.kind = kind,
            .task = task,
            .key = key_of(task),
            .core_seconds = 1.5,
            .host = "node7",
            .build = "b",
            .state_hash = 9,
            .reason = reason,
            .outcomes = {}};
}

Record done(std::int64_t task, std::vector<double> outcomes = {1.0})
{
    Record record = record_of(Kind::done, task);
    record.outcomes = std::move(outcomes);
    return record;
}

Record started(std::int64_t task)
{
    return record_of(Kind::started, task);
}

/// Writes a journal; each has a job of its own unless one is named.
void write_journal(const std::filesystem::path& path, const std::vector<Record>& records,
                   const std::string& job = "")
{
    std::string content = encode(JournalHeader{
        .study = "s", .build = "b", .job = job.empty() ? path.stem().string() : job, .host = "h"});
    for (const Record& record : records) {
        content += encode(record);
    }
    write_file(path, content);
}

TEST_CASE("a study without journals has only open tasks")
{
    const Scratch scratch;
    for (const auto& folder : {scratch.path(), scratch / "none"}) {
        const Ledger ledger = Ledger::read(folder, key_of);
        CHECK(ledger.state(5) == TaskState::open);
        CHECK_FALSE(ledger.is_final(5));
        CHECK(ledger.counts().records == 0);
        CHECK(ledger.explain(5).size() == 2);
    }
    write_file(scratch / "file", "");
    CHECK_THROWS_AS(Ledger::read(scratch / "file", key_of), io::FileError);
}

TEST_CASE("a record of its end makes a task final")
{
    const Scratch scratch;
    write_journal(scratch / "a.log",
                  {started(1), done(1, {2.5, std::numeric_limits<double>::quiet_NaN()}), started(2),
                   record_of(Kind::failed, 2, "a stock is negative"), started(3),
                   record_of(Kind::timed_out, 3, "600 s"),
                   record_of(Kind::quarantined, 4, "by hand"), started(5),
                   record_of(Kind::abandoned, 5), started(6),
                   record_of(Kind::crashed, 6, "SIGSEGV")});
    const Ledger ledger = Ledger::read(scratch.path(), key_of);
    CHECK(ledger.state(1) == TaskState::done);
    CHECK(ledger.state(2) == TaskState::failed);
    CHECK(ledger.state(3) == TaskState::timed_out);
    CHECK(ledger.state(4) == TaskState::quarantined);
    CHECK(ledger.state(5) == TaskState::open);
    CHECK(ledger.state(6) == TaskState::quarantined);
    CHECK(ledger.is_final(3));
    CHECK_FALSE(ledger.is_final(5));
    CHECK(ledger.reason(2) == "a stock is negative");
    CHECK(ledger.reason(6) == "SIGSEGV");
    CHECK(ledger.reason(1).empty());
    CHECK(ledger.counts().tasks == std::array<std::int64_t, 5>{1, 1, 1, 1, 2});
    CHECK(ledger.tasks(TaskState::quarantined) == std::vector<std::int64_t>{4, 6});

    const Record record = ledger.read_record(ledger.place(1).value());
    CHECK(record.outcomes.at(0) == 2.5);
    CHECK(record.outcomes.at(1) != record.outcomes.at(1));
    CHECK_FALSE(ledger.place(5));
}

TEST_CASE("a crash quarantines its task and gives the neighbours of its job no strike")
{
    const Scratch scratch;
    for (const char* const job : {"j1", "j2", "j3"}) {
        write_journal(scratch / text(job, "a.log"), {started(1), record_of(Kind::crashed, 1)}, job);
        write_journal(scratch / text(job, "b.log"), {started(2)}, job);
    }
    const Ledger ledger = Ledger::read(scratch.path(), key_of);
    CHECK(ledger.state(1) == TaskState::quarantined);
    CHECK(ledger.state(2) == TaskState::open);
    CHECK(ledger.strikes(2) == 0);
}

TEST_CASE("a task that was started three times without an end is quarantined")
{
    const Scratch scratch;
    write_journal(scratch / "a.log", {started(1), done(1), started(7)});
    write_journal(scratch / "b.log", {started(7)});
    CHECK(Ledger::read(scratch.path(), key_of).strikes(7) == 2);
    CHECK(Ledger::read(scratch.path(), key_of).state(7) == TaskState::open);
    write_journal(scratch / "c.log", {started(7)});
    const Ledger ledger = Ledger::read(scratch.path(), key_of);
    CHECK(ledger.state(7) == TaskState::quarantined);
    CHECK(ledger.reason(7) == "started 3 times without an end");
    CHECK(ledger.counts().tasks == std::array<std::int64_t, 5>{0, 1, 0, 0, 1});
    CHECK(ledger.explain(7).size() == 4);
    // The one that runs at present counts only once its job is gone.
    CHECK(Ledger::read(scratch.path(), key_of, {"c"}).state(7) == TaskState::open);

    write_journal(scratch / "c.log", {started(7), record_of(Kind::abandoned, 7)});
    CHECK(Ledger::read(scratch.path(), key_of).strikes(7) == 2);
    write_journal(scratch / "c.log", {record_of(Kind::abandoned, 7)});  // its start was lost
    CHECK(Ledger::read(scratch.path(), key_of).strikes(7) == 2);
}

TEST_CASE("an end in another journal of the same job ends a start")
{
    const Scratch scratch;
    write_journal(scratch / "group.log", {started(7)}, "job");
    write_journal(scratch / "manager.log", {record_of(Kind::abandoned, 7)}, "job");
    CHECK(Ledger::read(scratch.path(), key_of).strikes(7) == 0);
}

TEST_CASE("a task that is done at last is done, whatever came before")
{
    const Scratch scratch;
    write_journal(scratch / "a.log", {started(7), record_of(Kind::crashed, 7)});
    write_journal(scratch / "b.log", {started(7), record_of(Kind::timed_out, 7)});
    CHECK(Ledger::read(scratch.path(), key_of).state(7) == TaskState::timed_out);
    write_journal(scratch / "c.log", {started(7), record_of(Kind::failed, 7)});
    CHECK(Ledger::read(scratch.path(), key_of).state(7) == TaskState::failed);
    write_journal(scratch / "d.log", {started(7), done(7)});
    CHECK(Ledger::read(scratch.path(), key_of).state(7) == TaskState::done);
}

TEST_CASE("a task may be done twice, but then with the same outcomes")
{
    const Scratch scratch;
    Record elsewhere = done(7, {0.5});
    elsewhere.host = "node1";
    write_journal(scratch / "a.log", {done(7, {0.5}), done(8, {0.5}), done(9)});
    write_journal(scratch / "b.log", {elsewhere, done(8, {0.25})});
    const Ledger ledger = Ledger::read(scratch.path(), key_of);
    CHECK(ledger.conflicts() == std::vector<std::int64_t>{8});
    CHECK(ledger.counts().conflicts == 1);
    CHECK(ledger.read_record(ledger.place(7).value()).host == "node1");
    CHECK(ledger.read_record(ledger.place(8).value()).outcomes.at(0) == 0.25);
    CHECK(ledger.explain(8).front().find("differ") != std::string::npos);

    Record other_world = done(9);
    other_world.state_hash = 10;
    write_journal(scratch / "c.log", {other_world});
    CHECK(Ledger::read(scratch.path(), key_of).conflicts() == std::vector<std::int64_t>{8, 9});
}

TEST_CASE("records of a study that has changed since are passed over and counted")
{
    const Scratch scratch;
    Record foreign = done(7);
    foreign.key = key_of(8);
    Record beyond = done(7);
    beyond.task = n_planned;
    write_journal(scratch / "a.log", {foreign, beyond, done(3)});
    const Ledger ledger = Ledger::read(scratch.path(), key_of);
    CHECK(ledger.state(7) == TaskState::open);
    CHECK(ledger.state(n_planned) == TaskState::open);
    CHECK(ledger.state(3) == TaskState::done);
    CHECK(ledger.counts().foreign_records == 2);
    CHECK(ledger.counts().records == 3);
    CHECK(ledger.explain(7).back().find("changed") != std::string::npos);
}

TEST_CASE("damage is counted, and costs what is damaged only")
{
    const Scratch scratch;
    const std::string header =
        encode(JournalHeader{.study = "s", .build = "b", .job = {}, .host = {}});
    const std::string line = encode(done(2));
    write_file(scratch / "a.log", header + "x" + line + encode(done(3)) + line.substr(0, 30));
    write_file(scratch / "empty.log", "");
    write_file(scratch / "torn.log", header.substr(0, 9));
    write_file(scratch / "notes.txt", line);
    const Ledger ledger = Ledger::read(scratch.path(), key_of);
    CHECK(ledger.state(2) == TaskState::open);
    CHECK(ledger.state(3) == TaskState::done);
    CHECK(ledger.counts().damaged_lines == 1);
    CHECK(ledger.counts().torn_journals == 2);
    CHECK(ledger.journals().size() == 3);
}

TEST_CASE("an explanation names journal, line and record")
{
    const Scratch scratch;
    write_journal(scratch / "a.log",
                  {started(1), started(7), record_of(Kind::failed, 7, "no firms")});
    const auto lines = Ledger::read(scratch.path(), key_of).explain(7);
    CHECK(lines == std::vector<std::string>{"task 7 is failed: no firms",
                                            "a.log line 3: started on node7",
                                            "a.log line 4: failed on node7: no firms; decides"});
}

/// All that a ledger says, apart from where the records stand.
std::vector<std::string> answers(const Ledger& ledger)
{
    std::vector<std::string> all;
    for (std::int64_t task = 0; task < 12; ++task) {
        const auto place = ledger.place(task);
        all.push_back(text(task, ' ', name_of(ledger.state(task)), ' ', ledger.strikes(task), ' ',
                           place ? encode(ledger.read_record(*place)) : "", ledger.reason(task)));
    }
    for (const std::int64_t task : ledger.conflicts()) {
        all.push_back(text("conflict ", task));
    }
    all.push_back(text(ledger.counts().records, ' ', ledger.counts().foreign_records));
    return all;
}

TEST_CASE("the ledger does not depend on the order or the names of the journals")
{
    constexpr std::array kinds{Kind::started,   Kind::started, Kind::started,
                               Kind::abandoned, Kind::done,    Kind::failed,
                               Kind::timed_out, Kind::crashed, Kind::quarantined};
    const std::uint64_t seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U);
    std::uint64_t state = seed;
    const auto draw = [&](std::uint64_t n) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return (state >> 33) % n;
    };
    std::vector<std::vector<Record>> journals(6);
    for (auto& records : journals) {
        for (std::uint64_t i = draw(14); i > 0; --i) {
            const auto task = static_cast<std::int64_t>(draw(12));
            Record record = record_of(kinds[draw(kinds.size())], task, text("why ", draw(3)));
            if (record.kind == Kind::done) {
                record.outcomes = {static_cast<double>(draw(2))};
            }
            if (draw(10) == 0) {
                record.key = key_of(task + 1);
            }
            records.push_back(record);
        }
    }
    std::vector<std::size_t> order{0, 1, 2, 3, 4, 5};
    std::vector<std::string> first;
    for (int shuffle = 0; shuffle < 24; ++shuffle) {
        const Scratch scratch;
        for (std::size_t i = 0; i < order.size(); ++i) {
            write_journal(scratch / text(i, ".log"), journals[order[i]], text("job", order[i] / 2));
        }
        const auto now = answers(Ledger::read(scratch.path(), key_of, {"job2"}));
        first = first.empty() ? now : first;
        CHECK(now == first);
        for (std::size_t i = order.size() - 1; i > 0; --i) {
            std::swap(order[i], order[draw(i + 1)]);
        }
    }
}

}  // namespace
}  // namespace latecomer::jobs::study::ledger_test
