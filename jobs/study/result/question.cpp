#include "jobs/study/result/question.hpp"

#include "agents/economy/country_table.hpp"
#include "core/constants.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/study/result/indices.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace latecomer::jobs::study {
namespace {

/// The scenarios of an effect with their weights.
std::vector<Term> terms_of(Effect effect, const Spec& spec)
{
    const QuestionSpec& q = *spec.question;
    const std::size_t none = spec.reference;
    switch (effect) {
    case Effect::first:
        return {{q.first, 1.0}, {none, -1.0}};
    case Effect::second:
        return {{q.second, 1.0}, {none, -1.0}};
    case Effect::both:
        return {{q.both, 1.0}, {none, -1.0}};
    case Effect::main_first:
        return {{q.both, 0.5}, {q.second, -0.5}, {q.first, 0.5}, {none, -0.5}};
    case Effect::main_second:
        return {{q.both, 0.5}, {q.first, -0.5}, {q.second, 0.5}, {none, -0.5}};
    case Effect::interaction:
        return {{q.both, 1.0}, {q.first, -1.0}, {q.second, -1.0}, {none, 1.0}};
    case Effect::mixture:
        return {{q.both, 1.0}, {q.first, -0.5}, {q.second, -0.5}};
    case Effect::both_over_first:
        return {{q.both, 1.0}, {q.first, -1.0}};
    case Effect::both_over_second:
        return {{q.both, 1.0}, {q.second, -1.0}};
    }
    fail("an effect has its scenarios");
}

/// Outcomes of the reference that may decide over what a policy does.
constexpr std::array<std::string_view, 3> of_reference{"gap_at_start", "application_share",
                                                       "storage_share"};

/// Means over all runs of what each latecomer economy has, by the weights of an ensemble.
std::vector<double> by_economy(const Contrasts& contrasts, std::span<const Term> terms,
                               std::string_view outcome)
{
    std::vector<double> means;
    for (const std::size_t economy : contrasts.groups().front().economies) {
        const Group alone{"", {economy}};
        if (!contrasts.weights().empty()) {
            means.push_back(contrasts.mean(terms, outcome, alone, 0).value);
            continue;
        }
        std::vector<double> all;
        for (std::size_t cell = 0; cell < contrasts.cells(); ++cell) {
            const std::vector<double> some = contrasts.of(terms, outcome, alone, cell);
            all.insert(all.end(), some.begin(), some.end());
        }
        means.push_back(estimate_mean(all, contrast_level).value);
    }
    return means;
}

std::vector<Condition> conditions_of(const Plan& plan, const Contrasts& contrasts)
{
    std::vector<Condition> conditions;
    if (contrasts.has_point_units()) {
        const std::vector<std::string> names = parameter_names(plan);
        for (std::size_t j = 0; j < names.size(); ++j) {
            Condition condition{names[j], false, {}};
            for (std::int64_t point = 0; point < plan.design().size(); ++point) {
                condition.values.push_back(plan.design().point(point)[j]);
            }
            conditions.push_back(std::move(condition));
        }
    }
    const Scenario scenario = plan.scenario_of_arm(plan.spec().reference);
    const std::vector<std::size_t>& latecomers = contrasts.groups().front().economies;
    for (std::size_t i = 0; i < indicator_count && !scenario.countries.empty(); ++i) {
        Condition condition{std::string{indicators[i].key}, true, {}};
        bool differs = false;
        for (const std::size_t economy : latecomers) {
            const Datum& datum = scenario.countries[economy].data[i];
            condition.values.push_back(datum.known() ? datum.value : not_a_number);
            differs = differs || condition.values.back() != condition.values.front();
        }
        if (differs) {
            conditions.push_back(std::move(condition));
        }
    }
    const std::array reference{Term{plan.spec().reference, 1.0}};
    for (const std::string_view outcome : of_reference) {
        conditions.push_back(
            {text(outcome, " without either"), true, by_economy(contrasts, reference, outcome)});
    }
    return conditions;
}

}  // namespace

std::string_view name_of(Effect effect)
{
    constexpr std::array<std::string_view, effects> names{
        "first",      "second",          "both",
        "main_first", "main_second",     "interaction",
        "mixture",    "both_over_first", "both_over_second"};
    return names[static_cast<std::size_t>(effect)];
}

Answer answer_question(const Plan& plan, const OutcomeTable& table)
{
    const Spec& spec = plan.spec();
    Answer answer{Contrasts{plan, table}, {}, {}, {}, {}};
    const Contrasts& contrasts = answer.contrasts;
    for (const std::string& outcome : spec.question->outcomes) {
        for (std::size_t cell = 0; cell < contrasts.cells(); ++cell) {
            for (const Group& group : contrasts.groups()) {
                for (std::size_t e = 0; e < effects; ++e) {
                    const std::vector<Term> terms = terms_of(static_cast<Effect>(e), spec);
                    const bool is_told = !is_of_world(outcome) || &group == &contrasts.groups()[0];
                    answer.estimates.push_back(is_told ? contrasts.mean(terms, outcome, group, cell)
                                                       : no_contrast);
                }
            }
        }
    }
    for (std::size_t cell = 0; cell < contrasts.cells(); ++cell) {
        for (const Effect effect : {Effect::first, Effect::second, Effect::both}) {
            answer.costs.push_back(
                contrasts.mean(terms_of(effect, spec), "cost_share", contrasts.groups()[0], cell));
        }
    }
    answer.conditions = conditions_of(plan, contrasts);
    for (const std::string& outcome : spec.question->outcomes) {
        const bool is_world = is_of_world(outcome);
        for (std::size_t e = 0; e < effects; ++e) {
            const std::vector<Term> terms = terms_of(static_cast<Effect>(e), spec);
            const std::vector<double> points =
                contrasts.has_point_units() ? contrasts.of(terms, outcome, contrasts.groups()[0], 0)
                                            : std::vector<double>{};
            const std::vector<double> economies =
                is_world ? std::vector<double>{} : by_economy(contrasts, terms, outcome);
            for (const Condition& condition : answer.conditions) {
                const bool unknown = condition.of_economies && is_world;
                answer.signs.push_back(sign_condition(
                    condition.of_economies ? economies : points,
                    unknown ? std::vector<double>{} : condition.values, spec.design.seed));
            }
        }
    }
    return answer;
}

void write_answer(ResultFile& result, const Plan& plan, const Answer& answer)
{
    std::vector<std::string> names;
    for (std::size_t e = 0; e < effects; ++e) {
        names.emplace_back(name_of(static_cast<Effect>(e)));
    }
    result.add_names("effect", names, "Effect of one policy, of both, or of what both do together");
    result.add_names("question_outcome", plan.spec().question->outcomes,
                     "Outcome that the question asks of");
    std::vector<std::string> conditions;
    for (const Condition& condition : answer.conditions) {
        conditions.push_back(condition.name);
    }
    result.add_names("condition", conditions,
                     "Condition along which the sign of an effect may change");
    const auto add = [&](const std::string& name, const auto& values, auto member,
                         const std::vector<std::string>& dimensions, const std::string& doc) {
        std::vector<double> numbers;
        for (const auto& value : values) {
            numbers.push_back(static_cast<double>(value.*member));
        }
        result.add(name, io::Type::f64, numbers, dimensions, "1", doc);
    };
    const std::vector<std::string> of_effects{"question_outcome", "cell", "group", "effect"};
    const auto add_effect = [&](const std::string& part, auto member) {
        add("question_effect" + part, answer.estimates, member, of_effects,
            "Effect of policies on the outcome (of welfare: on its ln)" +
                words_of_estimate(part, answer.contrasts));
    };
    add_effect("", &Estimate::value);
    add_effect("_low", &Estimate::low);
    add_effect("_high", &Estimate::high);
    if (!answer.contrasts.weights().empty()) {
        add_effect("_chance", &ContrastEstimate::chance);
        add_effect("_agreement", &ContrastEstimate::agreement);
    }
    const std::vector<std::string> of_signs{"question_outcome", "effect", "condition"};
    add("question_sign_share_low", answer.signs, &SignCondition::share_low, of_signs,
        "Share of effects above zero in the lowest third of the condition");
    add("question_sign_share_high", answer.signs, &SignCondition::share_high, of_signs,
        "Share of effects above zero in the highest third of the condition");
    add("question_sign_probability", answer.signs, &SignCondition::probability, of_signs,
        "Probability that chance makes the sign of effects change as steeply along the condition");
    add("question_sign_flips_at", answer.signs, &SignCondition::flips_at, of_signs,
        "Value of the condition at which the sign of effects flips; missing: it does not");
    add("question_sign_flips_low", answer.signs, &SignCondition::flips_low, of_signs,
        "Value of the condition at which the sign of effects flips, low end of the 95 % interval");
    add("question_sign_flips_high", answer.signs, &SignCondition::flips_high, of_signs,
        "Value of the condition at which the sign of effects flips, high end of the 95 % interval");
}

}  // namespace latecomer::jobs::study
