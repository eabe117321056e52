#include "jobs/study/schedule/cost_model.hpp"

#include "jobs/study/schedule/budget.hpp"
#include "jobs/study/schedule/task_order.hpp"
#include "tests/support/studies.hpp"

#include <cmath>
#include <set>

using namespace latecomer;
using namespace latecomer::jobs::study;
using namespace latecomer::tests;

namespace {

constexpr const char* three_sizes = R"(quarters = 10
[scenarios]
small = { "world.firms_per_country" = 10 }
large = { "world.firms_per_country" = 1000 }
slow = { "world.firms_per_country" = 10, "trade.barrier" = 0.1 }

[design]
kind = "lhs"
n = 4
[[parameters]]
name = "learning.search_share"
[replicates]
min = 2
)";

/// A study in a folder, with a journal in which its first tasks took what `core_seconds` says.
struct Study {
    template <class CoreSeconds>
    Study(const std::string& toml, std::int64_t finished, const CoreSeconds& core_seconds,
          const std::string& job = "job")
        : plan{read_study(folder, study_head + toml), mpi::Communicator{}}
    {
        std::string journal =
            encode(JournalHeader{.study = "s", .build = "b", .job = job, .host = "h"});
        for (std::int64_t number = 0; number < finished; ++number) {
            const Task task = plan.task(number);
            Record record;
            record.kind = RecordKind::done;
            record.task = number;
            record.key = plan.key(task);
            record.core_seconds = core_seconds(task);
            journal += encode(record);
        }
        std::filesystem::create_directories(folder / "journal");
        write_file(folder / "journal" / "a.log", journal);
        progress = progress_of(plan, folder.path());
    }

    Scratch folder;
    Plan plan;
    Progress progress;
};

double cost_by_arm(const Task& task)
{
    return std::array{2.0, 50.0, 8.0}[task.arm];
}

std::vector<std::int64_t> all_of(TaskOrder order)
{
    std::vector<std::int64_t> numbers;
    for (std::int64_t number = order.next(); number >= 0; number = order.next()) {
        numbers.push_back(number);
    }
    return numbers;
}

TEST_CASE("costs are learnt from the runs that are done")
{
    const Study study{three_sizes, 24, cost_by_arm, "pilot-1"};
    const CostModel model{study.plan, study.progress.ledger};
    CHECK(model.runs() == 24);
    CHECK(model.source() == "24 runs of a pilot");
    for (std::size_t arm = 0; arm < 3; ++arm) {
        const Task task{0, arm, 0, 0};
        CHECK(model.core_seconds(task) == Approx(cost_by_arm(task)).epsilon(0.25));
    }
    double sum = 0.0;
    for (std::int64_t number = 5; number < 20; ++number) {
        sum += model.core_seconds(study.plan.task(number));
    }
    CHECK(model.core_seconds(5, 20) == Approx(sum));
}

TEST_CASE("without any run costs are as firms and quarters, and nothing is known of their size")
{
    const Study study{three_sizes, 0, cost_by_arm};
    const CostModel model{study.plan, study.progress.ledger};
    CHECK(model.runs() == 0);
    CHECK(model.source() == "none");
    const double ratio =
        model.core_seconds(Task{0, 1, 0, 0}) / model.core_seconds(Task{0, 0, 0, 0});
    CHECK(ratio > 50.0);
    CHECK(ratio < 200.0);
}

TEST_CASE("what varies between points counts")
{
    std::string toml = three_sizes;
    toml.replace(toml.find("learning.search_share"), 21, "world.firms_per_country");
    toml.replace(toml.find("[scenarios]"), toml.find("[design]") - toml.find("[scenarios]"), "");
    toml.replace(toml.find("\"\n[replicates]"), 1, "\"\nlow = 10\nhigh = 10000");
    const Study study{toml, 0, [](const Task&) { return 1.0; }};
    const CostModel model{study.plan, study.progress.ledger};
    REQUIRE(model.depends_on_points());
    const auto firms = [&](std::int64_t number) {
        return study.plan.design().point(study.plan.task(number).point)[0];
    };
    const std::vector<std::int64_t> order =
        all_of(TaskOrder{study.plan, model, 0, study.plan.tasks()});
    REQUIRE(order.size() == 8);
    CHECK(firms(order.front()) == std::max({firms(0), firms(1), firms(2), firms(3)}));
    CHECK(firms(order.back()) == std::min({firms(0), firms(1), firms(2), firms(3)}));
    CHECK(std::set(order.begin(), order.end()).size() == 8);
}

TEST_CASE("the dearest scenario comes first; what costs the same comes by number")
{
    const Study study{three_sizes, 24, cost_by_arm};
    const CostModel model{study.plan, study.progress.ledger};
    const std::vector<std::int64_t> order = all_of(TaskOrder{study.plan, model, 0, 24});
    REQUIRE(order.size() == 24);
    for (std::size_t i = 0; i < 24; ++i) {
        const std::size_t arm = std::array<std::size_t, 3>{1, 2, 0}[i / 8];
        CHECK(order[i] == static_cast<std::int64_t>(3 * (i % 8) + arm));
    }
    const Study equal{three_sizes, 24,
                      [](const Task& task) { return 1.0 + 0.01 * static_cast<double>(task.arm); }};
    const CostModel flat{equal.plan, equal.progress.ledger};
    CHECK(all_of(TaskOrder{equal.plan, flat, 1, 24, 5}) ==
          std::vector<std::int64_t>{1, 6, 11, 16, 21});
}

TEST_CASE("a study that will not do with its budget is refused with the replicates that fit")
{
    const std::string budget = std::string{three_sizes} + "[budget]\ncore_hours = ";
    const Study small{budget + "0.2", 6, cost_by_arm};  // 24 runs take about 0.13 core-hours
    const CostModel enough{small.plan, small.progress.ledger};
    CHECK(budget_refusal(small.plan, small.progress, enough).empty());
    const Study large{budget + "0.1", 6, cost_by_arm};
    const CostModel model{large.plan, large.progress.ledger};
    const std::string refusal = budget_refusal(large.plan, large.progress, model);
    CHECK(refusal.find("the budget is 0.100; it would do for 1 replicate") != std::string::npos);
    const Study unknown{budget + "0.1", 0, cost_by_arm};
    CHECK(budget_refusal(unknown.plan, unknown.progress,
                         CostModel{unknown.plan, unknown.progress.ledger})
              .empty());
}

TEST_CASE("a pilot visits scenarios alike and points at equal distances")
{
    const Study study{three_sizes, 0, cost_by_arm};
    const std::vector<std::int64_t> tasks = pilot_tasks(study.plan, 12);
    REQUIRE(tasks.size() == 12);
    CHECK(tasks == std::vector<std::int64_t>{0, 1, 2, 6, 7, 8, 12, 13, 14, 18, 19, 20});
    for (std::int64_t runs = 1; runs < 40; ++runs) {
        const std::vector<std::int64_t> some = pilot_tasks(study.plan, runs);
        CHECK(std::ssize(std::set(some.begin(), some.end())) == std::min<std::int64_t>(runs, 24));
    }
}

}  // namespace
