#include "agents/world/firms.hpp"
#include "agents/world/scenario.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/scenario/scenario_draft.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer {
namespace {

constexpr double sum_tolerance = 1e-9;

void check_ranges(const ScenarioDraft& draft)
{
    const SelectionParameters& s = draft.parameters.selection;
    if (s.mark_up_low > s.mark_up_high || s.mark_up_start < s.mark_up_low ||
        s.mark_up_start > s.mark_up_high) {
        reject(draft.last_set(
                   {"selection.mark_up_low", "selection.mark_up_start", "selection.mark_up_high"}),
               text("selection.mark_up_low = ", s.mark_up_low,
                    ", mark_up_start = ", s.mark_up_start, ", mark_up_high = ", s.mark_up_high,
                    " do not rise in this order; change one of them"));
    }
    const LearningParameters& learning = draft.parameters.learning;
    if (learning.step_low > learning.step_high) {
        reject(draft.last_set({"learning.step_low", "learning.step_high"}),
               text("learning.step_low = ", learning.step_low,
                    " is above learning.step_high = ", learning.step_high, "; change one of them"));
    }
}

void check_spin_up(const ScenarioDraft& draft)
{
    const RunParameters& run = draft.parameters.run;
    if (run.spin_up + run.quarters > identity::quarters) {
        reject(draft.last_set({"run.spin_up", "run.quarters"}),
               text("run.spin_up = ", run.spin_up, " and run.quarters = ", run.quarters,
                    " are more quarters together than identities of firms can hold (",
                    identity::quarters, "); lower one of them"));
    }
    if (run.spin_up > 0 && draft.parameters.trade.habit == 1.0) {
        reject(draft.last_set({"run.spin_up", "trade.habit"}),
               "trade.habit = 1 leaves tastes no weight, so a spin-up (run.spin_up) cannot find "
               "those at "
               "which markets rest; lower the habit, or leave the spin-up out");
    }
}

void check_adoption(const ScenarioDraft& draft)
{
    const MacroParameters& macro = draft.parameters.macro;
    const EffectParameters& effects = draft.parameters.effects;
    const double fastest = macro.adoption_rate *
                           (1.0 + effects.adoption_procurement + effects.adoption_infrastructure +
                            effects.adoption_trust + macro.adoption_region);
    if (fastest > 1.0) {
        reject(draft.last_set({"macro.adoption_rate", "macro.adoption_region",
                               "effects.adoption_procurement", "effects.adoption_infrastructure",
                               "effects.adoption_trust"}),
               text("adoption could grow by ", fastest,
                    " a quarter (macro.adoption_rate times 1 and all gains of adoption; at most 1"
                    "); lower 'macro.adoption_rate'"));
    }
}

/// A position with what it may buy: products further down the table are not upstream of it.
struct Inputs {
    std::string_view section;
    const PositionParameters& position;
    bool collection;
    bool storage;
    bool analytics;
    bool lead_processing;
};

void check_inputs(const Inputs& inputs, const ScenarioDraft& draft)
{
    const auto key = [&](std::string_view name) { return text(inputs.section, '.', name); };
    const auto allow = [&](bool allowed, double value, std::string_view name) {
        if (!allowed && value > 0.0) {
            const std::string full = key(name);
            reject(draft.last_set({full}),
                   text(full, " = ", value, " is not possible (", name, " is not upstream of ",
                        inputs.section, "); set it to 0"));
        }
    };
    const PositionParameters& p = inputs.position;
    allow(inputs.collection, p.input_collection, "input_collection");
    allow(inputs.storage, p.input_storage, "input_storage");
    allow(inputs.analytics, p.input_analytics, "input_analytics");
    allow(inputs.lead_processing, p.lead_input_processing, "lead_input_processing");
    const double sum =
        p.input_collection + p.input_storage + p.input_analytics + p.lead_input_processing;
    if (sum >= 1.0) {
        reject(draft.last_set({key("input_collection"), key("input_storage"),
                               key("input_analytics"), key("lead_input_processing")}),
               text("the inputs of [", inputs.section, "] sum to ", sum,
                    " of cost (must be below 1: the rest is wages); lower one of them"));
    }
}

void check_positions(const ScenarioDraft& draft)
{
    const Parameters& p = draft.parameters;
    check_inputs({"collection", p.collection, false, true, false, false}, draft);
    check_inputs({"storage", p.storage, false, false, false, false}, draft);
    check_inputs({"processing", p.processing, false, true, false, false}, draft);
    check_inputs({"analytics", p.analytics, true, true, false, true}, draft);
    check_inputs({"applications", p.applications, true, true, true, true}, draft);

    const double firms = p.collection.initial_firms + p.storage.initial_firms +
                         p.processing.initial_firms + p.analytics.initial_firms +
                         p.applications.initial_firms;
    if (std::abs(firms - 1.0) > sum_tolerance) {
        reject(draft.last_set({"collection.initial_firms", "storage.initial_firms",
                               "processing.initial_firms", "analytics.initial_firms",
                               "applications.initial_firms"}),
               text("initial_firms of the five positions sum to ", firms,
                    " (must be 1); change one of them"));
    }
    if (p.processing.captive_niche > 0.0) {
        reject(draft.last_set({"processing.captive_niche"}),
               text("processing.captive_niche = ", p.processing.captive_niche,
                    " is not possible (processing is sold on one world market); set it to 0"));
    }
}

void check_sectors(const ScenarioDraft& draft)
{
    double sum = 0.0;
    std::vector<std::string> keys;
    for (const Sector& sector : draft.parameters.sectors) {
        const bool identifier =
            !sector.key.empty() && sector.key.size() <= 32 && sector.key.front() >= 'a' &&
            sector.key.front() <= 'z' &&
            std::all_of(sector.key.begin(), sector.key.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
            });
        if (!identifier) {
            reject(draft.last_set({"sector"}),
                   text("bad sector key '", sector.key, "' (must be a small letter, then small ",
                        "letters, digits or _, 32 at most); choose another"));
        }
        if (std::find(keys.begin(), keys.end(), sector.key) != keys.end()) {
            reject(draft.last_set({"sector"}),
                   text("sector '", sector.key, "' is there twice; rename one of them"));
        }
        keys.push_back(sector.key);
        sum += sector.demand_share;
    }
    if (std::abs(sum - 1.0) > sum_tolerance) {
        reject(draft.last_set({"sector"}), text("demand_share of the sectors sum to ", sum,
                                                " (must be 1); change one of them"));
    }
}

/// Refuses a list of names if one of them is unknown or there twice.
void check_names(const ScenarioDraft& draft, const std::vector<std::string>& names,
                 std::string_view key, std::string_view what, const std::vector<std::string>& known,
                 std::string_view known_are)
{
    std::vector<std::string> seen;
    for (const std::string& name : names) {
        const Place place = draft.last_set({key});
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            std::string all;
            for (const std::string& one : known) {
                all += text(all.empty() ? "" : ", ", one);
            }
            reject(place, text("unknown ", what, " '", name, "' in '", key, "'.",
                               did_you_mean(name, known), ' ', known_are, ": ", all, '.'));
        }
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
            reject(place, text(what, " '", name, "' is twice in '", key, "'; name it once"));
        }
        seen.push_back(name);
    }
}

void check_snapshot_fields(const ScenarioDraft& draft)
{
    std::vector<std::string> known;
    for_each(Firms::table, [&](const auto& field) { known.emplace_back(field.key); });
    check_names(draft, draft.parameters.output.snapshot_fields, "output.snapshot_fields", "column",
                known, "Columns");
}

}  // namespace

void check_combinations(const ScenarioDraft& draft)
{
    check_ranges(draft);
    check_spin_up(draft);
    check_adoption(draft);
    check_positions(draft);
    check_sectors(draft);
    check_snapshot_fields(draft);
}

void check_snapshot_countries(const ScenarioDraft& draft, const Scenario& scenario)
{
    std::vector<std::string> known;
    for (const Economy& economy : economies_of(scenario)) {
        known.push_back(economy.key);
    }
    check_names(draft, draft.parameters.output.snapshot_countries, "output.snapshot_countries",
                "economy", known, "Economies of the run");
}

}  // namespace latecomer
