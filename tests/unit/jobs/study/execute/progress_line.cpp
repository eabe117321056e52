#include "jobs/study/execute/progress_line.hpp"

#include "tests/support/catch.hpp"

namespace latecomer::tests::progress_line_test {

using namespace latecomer::jobs::study;

namespace {

StudyPace halfway()
{
    StudyPace pace;
    pace.runs = 2000;
    pace.final = 1500;
    pace.failed = 3;
    pace.ended = 1000;
    pace.seconds = 100.0;
    pace.core_seconds = 190.0;
    pace.cores = 2.0;
    return pace;
}

TEST_CASE("a line on a study tells rate, efficiency and time left of this job")
{
    CHECK(plain_line(halfway()) == "[1:40] 1,500/2,000 runs, failed 3 | 600 a minute, efficiency "
                                   "0.95, 0:50 left");
    CHECK(json_line(halfway()) ==
          "{\"runs\": 2000, \"final\": 1500, \"failed\": 3, \"seconds\": 100, \"core_seconds\": "
          "190, \"efficiency\": 0.95, \"seconds_left\": 50}");
}

TEST_CASE("before the first run ends nothing is known of the time left")
{
    StudyPace pace;
    pace.runs = 10;
    CHECK(plain_line(pace) == "[0:00] 0/10 runs, failed 0 | - a minute, efficiency -, - left");
    CHECK(json_line(pace).find("\"seconds_left\": null") != std::string::npos);
}

TEST_CASE("a bar on a study fits into the terminal")
{
    for (std::size_t columns = 1; columns < 200; ++columns) {
        CHECK(bar_line(halfway(), columns).size() < std::max<std::size_t>(columns, 2));
    }
    CHECK(bar_line(halfway(), 100).find("1,500/2,000 runs, 0:50 left, 3 failed") !=
          std::string::npos);
}

}  // namespace

}  // namespace latecomer::tests::progress_line_test
