#include "core/constants.hpp"
#include "core/text.hpp"
#include "jobs/study/result/comparison.hpp"
#include "jobs/study/result/question.hpp"
#include "jobs/study/result/results.hpp"
#include "jobs/terminal/figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>

/// The answer to a question in words.
namespace latecomer::jobs::study {
namespace {

constexpr std::size_t question_width = 30;
constexpr std::size_t question_group_width = 22;
constexpr std::size_t most_answered_cells = 32;

/// "equal within 3.1 %", of means that are above zero.
std::string spread_text(std::span<const ContrastEstimate> costs)
{
    if (std::ranges::any_of(costs,
                            [](const ContrastEstimate& cost) { return std::isnan(cost.value); })) {
        return "not known of all";
    }
    const auto [least, most] = std::ranges::minmax(costs, {}, &ContrastEstimate::value);
    if (!(least.value > 0.0)) {
        return "one of them costs nothing";
    }
    return text("equal within ", fixed(100.0 * (most.value / least.value - 1.0), 1), " %");
}

std::string cost_line(const Plan& plan, const Answer& answer, std::size_t cell)
{
    const QuestionSpec& question = *plan.spec().question;
    const std::array arms{question.first, question.second, question.both};
    const auto costs = std::span{answer.costs}.subspan(3 * cell, 3);
    std::string line =
        "realised cost beyond the reference, share of demand, mean over latecomers: ";
    for (std::size_t i = 0; i < arms.size(); ++i) {
        line += text(plan.spec().arms[arms[i]].name, ' ',
                     interval_text(costs[i].value, not_a_number, not_a_number), "; ");
    }
    return line + spread_text(costs) + '\n';
}

std::string effect_table(const Plan& plan, const Answer& answer, std::size_t cell)
{
    const Contrasts& contrasts = answer.contrasts;
    const std::vector<std::string>& outcomes = plan.spec().question->outcomes;
    const std::size_t effect_width = contrast_width(contrasts);
    std::string lines = padded("outcome", question_width) + padded("group", question_group_width);
    for (std::size_t e = 0; e < effects; ++e) {
        lines += padded(std::string{name_of(static_cast<Effect>(e))}, effect_width);
    }
    lines.erase(lines.find_last_not_of(' ') + 1);
    lines += '\n';
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
        const bool is_world = is_of_world(outcomes[o]);
        const std::size_t groups = is_world ? 1 : contrasts.groups().size() - contrasts.economies();
        for (std::size_t g = 0; g < groups; ++g) {
            lines += padded(g > 0                               ? ""
                            : is_compared_by_ratio(outcomes[o]) ? text("ln ", outcomes[o])
                                                                : outcomes[o],
                            question_width);
            lines += padded(is_world ? "world" : contrasts.groups()[g].name, question_group_width);
            for (std::size_t e = 0; e < effects; ++e) {
                const std::size_t row =
                    (o * contrasts.cells() + cell) * contrasts.groups().size() + g;
                const ContrastEstimate& estimate = answer.estimates[row * effects + e];
                lines += padded(contrast_text(contrasts, estimate), effect_width);
            }
            lines.erase(lines.find_last_not_of(' ') + 1);
            lines += '\n';
        }
    }
    return lines;
}

/// "0.42 [0.3, ...]"
std::string flip_text(const SignCondition& sign)
{
    const auto end = [](double value) {
        return std::isnan(value) ? std::string{"open"} : interval_text(value, NAN, NAN);
    };
    return text(interval_text(sign.flips_at, NAN, NAN), " [", end(sign.flips_low), ", ",
                end(sign.flips_high), ']');
}

std::string sign_line(const Condition& condition, const SignCondition& sign)
{
    std::string line = text("  ", padded(condition.name, question_width), "above zero in ",
                            fixed(100.0 * sign.share_low, 0), " % of the lowest third, ",
                            fixed(100.0 * sign.share_high, 0), " % of the highest of ", sign.n,
                            condition.of_economies ? " economies" : " points");
    return text(line, "; the sign flips at ", flip_text(sign), '\n');
}

bool is_sum_of_others(Effect effect)
{
    return effect == Effect::main_first || effect == Effect::main_second ||
           effect == Effect::interaction;
}

/// Conditions along which the sign flips more than chance lets expect of all that were looked at, the
/// steepest first; of effects that are sums of others nothing.
std::string sign_lines(const Plan& plan, const Answer& answer)
{
    const std::vector<std::string>& outcomes = plan.spec().question->outcomes;
    constexpr double rare = 0.05;
    constexpr std::size_t most_lines = 3;  // of an effect on an outcome; study.h5 has all
    const std::size_t n = answer.conditions.size();
    const auto looked_at = static_cast<double>(answer.signs.size());
    std::string lines;
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
        for (std::size_t e = 0; e < effects; ++e) {
            const auto effect = static_cast<Effect>(e);
            if (is_sum_of_others(effect)) {
                continue;
            }
            const auto signs = std::span{answer.signs}.subspan((o * effects + e) * n, n);
            std::vector<std::size_t> order;
            for (std::size_t c = 0; c < n; ++c) {
                if (!std::isnan(signs[c].flips_at) && signs[c].probability * looked_at < rare) {
                    order.push_back(c);
                }
            }
            std::ranges::stable_sort(order, {},
                                     [&](std::size_t c) { return signs[c].probability; });
            order.resize(std::min(order.size(), most_lines));
            if (!order.empty()) {
                lines += text(outcomes[o], ", ", name_of(effect), ":\n");
            }
            for (const std::size_t c : order) {
                lines += sign_line(answer.conditions[c], signs[c]);
            }
        }
    }
    return text("where signs flip (beyond what chance does anywhere in 1 of 20 such studies):\n",
                lines.empty() ? "  nowhere\n" : lines);
}

}  // namespace

std::string describe_answer(const Plan& plan, const Answer& answer)
{
    const QuestionSpec& question = *plan.spec().question;
    const Contrasts& contrasts = answer.contrasts;
    const auto name = [&](std::size_t arm) { return plan.spec().arms[arm].name; };
    std::string report =
        text("question: first = ", name(question.first), ", second = ", name(question.second),
             ", both = ", name(question.both), ", against ", name(plan.spec().reference), "; ",
             interval_words(contrasts), '\n');
    for (std::size_t cell = 0; cell < std::min(contrasts.cells(), most_answered_cells); ++cell) {
        report += contrasts.cells() > 1 ? text("point ", cell, '\n') : "";
        report += cost_line(plan, answer, cell) + effect_table(plan, answer, cell);
    }
    return report + sign_lines(plan, answer);
}

}  // namespace latecomer::jobs::study
