#include "io/manual/manual.hpp"

#include "core/errors.hpp"
#include "core/parameters.hpp"
#include "core/text.hpp"
#include "io/manual/manual_keys.hpp"
#include "io/manual/manual_table.hpp"
#include "io/scenario/country_listing.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/study/spec/spec_grammar.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runner.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace latecomer::tests::manual_test {
namespace {

std::string content_of(const std::filesystem::path& file)
{
    std::ostringstream content;
    content << std::ifstream{file, std::ios::binary}.rdbuf();
    return content.str();
}

const ManualTopic sample{"sample",
                         "A sample",
                         "What it is.",
                         {{"thing",
                           "Things",
                           "All of them.",
                           {"key", "default", "meaning"},
                           {{"a_b", "0.5", "50 % | half"}, {"c", "\"x\"", "a \"quote\""}}}}};

}  // namespace

TEST_CASE("io/REFERENCE.md is what the declarations say", "[reference]")
{
    const std::filesystem::path file = tests::source_dir() / "io" / "REFERENCE.md";
    // Not CHECK of the texts: on failure it would print both.
    const bool is_current = content_of(file) == reference_manual();
    INFO("repair: 'latecomer describe all --out .' in the folder of the sources");
    CHECK(is_current);
}

TEST_CASE("jobs/study/REFERENCE.md is what the reader of a study declares", "[reference]")
{
    const std::filesystem::path file = tests::source_dir() / "jobs" / "study" / "REFERENCE.md";
    const bool is_current = content_of(file) == jobs::study::study_reference();
    INFO("repair: 'latecomer describe all --out .' in the folder of the sources");
    CHECK(is_current);
}

TEST_CASE("topics of parts above the manual are described as its own")
{
    const std::vector<ManualTopic> more{jobs::study::manual_study()};
    for (const std::string& format : manual_formats()) {
        CHECK(manual("study", format, jobs::builtin_countries, more).size() > 2000);
    }
    CHECK_THROWS_WITH(manual("stody", "md", "", more),
                      Catch::Matchers::Contains("Did you mean 'study'?"));
}

TEST_CASE("every economy that a scenario may name is listed, with the years of its figures")
{
    const ManualTopic listed = manual_economies(country_listing(jobs::builtin_countries));
    const std::vector<std::vector<std::string>>& rows = listed.tables.at(0).rows;
    CHECK(rows.size() == 149);
    const auto india = std::ranges::find(rows, "IND", [](const auto& row) { return row.at(0); });
    REQUIRE(india != rows.end());
    CHECK(*india == std::vector<std::string>{"IND", "India", "latecomer",
                                             "Central and Southern Asia", "low_income", "0",
                                             "2005, 2019"});
    for (const std::string& format : manual_formats()) {
        CHECK(printed(listed, format).find("India") != std::string::npos);
    }
}

TEST_CASE("every topic can be described in every format")
{
    for (const std::string& topic : manual_topics()) {
        for (const std::string& format : manual_formats()) {
            INFO(topic << ' ' << format);
            CHECK(manual(topic, format, jobs::builtin_countries).size() > 200);
        }
    }
}

TEST_CASE("an unknown topic or format is refused with a suggestion")
{
    CHECK_THROWS_WITH(manual("paramters", "md", ""),
                      "unknown topic 'paramters' to describe. Did you mean 'parameters'? Known: "
                      "parameters, instruments, pathways, positions, outputs, streams, "
                      "model, outcomes, moments.");
    CHECK_THROWS_AS(manual("streams", "xml", ""), InputError);
}

TEST_CASE("every parameter is in the manual with unit, range, equation and source")
{
    std::size_t declared = 0;
    for_each(Parameters::sections, [&](const auto& section) {
        const Parameters defaults;
        for_each((defaults.*section.member).table, [&](const auto&) { ++declared; });
    });
    std::size_t described = 0;
    for (const ManualTable& table : manual_parameters().tables) {
        if (table.key == "sector" || table.key == "country") {
            continue;
        }
        for (const std::vector<std::string>& row : table.rows) {
            ++described;
            for (std::size_t i = 0; i < row.size(); ++i) {
                INFO(table.key << '.' << row[0] << ": " << table.columns[i]);
                CHECK((table.columns[i] == "explored" || !row[i].empty()));
            }
        }
    }
    CHECK(described == declared);
}

TEST_CASE("the events of a quarter are in order, and every equation has its event")
{
    const ManualTable table = manual_model().tables.front();
    std::vector<std::string> equations;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        CHECK(table.rows[i][0] == std::to_string(i + 1));
        std::istringstream list{table.rows[i][2]};
        for (std::string equation; std::getline(list >> std::ws, equation, ',');) {
            equations.push_back(equation);
        }
    }
    for (int number = 1; number <= 31; ++number) {
        INFO(number);
        CHECK(std::count(equations.begin(), equations.end(), std::to_string(number)) == 1);
    }
}

TEST_CASE("a table in Markdown escapes what separates cells")
{
    CHECK(markdown_of(sample, 2) == "## A sample\n\nWhat it is.\n\n### Things\n\nAll of them.\n\n"
                                    "| key | default | meaning |\n| --- | --- | --- |\n"
                                    "| a_b | 0.5 | 50 % \\| half |\n| c | \"x\" | a \"quote\" |\n");
}

TEST_CASE("a table in JSON has values as values and the rest as text")
{
    CHECK(json_of(sample) ==
          "{\n  \"title\": \"A sample\",\n  \"doc\": \"What it is.\",\n  \"thing\": [\n"
          "    {\"key\": \"a_b\", \"default\": 0.5, \"meaning\": \"50 % | half\"},\n"
          "    {\"key\": \"c\", \"default\": \"x\", \"meaning\": \"a \\\"quote\\\"\"}\n  ]\n}\n");
}

TEST_CASE("a table in TOML is a list of tables")
{
    CHECK(toml_of(sample) == "title = \"A sample\"\ndoc = \"What it is.\"\n\n[[thing]]\n"
                             "\"key\" = \"a_b\"\n\"default\" = \"0.5\"\n"
                             "\"meaning\" = \"50 % | half\"\n\n[[thing]]\n\"key\" = \"c\"\n"
                             "\"default\" = \"\\\"x\\\"\"\n\"meaning\" = \"a \\\"quote\\\"\"\n");
}

TEST_CASE("a table in TeX escapes its special characters")
{
    CHECK(tex_of(sample).find("a\\_b & 0.5 & 50 \\% | half \\\\\n") != std::string::npos);
}

}  // namespace latecomer::tests::manual_test
