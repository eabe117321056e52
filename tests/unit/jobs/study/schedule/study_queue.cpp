#include "jobs/study/schedule/queue.hpp"

#include "tests/support/study_folder.hpp"

#include <string>

namespace latecomer::tests::study_queue_test {

using namespace latecomer::jobs::study;

namespace {

/// Four replicates of one scenario, two before the first look.
constexpr const char* two_looks = R"([replicates]
min = 2
max = 4
[[stop]]
observable = "world.catch_ups"
half_width = 0.5
)";

/// Eight runs of two scenarios.
constexpr const char* eight_runs = R"([scenarios]
none = {}
open = { "trade.barrier" = 0.1 }
[replicates]
min = 4
)";

/// A queue over a study of which the first tasks are done, each in a quarter of an hour.
struct Fixture {
    explicit Fixture(const std::string& toml, std::int64_t finished = 0)
        : study{toml, finished, [](const Task&) { return 900.0; }}, model{study.plan,
                                                                          study.progress.ledger}
    {
        options.folder = study.folder.path();
    }

    Queue queue() const { return {study.plan, options, study.progress, model}; }

    StudyFolder study;
    CostModel model;
    ExecutionOptions options;
};

TaskEnd end_of(std::int64_t task, RecordKind kind = RecordKind::done, double seconds = 1.0)
{
    return {kind, task, seconds, {}};
}

TaskEnd observed(std::int64_t task, double value)
{
    return {RecordKind::done, task, 1.0, {value}};
}

/// All that the queue hands out until it has nothing.
std::vector<std::int64_t> all_next(Queue& queue)
{
    std::vector<std::int64_t> tasks;
    for (std::int64_t task = queue.next(); task != no_task; task = queue.next()) {
        tasks.push_back(task);
    }
    return tasks;
}

TEST_CASE("the end of a task goes into words and comes back")
{
    const TaskEnd end{RecordKind::timed_out, 17, 2.5, {1.0, -0.5}};
    const std::vector<std::int64_t> words = words_of(end);
    CHECK(words == std::vector<std::int64_t>{'T', 17, 0x4004000000000000, 0x3ff0000000000000,
                                             -0x4020000000000000});
    const TaskEnd back = task_end(words);
    CHECK(back.kind == RecordKind::timed_out);
    CHECK(back.task == 17);
    CHECK(back.core_seconds == 2.5);
    CHECK(back.observed == std::vector<double>{1.0, -0.5});
    CHECK(task_end(words_of(end_of(3))).observed.empty());
}

TEST_CASE("a queue may have more just while runs are at work that a look waits for")
{
    const Fixture fixture{two_looks};
    Queue queue = fixture.queue();
    CHECK_FALSE(queue.may_have_more());
    CHECK(queue.needed_tasks() == 2);
    CHECK(queue.next() == 0);
    CHECK(queue.may_have_more());
    CHECK(queue.next() == 1);
    CHECK(queue.next() == no_task);  // which is not at work
    CHECK(queue.may_have_more());
    queue.ended(observed(1, 0.0));
    CHECK(queue.may_have_more());
    CHECK(queue.next() == no_task);
    queue.ended(observed(0, 100.0));
    CHECK_FALSE(queue.may_have_more());
    CHECK(queue.news().empty());
    CHECK(queue.next() == 2);
    const std::vector<std::string> news = queue.news();
    REQUIRE(news.size() == 2);
    CHECK(news[0] == "look 1 at 2 replicates");
    CHECK(queue.news().empty());
    CHECK(queue.needed_tasks() == 4);
    CHECK(queue.next() == 3);
    queue.ended(observed(2, 0.0));
    queue.ended(observed(3, 0.0));
    CHECK(queue.is_work_left() == false);
    CHECK(queue.news().at(0) == "look 2 at 4 replicates, the last");
    CHECK(queue.next() == no_task);
    CHECK_FALSE(queue.may_have_more());
    CHECK(queue.final_tasks() == 4);
}

TEST_CASE("a study without rules has no more than its runs, whatever is at work")
{
    const Fixture fixture{eight_runs};
    Queue queue = fixture.queue();
    CHECK(queue.next() == 0);
    CHECK_FALSE(queue.may_have_more());
    CHECK(all_next(queue) == std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7});
    CHECK_FALSE(queue.is_work_left());
}

TEST_CASE("tasks that are final are not handed out, and count as final")
{
    const Fixture fixture{eight_runs, 3};
    Queue queue = fixture.queue();
    CHECK(queue.final_tasks() == 3);
    CHECK(queue.ended_tasks() == 0);
    CHECK(queue.failed_tasks() == 0);
    CHECK(all_next(queue) == std::vector<std::int64_t>{3, 4, 5, 6, 7});
    queue.ended(end_of(3, RecordKind::done, 2.5));
    queue.ended(end_of(4, RecordKind::done, 1.5));
    CHECK(queue.final_tasks() == 5);
    CHECK(queue.ended_tasks() == 2);
    CHECK(queue.core_seconds() == 4.0);
    CHECK(queue.needed_tasks() == 8);
}

TEST_CASE("a part of a study takes every so-manieth task, and waits for other parts before a look")
{
    Fixture whole{eight_runs};
    whole.options.part = {2, 3};
    Queue queue = whole.queue();
    CHECK(all_next(queue) == std::vector<std::int64_t>{1, 4, 7});

    Fixture part{two_looks};
    part.options.part = {1, 2};
    Queue first = part.queue();
    CHECK(first.next() == 0);
    first.ended(observed(0, 100.0));
    CHECK(first.next() == no_task);
    CHECK(first.news().at(0).find("the look at 2 replicates waits for runs of other parts") == 0);
    CHECK(first.next() == no_task);
    CHECK(first.news().empty());  // said once
    CHECK(first.is_work_left());
    CHECK_FALSE(first.may_have_more());
}

TEST_CASE(
    "a job with a list of its own hands out that alone, and what it needs is how long that is")
{
    Fixture one{eight_runs};
    one.options.only = 5;
    Queue queue = one.queue();
    CHECK(queue.needed_tasks() == 1);
    CHECK(queue.next() == 5);
    CHECK(queue.needed_tasks() == 1);
    CHECK_FALSE(queue.may_have_more());
    CHECK(queue.next() == no_task);
    CHECK(queue.needed_tasks() == 1);
    queue.ended(end_of(5));
    CHECK(queue.needed_tasks() == 1);
    CHECK(queue.final_tasks() == 1);
    CHECK_FALSE(queue.is_work_left());

    Fixture pilot{eight_runs, 1};  // 4 of 8 runs: 0, 1 and 4, 5, the first of them done before
    pilot.options.pilot_runs = 4;
    Queue some = pilot.queue();
    CHECK(some.final_tasks() == 1);
    CHECK(some.needed_tasks() == 4);
    CHECK(some.next() == 1);
    CHECK(some.needed_tasks() == 4);
    some.ended(end_of(1, RecordKind::abandoned));
    CHECK(some.abandoned_tasks() == 1);
    CHECK(some.needed_tasks() == 4);
    CHECK(all_next(some) == std::vector<std::int64_t>{4, 5});
    CHECK(some.is_work_left());
}

TEST_CASE("a task is computed again whatever its state if that is asked for, and nothing stops it")
{
    Fixture done{eight_runs, 8};
    done.options.only = 6;
    CHECK(done.queue().next() == no_task);
    Fixture fixture{std::string{eight_runs} + "[budget]\ncore_hours = 0.5\n", 8};
    fixture.options.only = 6;
    fixture.options.isolate = true;
    Queue queue = fixture.queue();
    CHECK(queue.final_tasks() == 0);
    CHECK(queue.next() == 6);
    queue.ended(end_of(6, RecordKind::failed));
    CHECK_FALSE(queue.has_too_many_failures());
    CHECK_FALSE(queue.is_budget_spent());
}

TEST_CASE("more failures than a study allows stop it, be they failed or timed out")
{
    // A quarter of eight runs may fail: two.
    const Fixture fixture{std::string{eight_runs} + "[run]\nmax_failed_share = 0.25\n"};
    Queue queue = fixture.queue();
    for (std::int64_t task = 0; task < 5; ++task) {
        REQUIRE(queue.next() == task);
    }
    queue.ended(end_of(0, RecordKind::failed));
    queue.ended(end_of(1, RecordKind::abandoned));
    queue.ended(end_of(2, RecordKind::timed_out));
    CHECK(queue.failed_tasks() == 2);
    CHECK_FALSE(queue.has_too_many_failures());
    CHECK(queue.next() == 5);
    queue.ended(end_of(3, RecordKind::failed));
    CHECK(queue.has_too_many_failures());
    CHECK(queue.next() == no_task);
    CHECK(queue.is_work_left());
    CHECK(queue.ended_tasks() == 3);
    CHECK(queue.abandoned_tasks() == 1);
}

TEST_CASE("the budget is spent when core-hours of all jobs have reached it")
{
    const Fixture fixture{std::string{eight_runs} + "[budget]\ncore_hours = 1.0\n", 3};
    Queue queue = fixture.queue();  // three quarters of an hour are gone
    REQUIRE(queue.next() == 3);
    REQUIRE(queue.next() == 4);
    queue.ended(end_of(3, RecordKind::done, 899.0));
    CHECK_FALSE(queue.is_budget_spent());
    queue.ended(end_of(4, RecordKind::done, 1.0));
    CHECK(queue.is_budget_spent());
    CHECK(queue.next() == no_task);
    CHECK_FALSE(queue.has_too_many_failures());
}

TEST_CASE("tasks that are tried again come first and count as failed no longer")
{
    const Fixture fixture{std::string{eight_runs} + "[run]\nmax_failed_share = 0.5\n"};
    Queue queue = fixture.queue();
    REQUIRE(queue.next() == 0);
    REQUIRE(queue.next() == 1);
    REQUIRE(queue.next() == 2);
    queue.ended(end_of(0, RecordKind::failed));
    queue.ended(end_of(1, RecordKind::failed));
    queue.ended(end_of(2));
    queue.retry({0, 1});
    CHECK(queue.failed_tasks() == 0);
    CHECK(queue.ended_tasks() == 1);
    CHECK(queue.next() == 1);
    CHECK(queue.next() == 0);
    CHECK(queue.next() == 3);
}

TEST_CASE("a queue that is stopped has no next task")
{
    const Fixture fixture{two_looks};
    Queue queue = fixture.queue();
    REQUIRE(queue.next() == 0);
    queue.stop();
    CHECK(queue.next() == no_task);
    CHECK_FALSE(queue.may_have_more());
    queue.ended(observed(0, 1.0));
    CHECK(queue.is_work_left());
}

}  // namespace

}  // namespace latecomer::tests::study_queue_test
