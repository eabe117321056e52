#include "agents/observation/moments.hpp"
#include "agents/observation/outcomes.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "jobs/study/spec/spec_rules.hpp"
#include "jobs/study/spec/spec_table.hpp"

#include <algorithm>

/// What a study compares: its reference, and a question of four scenarios.
namespace latecomer::jobs::study {
namespace {

/// What a question looks at unless it says otherwise.
const std::vector<std::string> usual_outcomes{"gap_at_end", "application_share", "welfare",
                                              "world.analytics_share"};

/// Keys of outcomes as a question names them: of every economy, or "world.KEY".
std::vector<std::string> known_outcomes(bool moments)
{
    std::vector<std::string> keys;
    for (const OutcomeRow<CountryOutcome>& row : country_outcomes()) {
        keys.emplace_back(row.key);
    }
    const std::vector<std::string> of_world = world_outcome_keys(moments);
    keys.insert(keys.end(), of_world.begin(), of_world.end());
    return keys;
}

void read_outcomes(const SpecTable& table, bool moments, QuestionSpec& question)
{
    const TomlValue* list = table.find("outcomes");
    if (list == nullptr) {
        question.outcomes = usual_outcomes;
        return;
    }
    const Demand demand{
        "question.outcomes", "a list of outcomes, not empty", {}, "What is compared."};
    question.outcomes = read_texts(*list, demand);
    if (question.outcomes.empty()) {
        reject_value(*list, demand);
    }
    const std::vector<std::string> known = known_outcomes(moments);
    for (std::size_t i = 0; i < question.outcomes.size(); ++i) {
        const std::string& key = question.outcomes[i];
        const Place& place = list->items[i].place;
        if (std::ranges::find(known, key) == known.end()) {
            reject(place,
                   text("unknown outcome '", key, "' of a question.", did_you_mean(key, known),
                        " Write one of an economy without its key, \"gap_at_end\", or "
                        "\"world.analytics_share\"."));
        }
        const auto before = question.outcomes.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(question.outcomes.begin(), before, key) != before) {
            reject(place, text("'", key, "' stands in 'question.outcomes' twice; take one out"));
        }
    }
}

}  // namespace

std::vector<std::string> world_outcome_keys(bool moments)
{
    std::vector<std::string> keys;
    for (const OutcomeRow<WorldOutcome>& row : world_outcomes()) {
        keys.push_back(text("world.", row.key));
    }
    if (moments) {
        for (const MomentRow& row : moment_rows()) {
            keys.push_back(text("moment.", row.key));
        }
    }
    return keys;
}

std::size_t arm_named(const TomlValue& value, const Spec& spec, const Demand& demand)
{
    const std::string name = read_text(value, demand);
    std::vector<std::string> names;
    for (const Arm& arm : spec.arms) {
        names.push_back(arm.name);
    }
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
        reject(value.place, text("unknown scenario ", shown(value), " for '", demand.key, "'.",
                                 did_you_mean(name, names), " Name one of [scenarios]."));
    }
    return static_cast<std::size_t>(found - names.begin());
}

void read_reference(const TomlValue& root, Spec& spec)
{
    const SpecTable table{root, "study"};
    if (const TomlValue* value = table.find("reference")) {
        spec.reference =
            arm_named(*value, spec,
                      {"study.reference", {}, {}, "The scenario with which others are compared."});
    }
}

void read_question(const TomlValue& root, Spec& spec)
{
    if (root.find("question") == nullptr) {
        return;
    }
    const SpecTable table{root, "question"};
    QuestionSpec question;
    std::vector<std::size_t> taken{spec.reference};
    const auto read = [&](std::string_view key, std::string_view doc) {
        const TomlValue& value = table.need(key, doc);
        const std::string full = table.full(key);
        const std::size_t arm = arm_named(value, spec, {full, {}, {}, doc});
        if (std::ranges::find(taken, arm) != taken.end()) {
            reject(value.place,
                   text("'", full, "' is scenario '", spec.arms[arm].name,
                        "', which the question has already (the reference is '",
                        spec.arms[spec.reference].name,
                        "'); a question has four: neither, the first, the second, both"));
        }
        taken.push_back(arm);
        return arm;
    };
    question.first = read("first", "the scenario with the first of two things alone");
    question.second = read("second", "the scenario with the second alone");
    question.both = read("both", "the scenario with both");
    read_outcomes(table, spec.moments, question);
    spec.question = std::move(question);
}

}  // namespace latecomer::jobs::study
