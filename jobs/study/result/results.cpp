#include "jobs/study/result/results.hpp"

#include "agents/observation/outcomes.hpp"
#include "agents/world/scenario.hpp"
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

/// An outcome that is shown: the mean of some that runs have.
struct Shown {
    std::string name;
    std::vector<std::size_t> outcomes;
};

/// Outcomes of economies that are shown as means over latecomers.
constexpr std::array<std::string_view, 3> of_latecomers{"gap_at_end", "application_share",
                                                        "public_cost"};

std::vector<Shown> shown_outcomes(const Plan& plan, const OutcomeTable& table)
{
    const std::vector<std::string> keys = outcome_keys(table.economies);
    std::vector<Shown> shown;
    const std::vector<Economy> economies = economies_of(plan.scenario(plan.task(0)));
    for (const std::string_view key : of_latecomers) {
        Shown mean{text(key, ", latecomers"), {}};
        for (const Economy& economy : economies) {
            const auto found = std::ranges::find(keys, text(key, '.', economy.key));
            if (economy.role == CountryRole::latecomer && found != keys.end()) {
                mean.outcomes.push_back(static_cast<std::size_t>(found - keys.begin()));
            }
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
            shown.push_back({keys[i], {i}});
        }
    }
    return shown;
}

/// The scenario with which others are compared.
std::size_t compared_arm(const Plan& plan)
{
    for (const StopRule& rule : plan.spec().stops) {
        if (rule.estimand == Estimand::difference) {
            const auto found = std::ranges::find(plan.spec().arms, rule.versus, &Arm::name);
            return static_cast<std::size_t>(found - plan.spec().arms.begin());
        }
    }
    return 0;
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

std::string outcome_lines(const Plan& plan, const Looks& looks, const OutcomeTable& table,
                          const Shown& shown, std::int64_t point)
{
    constexpr std::size_t name_width = 30;
    constexpr std::size_t arm_width = 22;
    const std::size_t compared = compared_arm(plan);
    const std::vector<double> base = values_of(plan, looks, table, shown, compared, point);
    std::string lines;
    for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
        const std::vector<double> own = values_of(plan, looks, table, shown, arm, point);
        const Estimate mean = estimate_mean(own, level);
        lines += padded(arm == 0 ? shown.name : "", name_width);
        lines += padded(plan.spec().arms[arm].name, arm_width);
        lines += padded(text(mean.ids - mean.without), 6);
        lines += padded(interval_text(mean.value, mean.low, mean.high), 34);
        if (arm != compared) {
            const std::size_t n = std::min(own.size(), base.size());
            const Estimate difference =
                estimate_difference(std::span{own}.first(n), std::span{base}.first(n), level);
            lines += interval_text(difference.value, difference.low, difference.high);
        }
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

std::string padded(std::string words, std::size_t width)
{
    words.append(std::max(width, words.size() + 1) - words.size(), ' ');
    return words;
}

std::string describe_outcomes(const Plan& plan, const Looks& looks, const OutcomeTable& table)
{
    constexpr std::int64_t most_points = 32;
    if (plan.design().method().samples() || plan.design().size() > most_points) {
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
        report += padded("outcome", 30) + padded("scenario", 22) + padded("n", 6) +
                  padded("mean [95 % interval]", 34) + "difference to " +
                  plan.spec().arms[compared_arm(plan)].name + " [95 % interval]\n";
        for (const Shown& shown : shown_outcomes(plan, table)) {
            report += outcome_lines(plan, looks, table, shown, point);
        }
    }
    return report;
}

std::string describe_results(const Plan& plan, const Looks& looks, const OutcomeTable& table,
                             const Indices& indices)
{
    std::vector<std::size_t> outcomes;
    for (const Shown& shown : shown_outcomes(plan, table)) {
        if (shown.outcomes.size() == 1) {
            outcomes.push_back(shown.outcomes.front());
        }
    }
    return describe_outcomes(plan, looks, table) + describe_indices(plan, indices, outcomes) +
           describe_looks(plan, looks);
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
    return describe_results(plan, looks, table, compute_indices(plan, looks, table));
}

}  // namespace latecomer::jobs::study
