#include "jobs/study/result/merge.hpp"

#include "core/text.hpp"
#include "tests/support/merged_study.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer::tests::merge_test {

using namespace latecomer::jobs::study;

namespace {

/// The values of a row of a table.
std::vector<double> row_of(const std::vector<double>& values, std::size_t row, std::size_t width)
{
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(row * width);
    return {from, from + static_cast<std::ptrdiff_t>(width)};
}

/// Made-up series: an output has so many quarters of all economies, counted from a first number.
std::vector<double> series_of(double first, std::size_t quarters, std::size_t economies)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < 2 * quarters * economies; ++i) {
        values.push_back(first + static_cast<double>(i));
    }
    return values;
}

TEST_CASE("study.h5 has what the plan and the journals say of each run, in the row of its number")
{
    Merge merge;
    const std::int64_t done = merge.number(1, 2, 0);
    const std::int64_t failed = merge.number(0, 1, 1);
    const std::int64_t other = merge.number(1, 0, 1);
    merge.done(done);
    merge.failed(failed, "a stock is negative");
    merge.done(other);
    CHECK(merge.merge().path == merge.study.folder / "study.h5");

    const auto status = merge.whole_numbers<std::uint16_t>("status");
    const auto hash = merge.whole_numbers<std::uint64_t>("state_hash");
    REQUIRE(status.size() == 12);
    for (std::int64_t run = 0; run < 12; ++run) {
        const auto row = static_cast<std::size_t>(run);
        const bool is_done = run == done || run == other;
        CHECK(status[row] == (is_done ? 1 : run == failed ? 2 : 0));
        CHECK(hash[row] == (is_done ? 70 + row : 0));
        CHECK(merge.whole_numbers<std::int64_t>("run")[row] == run);
        const Task task = merge.study.plan.task(run);
        CHECK(merge.whole_numbers<std::uint16_t>("scenario_number")[row] == task.arm);
        CHECK(merge.whole_numbers<std::int64_t>("point")[row] == task.point);
        CHECK(merge.whole_numbers<std::int64_t>("replicate")[row] == task.replicate);
        CHECK(merge.texts("key")[row] == merge.study.plan.key(task));
        CHECK(merge.numbers("parameter_value")[row] ==
              points.at(static_cast<std::size_t>(task.point)));
    }
    CHECK(merge.texts("scenario") == std::vector<std::string>{"none", "long"});
    CHECK(merge.texts("parameter") == std::vector<std::string>{"learning.search_share"});
    CHECK(merge.texts("country") == merge.economies);
    CHECK(merge.texts("outcome") == outcome_keys(merge.economies, false));
}

TEST_CASE("study.h5 has every outcome under its name, NaN where a run has none")
{
    Merge merge;
    const auto run = static_cast<std::size_t>(merge.number(1, 2, 0));
    merge.done(static_cast<std::int64_t>(run));
    merge.merge();
    const std::size_t economies = merge.economies.size();
    REQUIRE(economies > 1);
    const std::vector<std::string> keys = outcome_keys(merge.economies, false);
    for (std::size_t outcome = 0; outcome < keys.size(); ++outcome) {
        // "name.COUNTRY" lies in column COUNTRY of "name", "world.name" in the column "world_name".
        const std::string& key = keys[outcome];
        CAPTURE(key);
        const bool is_world = key.starts_with("world.");
        const std::string name = is_world ? "world_" + key.substr(6) : key.substr(0, key.find('.'));
        const std::size_t width = is_world ? 1 : economies;
        const std::size_t column = is_world ? 0 : outcome % economies;
        const std::vector<double> values = merge.numbers(name);
        REQUIRE(values.size() == 12 * width);
        for (std::size_t row = 0; row < 12; ++row) {
            const double value = values[row * width + column];
            if (row == run && outcome != 1) {
                CHECK(value == Merge::value(merge.number(1, 2, 0), outcome));
            } else {
                CHECK(std::isnan(value));
            }
        }
    }
}

TEST_CASE("chosen series lie in study.h5 by run, quarter and economy, NaN behind the end of a run")
{
    Merge merge;
    const std::size_t economies = merge.economies.size();
    const std::int64_t two = merge.number(0, 1, 0);    // two quarters
    const std::int64_t three = merge.number(1, 0, 0);  // three
    const std::int64_t renamed = merge.number(1, 1, 0);
    merge.done(two, series_of(500.0, 2, economies));
    merge.done(three, series_of(9000.0, 3, economies));
    merge.done(renamed, series_of(100.0, 3, economies), "income,output");  // of an older study file
    merge.done(merge.number(1, 2, 0));                                     // without series
    merge.merge();

    CHECK(merge.numbers("time") == std::vector<double>{0.25, 0.5, 0.75});
    const auto runs = merge.whole_numbers<std::int64_t>("series_run");
    REQUIRE(runs.size() == 6);
    const std::size_t row = 3 * economies;
    const std::vector<double> income = merge.numbers("series_income");
    const std::vector<double> capability = merge.numbers("series_capability_index");
    REQUIRE(income.size() == 6 * row);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        CHECK(merge.study.plan.task(runs[i]).replicate == 0);
        const std::vector<double> one = row_of(income, i, row);
        const std::vector<double> other = row_of(capability, i, row);
        const std::size_t quarters = runs[i] == two ? 2 : runs[i] == three ? 3 : 0;
        const double first = runs[i] == two ? 500.0 : 9000.0;
        for (std::size_t j = 0; j < row; ++j) {
            if (j < quarters * economies) {
                CHECK(one[j] == first + static_cast<double>(j));
                CHECK(other[j] == first + static_cast<double>(quarters * economies + j));
            } else {
                CHECK(std::isnan(one[j]));
                CHECK(std::isnan(other[j]));
            }
        }
    }
}

TEST_CASE("series of other economies than the first run's are refused")
{
    for (const std::size_t count : {std::size_t{7}, std::size_t{8000}}) {
        Merge merge;
        merge.done(merge.number(0, 0, 0), std::vector<double>(count, 1.0));
        CHECK(failure_of(merge).find("the same world.countries") != std::string::npos);
    }
}

TEST_CASE("study.csv has a line for every run with its settings and outcomes, nothing where there "
          "is none")
{
    Merge merge;
    const std::int64_t done = merge.number(1, 2, 1);
    const std::int64_t failed = merge.number(0, 1, 0);
    merge.done(done);
    merge.failed(failed, "it says \"no\"");
    merge.merge();
    const std::vector<std::string> lines = merge.lines("study.csv");
    REQUIRE(lines.size() == 13);
    const std::vector<std::string> keys = outcome_keys(merge.economies, false);
    CHECK(lines[0].starts_with(
        "run,key,status,scenario,point,replicate,learning.search_share,state_hash," + keys[0] +
        ',' + keys[1]));
    CHECK(lines[0].ends_with(',' + keys.back()));
    const auto line_of = [&](std::int64_t run) {
        return text(run, ',', merge.study.plan.key(merge.study.plan.task(run)), ',');
    };
    const std::string& row = lines.at(static_cast<std::size_t>(done) + 1);
    const double first = Merge::value(done, 0);
    CHECK(row.starts_with(text(line_of(done), "done,long,2,1,0.3,",
                               hexadecimal(70 + static_cast<std::uint64_t>(done)), ',', first, ",,",
                               first + 2.0)));
    CHECK(row.ends_with(text(',', Merge::value(done, merge.outcomes - 1))));
    const std::string& bad = lines.at(static_cast<std::size_t>(failed) + 1);
    CHECK(bad == text(line_of(failed), "failed,none,1,0,0.2,", std::string(merge.outcomes, ',')));

    CHECK(merge.lines("costs.csv") ==
          std::vector<std::string>{
              "run,core_seconds,host,build,reason",
              text(failed, ',', 0.5 + static_cast<double>(failed), ",node,b,\"it says 'no'\""),
              text(done, ',', 0.5 + static_cast<double>(done), ",node,b,\"\"")});
}

TEST_CASE("no study.csv is written unless it is wanted")
{
    Merge merge;
    merge.done(0);
    merge.merge(false);
    CHECK_FALSE(std::filesystem::exists(merge.study.folder / "study.csv"));
    CHECK(std::filesystem::exists(merge.study.folder / "costs.csv"));
}

TEST_CASE("what is not done or was done twice with different results is not merged")
{
    Merge none;
    none.failed(1, "a stock is negative");
    CHECK_THROWS_AS(none.merge(), InputError);
    CHECK_FALSE(std::filesystem::exists(none.study.folder / "study.h5"));

    Merge twice;
    twice.done(2);
    Record again = twice.record(RecordKind::done, 2);
    again.state_hash = 1;
    again.outcomes.assign(twice.outcomes, 0.0);
    twice.journal += encode(again);
    CHECK(failure_of(twice).find("run 2 was done twice with different results") !=
          std::string::npos);
}

TEST_CASE("runs of which one has other economies than the first are not merged")
{
    Merge merge;
    merge.done(0);
    Record other = merge.record(RecordKind::done, 1);
    other.outcomes.assign(merge.outcomes - 1, 0.0);
    merge.journal += encode(other);
    CHECK(failure_of(merge).find("run 1 has other economies than the first") != std::string::npos);
}

TEST_CASE("stopping rules lie in study.h5 by rule and scenario, NaN where a rule does not apply")
{
    const std::string rule = "[[stop]]\nobservable = \"world.catch_ups\"\n";
    Merge merge{"[scenarios]\nnone = {}\nopen = { \"trade.barrier\" = 0.1 }\n"
                "[replicates]\nmin = 2\nmax = 4\n" +
                rule + "half_width = 1\n" + rule +
                "half_width = 1e9\nestimand = \"difference\"\nvs = \"none\"\n"};
    for (std::size_t arm = 0; arm < 2; ++arm) {
        merge.done(merge.number(arm, 0, 0));
        merge.done(merge.number(arm, 0, 1));
    }
    merge.merge();
    CHECK(merge.texts("stop_rule").size() == 2);
    const std::vector<std::string> keys = outcome_keys(merge.economies, false);
    const auto outcome =
        static_cast<std::size_t>(std::ranges::find(keys, "world.catch_ups") - keys.begin());
    std::vector<double> means;
    for (std::size_t arm = 0; arm < 2; ++arm) {
        means.push_back((Merge::value(merge.number(arm, 0, 0), outcome) +
                         Merge::value(merge.number(arm, 0, 1), outcome)) /
                        2.0);
    }
    const std::vector<double> value = merge.numbers("stop_value");
    const std::vector<double> low = merge.numbers("stop_low");
    const std::vector<double> high = merge.numbers("stop_high");
    const std::vector<double> expected{means[0], means[1], no_value, means[1] - means[0]};
    for (const std::size_t i : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
        CHECK(value[i] == Approx(expected[i]));
        CHECK((low[i] + high[i]) / 2.0 == Approx(expected[i]));
        CHECK(low[i] <= value[i]);
        CHECK(merge.numbers("stop_replicates")[i] == 2.0);
        CHECK(merge.numbers("stop_point")[i] == 0.0);
    }
    CHECK(low[0] < value[0] - 1.0);
    CHECK(merge.numbers("stop_met")[0] == 0.0);
    CHECK(merge.numbers("stop_met")[3] == 1.0);
    for (const char* name :
         {"stop_value", "stop_low", "stop_high", "stop_replicates", "stop_point", "stop_met"}) {
        CHECK(std::isnan(merge.numbers(name)[2]));
    }
}

}  // namespace

}  // namespace latecomer::tests::merge_test
