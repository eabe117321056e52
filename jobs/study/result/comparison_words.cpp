#include "core/text.hpp"
#include "jobs/study/result/comparison.hpp"
#include "jobs/terminal/figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

/// What a comparison says, in sentences.
namespace latecomer::jobs::study {
namespace {

/// How a sentence says an outcome of compared_outcomes().
struct InWords {
    std::string_view key;
    std::string_view what;
    bool is_logarithm;  ///< told as a percentage; else in percentage points
};
constexpr std::array told{
    InWords{"gap_closed", "capability at applications, relative to the frontier", true},
    InWords{"application_share", "domestic share of spending on applications", false},
    InWords{"welfare", "welfare", true},
};

/// A difference in per cent, or in percentage points.
double in_per_cent(const InWords& row, double value)
{
    return 100.0 * (row.is_logarithm ? std::expm1(value) : value);
}

std::string signed_text(double value)
{
    return (value < 0 ? "-" : "+") + significant(std::abs(value));
}

/// How many units would tell the sign of an estimate, if mean and spread stay as they are.
std::int64_t units_for_sign(const Estimate& estimate)
{
    const auto now = static_cast<double>(estimate.ids - estimate.without);
    const double ratio = estimate.half_width() / std::abs(estimate.value);
    return static_cast<std::int64_t>(std::min(1e12, std::floor(now * ratio * ratio) + 1.0));
}

/// What the interval of a mean says of its sign.
std::string verdict(const Contrasts& contrasts, const ContrastEstimate& estimate)
{
    const std::string units = contrasts.is_over_points() ? "points" : "replicates";
    if (!contrasts.weights().empty()) {
        return is_robust(estimate) ? text("robust: ", significant(100.0 * estimate.agreement),
                                          " % of the weight of sets has this sign")
                                   : std::string{"not robust: sets of parameters, or chance, may "
                                                 "turn the sign"};
    }
    if (!contrasts.has_intervals()) {
        return "no interval, as somebody chose the points";
    }
    if (std::isnan(estimate.low)) {
        return text("no interval from a single one of the ", units,
                    ": at least 2 tell what is chance");
    }
    if (estimate.low > 0.0 || estimate.high < 0.0) {
        return "beyond chance";
    }
    if (estimate.value == 0.0) {
        return "no difference";
    }
    const std::int64_t now = estimate.ids - estimate.without;
    const std::int64_t wanted = units_for_sign(estimate);
    return text("not beyond chance: the sign may be the other one; about ",
                grouped(std::max<std::int64_t>(1, wanted - now)), " more ", units,
                " would tell, if mean and spread stay as they are");
}

std::string sentence(const Contrasts& contrasts, const InWords& row,
                     const ContrastEstimate& estimate)
{
    std::string line = text("    ", row.what, ": ");
    if (std::isnan(estimate.value)) {
        return line + "not known, as no pair of runs has it\n";
    }
    line +=
        text(signed_text(in_per_cent(row, estimate.value)), row.is_logarithm ? " %" : " points");
    if (!std::isnan(estimate.low)) {
        line += text(" [", signed_text(in_per_cent(row, estimate.low)), ", ",
                     signed_text(in_per_cent(row, estimate.high)), ']');
    }
    return text(line, ", ", verdict(contrasts, estimate), '\n');
}

}  // namespace

std::string describe_in_words(const Plan& plan, const Comparison& comparison)
{
    constexpr std::size_t most_cells = 8;
    const Contrasts& contrasts = comparison.contrasts();
    const std::size_t latecomers = 0;
    if (plan.spec().arms.size() == 1 || contrasts.cells() > most_cells) {
        return {};
    }
    std::string report =
        text("in words, for the mean of ", contrasts.groups()[latecomers].name,
             " at the end, against ", plan.spec().arms[plan.spec().reference].name, " [",
             contrasts.weights().empty() ? "95 % interval" : "95 % of the weight of sets", "]:\n");
    for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
        for (std::size_t cell = 0; cell < contrasts.cells() && arm != plan.spec().reference;
             ++cell) {
            report += text("  ", plan.spec().arms[arm].name,
                           contrasts.cells() > 1 ? text(", point ", cell) : std::string{}, '\n');
            for (std::size_t what = 0; what < compared_outcomes().size(); ++what) {
                const auto row =
                    std::ranges::find(told, compared_outcomes()[what].key, &InWords::key);
                if (row != told.end()) {
                    report += sentence(contrasts, *row, comparison.at(arm, cell, latecomers, what));
                }
            }
        }
    }
    return report;
}

}  // namespace latecomer::jobs::study
