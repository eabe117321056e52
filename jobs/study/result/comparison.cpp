#include "jobs/study/result/comparison.hpp"

#include "core/constants.hpp"
#include "core/text.hpp"
#include "jobs/study/plan/dollar_scale.hpp"
#include "jobs/study/result/results.hpp"
#include "jobs/study/statistics/resample.hpp"

#include <array>
#include <cmath>

namespace latecomer::jobs::study {
namespace {

constexpr std::array compared_rows{
    Against{"gap_closed", "gap_at_end", "1",
            "Capability gap at applications closed against the reference, at the end (ln)"},
    Against{"application_share", "application_share", "1",
            "Domestic share of home spending on applications, less that of the reference"},
    Against{"welfare", "welfare", "1",
            "Units of applications used relative to the reference, at the end (ln)"},
    Against{"positions_led", "positions_led", "1",
            "Positions at which no other economy sells more, less those of the reference"},
    Against{"cost", "public_cost", "numeraire",
            "Spending of the policy programme, less that of the reference"},
    Against{"cost_share", "cost_share", "1",
            "Public cost as a share of demand, less that of the reference"},
    Against{"cost_per_gap", "", "numeraire",
            "Spending of the policy programme per capability gap that is surely closed"},
};

/// The ratio of the means of two contrasts with its percentile interval over resampled units.
ContrastEstimate ratio_of(std::span<const double> cost, std::span<const double> gap,
                          std::uint64_t seed)
{
    std::vector<double> above;
    std::vector<double> below;
    for (std::size_t i = 0; i < cost.size(); ++i) {
        if (!std::isnan(cost[i]) && !std::isnan(gap[i])) {
            above.push_back(cost[i]);
            below.push_back(gap[i]);
        }
    }
    ContrastEstimate estimate = no_contrast;
    estimate.ids = std::ssize(cost);
    estimate.without = std::ssize(cost) - std::ssize(above);
    const Estimate closed = estimate_mean(below, contrast_level);
    if (!(closed.low > 0.0)) {
        return estimate;
    }
    const auto ratio = [&](std::span<const std::uint16_t> counts) {
        double sum_above = 0.0;
        double sum_below = 0.0;
        for (std::size_t i = 0; i < above.size(); ++i) {
            sum_above += counts[i] * above[i];
            sum_below += counts[i] * below[i];
        }
        return sum_above / sum_below;
    };
    estimate.value = ratio(std::vector<std::uint16_t>(above.size(), 1));
    const auto n = static_cast<std::int64_t>(above.size());
    const std::vector<std::uint16_t> counts = resample_counts(seed, n);
    std::vector<double> ratios;
    for (std::size_t sample = 0; sample < static_cast<std::size_t>(resamples); ++sample) {
        ratios.push_back(ratio(std::span{counts}.subspan(sample * above.size(), above.size())));
    }
    const Bounds bounds = percentile_bounds(ratios);
    estimate.low = bounds.low;
    estimate.high = bounds.high;
    return estimate;
}

/// The same over an ensemble, whose band says how parameters matter: no interval.
ContrastEstimate ratio_over_sets(const ContrastEstimate& cost, const ContrastEstimate& gap)
{
    ContrastEstimate estimate = no_contrast;
    if (gap.low > 0.0) {
        estimate.value = cost.value / gap.value;
    }
    return estimate;
}

/// A line on scenarios that do not end when the reference does; empty if there is none.
std::string lengths_text(const Plan& plan)
{
    const auto quarters = [&](std::size_t arm) {
        return plan.scenario_of_arm(arm).parameters.run.quarters;
    };
    const std::int64_t wanted = quarters(plan.spec().reference);
    std::string others;
    for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
        if (quarters(arm) != wanted) {
            others += text(others.empty() ? "" : ", ", plan.spec().arms[arm].name, " after ",
                           quarters(arm), " quarters");
        }
    }
    return others.empty() ? others
                          : text("note: not at the same date: the reference ends after ", wanted,
                                 " quarters, ", others, '\n');
}

std::string cell_title(const Plan& plan, std::size_t cell)
{
    const std::vector<std::string> names = parameter_names(plan);
    const std::vector<double> values = plan.design().point(static_cast<std::int64_t>(cell));
    std::string title;
    for (std::size_t j = 0; j < values.size(); ++j) {
        title += text(j == 0 ? "" : ", ", names[j], " = ", values[j]);
    }
    return title.empty() ? title : text("point ", cell, ": ", title, '\n');
}

}  // namespace

std::string units_text(const Contrasts& contrasts)
{
    return !contrasts.is_over_points()    ? "replicates"
           : !contrasts.has_intervals()   ? "points: none, as they were chosen"
           : !contrasts.weights().empty() ? "sets of parameters by weight"
           : contrasts.has_point_units()  ? "points"
                                          : "blocks of points";
}

std::span<const Against> compared_outcomes()
{
    return compared_rows;
}

Comparison::Comparison(const Plan& plan, const OutcomeTable& table) : contrasts_{plan, table}
{
    for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
        const std::array terms{Term{arm, 1.0}, Term{plan.spec().reference, -1.0}};
        for (std::size_t cell = 0; cell < contrasts_.cells(); ++cell) {
            for (const Group& group : contrasts_.groups()) {
                for (const Against& row : compared_rows) {
                    const bool is_ratio = row.outcome.empty();
                    if (arm == plan.spec().reference ||  // nothing is compared with itself
                        (is_ratio && !contrasts_.has_intervals())) {
                        estimates_.push_back(no_contrast);
                    } else if (!is_ratio) {
                        estimates_.push_back(contrasts_.mean(terms, row.outcome, group, cell));
                    } else if (!contrasts_.weights().empty()) {
                        estimates_.push_back(
                            ratio_over_sets(contrasts_.mean(terms, "public_cost", group, cell),
                                            contrasts_.mean(terms, "gap_at_end", group, cell)));
                    } else {
                        estimates_.push_back(
                            ratio_of(contrasts_.of(terms, "public_cost", group, cell),
                                     contrasts_.of(terms, "gap_at_end", group, cell),
                                     plan.spec().design.seed));
                    }
                }
            }
        }
    }
}

std::string contrast_text(const Contrasts& contrasts, const ContrastEstimate& estimate)
{
    if (contrasts.weights().empty() || std::isnan(estimate.value)) {
        return margin_text(estimate);
    }
    char buffer[128];
    const int end =
        std::isnan(estimate.chance)
            ? std::snprintf(buffer, sizeof buffer, "%.3g", estimate.value)
            : std::snprintf(buffer, sizeof buffer, "%.3g +- %.2g", estimate.value, estimate.chance);
    std::string words(buffer, static_cast<std::size_t>(end));
    std::snprintf(buffer, sizeof buffer, " [%.2g, %.2g]%s", estimate.low, estimate.high,
                  is_robust(estimate) ? "*" : "");
    return words + buffer;
}

std::size_t contrast_width(const Contrasts& contrasts)
{
    return contrasts.weights().empty() ? 20 : 40;
}

std::string interval_words(const Contrasts& contrasts)
{
    return contrasts.weights().empty()
               ? text("95 % interval over ", units_text(contrasts))
               : text("+- chance; [95 % of the weight of ", contrasts.points_done(),
                      " sets of parameters]; *: so much of it has the sign of the mean, which is "
                      "beyond chance");
}

const ContrastEstimate& Comparison::at(std::size_t arm, std::size_t cell, std::size_t group,
                                       std::size_t what) const
{
    const std::size_t cells = contrasts_.cells();
    const std::size_t groups = contrasts_.groups().size();
    return estimates_[((arm * cells + cell) * groups + group) * compared_rows.size() + what];
}

std::string describe_comparison(const Plan& plan, const Comparison& comparison)
{
    constexpr std::size_t most_cells = 32;
    constexpr std::size_t arm_width = 22;
    constexpr std::size_t group_width = 21;
    const Contrasts& contrasts = comparison.contrasts();
    if (plan.spec().arms.size() == 1 || contrasts.cells() > most_cells) {
        return {};
    }
    const std::size_t width = contrast_width(contrasts);
    const bool is_paired = plan.spec().replicates.common != CommonRandomNumbers::off;
    std::string report =
        text("against ", plan.spec().arms[plan.spec().reference].name,
             " at the end, mean over economies (", interval_words(contrasts), ')',
             is_paired ? "" : ", in other random events: nothing is paired", '\n') +
        lengths_text(plan);
    for (std::size_t cell = 0; cell < contrasts.cells(); ++cell) {
        report += contrasts.is_over_points() ? "" : cell_title(plan, cell);
        report += padded("scenario", arm_width) + padded("group", group_width);
        for (const Against& row : compared_rows) {
            report += padded(std::string{row.key}, width);
        }
        report.erase(report.find_last_not_of(' ') + 1);
        report += '\n';
        for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
            const std::size_t groups = contrasts.groups().size() - contrasts.economies();
            for (std::size_t g = 0; g < groups && arm != plan.spec().reference; ++g) {
                report += padded(g == 0 ? plan.spec().arms[arm].name : "", arm_width);
                report += padded(contrasts.groups()[g].name, group_width);
                for (std::size_t what = 0; what < compared_rows.size(); ++what) {
                    const ContrastEstimate& estimate = comparison.at(arm, cell, g, what);
                    const bool is_ratio = compared_rows[what].outcome.empty();  // of any form
                    report +=
                        padded(is_ratio ? interval_text(estimate.value, estimate.low, estimate.high)
                                        : contrast_text(contrasts, estimate),
                               width);
                }
                report.erase(report.find_last_not_of(' ') + 1);
                report += '\n';
            }
        }
    }
    return report;
}

void write_comparison(ResultFile& result, const Plan& plan, const Comparison& comparison)
{
    const Contrasts& contrasts = comparison.contrasts();
    std::vector<std::int64_t> cells;
    for (std::size_t cell = 0; cell < contrasts.cells(); ++cell) {
        cells.push_back(contrasts.is_over_points() ? -1 : static_cast<std::int64_t>(cell));
    }
    result.add_numbers("cell", cells,
                       "Point of the design that is told apart; -1: all points together");
    std::vector<std::string> names;
    for (const Group& group : contrasts.groups()) {
        names.push_back(group.name);
    }
    result.add_names("group", names, "Group of economies, or one economy");
    if (plan.spec().arms.size() == 1) {
        return;
    }
    const std::optional<Scenario> scale = scenario_of_scale(plan);
    for (std::size_t what = 0; what < compared_rows.size(); ++what) {
        std::vector<double> value, low, high, chance, agreement;
        for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
            for (std::size_t cell = 0; cell < contrasts.cells(); ++cell) {
                for (std::size_t group = 0; group < names.size(); ++group) {
                    const ContrastEstimate& estimate = comparison.at(arm, cell, group, what);
                    value.push_back(estimate.value);
                    low.push_back(estimate.low);
                    high.push_back(estimate.high);
                    chance.push_back(estimate.chance);
                    agreement.push_back(estimate.agreement);
                }
            }
        }
        const std::string name = text("against_", compared_rows[what].key);
        const std::string unit{compared_rows[what].unit};
        const std::vector<std::string> dimensions{"scenario", "cell", "group"};
        const std::string doc{compared_rows[what].doc};
        const io::Attributes more = dollars(scale, compared_rows[what].key, unit);
        const auto add = [&](const char* part, const std::vector<double>& values) {
            result.add(name + part, io::Type::f64, values, dimensions, unit,
                       doc + words_of_estimate(part, contrasts), more);
        };
        add("", value);
        add("_low", low);
        add("_high", high);
        if (!contrasts.weights().empty()) {
            add("_chance", chance);
            result.add(name + "_agreement", io::Type::f64, agreement, dimensions, "1",
                       doc + words_of_estimate("_agreement", contrasts));
        }
    }
}

}  // namespace latecomer::jobs::study
