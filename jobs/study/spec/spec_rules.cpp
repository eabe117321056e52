#include "jobs/study/spec/spec_rules.hpp"

#include "agents/observation/outputs.hpp"
#include "core/constants.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "jobs/study/spec/spec_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace latecomer::jobs::study {
namespace {

constexpr Interval replicate_counts{1, 4294967296.0};  // ids 0 to 2^32 - 1

/// Seconds in "90s", "30m" or "2h"; NaN if it is no such text.
double seconds_of(std::string_view text)
{
    if (text.empty()) {
        return not_a_number;
    }
    const char unit = text.back();
    const double factor = unit == 's'   ? 1.0
                          : unit == 'm' ? 60.0
                          : unit == 'h' ? 3600.0
                                        : not_a_number;
    const char* const end = text.data() + text.size() - 1;
    double number = 0.0;
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stop == end ? number * factor : not_a_number;
}

/// Whether an output of a study is kept: lead firms and homes differ from one scenario to another, and
/// histograms are for single runs.
bool is_kept(const Output& output)
{
    return std::ranges::none_of(output.dimensions, [](Axis axis) {
        return axis == Axis::home || axis == Axis::lead_firm || axis == Axis::bin;
    });
}

std::vector<std::string> kept_outputs()
{
    std::vector<std::string> names;
    for (const Output& output : outputs()) {
        if (is_kept(output)) {
            names.emplace_back(output.key);
        }
    }
    return names;
}

void check_variables(const TomlValue& list, const std::vector<std::string>& variables)
{
    const std::vector<std::string> known = kept_outputs();
    for (std::size_t i = 0; i < variables.size(); ++i) {
        const Place place = i < list.items.size() ? list.items[i].place : list.place;
        const std::string& name = variables[i];
        if (std::ranges::find(known, name) == known.end()) {
            const bool exists = std::ranges::any_of(
                outputs(), [&](const Output& output) { return output.key == name; });
            reject(place, text(exists ? "a study keeps no output by lead firm, home or bin"
                                      : "unknown output",
                               ": '", name, "'.", exists ? "" : did_you_mean(name, known),
                               " Choose another; 'latecomer describe outputs' lists all."));
        }
        const auto before = variables.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(variables.begin(), before, name) != before) {
            reject(place, text("'", name, "' stands in 'series.variables' twice; take one out"));
        }
    }
}

}  // namespace

void read_replicates(const TomlValue& root, Spec& spec)
{
    const SpecTable table{root, "replicates"};
    Replicates& replicates = spec.replicates;
    table.read(replicates.min, "min", replicate_counts, "Replicates of the first look.");
    replicates.max = replicates.min;
    table.read(replicates.max, "max", replicate_counts, "Replicates when no rule stops before.");
    if (replicates.max < replicates.min) {
        reject(table.find("max")->place,
               text("'replicates.max' is ", replicates.max, ", less than 'replicates.min', ",
                    replicates.min, "; the first look cannot be larger than the last"));
    }
    table.read(replicates.common, "crn", {"scenarios+points", "scenarios", "off"},
               "Which runs share their random events.");
}

void read_budget(const TomlValue& root, Spec& spec)
{
    const SpecTable table{root, "budget"};
    table.read(spec.budget.core_hours, "core_hours", positive, "Hours times cores of the study.");
    if (const TomlValue* value = table.find("task_timeout")) {
        const double seconds = value->is(TomlKind::text) ? seconds_of(value->text) : 0.0;
        if (!(seconds > 0.0) || !std::isfinite(seconds)) {
            reject_value(*value, {"budget.task_timeout",
                                  "a text such as \"90s\", \"30m\" or \"2h\"",
                                  {},
                                  "Time after which a run is given up."});
        }
        spec.budget.task_seconds = seconds;
    }
}

void read_run(const TomlValue& root, Spec& spec)
{
    const SpecTable table{root, "run"};
    table.read(spec.run.ranks_per_task, "ranks_per_task", {1, 1e6}, "Processes of one run.");
    table.read(spec.run.threads, "threads", {1, 4096}, "Threads of each process.");
    table.read(spec.run.max_failed_share, "max_failed_share", share,
               "Share of failed runs at which the study ends.");
    table.read(spec.run.host_failures, "host_failures", {1, 1e6},
               "Failures in a row until a host gets no more runs.");
}

void read_series(const TomlValue& root, Spec& spec)
{
    const SpecTable table{root, "series"};
    SeriesSpec& series = spec.series;
    table.read(series.replicates, "replicates", {0, static_cast<double>(spec.replicates.max)},
               "Replicates whose series are kept, at most 'replicates.max'.");
    const TomlValue* list = table.find("variables");
    if (list != nullptr) {
        series.variables = read_texts(*list, {"series.variables", {}, {}, "Outputs to keep."});
        check_variables(*list, series.variables);
    }
    if (series.replicates > 0 && series.variables.empty()) {
        reject(table.place(), "'series' keeps no variable of its replicates; add 'variables', for "
                              "instance [\"capability_index\"]");
    }
    if (series.replicates == 0 && !series.variables.empty() && !table.find("replicates")) {
        reject(list->place, "'series' keeps variables of no replicate; add 'replicates'");
    }
}

}  // namespace latecomer::jobs::study
