#include "jobs/study/result/point_means.hpp"

#include "tests/support/studies.hpp"

#include <cmath>
#include <functional>
#include <limits>

namespace latecomer::tests::point_means_test {

using namespace latecomer::jobs::study;

namespace {

constexpr const char* two_arms = R"([scenarios]
none = {}
open = { "trade.barrier" = 0.1 }
[design]
kind = "list"
points = [[0.1], [0.2], [0.3]]
[[parameters]]
name = "learning.search_share"
[replicates]
min = 2
)";

/// Two outcomes of a run: what the function says of its task, and 1000 more; NaN: it has failed.
OutcomeTable table_of(const Plan& plan, const std::function<double(const Task&)>& function)
{
    OutcomeTable table;
    table.width = 2;
    for (std::int64_t number = 0; number < plan.tasks(); ++number) {
        const double value = function(plan.task(number));
        table.values.insert(table.values.end(), {value, value + 1000.0});
        if (!std::isnan(value)) {
            table.hashes.emplace(number, 1);
        }
    }
    return table;
}

/// Rows 1 2, 3 6 and 5 4 of the scenario `open`, 100 more in `none`.
double known(const Task& task)
{
    constexpr double rows[3][2] = {{1.0, 2.0}, {3.0, 6.0}, {5.0, 4.0}};
    return rows[task.point][task.replicate] + (task.arm == 0 ? 100.0 : 0.0);
}

const std::vector<std::int64_t> all_points{0, 1, 2};

TEST_CASE("the residual variance of small tables is that of a calculation by hand")
{
    // Means of rows 1.5, 4.5, 4.5, of columns 3 and 4, of all 3.5.  One way: 2 (.25 + 2.25 + .25) over
    // 3 degrees of freedom; two way: rests 0 0, -1 1, 1 -1 over 2.
    const std::vector<double> table{1.0, 2.0, 3.0, 6.0, 5.0, 4.0};
    CHECK(residual_variance(table, 2, true) == Approx(5.5 / 3.0).epsilon(1e-12));
    CHECK(residual_variance(table, 2, false) == Approx(2.0).epsilon(1e-12));
    // Rows 1 2 3 and 6 5 4: means 2 and 5; columns 3.5 each.  4 over 4, and 4 over 2.
    const std::vector<double> wide{1.0, 2.0, 3.0, 6.0, 5.0, 4.0};
    CHECK(residual_variance(wide, 3, true) == Approx(1.0).epsilon(1e-12));
    CHECK(residual_variance(wide, 3, false) == Approx(2.0).epsilon(1e-12));
}

TEST_CASE("a table of one row, one column or none has no residual variance")
{
    const std::vector<double> table{1.0, 2.0, 4.0, 7.0};
    for (const bool one_way : {false, true}) {
        CHECK(std::isnan(residual_variance(table, 4, one_way)));
        CHECK(std::isnan(residual_variance(table, 1, one_way)));
        CHECK(std::isnan(residual_variance({}, 0, one_way)));
        CHECK(std::isnan(residual_variance({}, 2, one_way)));
        CHECK_FALSE(std::isnan(residual_variance(table, 2, one_way)));
    }
}

TEST_CASE("means over replicates are those of the scenario, outcome and points that are asked for")
{
    const Plan plan = plan_of(two_arms);
    const Looks looks{plan};
    const OutcomeTable table = table_of(plan, known);
    const PointMeans of_open{plan, looks, table, 1};
    CHECK(of_open.means(0, all_points) == std::vector<double>{1.5, 4.5, 4.5});
    CHECK(of_open.means(1, all_points) == std::vector<double>{1001.5, 1004.5, 1004.5});
    CHECK(of_open.means(0, std::vector<std::int64_t>{2, 0}) == std::vector<double>{4.5, 1.5});
    const PointMeans of_none{plan, looks, table, 0};
    CHECK(of_none.means(0, all_points) == std::vector<double>{101.5, 104.5, 104.5});
}

TEST_CASE("a point is whole if all its runs are done")
{
    const Plan plan = plan_of(two_arms);
    const Looks looks{plan};
    const auto fails = [](const Task& task) { return task.arm == 1 && task.point == 1; };
    for (const std::int64_t replicate : {0, 1}) {
        const OutcomeTable table = table_of(plan, [&](const Task& task) {
            return fails(task) && task.replicate == replicate
                       ? std::numeric_limits<double>::quiet_NaN()
                       : 1.0;
        });
        const PointMeans means{plan, looks, table, 1};
        CHECK(means.is_whole(0));
        CHECK_FALSE(means.is_whole(1));
        CHECK(means.is_whole(2));
        CHECK(PointMeans{plan, looks, table, 0}.is_whole(1));
    }
}

TEST_CASE(
    "chance adds the residual variance over the replicates, one way where points share no events")
{
    const OutcomeTable table = table_of(plan_of(two_arms), known);
    const auto noise = [&](const std::string& words, std::size_t outcome) {
        const Plan plan = plan_of(two_arms + words);
        return PointMeans{plan, Looks{plan}, table, 1}.noise_variance(outcome, all_points);
    };
    CHECK(noise("crn = \"scenarios+points\"", 0) == Approx(2.0 / 2.0).epsilon(1e-12));
    CHECK(noise("crn = \"scenarios+points\"", 1) == Approx(2.0 / 2.0).epsilon(1e-9));
    CHECK(noise("crn = \"scenarios\"", 0) == Approx(5.5 / 3.0 / 2.0).epsilon(1e-12));
    CHECK(noise("crn = \"off\"", 0) == Approx(5.5 / 3.0 / 2.0).epsilon(1e-12));
}

TEST_CASE(
    "points that went on count with all their replicates, and chance with those that all have")
{
    const Plan plan = plan_of(R"([design]
kind = "list"
points = [[0.1], [0.2]]
[[parameters]]
name = "learning.search_share"
[replicates]
min = 2
max = 4
[[stop]]
observable = "world.catch_ups"
half_width = 0.5
)");
    Looks looks{plan};
    for (std::int64_t number = 0; number < looks.end(); ++number) {
        const Task task = plan.task(number);  // point 0 is known well enough
        looks.note(number, {task.point == 1 && task.replicate == 1 ? 100.0 : 0.0});
    }
    REQUIRE(looks.advance());
    REQUIRE(looks.needed_tasks() == 6);
    const OutcomeTable table = table_of(plan, [](const Task& task) {
        constexpr double rows[2][4] = {{1.0, 2.0, 50.0, 70.0}, {3.0, 6.0, 5.0, 10.0}};
        return rows[task.point][task.replicate];
    });
    const PointMeans means{plan, looks, table, 0};
    const std::vector<std::int64_t> both{0, 1};
    CHECK(means.means(0, both) == std::vector<double>{1.5, 6.0});
    // Rests of 1 2 and 3 6 are a half each: 1 over 1.  Replicates are 2 and 4: (1/2 + 1/4)/2.
    CHECK(means.noise_variance(0, both) == Approx(0.375).epsilon(1e-12));
    CHECK(means.is_whole(0));
    CHECK(means.is_whole(1));
}

}  // namespace

}  // namespace latecomer::tests::point_means_test
