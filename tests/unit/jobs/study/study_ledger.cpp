#include "jobs/study/ledger.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace latecomer;
using namespace latecomer::jobs::study;

constexpr std::int64_t tasks = 10;

std::string key_of(std::int64_t task)
{
    return "key" + std::to_string(task);
}

Record record(RecordKind kind, std::int64_t task, std::uint64_t hash = 0)
{
    return {kind, task, key_of(task), 1.0, 40, hash, {}, kind == RecordKind::failed ? "why" : ""};
}

JournalText journal(std::vector<Record> records)
{
    JournalText text;
    text.records = std::move(records);
    return text;
}

Ledger ledger_of(const std::vector<JournalText>& journals)
{
    Ledger ledger;
    for (const JournalText& text : journals) {
        ledger.add(text, tasks, key_of);
    }
    ledger.settle();
    return ledger;
}

using enum RecordKind;

TEST_CASE("each end of a task has its state")
{
    const Ledger ledger = ledger_of(
        {journal({record(started, 0), record(done, 0, 7), record(started, 1), record(failed, 1),
                  record(started, 2), record(timed_out, 2), record(started, 3), record(crashed, 3),
                  record(started, 4), record(abandoned, 4), record(started, 5)})});
    CHECK(ledger.state(0) == TaskState::done);
    CHECK(ledger.find(0)->state_hash == 7);
    CHECK(ledger.state(1) == TaskState::failed);
    CHECK(ledger.find(1)->reason == "why");
    CHECK(ledger.state(2) == TaskState::timed_out);
    CHECK(ledger.state(3) == TaskState::quarantined);
    CHECK(ledger.state(4) == TaskState::open);
    CHECK(ledger.state(5) == TaskState::open);
    CHECK(ledger.state(6) == TaskState::open);
    CHECK(ledger.find(6) == nullptr);
    CHECK(ledger.count(TaskState::done) == 1);
}

TEST_CASE("a task that is lost with its process three times is suspected, a drained one is not")
{
    std::vector<JournalText> journals(
        2, journal({record(started, 1), record(started, 2), record(abandoned, 2)}));
    CHECK(ledger_of(journals).state(1) == TaskState::open);
    journals.push_back(journals.front());
    const Ledger ledger = ledger_of(journals);
    CHECK(ledger.state(1) == TaskState::quarantined);
    CHECK(ledger.find(1)->reason == "lost with its process 3 times");
    CHECK(ledger.state(2) == TaskState::open);
    journals.push_back(journal({record(started, 1), record(done, 1)}));
    CHECK(ledger_of(journals).state(1) == TaskState::done);
}

TEST_CASE("the order of journals does not matter")
{
    std::vector<JournalText> journals{
        journal({record(started, 1), record(failed, 1), record(started, 2)}),
        journal({record(started, 1), record(done, 1, 5), record(started, 3), record(crashed, 3)}),
        journal({record(started, 3), record(timed_out, 3), record(started, 2)}),
        journal({record(started, 2), record(started, 4), record(done, 4, 9)})};
    std::vector<int> order{0, 1, 2, 3};
    do {
        std::vector<JournalText> shuffled;
        for (const int i : order) {
            shuffled.push_back(journals[static_cast<std::size_t>(i)]);
        }
        const Ledger ledger = ledger_of(shuffled);
        REQUIRE(ledger.state(1) == TaskState::done);
        REQUIRE(ledger.state(2) == TaskState::quarantined);
        REQUIRE(ledger.state(3) == TaskState::timed_out);
        REQUIRE(ledger.find(4)->state_hash == 9);
    } while (std::ranges::next_permutation(order).found);
}

TEST_CASE("records of other runs do not count")
{
    Record changed = record(done, 1);
    changed.key = "another";
    const Ledger ledger =
        ledger_of({journal({changed, record(done, tasks), record(done, -1), record(done, 2)})});
    CHECK(ledger.state(1) == TaskState::open);
    CHECK(ledger.state(2) == TaskState::done);
    CHECK(ledger.outdated() == 3);
}

TEST_CASE("a task that is done twice must have one result")
{
    CHECK(ledger_of({journal({record(done, 1, 5)}), journal({record(done, 1, 5)})})
              .contradictions()
              .empty());
    CHECK(ledger_of({journal({record(done, 1, 5), record(done, 2, 3)}),
                     journal({record(done, 1, 6), record(done, 1, 6)})})
              .contradictions() == std::vector<std::int64_t>{1});
}

}  // namespace
