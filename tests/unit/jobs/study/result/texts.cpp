#include "core/text.hpp"
#include "jobs/study/result/report.hpp"
#include "jobs/study/result/results.hpp"
#include "jobs/study/schedule/looks.hpp"
#include "tests/support/studies.hpp"
#include "tests/support/study_folder.hpp"

#include <limits>
#include <string>
#include <vector>

namespace latecomer::tests::texts_test {

using namespace latecomer::jobs::study;

namespace {

constexpr const char* two_scenarios = R"([scenarios]
none = {}
open = { "trade.barrier" = 0.1 }
[design]
kind = "list"
points = [[0.1], [0.2]]
[[parameters]]
name = "learning.search_share"
[replicates]
min = 2
max = 4
)";

constexpr const char* rule = R"([[stop]]
observable = "world.catch_ups"
half_width = 1
)";

bool has_line(const std::string& report, const std::string& line)
{
    UNSCOPED_INFO(report);
    return ('\n' + report).find('\n' + line + '\n') != std::string::npos;
}

/// Made-up indices of two outcomes and two parameters in two scenarios: each value tells its place.
Indices made_up_indices()
{
    Indices indices;
    indices.outcomes = {"a", "b"};
    indices.parameters = {"p", "q"};
    const auto add = [&](const std::string& name, double first, std::size_t count) {
        IndexVariable variable{name, {}, "", {}};
        for (std::size_t i = 0; i < count; ++i) {
            variable.values.push_back(first + static_cast<double>(i));
        }
        indices.variables.push_back(variable);
    };
    add("sobol_total", 100.0, 8);
    add("sobol_total_low", 200.0, 8);
    add("sobol_total_high", 300.0, 8);
    add("pawn_median", 400.0, 8);
    add("sobol_noise_share", 500.0, 4);
    return indices;
}

TEST_CASE("a report of indices has a table for each scenario and outcome, with that one's values")
{
    const Plan plan = plan_of(two_scenarios);
    const std::string report = describe_indices(plan, made_up_indices(), {0, 1});
    const auto cells = [](const std::string& name, const std::string& interval,
                          const std::string& last) {
        return padded("  " + name, 34) + padded(interval, 34) + last;
    };
    CHECK(has_line(report, "a, none, share of chance 500"));
    CHECK(has_line(report, "b, none, share of chance 501"));
    CHECK(has_line(report, "a, open, share of chance 502"));
    CHECK(has_line(report, "b, open, share of chance 503"));
    CHECK(has_line(report, padded("  parameter", 34) + padded("total [95 %]", 34) + "PAWN"));
    CHECK(has_line(report, cells("p", "100 [200, 300]", "400")));
    CHECK(has_line(report, cells("q", "101 [201, 301]", "401")));
    CHECK(has_line(report, cells("p", "102 [202, 302]", "402")));
    CHECK(has_line(report, cells("q", "107 [207, 307]", "407")));
    CHECK(describe_indices(plan, made_up_indices(), {1}).find("\na, ") == std::string::npos);
}

TEST_CASE("a report of indices ends with what is to be warned of, and is empty without indices")
{
    const Plan plan = plan_of(two_scenarios);
    Indices indices = made_up_indices();
    indices.warnings = {"beware", "and of this"};
    CHECK(
        describe_indices(plan, indices, {0}).ends_with("warning: beware\nwarning: and of this\n"));
    CHECK(describe_indices(plan, Indices{}, {0}).empty());
    for (IndexVariable& variable : indices.variables) {
        std::ranges::fill(variable.values, std::numeric_limits<double>::quiet_NaN());
    }
    CHECK(describe_indices(plan, indices, {0}).starts_with("no index of sensitivity is known"));
}

TEST_CASE("a study without rules says nothing of looks, one with rules what comes next")
{
    const Plan without = plan_of(two_scenarios);
    CHECK(describe_looks(without, Looks{without}).empty());
    const Plan with = plan_of(std::string{two_scenarios} + rule);
    const Looks looks{with};
    CHECK(describe_looks(with, looks) == "looks taken: 0, the next at 2 replicates\n");
    CHECK(describe_rules(with, looks).empty());
}

TEST_CASE("a plan is described by its numbers")
{
    const StudyFolder study{std::string{two_scenarios} + rule, 0, {}};
    const std::string report = describe_plan(study.plan, study.progress, false);
    CHECK(has_line(report, "study s: 2 scenarios x 2 points (list, 1 parameters) x 4 replicates = "
                           "16 runs"));
    CHECK(has_line(report, "first look: 8 runs, with 2 replicates"));
    CHECK(has_line(report, text("first run: ", study.plan.key(study.plan.task(0)),
                                ", last run: ", study.plan.key(study.plan.task(15)))));
    CHECK(has_line(report, "cost: unknown (source: none); 'latecomer study pilot' tells what runs "
                           "take"));
    const std::string json = describe_plan(study.plan, study.progress, true);
    for (const char* part :
         {"{\"study\": \"s\", \"scenarios\": 2, \"points\": 2, \"replicates_min\": 2, "
          "\"replicates_max\": 4, \"runs_first_look\": 8, \"runs\": 16, ",
          "\"core_hours_first_look\": null, \"core_hours\": null, \"core_hours_spent\": 0, ",
          "\"budget_core_hours\": null, \"refused\": null}\n"}) {
        CAPTURE(json, part);
        CHECK(json.find(part) != std::string::npos);
    }
}

TEST_CASE("the cost of a plan is that of its first look, and of all if no rule stops it")
{
    // Half an hour a run: 8 runs of the first look, less the 2 that are done, and 16.
    const StudyFolder study{std::string{two_scenarios} + rule, 2,
                            [](const Task&) { return 1800.0; }};
    const std::string report = describe_plan(study.plan, study.progress, false);
    UNSCOPED_INFO(report);
    CHECK(report.find("cost: 3.00 to 7.00 core-hours to come, 1.00 spent (source: 2 runs)") !=
          std::string::npos);
    const StudyFolder plain{two_scenarios, 2, [](const Task&) { return 1800.0; }};
    CHECK(describe_plan(plain.plan, plain.progress, false).find(" to come, 1.00 spent") !=
          std::string::npos);
}

TEST_CASE("the status of a study counts its runs by what became of them, and names the bad ones")
{
    const StudyFolder study{two_scenarios, {0, 1, 5}, [](const Task&) { return 3600.0; }};
    Record failed;
    failed.kind = RecordKind::failed;
    failed.task = 3;
    failed.key = study.plan.key(study.plan.task(3));
    failed.host = "h";
    failed.build = "b";
    failed.reason = "a stock is negative";
    write_file(study.folder / "journal" / "z.log",
               encode(JournalHeader{.study = "s", .build = "b", .job = "z", .host = "h"}) +
                   encode(failed) + "a damaged line\n");
    const Progress progress = progress_of(study.plan, study.folder.path());
    const std::string report = describe_status(study.plan, progress, false);
    CHECK(report.starts_with("study s: 4 of "));
    UNSCOPED_INFO(report);
    CHECK(report.find(" runs are final: done 3, failed 1, timed out 0, ") != std::string::npos);
    CHECK(has_line(report, text("run 3 ", failed.key, " failed: a stock is negative")));
    CHECK(has_line(report, "damaged lines of journals: 1 (their runs are computed again)"));
    const std::string json = describe_status(study.plan, progress, true);
    for (const std::string& part :
         {std::string{"\"final\": 4, \"done\": 3, \"failed\": 1, \"timed_out\": 0, "
                      "\"quarantined\": 0, \"conflicts\": 0, \"foreign_records\": 0, "
                      "\"damaged_lines\": 1, \"core_hours_spent\": 3, \"builds\": 1, "},
          text("\"bad_runs\": [{\"run\": 3, \"key\": \"", failed.key,
               "\", \"state\": \"failed\", \"reason\": \"a stock is negative\"}]}\n")}) {
        CAPTURE(json, part);
        CHECK(json.find(part) != std::string::npos);
    }
    const std::string why = explain(study.plan, progress, "3");
    CHECK(
        has_line(why, text("run 3: scenario ", study.plan.spec().arms[study.plan.task(3).arm].name,
                           ", point ", study.plan.task(3).point, ", replicate ",
                           study.plan.task(3).replicate, ", key ", failed.key)));
    CHECK(has_line(why, "task 3 is failed: a stock is negative"));
    CHECK(has_line(why, "z.log line 2: failed on h: a stock is negative; decides"));
    CHECK(explain(study.plan, progress, study.plan.key(study.plan.task(7)))
              .find("no journal has a record of it") != std::string::npos);
}

}  // namespace

}  // namespace latecomer::tests::texts_test
