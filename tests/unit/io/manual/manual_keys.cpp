#include "io/manual/manual_keys.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/manual/manual.hpp"
#include "jobs/program/printed.hpp"
#include "jobs/run/builtin.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

namespace latecomer::tests::manual_keys_test {
namespace {

bool holds(const std::string& all, const std::string& words)
{
    return all.find(words) != std::string::npos;
}

/// Text without what lines put between its words.
std::string in_one_line(const std::string& all)
{
    std::string line;
    for (const char letter : all) {
        const bool is_space = letter == ' ' || letter == '\n';
        if (!is_space || (!line.empty() && line.back() != ' ')) {
            line += is_space ? ' ' : letter;
        }
    }
    return line;
}

}  // namespace

TEST_CASE("every row of every list of the manual is told by its name, with all its cells")
{
    const ManualIndex manual = jobs::whole_manual();
    CHECK(manual.entries().size() > 400);
    for (const ManualEntry& entry : manual.entries()) {
        const std::string told = in_one_line(manual.describe(entry.name, "md"));
        for (const std::string& cell : *entry.row) {
            INFO(entry.name << ": " << cell);
            CHECK(holds(told, in_one_line(cell)));
        }
        if (!entry.code.empty()) {
            CHECK(manual.knows(entry.code));
        }
    }
}

TEST_CASE(
    "parameters, instruments, levers, outputs, outcomes and moments are all in lists of the manual")
{
    const ManualIndex manual = jobs::whole_manual();
    for (const char* word :
         {"learning.absorption_rate", "sector.demand_share", "3L", "analytics_laboratories",
          "imported_cloud", "gap_by_stage", "gap_at_end", "world_outcome.takeovers", "turnover",
          "sovereignty", "ii", "ANA", "country.gdp", "gap_closed", "design.kind", "IND", "india",
          "country.IND", "search"}) {
        INFO(word);
        CHECK(manual.knows(word));
    }
    CHECK_FALSE(manual.knows("parameters"));  // a topic
    CHECK_FALSE(manual.knows(""));
}

TEST_CASE("every economy of the country table is told with its figures, their years and sources")
{
    const ManualIndex manual = jobs::whole_manual();
    REQUIRE(manual.countries().economies.size() == 149);
    for (const ListedEconomy& economy : manual.countries().economies) {
        const std::string told = manual.describe(economy.data.key, "md");
        INFO(told);
        CHECK(holds(told, economy.data.name));
        CHECK(holds(told, "| gdp | "));
        CHECK(holds(told, "CC BY 4.0"));
    }
    const std::string india = manual.describe("IND", "json");
    CHECK(holds(india, "\"value\": \"820.384\", \"unit\": \"USD bn\", \"year\": \"2005\", "
                       "\"status\": \"observed\""));
}

TEST_CASE("a key of several tables is told with each, and a name with one")
{
    const ManualIndex manual = jobs::whole_manual();
    CHECK(manual.find("seed").size() == 3);
    CHECK(manual.find("run.seed").size() == 1);
    CHECK(
        holds(manual.describe("seed", "md"),
              "'seed' says 3 things; a name says one of them: run.seed, study.seed, design.seed"));
}

TEST_CASE("who uses a lever or a parameter is told with it")
{
    const ManualIndex manual = jobs::whole_manual();
    CHECK(holds(manual.describe("imported_cloud", "md"),
                "instrument data_localisation (2X), levers"));
    CHECK(holds(manual.describe("effects.search_analytics", "md"),
                "instrument analytics_laboratories (3L), public cost"));
    CHECK(holds(manual.describe("learning.absorption_rate", "md"), "step 5 of a quarter (firms)"));
}

TEST_CASE("a word that says nothing is refused with the nearest one")
{
    const ManualIndex manual = jobs::whole_manual();
    CHECK_THROWS_WITH(manual.describe("absorption_rat", "md"),
                      Catch::Matchers::Contains("Did you mean 'absorption_rate'?"));
    CHECK_THROWS_WITH(manual.describe("paramters", "md"),
                      Catch::Matchers::Contains("Did you mean 'parameters'?"));
    CHECK_THROWS_AS(manual.describe("seed", "xml"), InputError);
}

TEST_CASE("words for completion are those that can be described")
{
    const ManualIndex manual = jobs::whole_manual();
    const std::vector<std::string> words = manual.words();
    CHECK(words.size() > 800);
    for (const std::string& word : words) {
        INFO(word);
        CHECK(manual.knows(word));
    }
    CHECK(std::ranges::find(words, "IND") != words.end());
}

}  // namespace latecomer::tests::manual_keys_test
