#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/run_folder/comparison.hpp"
#include "io/run_folder/done.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace latecomer::io {
namespace {

namespace fs = std::filesystem;

/// Names of files that both folders have.
std::vector<std::string> common_files(const fs::path& first, const fs::path& second)
{
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{first, error}) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".h5") && fs::exists(second / name, error)) {
            names.push_back(name);
        }
    }
    std::ranges::sort(names);
    return names;
}

/// Refuses a finished run of which files were changed.
void check_whole(const fs::path& run)
{
    std::error_code error;
    if (!fs::exists(run / "DONE", error)) {
        return;
    }
    if (const auto changes = changes_since_done(run); !changes.empty()) {
        if (tells_of_the_machine(changes.front())) {
            throw OutputError(text("cannot compare '", run.string(), "': ", changes.front()));
        }
        throw InputError(text("cannot compare '", run.string(), "' (", changes.front(),
                              "); restore it, or compare single files"));
    }
}

/// The first line in which two tables of runs differ.
std::optional<Difference> difference_of_texts(const fs::path& first, const fs::path& second)
{
    std::ifstream a{first};
    std::ifstream b{second};
    for (std::int64_t number = 1;; ++number) {
        std::string line_a;
        std::string line_b;
        const bool has_a = static_cast<bool>(std::getline(a, line_a));
        const bool has_b = static_cast<bool>(std::getline(b, line_b));
        if (!has_a && !has_b) {
            return std::nullopt;
        }
        if (line_a != line_b || has_a != has_b) {
            return Difference{-1, text(first.filename().string(), ", line ", number, ": '", line_a,
                                       "' and '", line_b, '\'')};
        }
    }
}

}  // namespace

Comparison compare_runs(const fs::path& first, const fs::path& second)
{
    check_whole(first);
    check_whole(second);
    Comparison all = compare_files(first / "series.h5", second / "series.h5");
    if (all.difference) {
        return all;
    }
    std::size_t files = 0;
    for (const char* folder : {"firms", "checkpoints"}) {
        for (const std::string& name : common_files(first / folder, second / folder)) {
            Comparison one = compare_files(first / folder / name, second / folder / name);
            if (one.difference) {
                return one;
            }
            ++files;
        }
    }
    for (const char* name : {"events.csv", "outcomes.csv"}) {
        if (fs::exists(first / "DONE") && fs::exists(second / "DONE")) {
            if (auto difference = difference_of_texts(first / name, second / name)) {
                all.difference = std::move(difference);
                return all;
            }
            ++files;
        }
    }
    all.scope += text(" and ", files, " other files");
    return all;
}

}  // namespace latecomer::io
