#include "core/text.hpp"
#include "jobs/study/schedule/looks.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace latecomer::jobs::study {
namespace {

/// Four significant digits.
std::string rounded(double value)
{
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.4g", value);
    return buffer;
}

/// What is known of an estimate: nothing, its value, or its interval, too.
std::string known(const Estimate& estimate)
{
    if (std::isnan(estimate.value)) {
        return "unknown";
    }
    if (std::isnan(estimate.low)) {
        return text(rounded(estimate.value), ", no interval");
    }
    return text(rounded(estimate.value), " [", rounded(estimate.low), ", ", rounded(estimate.high),
                ']');
}

std::string wanted(const StopRule& rule)
{
    return rule.half_width ? text("+-", *rule.half_width)
                           : text("+-", *rule.relative_half_width, " of it");
}

std::string describe_state(const StopRule& rule, const std::string& arm, const RuleState& state,
                           bool is_over, std::int64_t most)
{
    const Estimate& estimate = state.estimate;
    std::string line =
        text(describe_rule(rule, arm), ": ", known(estimate), ", n = ", estimate.ids);
    if (estimate.without > 0) {
        line += text(", ", estimate.without, " of them without a value");
    }
    if (state.point > 0) {
        line += text(", at point ", state.point);
    }
    line += text(", wanted ", wanted(rule), ": ",
                 state.is_met ? "met" : (is_over ? "not converged" : "not yet"));
    if (!state.is_met) {
        const auto needed = replicates_needed(rule, estimate);
        line += needed ? text(", would take about ", *needed, " replicates")
                       : std::string{", cannot tell how many replicates it would take"};
        if (needed && *needed > most) {
            line += text(", more than replicates.max = ", most,
                         ": raise that, or ask for a wider interval");
        }
    }
    return line;
}

}  // namespace

std::string describe_rule(const StopRule& rule, const std::string& arm)
{
    constexpr std::array words{"mean", "share", "difference"};
    std::string said =
        text(words[static_cast<std::size_t>(rule.estimand)], " of ", rule.observable);
    if (!arm.empty()) {
        said += text(", ", arm);
    }
    if (rule.estimand == Estimand::difference) {
        said += text(arm.empty() ? " to " : " - ", rule.versus);
    }
    return said;
}

std::string describe_looks(const Plan& plan, const Looks& looks)
{
    if (plan.spec().stops.empty()) {
        return {};
    }
    std::string report =
        text("looks taken: ", looks.looks_taken(),
             looks.is_over() ? ", the last one"
                             : text(", the next at ", looks.replicates(), " replicates"),
             '\n');
    for (const std::string& line : describe_rules(plan, looks)) {
        report += line + '\n';
    }
    return report;
}

std::vector<std::string> describe_rules(const Plan& plan, const Looks& looks)
{
    std::vector<std::string> lines;
    const Spec& spec = plan.spec();
    for (std::size_t rule = 0; rule < spec.stops.size() && looks.looks_taken() > 0; ++rule) {
        for (std::size_t arm = 0; arm < spec.arms.size(); ++arm) {
            const RuleState& state = looks.state(rule, arm);
            if (state.applies) {
                lines.push_back(describe_state(spec.stops[rule], spec.arms[arm].name, state,
                                               looks.is_over(), spec.replicates.max));
            }
        }
    }
    return lines;
}

}  // namespace latecomer::jobs::study
