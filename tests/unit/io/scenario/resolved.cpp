#include "io/scenario/resolved.hpp"

#include "core/text.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/run/builtin.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <algorithm>
#include <bit>
#include <sstream>

namespace latecomer::tests::resolved_test {
namespace {

/// Reads `text` as a scenario above a country table.
Scenario read(const std::string& text, std::string_view table = jobs::builtin_countries)
{
    const tests::Scratch folder;
    ScenarioRequest request;
    request.path = tests::write_file(folder / "run.toml", text);
    request.builtin_countries = table;
    return read_scenario(request, mpi::Communicator{});
}

bool same(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}
template <class Value>
bool same(const Value& a, const Value& b)
{
    return a == b;
}

void check_same_parameters(const Parameters& a, const Parameters& b)
{
    for_each(Parameters::sections, [&](const auto& section) {
        const auto& of_a = a.*section.member;
        const auto& of_b = b.*section.member;
        for_each(of_a.table, [&](const auto& row) {
            INFO(section.key << '.' << row.key);
            CHECK(same(of_a.*row.member, of_b.*row.member));
        });
    });
    CHECK(a.sectors == b.sectors);
}

void check_same(const Scenario& a, const Scenario& b)
{
    CHECK(a.name == b.name);
    check_same_parameters(a.parameters, b.parameters);
    CHECK(same(a.reference_productivity, b.reference_productivity));
    REQUIRE(a.countries.size() == b.countries.size());
    for (std::size_t c = 0; c < a.countries.size(); ++c) {
        const CountryData& of_a = a.countries[c];
        const CountryData& of_b = b.countries[c];
        CHECK(of_a.key == of_b.key);
        CHECK(of_a.name == of_b.name);
        CHECK(of_a.role == of_b.role);
        CHECK(of_a.region == of_b.region);
        CHECK(of_a.income_group == of_b.income_group);
        CHECK(of_a.row == of_b.row);
        CHECK(of_a.lead_firms == of_b.lead_firms);
        for (std::size_t i = 0; i < indicator_count; ++i) {
            INFO(of_a.key << ' ' << indicators[i].key);
            CHECK(of_a.data[i].known() == of_b.data[i].known());
            CHECK((!of_a.data[i].known() || same(of_a.data[i].value, of_b.data[i].value)));
            CHECK(of_a.data[i].year == of_b.data[i].year);
            CHECK(of_a.data[i].status == of_b.data[i].status);
            CHECK(of_a.data[i].source == of_b.data[i].source);
        }
    }
    REQUIRE(a.sources.size() == b.sources.size());
    for (std::size_t i = 0; i < a.sources.size(); ++i) {
        CHECK(a.sources[i].key == b.sources[i].key);
        CHECK(a.sources[i].text == b.sources[i].text);
    }
}

/// Awkward values of every type: many digits, large, tiny, negative zero, quotes, control characters.
constexpr const char* awkward = R"(
name = 'a "quoted" \ name'
[run]
seed = 9007199254740991
[world]
countries = ["KOR", "IND"]
[output]
snapshot_precision = "f32"
snapshot_fields = ["cash", "id"]
snapshot_countries = ["IND"]
snapshot_sample = 0.30000000000000004
[learning]
search_share = 0.1000000000000000055511151231257827
innovation_rate = 1e5
absorption_rate = 2.2250738585072014e-308
depreciation = -0.0
absorption_range = 1.1000000000000001
[data]
data_scale = 123456.78901234568
[[sector]]
key = "one"
demand_share = 0.30000000000000004
data_intensity = 5e-324
[[sector]]
key = "two"
demand_share = 0.69999999999999996
[country.IND]
name = "Bh\u0101rat\t\"x\"\\ \u007f"
gdp = { value = 0.1, year = 2024, status = "observed", source = "my_source" }
[source]
my_source = "line one\nline two"
)";

}  // namespace

TEST_CASE("a resolved scenario reads back to the last bit")
{
    const Scenario scenario = read(awkward);
    check_same(scenario, read(resolved_toml(scenario)));
}

TEST_CASE("a resolved scenario does not depend on the built-in country table")
{
    const Scenario scenario = read(awkward);
    check_same(scenario, read(resolved_toml(scenario), ""));
    check_same(scenario,
               read(resolved_toml(scenario),
                    "[country.KOR]\nict_service_exports = 1.0\n[country.NEW]\nname = \"New\"\n"
                    "role = \"lead\"\nrow = 20\ngdp = 1000\npopulation = 1\n"));
}

TEST_CASE("a resolved scenario resolves to the same text")
{
    for (const char* text : {"", awkward, "world.initial = \"synthetic\"\n"}) {
        const std::string once = resolved_toml(read(text));
        CHECK(resolved_toml(read(once)) == once);
        CHECK(resolved_toml(read(text)) == once);
    }
}

TEST_CASE("comments do not change what a resolved scenario says")
{
    const Scenario scenario = read(awkward);
    check_same(scenario, read(resolved_toml(scenario, Comments::full)));
}

TEST_CASE("the default scenario with comments is a scenario that reads back")
{
    const Scenario scenario = default_scenario(jobs::builtin_countries);
    Scenario again = read(resolved_toml(scenario, Comments::full), "");
    CHECK(again.name == "run");
    again.name = scenario.name;
    check_same(scenario, again);
}

TEST_CASE("a resolved scenario holds every parameter once")
{
    const std::string toml = '\n' + resolved_toml(read(""));
    for_each(Parameters::sections, [&](const auto& section) {
        const std::size_t begin = toml.find(text("\n[", section.key, "]\n"));
        REQUIRE(begin != std::string::npos);
        const std::string body = toml.substr(begin, toml.find("\n\n", begin) - begin + 1);
        const Parameters defaults;
        for_each((defaults.*section.member).table, [&](const auto& row) {
            const std::string line = text('\n', row.key, " = ");
            INFO(section.key << '.' << row.key);
            CHECK(body.find(line) != std::string::npos);
            CHECK(body.find(line) == body.rfind(line));
        });
    });
}

TEST_CASE("comments are lines of at most 100 characters")
{
    std::istringstream stream{resolved_toml(read(""), Comments::full)};
    std::size_t comments = 0;
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with('#')) {
            CAPTURE(line);
            CHECK(line.size() <= 100);
            ++comments;
        }
    }
    CHECK(comments > 400);
}

/// Every word after one blank.
std::string words_of(const std::string& text)
{
    std::istringstream stream{text};
    std::string words;
    for (std::string word; stream >> word;) {
        words += ' ' + word;
    }
    return words;
}

TEST_CASE("the indicators of economies are described once, before the first economy")
{
    const std::string toml = resolved_toml(read(""), Comments::full);
    const std::size_t first = toml.find("\n[country.");
    REQUIRE(first != std::string::npos);
    for (const IndicatorRow& row : indicators) {
        const std::size_t place = toml.find(text("\n# ", row.key, ": ", row.unit));
        CAPTURE(row.key);
        CHECK(place < first);
    }
    CHECK(resolved_toml(read("")).find("\n# ") == std::string::npos);
}

TEST_CASE("above a parameter stands its meaning, word by word")
{
    const Scenario scenario = read("");
    const std::string toml = resolved_toml(scenario, Comments::full);
    for_each(Parameters::sections, [&](const auto& section) {
        const std::size_t begin = toml.find(text("\n[", section.key, "]\n"));
        const auto& values = scenario.parameters.*section.member;
        for_each(values.table, [&](const auto& row) {
            const std::size_t key = toml.find(text('\n', row.key, " = "), begin);
            REQUIRE(key != std::string::npos);
            const std::size_t gap = toml.rfind("\n\n", key) + 2;
            std::string words;
            std::istringstream lines{toml.substr(gap, key - gap)};
            for (std::string line; std::getline(lines, line);) {
                words += line.substr(1);
            }
            CAPTURE(section.key, row.key, words);
            CHECK(words_of(words).starts_with(words_of(std::string{row.doc})));
        });
    });
}

}  // namespace latecomer::tests::resolved_test
