#pragma once

#include "agents/observation/outputs.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runner.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// Numbers of a run that are kept with the sources, to tell whether the model changed.
namespace latecomer::tests {

/// A value by name; and a state hash by name, which is compared to the last bit.
struct GoldenValue {
    std::string name;
    double value = 0.0;
};
struct GoldenHash {
    std::string name;
    std::uint64_t hash = 0;
    bool operator==(const GoldenHash&) const = default;
};

/// What a golden file holds.
struct Golden {
    std::vector<GoldenValue> values;
    std::vector<GoldenHash> hashes;
};

/// Files are in tests/golden/.
inline std::filesystem::path golden_path(const std::string& file)
{
    return source_dir() / "tests" / "golden" / file;
}

/// Appends all values of these outputs, by quarter, key and place in the output.
inline void add_outputs(Golden& golden, const World& world,
                        std::span<const std::string_view> selected)
{
    for (const std::string_view key : selected) {
        const auto found = std::ranges::find(outputs(), key, &Output::key);
        if (found == outputs().end()) {
            fail(text("no output '", key, "'"));
        }
        std::vector<double> values(output_size(world, *found));
        found->fill(world, values);
        for (std::size_t i = 0; i < values.size(); ++i) {
            golden.values.push_back({text(world.quarter, ' ', key, ' ', i), values[i]});
        }
    }
}

/// Lines are "name value", and "name # hash" for a hash; a line that begins with # is a comment.
inline Golden read_golden(const std::filesystem::path& path)
{
    std::ifstream file{path};
    Golden golden;
    std::string line;
    while (std::getline(file, line)) {
        const std::size_t blank = line.rfind(' ');
        if (line.empty() || line.front() == '#' || blank == std::string::npos) {
            continue;
        }
        const char* const last = line.c_str() + blank + 1;
        if (const std::size_t mark = line.find(" # "); mark != std::string::npos) {
            golden.hashes.push_back({line.substr(0, mark), std::strtoull(last, nullptr, 16)});
        } else {
            golden.values.push_back({line.substr(0, blank), std::strtod(last, nullptr)});
        }
    }
    return golden;
}

inline void write_golden(const std::filesystem::path& path, const Golden& golden)
{
    std::ofstream file{path};
    file << "# quarter, output, place in it, value; written by golden_tests --update\n";
    for (const GoldenValue& entry : golden.values) {
        std::array<char, 32> number{};
        std::snprintf(number.data(), number.size(), "%.17g",
                      std::isnan(entry.value) ? std::abs(entry.value) : entry.value);
        file << entry.name << ' ' << number.data() << '\n';
    }
    for (const GoldenHash& entry : golden.hashes) {
        file << entry.name << " # " << std::hex << entry.hash << std::dec << '\n';
    }
}

/// Whether two values agree to relative 1e-9; two that do not exist do.
inline bool agrees_with_golden(double now, double before)
{
    constexpr double tolerance = 1e-9;
    if (std::isnan(now) || std::isnan(before)) {
        return std::isnan(now) && std::isnan(before);
    }
    return std::abs(now - before) <= tolerance * std::abs(before);
}

/// Checks a run against its file, or writes the file if `--update` was given.
inline void check_golden(const std::string& file, const Golden& now)
{
    if (update_golden_files()) {
        write_golden(golden_path(file), now);
    }
    const Golden before = read_golden(golden_path(file));
    REQUIRE(before.values.size() == now.values.size());

    // The first differences say when the model parted from what it was; the rest follow from them.
    constexpr int shown = 10;
    int different = 0;
    std::ostringstream first;
    for (std::size_t i = 0; i < now.values.size(); ++i) {
        const GoldenValue& a = now.values[i];
        const GoldenValue& b = before.values[i];
        const bool same = a.name == b.name && agrees_with_golden(a.value, b.value);
        if (!same && ++different <= shown) {
            first << text(a.name, ": ", a.value, ", was ", b.name, ": ", b.value, '\n');
        }
    }
    INFO(first.str());
    CHECK(different == 0);

    // A change of the state hash alone says that it covers other parts of the state than before.
    CHECK(now.hashes == before.hashes);
}

}  // namespace latecomer::tests
