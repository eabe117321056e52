#include "jobs/study/result/results.hpp"

#include "agents/world/scenario.hpp"
#include "core/random.hpp"
#include "jobs/study/journal/record_content.hpp"
#include "tests/support/studies.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

namespace latecomer::tests::results_test {

using namespace latecomer::jobs::study;

namespace {

constexpr const char* saltelli = R"([design]
kind = "saltelli"
n = 128
dummy = true
[[parameters]]
name = "learning.search_share"
low = 0.0
high = 1.0
[[parameters]]
name = "learning.innovation_share"
low = 0.0
high = 1.0
[replicates]
min = 4
)";

/// A table in which every outcome of a run is what the function says of its task; NaN: it has failed.
OutcomeTable table_of(const Plan& plan, const std::function<double(const Task&)>& function)
{
    OutcomeTable table;
    for (const Economy& economy : economies_of(plan.scenario_of_arm(0))) {
        table.economies.push_back(economy.key);
    }
    table.width = outcome_keys(table.economies, false).size();
    table.values.assign(static_cast<std::size_t>(plan.tasks()) * table.width,
                        std::numeric_limits<double>::quiet_NaN());
    for (std::int64_t number = 0; number < plan.tasks(); ++number) {
        const double value = function(plan.task(number));
        if (!std::isnan(value)) {
            table.hashes.emplace(number, 1);
            const auto row =
                static_cast<std::ptrdiff_t>(number) * static_cast<std::ptrdiff_t>(table.width);
            std::fill_n(table.values.begin() + row, table.width, value);
        }
    }
    return table;
}

double noise(const Task& task)
{
    return normal({4, 0}, Stream::demand, static_cast<std::uint64_t>(task.number), 0, 0);
}

double shock(const Task& task)
{
    return normal({5, 0}, Stream::demand, static_cast<std::uint64_t>(task.replicate), 0, 0);
}

bool has_warning(const Indices& indices, const std::string& words)
{
    return std::ranges::any_of(indices.warnings, [&](const std::string& warning) {
        return warning.find(words) != std::string::npos;
    });
}

TEST_CASE("a report says first that runs are missing, be they under way or failed")
{
    const Plan plan = plan_of("[scenarios]\nnone = {}\nopen = { \"trade.barrier\" = 0.05 }\n"
                              "[replicates]\nmin = 3\n");
    const Looks looks{plan};
    const auto report_of = [&](std::int64_t missing) {
        const OutcomeTable table = table_of(plan, [&](const Task& task) {
            return task.number < missing ? std::numeric_limits<double>::quiet_NaN() : noise(task);
        });
        return describe_results(plan, looks, table, findings_of(plan, looks, table));
    };
    CHECK(report_of(2).starts_with("not all runs are done: what follows is of 4 of 6; "));
    CHECK(report_of(0).find("not all runs") == std::string::npos);
}

TEST_CASE("the share of chance in a study's variance is the known one, whatever all points share")
{
    // The parameter makes 1/12 of variance; noise of 1/2 over 4 replicates 1/16: a share of 0.4286.
    const Plan plan = plan_of(saltelli);
    const OutcomeTable table = table_of(plan, [&](const Task& task) {
        return plan.design().point(task.point)[0] + 0.5 * noise(task) + 3.0 * shock(task);
    });
    const Indices indices = compute_indices(plan, Looks{plan}, table);
    CHECK(indices.parameters.back() == "dummy");
    const IndexVariable* const share = indices.find("sobol_noise_share");
    REQUIRE(share != nullptr);
    CHECK(share->values.size() == indices.outcomes.size());
    CHECK(std::abs(share->values[0] - 0.4286) < 0.05);
    CHECK(has_warning(indices, "chance makes more than 20 %"));
    const IndexVariable* const total = indices.find("sobol_total");
    CHECK(std::abs(total->values[0] - 1.0) < 0.2);
    CHECK(std::abs(total->values[2] - 0.4286) < 0.1);  // of the dummy: the floor that noise makes
}

TEST_CASE("without noise the dummy has no index and nothing is said of chance")
{
    const Plan plan = plan_of(saltelli);
    const OutcomeTable table = table_of(
        plan, [&](const Task& task) { return plan.design().point(task.point)[1] + shock(task); });
    const Indices indices = compute_indices(plan, Looks{plan}, table);
    CHECK(indices.find("sobol_noise_share")->values[0] < 1e-12);
    CHECK(std::abs(indices.find("sobol_total")->values[1] - 1.0) < 0.02);
    CHECK(indices.find("sobol_total")->values[2] == 0.0);
    CHECK(indices.find("pawn_median")->values[1] > indices.find("pawn_floor")->values[1]);
    CHECK(indices.find("pawn_median")->values[2] < indices.find("pawn_floor")->values[2]);
    CHECK(indices.warnings.empty());
}

TEST_CASE("a block with a failed run is left out whole and counted")
{
    const Plan plan = plan_of(saltelli);
    const std::int64_t size = plan.design().block_size();
    const auto function = [&](const Task& task) {
        const bool fails = task.replicate == 2 && (task.point == 3 || task.point == 7 * size);
        return fails ? std::numeric_limits<double>::quiet_NaN()
                     : plan.design().point(task.point)[0];
    };
    const Indices indices = compute_indices(plan, Looks{plan}, table_of(plan, function));
    CHECK(indices.find("sobol_blocks")->values == std::vector<double>{126.0});
    CHECK(indices.find("sobol_blocks_dropped")->values == std::vector<double>{2.0});
    CHECK(std::abs(indices.find("sobol_total")->values[0] - 1.0) < 0.02);
    CHECK(indices.find("sobol_total")->values[1] == 0.0);
}

TEST_CASE("runs that fail where a parameter is large are noticed")
{
    const Plan plan = plan_of(saltelli);
    const auto function = [&](const Task& task) {
        const std::vector<double> x = plan.design().point(task.point);
        return x[0] > 0.9 ? std::numeric_limits<double>::quiet_NaN() : x[1];
    };
    const Indices indices = compute_indices(plan, Looks{plan}, table_of(plan, function));
    CHECK(has_warning(indices, "whether runs are done depends on learning.search_share"));
    CHECK_FALSE(has_warning(indices, "depends on learning.innovation_share"));
    CHECK_FALSE(has_warning(indices, "depends on dummy"));
}

TEST_CASE("indices of an outcome that some runs do not have are not defined")
{
    const Plan plan = plan_of(saltelli);
    OutcomeTable table = table_of(plan, [&](const Task& task) { return noise(task); });
    table.values[5] = std::numeric_limits<double>::quiet_NaN();
    const Indices indices = compute_indices(plan, Looks{plan}, table);
    const std::size_t parameters = indices.parameters.size();
    CHECK(std::isnan(indices.find("sobol_total")->values[5 * parameters]));
    CHECK(std::isnan(indices.find("pawn_median")->values[5 * parameters]));
    CHECK_FALSE(std::isnan(indices.find("sobol_total")->values[6 * parameters]));
}

TEST_CASE("a report gives each scenario's mean and its paired difference to the one compared with")
{
    const Plan plan = plan_of(R"([scenarios]
none = {}
open = { "trade.barrier" = 0.1 }
[replicates]
min = 5
)");
    const OutcomeTable table =
        table_of(plan, [](const Task& task) { return shock(task) + (task.arm == 1 ? 2.0 : 0.0); });
    const std::string report = describe_outcomes(plan, Looks{plan}, table);
    CAPTURE(report);
    CHECK(report.find("difference to none [95 % interval]") != std::string::npos);
    CHECK(report.find("world.catch_ups") != std::string::npos);
    CHECK(report.find(" 2 [2, 2]\n") != std::string::npos);
}

/// The line of an outcome and a scenario in a report, with single blanks.
std::string line_of(const std::string& report, const std::string& outcome, bool is_first)
{
    const std::size_t found = report.find('\n' + outcome + ' ') + 1;
    const std::size_t begin = is_first ? found : report.find('\n', found) + 1;
    std::string line = report.substr(begin, report.find('\n', begin) - begin);
    line.erase(
        std::unique(line.begin(), line.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
        line.end());
    return line;
}

constexpr const char* two_scenarios = R"([scenarios]
none = {}
open = { "trade.barrier" = 0.1 }
[replicates]
min = )";

TEST_CASE("one replicate shows its mean and its difference without intervals")
{
    const Plan plan = plan_of(two_scenarios + std::string{"1\n"});
    const OutcomeTable table =
        table_of(plan, [](const Task& task) { return task.arm == 1 ? 0.75 : 0.25; });
    const std::string report = describe_outcomes(plan, Looks{plan}, table);
    CAPTURE(report);
    for (const std::string outcome :
         {"world.application_share", "gap_at_end, latecomers", "caught_up, latecomers"}) {
        CHECK(line_of(report, outcome, true) == outcome + " none 1 0.25");
        CHECK(line_of(report, outcome, false) == " open 1 0.75 1 0.5");
    }
}

TEST_CASE("a report counts what has no value and what has no partner")
{
    // none: 1 2 3 - 5, open: 2 - 5 - 9.  Pairs 1 2, 3 5 and 5 9; the second has no partner.
    const Plan plan = plan_of(two_scenarios + std::string{"5\n"});
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    const OutcomeTable table = table_of(plan, [&](const Task& task) {
        constexpr double rows[2][5] = {{1.0, 2.0, 3.0, nothing, 5.0},
                                       {2.0, nothing, 5.0, nothing, 9.0}};
        return rows[task.arm][task.replicate];
    });
    const std::string report = describe_outcomes(plan, Looks{plan}, table);
    CAPTURE(report);
    // Means 11/4 and 16/3; differences 1, 2, 4: 7/3, and 4.30265 times sqrt(7/9).
    CHECK(line_of(report, "world.catch_ups", true) ==
          "world.catch_ups none 4 of 5 2.75 [0.03247, 5.468]");
    CHECK(line_of(report, "world.catch_ups", false) ==
          " open 3 of 5 5.333 [-3.391, 14.06] 3 2.333 [-1.461, 6.128], 1 left out");
}

TEST_CASE("a report compares with the reference of the study, the first scenario unless it says so")
{
    const std::string arms = "[scenarios]\nopen = { \"trade.barrier\" = 0.1 }\n";
    const auto head = [&](const std::string& rest) {
        const Plan plan = plan_of(rest);
        const std::string report = describe_outcomes(
            plan, Looks{plan}, table_of(plan, [](const Task& task) { return shock(task); }));
        const std::size_t begin = report.find("difference to ") + 14;
        return report.substr(begin, report.find(' ', begin) - begin);
    };
    const std::string replicates = "none = {}\n[replicates]\nmin = 3\n";
    CHECK(head(arms + replicates) == "open");
    CHECK(head("reference = \"none\"\n" + arms + replicates) == "none");
}

TEST_CASE("a report has the interval of a share for what is 0 or 1")
{
    // None of 6: z^2/(6 + z^2); one of 6: statsmodels, proportion_confint(1, 6, method="wilson").
    const Plan plan = plan_of(two_scenarios + std::string{"6\n"});
    const OutcomeTable table = table_of(
        plan, [](const Task& task) { return task.arm == 1 && task.replicate == 2 ? 1.0 : 0.0; });
    const std::string report = describe_outcomes(plan, Looks{plan}, table);
    CAPTURE(report);
    CHECK(line_of(report, "caught_up, latecomers", true) ==
          "caught_up, latecomers none 6 0 [0, 0.3903]");
    CHECK(line_of(report, "caught_up, latecomers", false)
              .starts_with(" open 6 0.1667 [0.03005, 0.5635] 6 0.1667 ["));
}

}  // namespace

}  // namespace latecomer::tests::results_test
