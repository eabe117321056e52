#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/run_folder/comparison.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/terminal/figures.hpp"
#include "jobs/terminal/terminal.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace latecomer::jobs {

namespace {

/// Three significant digits, with an exponent where the number is small or large.
std::string short_number(double number)
{
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.3g", number);
    return buffer;
}

/// Keys of run.toml that differ, a line each.
std::string keys_text(const std::vector<io::KeyDifference>& keys)
{
    constexpr std::size_t most = 40;
    std::string lines =
        keys.empty() ? "run.toml: no key differs\n" : "run.toml, keys that differ:\n";
    for (std::size_t i = 0; i < std::min(most, keys.size()); ++i) {
        lines += text("  ", keys[i].key, ": ", keys[i].first, " and ", keys[i].second, '\n');
    }
    return keys.size() > most ? text(lines, "  and ", keys.size() - most, " more\n") : lines;
}

/// How large differences are, the quantities that differ most first.
std::string sizes_text(std::vector<io::QuantityDifference> quantities)
{
    constexpr std::size_t most = 20;
    constexpr std::size_t name_width = 30;
    constexpr std::size_t number_width = 12;
    if (quantities.empty()) {
        return {};
    }
    std::ranges::stable_sort(quantities, std::ranges::greater{},
                             &io::QuantityDifference::largest_relative);
    constexpr double rounding = 1e-12;  // residuals of identities
    std::stable_partition(quantities.begin(), quantities.end(),
                          [](const io::QuantityDifference& one) {
                              return one.largest > rounding || one.where.empty();
                          });
    std::string lines =
        text("largest differences, of ", quantities.size(),
             " variables that differ, by their size relative to the larger value:\n");
    lines += text("  ", left("variable", name_width), right("relative", number_width),
                  right("absolute", number_width), "  where it is largest, relative; absolute\n");
    for (std::size_t i = 0; i < std::min(most, quantities.size()); ++i) {
        const io::QuantityDifference& one = quantities[i];
        const bool has_size = !one.where.empty();
        const std::string where =
            !has_size ? text("only one of the two has values, from quarter ", one.quarter)
            : one.where == one.where_relative ? one.where
                                              : text(one.where_relative, "; ", one.where);
        lines += text("  ", left(one.key, name_width),
                      right(has_size ? short_number(one.largest_relative) : "-", number_width),
                      right(has_size ? short_number(one.largest) : "-", number_width), "  ", where,
                      one.unit == "1" || !has_size ? "" : text(" (", one.unit, ')'), '\n');
    }
    return quantities.size() > most ? text(lines, "  and ", quantities.size() - most, " more\n")
                                    : lines;
}

}  // namespace

int compare(const CompareOptions& options, const mpi::Communicator& comm)
{
    std::array<std::int64_t, 1> differs{0};
    io::do_and_agree<InputError>(comm, [&] {
        if (!comm.is_root()) {
            return;
        }
        std::error_code error;
        for (const std::filesystem::path path : {options.first, options.second}) {
            if (!std::filesystem::exists(path, error)) {
                throw InputError(text("cannot compare '", path.string(),
                                      "', which does not exist: name a run or a file of one"));
            }
        }
        const bool are_runs = std::filesystem::is_directory(options.first, error) &&
                              std::filesystem::is_directory(options.second, error);
        const io::Comparison result = are_runs ? io::compare_runs(options.first, options.second)
                                               : io::compare_files(options.first, options.second);
        if (result.difference) {
            const std::int64_t quarter = result.difference->quarter;
            print(text("differ", quarter < 0 ? std::string{} : text(" in quarter ", quarter), ": ",
                       result.difference->words, '\n'),
                  comm);
            print(text(are_runs ? keys_text(io::differing_keys(options.first, options.second))
                                : std::string{},
                       sizes_text(result.quantities)),
                  comm);
            differs[0] = 1;
        } else {
            print(text("equal: ", result.scope, '\n'), comm);
        }
    });
    comm.broadcast(std::span{differs});
    return static_cast<int>(differs[0]);
}

}  // namespace latecomer::jobs
