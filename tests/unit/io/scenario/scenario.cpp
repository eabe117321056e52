#include "io/scenario/scenario.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/run/builtin.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace latecomer::tests::scenario_test {
namespace {

/// Reads `text` as the file scenario.toml with these settings, above the built-in country table.
Scenario read(const std::string& text, std::vector<std::string> settings = {})
{
    const tests::Scratch folder;
    ScenarioRequest request;
    request.path = tests::write_file(folder / "scenario.toml", text);
    request.builtin_countries = jobs::builtin_countries;
    request.settings = std::move(settings);
    return read_scenario(request, mpi::Communicator{});
}

/// The message with which a scenario is refused, without the folder.
std::string refusal(const std::string& text, std::vector<std::string> settings = {})
{
    try {
        read(text, std::move(settings));
    } catch (const InputError& error) {
        const std::string message = error.what();
        const std::size_t file = message.find("scenario.toml");
        return file == std::string::npos ? message : message.substr(file);
    }
    return "accepted";
}

std::vector<std::string> keys_of(const Scenario& scenario)
{
    std::vector<std::string> keys;
    for (const CountryData& country : scenario.countries) {
        keys.push_back(country.key);
    }
    return keys;
}

constexpr const char* two_economies = R"(
builtin_countries = false
[country.LOW]
name = "Low"
role = "latecomer"
row = 7
gdp = 100.0
population = 50.0
productivity = 20000.0
internet_users = 40.0
broadband = 1.0
schooling = 5.0
rd_expenditure = 0.5
government_revenue = 12.0
[country.HIGH]
name = "High"
role = "lead"
row = 3
lead_firms = 2
gdp = 300.0
population = 10.0
productivity = 60000.0
internet_users = 90.0
broadband = 30.0
schooling = 13.0
rd_expenditure = 3.0
government_revenue = 30.0
)";

}  // namespace

TEST_CASE("an empty file is the default scenario with all economies that have figures of 2019")
{
    const Scenario scenario = read("");
    CHECK(scenario.name == "scenario");
    CHECK(scenario.parameters.run.quarters == 300);
    CHECK(keys_of(scenario) == std::vector<std::string>{"IDN", "IND", "CHL", "MEX", "COL", "THA",
                                                        "PAK", "PHL", "ZAF", "GRC", "BGR", "USA",
                                                        "CHN", "DEU", "JPN", "KOR"});
    CHECK(scenario.reference_productivity == scenario.countries[11][Indicator::productivity].value);
    REQUIRE(scenario.remarks.size() == 1);  // 200 firms a country are few for small economies
    CHECK(scenario.remarks.front().find("pools of firms start empty") != std::string::npos);
}

TEST_CASE("every type of parameter is read, and whole numbers count as numbers")
{
    const Scenario scenario = read(R"(
[run]
seed = 9007199254740992
[world]
countries = ["USA", "IND"]
[output]
snapshot_precision = "f32"
[data]
data_scale = 30
quality_gain = 1e-3
)");
    CHECK(scenario.parameters.run.seed == 9007199254740992);
    CHECK(scenario.parameters.world.countries == std::vector<std::string>{"USA", "IND"});
    CHECK(scenario.parameters.output.snapshot_precision == Precision::f32);
    CHECK(scenario.parameters.data.data_scale == 30.0);
    CHECK(scenario.parameters.data.quality_gain == 0.001);
}

TEST_CASE("a selection is in order of rows and does not move the reference")
{
    const Scenario all = read("");
    const Scenario some = read("world.countries = [\"PHL\", \"IDN\"]\n");
    CHECK(keys_of(some) == std::vector<std::string>{"IDN", "PHL"});
    CHECK(some.reference_productivity == all.reference_productivity);
}

TEST_CASE("settings come after files, and options after settings")
{
    const tests::Scratch folder;
    ScenarioRequest request;
    request.path = tests::write_file(folder / "scenario.toml",
                                     "[run]\nseed = 1\nquarters = 10\nreplicate = 5\n");
    request.builtin_countries = jobs::builtin_countries;
    request.settings = {"run.seed=2", "run.quarters=20", "run.quarters=30"};
    request.seed = 3;
    const RunParameters run = read_scenario(request, mpi::Communicator{}).parameters.run;
    CHECK(run.seed == 3);
    CHECK(run.quarters == 30);
    CHECK(run.replicate == 5);
}

TEST_CASE("a setting is a TOML value, or text where its target is text")
{
    const Scenario scenario =
        read("", {"world.countries=[\"IND\", \"USA\"]", "output.snapshot_fields=id,cash",
                  "output.snapshot_countries=IND", "output.snapshot_sample=0.25",
                  "output.snapshot_precision=f32", "country.IND.name=Bharat",
                  "country.IND.gdp=3000", "name=other"});
    CHECK(keys_of(scenario) == std::vector<std::string>{"IND", "USA"});
    CHECK(scenario.parameters.output.snapshot_fields == std::vector<std::string>{"id", "cash"});
    CHECK(scenario.parameters.output.snapshot_countries == std::vector<std::string>{"IND"});
    CHECK(scenario.parameters.output.snapshot_sample == 0.25);
    CHECK(scenario.parameters.output.snapshot_precision == Precision::f32);
    CHECK(scenario.countries[0].name == "Bharat");
    CHECK(scenario.countries[0][Indicator::gdp].value == 3000.0);
    CHECK(scenario.name == "other");
}

TEST_CASE("included files lie below the file that includes them, in their order")
{
    const tests::Scratch folder;
    tests::write_file(folder / "sub/first.toml",
                      "name = \"first\"\nrun.seed = 1\nrun.quarters = 1\n"
                      "run.burn_in = 1\n");
    tests::write_file(folder / "sub/second.toml",
                      "include = \"third.toml\"\nrun.quarters = 2\nrun.burn_in = 2\n");
    tests::write_file(folder / "sub/third.toml", "run.quarters = 3\nrun.replicate = 3\n");
    ScenarioRequest request;
    request.path =
        tests::write_file(folder / "top.toml",
                          "include = [\"sub/first.toml\", \"sub/second.toml\"]\nrun.burn_in = 4\n");
    request.builtin_countries = jobs::builtin_countries;
    const Scenario scenario = read_scenario(request, mpi::Communicator{});
    CHECK(scenario.parameters.run.seed == 1);
    CHECK(scenario.parameters.run.quarters == 2);
    CHECK(scenario.parameters.run.replicate == 3);
    CHECK(scenario.parameters.run.burn_in == 4);
    CHECK(scenario.name == "top");
}

TEST_CASE("sectors replace the default list")
{
    const Scenario scenario = read("[[sector]]\nkey = \"health\"\ndemand_share = 0.25\n"
                                   "[[sector]]\nkey = \"rest\"\ndemand_share = 0.75\n"
                                   "data_intensity = 3\n");
    CHECK(scenario.parameters.sectors ==
          std::vector<Sector>{{"health", 0.25, 1.0}, {"rest", 0.75, 3.0}});
}

TEST_CASE("an economy of the table is overridden key by key")
{
    const Scenario scenario =
        read("[country.IND]\ngdp = 2700\n"
             "population = { value = 1380.5, year = 2020, status = \"nearest year\", "
             "source = \"a yearbook\" }\n");
    const CountryData& india = scenario.countries[1];
    CHECK(india.name == "India");
    CHECK(india.row == 1);
    CHECK(india[Indicator::gdp].value == 2700.0);
    CHECK(india[Indicator::gdp].status == "assumed");
    CHECK(india[Indicator::gdp].source == "scenario file");
    CHECK(india[Indicator::population].value == 1380.5);
    CHECK(india[Indicator::population].year == "2020");
    CHECK(india[Indicator::population].status == "nearest year");
    CHECK(india[Indicator::population].source == "a yearbook");
    CHECK(india[Indicator::internet_users].value == 47.0);
}

TEST_CASE("a table of one's own replaces the built-in one")
{
    const Scenario scenario = read(two_economies);
    CHECK(keys_of(scenario) == std::vector<std::string>{"HIGH", "LOW"});
    CHECK(scenario.countries[0].role == CountryRole::lead);
    CHECK(scenario.countries[0].lead_firms == 2);
    CHECK(scenario.reference_productivity == 60000.0);
    CHECK(scenario.sources.empty());
}

TEST_CASE("what is not known of an economy is the mean over its role in the whole table")
{
    const std::string more = text(two_economies, R"(
[country.NEW]
name = "New"
role = "latecomer"
row = 1
gdp = 10.0
population = 1.0
[country.OTHER]
name = "Other"
role = "latecomer"
row = 2
gdp = 10.0
population = 1.0
internet_users = 60.0
[world]
countries = ["NEW"]
)");
    const Scenario scenario = read(more);
    REQUIRE(scenario.countries.size() == 1);
    CHECK(scenario.countries[0][Indicator::internet_users].value == 50.0);
    CHECK(scenario.countries[0][Indicator::internet_users].status == "derived");
    CHECK(scenario.countries[0][Indicator::government_revenue].value == 12.0);
    CHECK_FALSE(scenario.countries[0][Indicator::ict_service_exports].known());
}

TEST_CASE("the sources of a scenario are those that its economies name")
{
    const Scenario scenario = read("world.countries = [\"PHL\"]\n");
    std::vector<std::string> keys;
    for (const SourceText& source : scenario.sources) {
        keys.push_back(source.key);
        CHECK_FALSE(source.text.empty());
    }
    CHECK(keys == std::vector<std::string>{"broadband", "government_revenue", "ict_service_exports",
                                           "internet_users", "knoema_rd", "productivity",
                                           "schooling", "wdi_compiled"});
}

TEST_CASE("a synthetic world has no economies of the table")
{
    const Scenario scenario = read("world.initial = \"synthetic\"\n");
    CHECK(scenario.countries.empty());
    CHECK(scenario.sources.empty());
    CHECK(scenario.reference_productivity == 0.0);
}

/// Checks that a figure of the built-in table says where it comes from.
void check_support(const Datum& datum, int year, const Scenario& scenario)
{
    CHECK(
        (datum.status == "observed" || datum.status == "nearest year" || datum.status == "fitted"));
    CHECK((datum.status == "fitted" || std::abs(std::stoi(datum.year) - year) <= 4));
    CHECK(std::ranges::count(scenario.sources, datum.source, &SourceText::key) == 1);
}

TEST_CASE("the figures of 2019 are whole, and each has a year, a status and a source")
{
    const Scenario scenario = read("world.missing = \"refuse\"\n");
    CHECK(scenario.countries.size() == 16);
    for (const CountryData& country : scenario.countries) {
        for (std::size_t i = 0; i < indicator_count; ++i) {
            INFO(country.key << ' ' << indicators[i].key);
            REQUIRE(country.data[i].known());
            check_support(country.data[i], 2019, scenario);
        }
    }
}

TEST_CASE("the figures of 2005 are whole and supported")
{
    const Scenario scenario = read("world.base_year = 2005\n");
    CHECK(scenario.countries.size() == 149);
    REQUIRE(scenario.remarks.size() == 1);  // 200 firms a country are few for small economies
    CHECK(scenario.remarks.front().find("pools of firms start empty") != std::string::npos);
    for (const CountryData& country : scenario.countries) {
        for (std::size_t i = 0; i < indicator_count; ++i) {
            INFO(country.key << ' ' << indicators[i].key);
            REQUIRE(country.data[i].known());
            check_support(country.data[i], 2005, scenario);
        }
    }
}

TEST_CASE("a mistake is reported at the place of the first one in the file")
{
    CHECK(refusal("[run]\nseed = 1\nsede = 2\n[learning]\nalpha = 1\n") ==
          "scenario.toml:3:1: unknown key 'run.sede'. Did you mean 'seed'?");
    CHECK(
        refusal("[trade]\nhabit = 2\n") ==
        "scenario.toml:2:9: bad value 2 for 'trade.habit' (must be a number in [0, 1]): Weight of "
        "last quarter's share (h).");
}

TEST_CASE("a combination is reported where the last of its keys was set")
{
    CHECK(
        refusal("[learning]\nstep_high = 0.3\nstep_low = 0.4\n") ==
        "scenario.toml:3:12: learning.step_low = 0.4 is above learning.step_high = 0.3; change one "
        "of them");
    CHECK(
        refusal("[learning]\nstep_low = 0.2\n", {"learning.step_high=0.1"}) ==
        "--set learning.step_high=0.1: learning.step_low = 0.2 is above learning.step_high = 0.1; "
        "change one of them");
}

TEST_CASE("a message is one line of printable characters, and short")
{
    const std::string message =
        refusal("[learning]\nsearch_share = \"a\\nb\\u001b" + std::string(500, 'x') + "\"\n");
    CHECK(message.find('\n') == std::string::npos);
    CHECK(message.find('\x1b') == std::string::npos);
    CHECK(message.size() < 250);
}

TEST_CASE("sums that are 1 but for rounding are accepted")
{
    CHECK(refusal("[[sector]]\nkey = \"a\"\ndemand_share = 0.3333333333\n"
                  "[[sector]]\nkey = \"b\"\ndemand_share = 0.3333333333\n"
                  "[[sector]]\nkey = \"c\"\ndemand_share = 0.3333333333\n") == "accepted");
    CHECK(refusal("[[sector]]\nkey = \"a\"\ndemand_share = 0.999999\n") != "accepted");
}

}  // namespace latecomer::tests::scenario_test
