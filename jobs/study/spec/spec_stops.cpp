#include "agents/observation/moments.hpp"
#include "agents/observation/outcomes.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "jobs/study/spec/spec_rules.hpp"
#include "jobs/study/spec/spec_table.hpp"

#include <algorithm>
#include <array>

namespace latecomer::jobs::study {
namespace {

/// Outcomes of which a run has 0 or 1, so that a share of the runs has it.
constexpr std::array<std::string_view, 1> yes_or_no{"caught_up"};

template <class Outcomes>
bool has(const Outcomes& outcomes, std::string_view key)
{
    return std::ranges::any_of(outcomes, [&](const auto& row) { return row.key == key; });
}

/// All that can be observed in runs with these economies.
std::vector<std::string> observables(const std::vector<std::string>& economies)
{
    std::vector<std::string> all = world_outcome_keys(true);
    for (const auto& row : country_outcomes()) {
        for (const std::string& economy : economies) {
            all.push_back(text(row.key, '.', economy));
        }
    }
    return all;
}

/// "'gap_at_end', ...", the outcomes that exist.
template <class Outcomes>
std::string listed(const Outcomes& outcomes)
{
    std::string all;
    for (const auto& row : outcomes) {
        all += text(all.empty() ? "" : ", ", row.key);
    }
    return all;
}

[[noreturn]] void reject_observable(const TomlValue& value, std::string_view first,
                                    const std::vector<std::string>& economies)
{
    std::string hint;
    if (has(country_outcomes(), value.text)) {
        hint = text(" This is an outcome of an economy: write '", value.text, '.',
                    economies.front(), "' for the one meant.");
    } else if (has(world_outcomes(), value.text)) {
        hint = text(" Did you mean 'world.", value.text, "'?");
    } else {
        hint = did_you_mean(value.text, observables(economies));
    }
    if (hint.empty() && first == "world") {
        hint = text(" Outcomes of the world: ", listed(world_outcomes()), '.');
    } else if (hint.empty()) {
        hint = text(" Outcomes of an economy: ", listed(country_outcomes()),
                    "; write for instance 'gap_at_end.", economies.front(), "'.");
    }
    reject(value.place, text("unknown observable ", shown(value), '.', hint));
}

void check_observable(const TomlValue& value, const EconomiesByArm& economies, const Spec& spec)
{
    const std::size_t dot = value.text.find('.');
    const std::string first = value.text.substr(0, dot);
    const std::string rest = dot == std::string::npos ? std::string{} : value.text.substr(dot + 1);
    if (first == "moment" && has(moment_rows(), rest)) {
        if (!spec.moments) {
            reject(value.place, text("'", value.text,
                                     "' is a moment, which runs tell only if the study asks for "
                                     "moments; add moments = true to [study]"));
        }
        return;
    }
    if (first == "world" ? !has(world_outcomes(), rest)
                         : !has(country_outcomes(), first) || rest.empty()) {
        reject_observable(value, first, economies.front());
    }
    for (std::size_t i = 0; i < economies.size() && first != "world"; ++i) {
        if (std::ranges::find(economies[i], rest) == economies[i].end()) {
            reject(value.place, text("scenario '", spec.arms[i].name, "' has no economy '", rest,
                                     "' to observe.", did_you_mean(rest, economies[i]),
                                     " Observe one that all scenarios have."));
        }
    }
}

void read_versus(const SpecTable& table, const Spec& spec, StopRule& stop)
{
    const TomlValue* value = table.find("vs");
    if (stop.estimand != Estimand::difference) {
        if (value != nullptr) {
            reject(value->place, "'stop.vs' says with what a difference is taken; write estimand = "
                                 "\"difference\", or take it out");
        }
        return;
    }
    const std::size_t versus =
        value == nullptr
            ? spec.reference
            : arm_named(*value, spec, {"stop.vs", {}, {}, "The scenario to compare with."});
    stop.versus = spec.arms[versus].name;
    if (spec.arms.size() == 1) {
        reject(value == nullptr ? table.place() : value->place,
               text("there is no scenario besides '", stop.versus,
                    "' to compare with it; add one to [scenarios]"));
    }
}

void check_share(const TomlValue& observable, const StopRule& stop)
{
    const std::string outcome = stop.observable.substr(0, stop.observable.find('.'));
    if (stop.estimand == Estimand::share &&
        std::ranges::find(yes_or_no, outcome) == yes_or_no.end()) {
        reject(observable.place, text("'", stop.observable,
                                      "' is not 0 or 1, so no share of the "
                                      "runs has it; take estimand = \"mean\", or observe "
                                      "'caught_up'"));
    }
}

void read_width(const SpecTable& table, StopRule& stop)
{
    table.read(stop.half_width, "half_width", positive, "Half of the interval of confidence.");
    table.read(stop.relative_half_width, "relative_half_width", positive,
               "Half of the interval of confidence over the estimate.");
    if (!stop.half_width && !stop.relative_half_width) {
        reject(table.place(), "the rule does not say how well the outcome must be known; add "
                              "'half_width' or 'relative_half_width'");
    }
    if (stop.half_width && stop.relative_half_width) {
        reject(table.find("relative_half_width")->place,
               "the rule has both 'half_width' and 'relative_half_width'; take one out");
    }
    table.read(stop.level, "level", any_number, "Level of confidence.");
    if (!(stop.level > 0.0 && stop.level < 1.0)) {
        reject_value(*table.find("level"),
                     {"stop.level", "greater than 0 and less than 1", {}, "Level of confidence."});
    }
}

StopRule read_stop(const SpecTable& table, const EconomiesByArm& economies, const Spec& spec)
{
    StopRule stop;
    const TomlValue& observable =
        table.need("observable", "an outcome, observable = \"gap_at_end.IDN\"");
    stop.observable = read_text(observable, {"stop.observable", {}, {}, "Key of an outcome."});
    check_observable(observable, economies, spec);
    table.read(stop.estimand, "estimand", {"mean", "share", "difference"}, "What is estimated.");
    check_share(observable, stop);
    read_versus(table, spec, stop);
    read_width(table, stop);
    return stop;
}

}  // namespace

void read_stops(const TomlValue& root, const EconomiesByArm& economies, Spec& spec)
{
    for (const SpecTable& table : SpecTable::list(root, "stop")) {
        const StopRule stop = read_stop(table, economies, spec);
        const auto is_same = [&](const StopRule& other) {
            return other.observable == stop.observable && other.estimand == stop.estimand &&
                   other.versus == stop.versus;
        };
        if (std::ranges::any_of(spec.stops, is_same)) {
            reject(table.place(), text("a rule for this estimate of '", stop.observable,
                                       "' stands above; keep the one that is meant"));
        }
        spec.stops.push_back(stop);
    }
    if (!spec.stops.empty() && spec.replicates.min < 2) {
        const TomlValue* min = SpecTable{root, "replicates"}.find("min");
        reject(min->place, "'replicates.min' is 1, but a rule of [[stop]] needs at least 2 "
                           "replicates to see how much they differ; take 32 or more");
    }
}

}  // namespace latecomer::jobs::study
