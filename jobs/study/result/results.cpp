#include "jobs/study/result/results.hpp"

#include "agents/observation/outcomes.hpp"
#include "agents/world/scenario.hpp"
#include "core/constants.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/study/journal/record_content.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace latecomer::jobs::study {
namespace {

constexpr double level = 0.95;

// Columns of the report, in letters.
constexpr std::size_t name_width = 30;
constexpr std::size_t arm_width = 22;
constexpr std::size_t n_width = 8;
constexpr std::size_t mean_width = 34;

/// An outcome that is shown: the mean of some that runs have.
struct Shown {
    std::string name;
    std::vector<std::size_t> outcomes;
    bool is_share = false;  ///< a mean of what is 0 or 1
};

/// Outcomes of economies that are shown as means over latecomers.
constexpr std::array<std::string_view, 4> of_latecomers{"gap_at_end", "caught_up",
                                                        "application_share", "public_cost"};

bool is_yes_or_no(std::string_view key)
{
    return key.starts_with("caught_up");
}

/// Whether a run of the study has the outcome.
bool has_value(const OutcomeTable& table, std::size_t outcome)
{
    return std::ranges::any_of(
        table.hashes, [&](const auto& done) { return !std::isnan(table.at(done.first, outcome)); });
}

/// Latecomers that have firms in applications in a run, at the start or at the end.
std::vector<std::string> latecomers_of(const Plan& plan, const OutcomeTable& table,
                                       const std::vector<std::string>& keys)
{
    std::vector<std::string> latecomers;
    for (const Economy& economy : economies_of(plan.scenario(plan.task(0)))) {
        const auto has_gap = [&](std::string_view gap) {
            const auto found = std::ranges::find(keys, text(gap, '.', economy.key));
            return found != keys.end() &&
                   has_value(table, static_cast<std::size_t>(found - keys.begin()));
        };
        if (catches_up(economy.role) && (has_gap("gap_at_start") || has_gap("gap_at_end"))) {
            latecomers.push_back(economy.key);
        }
    }
    return latecomers;
}

std::vector<Shown> shown_outcomes(const Plan& plan, const OutcomeTable& table)
{
    const std::vector<std::string> keys = outcome_keys(table.economies, table.moments);
    std::vector<Shown> shown;
    const std::vector<std::string> latecomers = latecomers_of(plan, table, keys);
    for (const std::string_view key : of_latecomers) {
        Shown mean{text(key, ", latecomers"), {}, is_yes_or_no(key)};
        for (const std::string& latecomer : latecomers) {
            const auto found = std::ranges::find(keys, text(key, '.', latecomer));
            mean.outcomes.push_back(static_cast<std::size_t>(found - keys.begin()));
        }
        if (!mean.outcomes.empty()) {
            shown.push_back(std::move(mean));
        }
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const bool is_observed =
            std::ranges::find(plan.spec().stops, keys[i], &StopRule::observable) !=
            plan.spec().stops.end();
        if (keys[i].starts_with("world.") || is_observed) {
            shown.push_back({keys[i], {i}, is_yes_or_no(keys[i])});
        }
    }
    return shown;
}

/// Values of the needed replicates; NaN where a run has none.
std::vector<double> values_of(const Plan& plan, const Looks& looks, const OutcomeTable& table,
                              const Shown& shown, std::size_t arm, std::int64_t point)
{
    std::vector<double> values;
    for (std::int64_t r = 0; r < plan.spec().replicates.max; ++r) {
        const Task task = plan.task(plan.number_of(arm, point, r));
        if (!looks.is_needed(task)) {
            break;
        }
        double sum = 0.0;
        for (const std::size_t outcome : shown.outcomes) {
            sum += table.at(task.number, outcome);
        }
        values.push_back(sum / static_cast<double>(shown.outcomes.size()));
    }
    return values;
}

/// Mean of the values that there are, or share.
std::string mean_text(const Shown& shown, std::vector<double> values)
{
    const std::size_t ids = values.size();
    std::erase_if(values, [](double value) { return std::isnan(value); });
    const Estimate mean =
        shown.is_share ? estimate_share(values, level) : estimate_mean(values, level);
    const std::string n = values.size() < ids ? text(values.size(), " of ", ids) : text(ids);
    return padded(n, n_width) + padded(interval_text(mean.value, mean.low, mean.high), mean_width);
}

/// How many pairs there are, their mean difference, and how many values have no partner.
std::string difference_text(const Shown& shown, std::vector<double> own, std::vector<double> base)
{
    const std::size_t ids = std::max(own.size(), base.size());
    own.resize(ids, not_a_number);
    base.resize(ids, not_a_number);
    std::size_t left_out = 0;
    for (std::size_t i = 0; i < ids; ++i) {
        left_out += std::isnan(own[i]) != std::isnan(base[i]) ? 1 : 0;
    }
    const Estimate difference = shown.is_share ? estimate_share_difference(own, base, level)
                                               : estimate_difference(own, base, level);
    std::string words = padded(text(difference.ids - difference.without), n_width) +
                        interval_text(difference.value, difference.low, difference.high);
    if (left_out > 0) {
        words += text(", ", left_out, " left out");
    }
    return words;
}

std::string outcome_lines(const Plan& plan, const Looks& looks, const OutcomeTable& table,
                          const Shown& shown, std::int64_t point)
{
    const std::size_t compared = plan.spec().reference;
    const std::vector<double> base = values_of(plan, looks, table, shown, compared, point);
    std::string lines;
    for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
        const std::vector<double> own = values_of(plan, looks, table, shown, arm, point);
        lines += padded(arm == 0 ? shown.name : "", name_width);
        lines += padded(plan.spec().arms[arm].name, arm_width);
        lines += mean_text(shown, own);
        lines += arm != compared ? difference_text(shown, own, base) : "";
        lines.erase(lines.find_last_not_of(' ') + 1);
        lines += '\n';
    }
    return lines;
}

}  // namespace

std::string interval_text(double value, double low, double high)
{
    if (std::isnan(value)) {
        return "-";
    }
    char buffer[96];
    std::snprintf(buffer, sizeof buffer, std::isnan(low) ? "%.4g" : "%.4g [%.4g, %.4g]", value, low,
                  high);
    return buffer;
}

/// What is missing of a study that is under way, or whose runs failed; empty: nothing.
std::string missing_text(const Plan& plan, const Looks& looks, const OutcomeTable& table)
{
    const std::int64_t done = std::ssize(table.hashes);
    if (done >= looks.needed_tasks()) {
        return {};
    }
    return text("not all runs are done: what follows is of ", grouped(done), " of ",
                grouped(looks.needed_tasks()),
                "; 'latecomer study status' tells of the others of '", plan.spec().name, "'\n");
}

std::string margin_text(const Estimate& estimate)
{
    if (std::isnan(estimate.value)) {
        return "-";
    }
    char buffer[96];
    std::snprintf(buffer, sizeof buffer, std::isnan(estimate.low) ? "%.3g" : "%.3g +- %.2g",
                  estimate.value, estimate.half_width());
    return buffer;
}

std::string padded(std::string words, std::size_t width)
{
    words.append(std::max(width, words.size() + 1) - words.size(), ' ');
    return words;
}

std::string describe_outcomes(const Plan& plan, const Looks& looks, const OutcomeTable& table)
{
    constexpr std::int64_t most_points = 32;
    if (plan.design().method().is_told_over_points() || plan.design().size() > most_points) {
        return {};
    }
    const std::vector<std::string> names = parameter_names(plan);
    std::string report;
    for (std::int64_t point = 0; point < plan.design().size(); ++point) {
        const std::vector<double> values = plan.design().point(point);
        std::string title;
        for (std::size_t j = 0; j < values.size(); ++j) {
            title += text(j == 0 ? "" : ", ", names[j], " = ", values[j]);
        }
        report += title.empty() ? title : text("point ", point, ": ", title, '\n');
        report += padded("outcome", name_width) + padded("scenario", arm_width) +
                  padded("n", n_width) + padded("mean [95 % interval]", mean_width) +
                  padded("pairs", n_width) + "difference to " +
                  plan.spec().arms[plan.spec().reference].name + " [95 % interval]\n";
        for (const Shown& shown : shown_outcomes(plan, table)) {
            report += outcome_lines(plan, looks, table, shown, point);
        }
    }
    return report;
}

Findings findings_of(const Plan& plan, const Looks& looks, const OutcomeTable& table)
{
    Findings findings{compute_indices(plan, looks, table), Comparison{plan, table}, {}};
    if (plan.spec().question) {
        findings.answer = answer_question(plan, table);
    }
    return findings;
}

std::string describe_results(const Plan& plan, const Looks& looks, const OutcomeTable& table,
                             const Findings& findings)
{
    std::vector<std::size_t> outcomes;
    for (const Shown& shown : shown_outcomes(plan, table)) {
        if (shown.outcomes.size() == 1) {
            outcomes.push_back(shown.outcomes.front());
        }
    }
    std::string report = missing_text(plan, looks, table);
    report += describe_outcomes(plan, looks, table);
    report += describe_comparison(plan, findings.comparison);
    if (findings.answer) {
        report += describe_answer(plan, *findings.answer);
    }
    return report + describe_indices(plan, findings.indices, outcomes) +
           describe_in_words(plan, findings.comparison) + describe_looks(plan, looks);
}

std::string report(const Plan& plan, const std::filesystem::path& folder)
{
    const Progress progress = progress_of(plan, folder);
    const Looks looks{plan, progress};
    const OutcomeTable table = read_outcomes(plan, progress, looks, folder);
    if (table.width == 0) {
        throw InputError(text("nothing to report of '", folder.string(),
                              "' (no run is done); start with 'latecomer study run'"));
    }
    return describe_results(plan, looks, table, findings_of(plan, looks, table));
}

}  // namespace latecomer::jobs::study
