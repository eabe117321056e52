#include "jobs/study/schedule/cost_model.hpp"

#include "jobs/study/schedule/budget.hpp"
#include "jobs/study/schedule/pilot.hpp"
#include "jobs/study/schedule/task_order.hpp"
#include "tests/support/study_folder.hpp"

#include <array>
#include <cmath>
#include <set>

namespace latecomer::tests::cost_model_test {

using namespace latecomer::jobs::study;

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

using Study = StudyFolder;

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

TEST_CASE("costs of scenarios that differ in nothing known are those of the least squares by hand")
{
    // One run of scenario 0 took 2^0 s, three of scenario 1 took 2^5.  Nothing tells their runs apart, so
    // slopes stay where they were and a free intercept m remains.  Effects are drawn to none by one
    // run: e = n (y - m)/(n + 1); the squares are least where their sum is 0: (0 - m)/2 + 3 (5 - m)/4 = 0,
    // m = 3.  So costs are 2^(3 - 3/2) and 2^(3 + 3/2).
    const Study study{R"(quarters = 10
[scenarios]
quick = { "trade.barrier" = 0.2 }
slow = { "trade.barrier" = 0.1 }
[replicates]
min = 8
)",
                      std::vector<std::int64_t>{0, 1, 3, 5},
                      [](const Task& task) { return task.arm == 0 ? 1.0 : 32.0; }};
    const CostModel model{study.plan, study.progress.ledger};
    CHECK(model.runs() == 4);
    CHECK(model.source() == "4 runs");
    CHECK(model.core_seconds(Task{0, 0, 0, 0}) == Approx(2.82842712).epsilon(1e-6));
    CHECK(model.core_seconds(Task{0, 1, 0, 0}) == Approx(22.627417).epsilon(1e-6));
    CHECK(model.core_seconds(0, 1) == Approx(2.82842712).epsilon(1e-6));
    CHECK(model.core_seconds(1, 4) == Approx(2.0 * 22.627417 + 2.82842712).epsilon(1e-6));
}

TEST_CASE("what scenarios of unlike length cost is shared out between slope and effects as by hand")
{
    // One run over 50 quarters took 1 s, three over 200 took 4096 s = 4^6 s.  With a free intercept and
    // effects as above, .3 (6 d - s d)^2 + 4 (s - 1)^2 is to be least, d = ln 4 being the distance in ln quarters:
    // s = (1.8 d^2 + 4)/(.3 d^2 + 4) = 1.62989.  Of the rest r = (6 - s) d the costs keep exp(.3 r) and
    // 4096 exp(-.1 r).
    const Study study{R"([scenarios]
short = { "run.quarters" = 50 }
long = { "run.quarters" = 200 }
[replicates]
min = 8
)",
                      std::vector<std::int64_t>{0, 1, 3, 5},
                      [](const Task& task) { return task.arm == 0 ? 1.0 : 4096.0; }};
    const CostModel model{study.plan, study.progress.ledger};
    CHECK(model.core_seconds(Task{0, 0, 0, 0}) == Approx(6.156311).epsilon(1e-6));
    CHECK(model.core_seconds(Task{0, 1, 0, 0}) == Approx(2234.8743).epsilon(1e-6));
}

/// One scenario at points with 10, 100 and 1000 firms in an economy.
std::string three_points(const std::string& seconds = {})
{
    return "quarters = 10\n[design]\nkind = \"list\"\npoints = [[10], [100], [1000]]\n"
           "[[parameters]]\nname = \"world.firms_per_country\"\n[replicates]\nmin = 2\n" +
           seconds;
}

TEST_CASE(
    "the slope of costs lies between what runs say and one, by their spread against four runs")
{
    // In tenfolds of firms, t = -1, 0 and 1 times ln 10, runs took 1, 1000 and 10^6 s: a slope of 3.  With
    // S = 2 ln(10)^2 the fitted one is (3 S + 4)/(S + 4) = 2.45219723 about the mean run of 1000 s.
    const Study study{three_points(), 3, [](const Task& task) {
                          return std::array{1.0, 1e3, 1e6}[static_cast<std::size_t>(task.point)];
                      }};
    const CostModel model{study.plan, study.progress.ledger};
    REQUIRE(model.depends_on_points());
    const auto cost = [&](std::int64_t point) { return model.core_seconds(Task{0, 0, point, 0}); };
    CHECK(cost(1) == Approx(1e3).epsilon(1e-5));
    CHECK(cost(2) / cost(1) == Approx(283.267814).epsilon(1e-5));
    CHECK(cost(1) / cost(0) == Approx(283.267814).epsilon(1e-5));
    CHECK(model.core_seconds(0, 6) == Approx(2.0 * (cost(0) + cost(1) + cost(2))).epsilon(1e-12));
    CHECK(model.core_seconds(4, 6) == Approx(cost(1) + cost(2)).epsilon(1e-12));
}

TEST_CASE("without any run costs of points are as firms, of scenarios as firms and quarters")
{
    const Study points{three_points(), 0, [](const Task&) { return 1.0; }};
    const CostModel by_point{points.plan, points.progress.ledger};
    CHECK(by_point.core_seconds(Task{0, 0, 2, 0}) / by_point.core_seconds(Task{0, 0, 1, 0}) ==
          Approx(10.0).epsilon(1e-12));
    const Study arms{R"([scenarios]
short = { "run.quarters" = 50 }
long = { "run.quarters" = 200 }
)",
                     0, [](const Task&) { return 1.0; }};
    const CostModel by_arm{arms.plan, arms.progress.ledger};
    CHECK(by_arm.core_seconds(Task{0, 1, 0, 0}) / by_arm.core_seconds(Task{0, 0, 0, 0}) ==
          Approx(4.0).epsilon(1e-12));
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
    // Points whose costs are within a factor of two may be of one class, in which numbers decide.
    CHECK(firms(order.front()) > std::max({firms(0), firms(1), firms(2), firms(3)}) / 2.0);
    CHECK(firms(order.back()) < std::min({firms(0), firms(1), firms(2), firms(3)}) * 2.0);
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

}  // namespace latecomer::tests::cost_model_test
