#include "jobs/run/summary.hpp"

#include "core/text.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

namespace latecomer::tests::summary_test {

using namespace latecomer::jobs;

namespace {

/// So many economies whose gap of 2 moves by .01, .02, ... up and down in turn.
Summary summary_of_many(std::size_t count)
{
    Summary summary;
    for (std::size_t i = 0; i < count; ++i) {
        EconomySummary economy;
        economy.key = text("E", 100 + i);
        economy.name = text("Economy ", 100 + i);
        economy.income_group = i < 3 ? "high_income" : "low_income";
        economy.outcome.gap_at_start = -2.0;
        const double step = 0.01 * static_cast<double>(i + 1);
        economy.outcome.gap_at_end = -2.0 + (i % 2 == 0 ? step : -step);
        economy.outcome.quarters_to_catch_up = std::nan("");
        economy.outcome.public_cost = 1.0;
        summary.economies.push_back(economy);
    }
    return summary;
}

std::vector<std::string> lines_of(const Summary& summary)
{
    std::istringstream table{summary_table(summary)};
    std::vector<std::string> lines;
    for (std::string line; std::getline(table, line);) {
        lines.push_back(line);
    }
    return lines;
}

/// The line that begins with these words; the table must have just one.
std::string line_with(const std::vector<std::string>& lines, const std::string& words)
{
    CAPTURE(words);
    CHECK(std::ranges::count_if(
              lines, [&](const std::string& line) { return line.starts_with(words); }) == 1);
    const auto found = std::ranges::find_if(
        lines, [&](const std::string& line) { return line.starts_with(words); });
    return found == lines.end() ? "" : *found;
}

bool has(const std::string& line, const std::string& words)
{
    return line.find(words) != std::string::npos;
}

TEST_CASE("up to thirty economies have a row each, without a name, and the world has one")
{
    const std::vector<std::string> lines = lines_of(summary_of_many(most_rows));
    CHECK(lines.size() == 2 + most_rows + 1);
    CHECK(lines[0].starts_with("country    stage-4 gap: stage-4 gap:"));
    CHECK(lines[2].starts_with("E100             -2.000       -1.990"));
    CHECK(lines.back().starts_with("latecomers: "));
}

TEST_CASE("of more economies there are groups and the six that moved most up and down")
{
    const std::vector<std::string> lines = lines_of(summary_of_many(149));
    CHECK(lines.size() == 2 + 2 + 1 + 6 + 1 + 6 + 2);
    CHECK(has(line_with(lines, "high income: 3 "), "0 of 3"));
    CHECK(has(line_with(lines, "low income: 146 "), "0 of 146"));
    CHECK(lines[4] == "moved up most");
    CHECK(lines[5].starts_with("E248 Economy 248 "));  // + 1.49
    CHECK(lines[10].starts_with("E238 Economy 238 "));
    CHECK(lines[11] == "moved down most");
    CHECK(lines[12].starts_with("E247 Economy 247 "));  // - 1.48
    CHECK(lines[17].starts_with("E237 "));
    CHECK(has(lines[18], "all 149 economies: 'latecomer inspect RUN --all', or outcomes.csv"));
}

TEST_CASE(
    "a group tells medians of what exists, who caught up of those that try, and the cost of all")
{
    Summary summary = summary_of_many(40);
    summary.economies[0].outcome.gap_at_end = -1.0;
    summary.economies[1].outcome.gap_at_end = -3.0;
    summary.economies[2].outcome.gap_at_end = std::nan("");
    summary.economies[0].outcome.caught_up = 1.0;
    summary.economies[1].outcome.caught_up = 1.0;
    summary.economies[1].role = CountryRole::advanced;
    summary.economies[2].role = CountryRole::lead;
    summary.economies[0].outcome.welfare = 5.0;
    summary.economies[1].outcome.welfare = 2.0;
    summary.economies[2].outcome.welfare = 3.0;
    const std::string line = line_with(lines_of(summary), "high income: 3 ");
    CHECK(has(line, " -2.000       -2.000 "));  // the middle of two
    CHECK(has(line, " 1 of 1 "));
    CHECK(has(line, " 3.00 "));
    CHECK(line.ends_with(" 3"));
}

TEST_CASE("rich groups stand first, and economies without an income group are told by role")
{
    Summary summary = summary_of_many(40);
    for (std::size_t i = 0; i < 10; ++i) {
        summary.economies[i].income_group = i < 5 ? "upper_middle_income" : "";
        summary.economies[i].role = i < 9 ? CountryRole::latecomer : CountryRole::lead;
    }
    summary.economies[20].income_group = "high_income";
    const std::vector<std::string> lines = lines_of(summary);
    const char* const groups[] = {"high income: 1", "upper middle income: 5", "low income: 29",
                                  "latecomer economies: 4", "lead economies: 1"};
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(lines.at(2 + i).starts_with(groups[i]));
    }
    CHECK(has(lines[6], " - "));  // nobody there tries to catch up
}

TEST_CASE("economies without a gap do not move, and nobody moves both ways")
{
    Summary summary = summary_of_many(31);
    for (std::size_t i = 8; i < 31; ++i) {
        summary.economies[i].outcome.gap_at_start = std::nan("");
    }
    const std::vector<std::string> lines = lines_of(summary);
    const auto down = std::ranges::find(lines, "moved down most");
    REQUIRE(down != lines.end());
    CHECK(down - std::ranges::find(lines, "moved up most") == 7);
    CHECK((down + 1)->starts_with("E107 "));
    CHECK((down + 2)->starts_with("E105 "));
    CHECK((down + 3)->starts_with("all 31 economies"));
}

TEST_CASE("catching up is told by its year where the run has a calendar, else by quarters")
{
    Summary summary = summary_of_many(2);
    summary.economies[0].outcome.quarters_to_catch_up = 9.0;
    CHECK(has(lines_of(summary)[2], " after 9 "));
    CHECK(has(lines_of(summary)[1], " quarters "));
    summary.start_year = 2005;
    CHECK(has(lines_of(summary)[2], " 2007 "));
    CHECK(has(lines_of(summary)[1], " year "));
    CHECK(has(lines_of(summary)[3], " no "));
    summary.first_quarter = 4;
    CHECK(has(lines_of(summary)[2], " 2008 "));
}

TEST_CASE("a long name loses whole letters, and a name that is the key is not told twice")
{
    Summary summary = summary_of_many(40);
    summary.economies[38].name = text("E", 138);
    summary.economies[36].name = "Bolivia, Plurinational\u00e9\u00e9";
    const std::vector<std::string> lines = lines_of(summary);
    CHECK(line_with(lines, "E138 ").find("E138", 1) == std::string::npos);
    CHECK(line_with(lines, "E136 ").starts_with("E136 Bolivia, Plurinational  "));
}

}  // namespace
}  // namespace latecomer::tests::summary_test
