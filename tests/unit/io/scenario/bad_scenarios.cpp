// ctest: cost 12

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/run/builtin.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/messages.hpp"
#include "tests/support/runner.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace latecomer::tests::bad_scenarios_test {
namespace {

/// Reads a scenario below the built-in country table.
Scenario read(const std::filesystem::path& path)
{
    ScenarioRequest request;
    request.path = path;
    request.builtin_countries = jobs::builtin_countries;
    return read_scenario(request, mpi::Communicator{});
}

std::string refusal_of(const std::filesystem::path& path)
{
    return refusal_by([&] { read(path); });
}

/// Whether lines `toml` are refused with these words.
bool is_refused(const std::string& words, const std::string& toml)
{
    const Scratch folder;
    const std::string refusal = refusal_of(write_file(folder / "a.toml", toml));
    UNSCOPED_INFO(toml << ": " << refusal);
    return refusal.find(words) != std::string::npos;
}

TEST_CASE("each scenario of tests/cli/bad_input is refused with the words of its first line")
{
    const std::string mark = "# expect: ";
    std::size_t cases = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator{source_dir() / "tests/cli/bad_input"}) {
        if (entry.path().extension() != ".toml") {
            continue;
        }
        ++cases;
        const std::string content = read_file(entry.path());
        REQUIRE(content.starts_with(mark));
        const std::string words = content.substr(mark.size(), content.find('\n') - mark.size());
        const std::string refusal = refusal_of(entry.path());
        CAPTURE(entry.path().filename().string(), words, refusal);
        CHECK(refusal.find(words) != std::string::npos);
        CHECK(refusal.find('\n') == std::string::npos);
    }
    CHECK(cases > 100);
}

TEST_CASE("a key of very many parts is refused, wherever it stands, and dots in texts are not")
{
    std::string deep = "a";
    for (int i = 0; i < 100000; ++i) {
        deep += ".a";
    }
    const std::string words = "a key has more than 64 parts";
    CHECK(is_refused("a.toml:2:", "\n" + deep + " = 1\n"));
    for (const std::string& toml :
         {deep + " = 1\n", '[' + deep + "]\n", "[[" + deep + "]]\n", "run = { " + deep + " = 1 }\n",
          "x = [ { " + deep + " = 1 } ]\n"}) {
        CHECK(is_refused(words, toml));
    }
    const std::string dots(200, '.');
    for (const std::string& toml :
         {"name = \"" + dots + "\"\n", "name = '" + dots + "'\n", "# " + dots + "\n",
          "name = \"\"\"\n" + dots + "\n\"\"\"\n", "name = \"\\\"" + dots + "\"\n"}) {
        CHECK_FALSE(is_refused(words, toml));
    }
}

TEST_CASE("a position buys only what lies upstream of it, and less than all that it costs")
{
    // Data flows from storage to collection and processing, from both to analytics, from all to applications.
    const std::vector<std::pair<std::string, std::vector<std::string>>> sold_to{
        {"input_collection", {"analytics", "applications"}},
        {"input_storage", {"collection", "processing", "analytics", "applications"}},
        {"input_analytics", {"applications"}},
        {"lead_input_processing", {"analytics", "applications"}}};
    for (const auto& [input, buyers] : sold_to) {
        for (const char* section :
             {"collection", "storage", "processing", "analytics", "applications"}) {
            const std::string toml = text('[', section, "]\n", input, " = 0.05\n");
            const std::string name = text(section, '.', input);
            if (std::ranges::count(buyers, section) == 0) {
                CHECK(is_refused(name + " = 0.05 is not possible", toml));
            } else {
                CHECK(is_refused("accepted", toml));
                CHECK(is_refused(text("the inputs of [", section, "] sum to "),
                                 text('[', section, "]\n", input, " = 1.0\n")));
            }
        }
    }
}

TEST_CASE(
    "an economy has room for 2^28 firms at a position, and is told how many there would be in all")
{
    // With all firms at one position, an economy of the built-in table has more.
    const std::string toml = "[world]\nfirms_per_country = 100000000\n"
                             "[collection]\ninitial_firms = 1\n[storage]\ninitial_firms = 0\n"
                             "[processing]\ninitial_firms = 0\n[analytics]\ninitial_firms = 0\n"
                             "[applications]\ninitial_firms = 0\n";
    const Scratch folder;
    const std::string refusal = refusal_of(write_file(folder / "a.toml", toml));
    const std::string words = "firms_per_country = 100000000 makes about ";
    CAPTURE(refusal);
    REQUIRE(refusal.find(words) != std::string::npos);
    const double firms = std::stod(refusal.substr(refusal.find(words) + words.size()));
    const Scenario scenario = default_scenario(jobs::builtin_countries);
    const auto latecomers =
        std::ranges::count_if(scenario.countries, [](const CountryData& country) {
            return has_latecomer_firms(country.role);
        });
    CHECK(firms == Approx(1e8 * static_cast<double>(latecomers)).epsilon(1e-6));
}

TEST_CASE("the firms of the five positions are all firms")
{
    for (const char* section :
         {"collection", "storage", "processing", "analytics", "applications"}) {
        CHECK(is_refused("initial_firms of the five positions sum to ",
                         text('[', section, "]\ninitial_firms = 0.9\n")));
    }
}

}  // namespace
}  // namespace latecomer::tests::bad_scenarios_test
