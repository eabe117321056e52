#include "agents/outputs.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runner.hpp"
#include "tests/support/worlds.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

/// A tiny world, quarter by quarter, against numbers kept with the sources: tells whether the model
/// changed.  If it was meant to, `golden_tests --update` and a line in CHANGELOG.md.
namespace latecomer {
namespace {

constexpr double tolerance = 1e-9;  // relative

constexpr std::array<std::string_view, 17> selected{
    "adoption",    "wage",       "exchange_rate",      "mean_capability", "gap_by_stage",
    "frontier",    "firms",      "exporters",          "revenue",         "domestic_share",
    "price_index", "herfindahl", "log_capability_p50", "commons",         "other_wealth",
    "lead_cash",   "tax_revenue"};

struct Entry {
    std::string name;
    double value = 0.0;
};

const Output& output_of(std::string_view key)
{
    for (const Output& output : outputs()) {
        if (output.key == key) {
            return output;
        }
    }
    fail(text("no output '", key, "'"));
}

/// Selected outputs of every fifth quarter, by name and place.
std::vector<Entry> tiny_run()
{
    World world = tests::make_world(tests::synthetic_scenario(2, 1, 2, 60));
    std::vector<Entry> entries;
    for (int quarter = 5; quarter <= 20; quarter += 5) {
        tests::run(world, 5);
        for (const std::string_view key : selected) {
            const Output& output = output_of(key);
            std::vector<double> values(output_size(world, output));
            output.fill(world, values);
            for (std::size_t i = 0; i < values.size(); ++i) {
                entries.push_back({text(quarter, ' ', key, ' ', i), values[i]});
            }
        }
    }
    return entries;
}

std::vector<Entry> read(const std::filesystem::path& path)
{
    std::ifstream file{path};
    std::vector<Entry> entries;
    std::string line;
    while (std::getline(file, line)) {
        const std::size_t blank = line.rfind(' ');
        if (line.empty() || line.front() == '#' || blank == std::string::npos) {
            continue;
        }
        entries.push_back({line.substr(0, blank), std::strtod(line.c_str() + blank, nullptr)});
    }
    return entries;
}

void write(const std::filesystem::path& path, const std::vector<Entry>& entries)
{
    std::ofstream file{path};
    file << "# quarter, output, place in it, value; written by golden_tests --update\n";
    for (const Entry& entry : entries) {
        std::array<char, 32> number{};
        std::snprintf(number.data(), number.size(), "%.17g",
                      std::isnan(entry.value) ? std::abs(entry.value) : entry.value);
        file << entry.name << ' ' << number.data() << '\n';
    }
}

bool agree(double now, double before)
{
    if (std::isnan(now) || std::isnan(before)) {
        return std::isnan(now) && std::isnan(before);
    }
    return std::abs(now - before) <= tolerance * std::abs(before);
}

TEST_CASE("a tiny synthetic world develops as it did")
{
    const auto path = tests::source_dir() / "tests" / "golden" / "synthetic.txt";
    const std::vector<Entry> now = tiny_run();
    if (tests::update_golden_files()) {
        write(path, now);
    }
    const std::vector<Entry> before = read(path);
    REQUIRE(before.size() == now.size());

    // The first differences say when the model parted from what it was; the rest follow from them.
    constexpr int shown = 10;
    int different = 0;
    std::ostringstream first;
    for (std::size_t i = 0; i < now.size(); ++i) {
        const bool same = now[i].name == before[i].name && agree(now[i].value, before[i].value);
        if (!same && ++different <= shown) {
            first << text(now[i].name, ": ", now[i].value, ", was ", before[i].name, ": ",
                          before[i].value, '\n');
        }
    }
    INFO(first.str());
    CHECK(different == 0);
}

}  // namespace
}  // namespace latecomer
