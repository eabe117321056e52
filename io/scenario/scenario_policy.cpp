#include "io/scenario/scenario_policy.hpp"

#include "agents/world/scenario.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/scenario/scenario.hpp"
#include "io/scenario/scenario_numbers.hpp"
#include "io/scenario/scenario_values.hpp"

#include <algorithm>

namespace latecomer {
namespace {

constexpr std::int64_t last_quarter = 4000;

const std::vector<std::string> plan_keys{
    "pathway", "start",       "end",   "ramp",        "sectors", "stance",   "mode",  "equal_cost",
    "goals",   "orientation", "label", "instruments", "phase",   "priority", "tariff"};
const std::vector<std::string> phase_keys{"from",        "to",       "pathway",    "ramp",
                                          "sectors",     "stance",   "equal_cost", "label",
                                          "instruments", "priority", "tariff"};
/// What a phase takes from its plan unless it says otherwise.
const std::vector<std::string> inherited_keys{"ramp",       "sectors",  "stance",
                                              "equal_cost", "priority", "tariff"};
/// What makes sense only if the plan requests something outside of its phases.
const std::vector<std::string> own_phase_keys{"start", "end", "label"};

void check_keys(const TomlValue& table, const std::string& section,
                const std::vector<std::string>& known)
{
    for (const TomlEntry& entry : table.entries) {
        if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
            reject_key(entry, section, known);
        }
    }
}

std::int64_t read_quarter(const TomlValue& value, const std::string& key, std::string_view doc)
{
    return read_whole(value, plan_range("start"), {key, {}, "quarter", doc});
}

/// Weights by name: { growth = 1, bargaining = 0.5 }; those not named are zero.
template <std::size_t n>
std::array<double, n> read_weights(const TomlValue& value, const std::string& key,
                                   const std::array<std::string_view, n>& names)
{
    const std::vector<std::string> known(names.begin(), names.end());
    if (!value.is(TomlKind::table)) {
        std::string all;
        for (const std::string& name : known) {
            all += text(all.empty() ? "Keys: " : ", ", name);
        }
        reject_value(value, {key, "a table of weights", {}, text(all, '.')});
    }
    check_keys(value, key, known);
    std::array<double, n> weights{};
    for (const TomlEntry& entry : value.entries) {
        const auto place = std::find(known.begin(), known.end(), entry.key) - known.begin();
        const std::string full = text(key, '.', entry.key);
        weights[static_cast<std::size_t>(place)] = read_number(
            entry.value, plan_range("goals"), {full, {}, "1", "Weight against the others."});
    }
    if (std::ranges::all_of(weights, [](double weight) { return weight == 0.0; })) {
        reject(value.place, text("all weights of '", key,
                                 "' are zero, so that a government would never change anything; "
                                 "give one that is not, or take it out"));
    }
    return weights;
}

/// A stance is towards the sectors that are not named, so some must be.
void check_stance(const TomlValue& plan, const std::string& key)
{
    const auto check = [](const TomlValue& table, const std::string& section, bool has_sectors) {
        const TomlValue* stance = table.find("stance");
        if (stance != nullptr && !has_sectors) {
            reject(stance->place, text("'", section,
                                       ".stance' is without effect, as no sectors are favoured; "
                                       "give 'sectors', or take it out"));
        }
    };
    const bool in_plan = plan.find("sectors") != nullptr;
    bool anywhere = in_plan;
    if (const TomlValue* phases = plan.find("phase")) {
        for (const TomlValue& phase : phases->items) {
            const bool in_phase = phase.find("sectors") != nullptr;
            check(phase, text(key, ".phase"), in_plan || in_phase);
            anywhere = anywhere || in_phase;
        }
    }
    check(plan, key, anywhere);
}

/// The phase that a plan's own keys describe, if they request anything.
void add_own_phase(const TomlValue& table, const std::string& key, const Parameters& parameters,
                   std::int64_t start_quarter, std::vector<std::pair<PolicyPhase, Place>>& phases)
{
    const bool levies = table.find("tariff") != nullptr && table.find("phase") == nullptr;
    if (!table.find("pathway") && !table.find("instruments") && !levies) {
        for (const std::string& own : own_phase_keys) {
            if (const TomlValue* value = table.find(own)) {
                reject(value->place, text("'", key, '.', own,
                                          "' is without effect, as the plan itself "
                                          "requests nothing; give 'pathway' or 'instruments', or "
                                          "take it out"));
            }
        }
        const TomlValue* phases_there = table.find("phase");
        const bool is_empty = phases_there != nullptr && phases_there->is(TomlKind::array) &&
                              phases_there->items.empty();
        if (phases_there == nullptr || is_empty) {
            reject(table.place,
                   text("[", key,
                        "] requests nothing; give 'pathway', 'instruments', 'tariff' or "
                        "[[",
                        key, ".phase]]"));
        }
        return;
    }
    PolicyPhase phase = read_phase(table, key, parameters);
    phase.from = start_quarter;
    if (const TomlValue* start = table.find("start")) {
        phase.from = read_quarter(*start, text(key, ".start"), "First quarter of the policy.");
    }
    phase.to = last_quarter + 1;
    if (const TomlValue* end = table.find("end")) {
        phase.to = read_quarter(*end, text(key, ".end"), "Quarter in which the policy is over.");
        if (phase.to <= phase.from && !table.find("start")) {
            reject(end->place,
                   text("'", key, "' ends in quarter ", phase.to, " but begins in quarter ",
                        phase.from, ", as it has no 'start'; give one, or let it end later"));
        }
    }
    phases.emplace_back(std::move(phase), table.place);
}

/// A phase with what it takes from its plan.
TomlValue with_inheritance(const TomlValue& phase, const TomlValue& plan)
{
    TomlValue whole = phase;
    for (const std::string& key : inherited_keys) {
        const auto said = [&](const TomlEntry& entry) { return entry.key == key; };
        const auto found = std::ranges::find_if(plan.entries, said);
        if (found != plan.entries.end() && std::ranges::none_of(phase.entries, said)) {
            whole.entries.push_back(*found);
        }
    }
    return whole;
}

void add_phases(const TomlValue& plan, const std::string& key, const Parameters& parameters,
                std::vector<std::pair<PolicyPhase, Place>>& phases)
{
    const TomlValue& list = *plan.find("phase");
    if (!list.is(TomlKind::array)) {
        reject(list.place, text("bad value ", shown(list), " for '", key, "' (write [[", key,
                                "]] above the keys of each phase)"));
    }
    for (const TomlValue& item : list.items) {
        if (!item.is(TomlKind::table) || !item.find("from")) {
            reject(item.place,
                   text("a phase of '", key, "' needs 'from', its first quarter; add it"));
        }
        check_keys(item, key, phase_keys);
        if (!item.find("pathway") && !item.find("instruments") && !item.find("tariff")) {
            reject(item.place, text("a phase of '", key,
                                    "' requests nothing; give 'pathway' (\"none\" ends what was "
                                    "before), 'instruments' or 'tariff'"));
        }
        PolicyPhase phase = read_phase(with_inheritance(item, plan), key, parameters);
        phase.from = read_quarter(*item.find("from"), text(key, ".from"), "First quarter.");
        phase.to = last_quarter + 1;
        if (const TomlValue* to = item.find("to")) {
            phase.to = read_quarter(*to, text(key, ".to"), "Quarter in which it is over.");
        }
        phases.emplace_back(std::move(phase), item.place);
    }
}

/// Puts phases in order; one without an end lasts until the next begins.
std::vector<PolicyPhase> in_order(std::vector<std::pair<PolicyPhase, Place>> phases,
                                  const std::string& key)
{
    std::stable_sort(phases.begin(), phases.end(),
                     [](const auto& a, const auto& b) { return a.first.from < b.first.from; });
    std::vector<PolicyPhase> result;
    for (std::size_t i = 0; i < phases.size(); ++i) {
        auto& [phase, place] = phases[i];
        const bool open = phase.to > last_quarter;
        if (i + 1 < phases.size()) {
            const std::int64_t next = phases[i + 1].first.from;
            if (next == phase.from || (!open && phase.to > next)) {
                reject(phases[i + 1].second,
                       text("phases of '", key, "' overlap: one holds from quarter ", phase.from,
                            open ? "" : text(" to ", phase.to), ", the other begins in quarter ",
                            next, "; end the first before"));
            }
            phase.to = open ? next : phase.to;
        }
        if (phase.to <= phase.from) {
            reject(place, text("a phase of '", key, "' ends in quarter ", phase.to,
                               " but begins in quarter ", phase.from, "; let it end later"));
        }
        result.push_back(phase);
    }
    return result;
}

}  // namespace

void read_review(const TomlValue& table, const std::string& key, PolicyPlan& plan)
{
    if (const TomlValue* mode = table.find("mode")) {
        plan.mode = static_cast<PolicyMode>(
            read_word(*mode, {"fixed", "adaptive"}, text(key, ".mode"),
                      "Whether the government reviews what its instruments bring."));
    }
    if (const TomlValue* weights = table.find("goals")) {
        plan.goal_weights = read_weights(*weights, text(key, ".goals"), goal_keys);
    }
    if (const TomlValue* weights = table.find("orientation")) {
        plan.orientation_weights =
            read_weights(*weights, text(key, ".orientation"), orientation_keys);
    }
}

PolicyPlan read_plan(const TomlValue& table, const std::string& group, const std::string& country,
                     const Parameters& parameters, std::int64_t start_quarter)
{
    const std::string key = text("policy.", group);
    check_keys(table, key, plan_keys);
    PolicyPlan plan;
    plan.country = country;
    read_review(table, key, plan);
    check_stance(table, key);
    std::vector<std::pair<PolicyPhase, Place>> phases;
    add_own_phase(table, key, parameters, start_quarter, phases);
    if (table.find("phase")) {
        add_phases(table, text(key, ".phase"), parameters, phases);
    }
    plan.phases = in_order(std::move(phases), key);
    return plan;
}

const TomlValue* table_for(const Economy& economy, const ScenarioDraft& draft, std::string& group)
{
    std::vector<std::string> candidates{economy.key};
    if (!economy.income_group.empty()) {
        candidates.push_back(economy.income_group);
    }
    candidates.emplace_back(country_role_names[static_cast<std::size_t>(economy.role)]);
    if (catches_up(economy.role)) {
        candidates.emplace_back("latecomers");
    }
    candidates.emplace_back("all");
    for (const std::string& key : candidates) {
        if (const auto found = draft.policies.find(key); found != draft.policies.end()) {
            group = key;
            return &found->second;
        }
    }
    return nullptr;
}

namespace {

/// Refuses plans for economies that nobody has heard of.
void check_countries(const ScenarioDraft& draft, const std::vector<std::string>& economies)
{
    for (const auto& [key, table] : draft.policies) {
        if (draft.countries->contains(key) || std::ranges::count(policy_groups, key) > 0 ||
            std::ranges::count(economies, key) > 0) {
            continue;
        }
        std::vector<std::string> known(policy_groups.begin(), policy_groups.end());
        known.insert(known.end(), economies.begin(), economies.end());
        for (const auto& [other, country] : *draft.countries) {
            known.push_back(other);
        }
        reject(table.place,
               text("unknown economy '", key, "' in [policy.", key, "].", did_you_mean(key, known),
                    " Use a key of the country table, a role, an income "
                    "group, 'latecomers' or 'all'."));
    }
}

/// Puts a layer on a table: key by key, and tables within tables likewise.
void put_on(TomlValue& table, const TomlValue& layer)
{
    for (const TomlEntry& setting : layer.entries) {
        const auto old = std::ranges::find(table.entries, setting.key, &TomlEntry::key);
        if (old == table.entries.end()) {
            table.entries.push_back(setting);
        } else if (old->value.is(TomlKind::table) && setting.value.is(TomlKind::table)) {
            put_on(old->value, setting.value);
        } else {
            *old = setting;
        }
    }
}

}  // namespace

void apply_policies(const TomlValue& table, ScenarioDraft& draft)
{
    if (!table.is(TomlKind::table)) {
        reject(table.place, text("bad value ", shown(table),
                                 " for 'policy' (write [policy.COUNTRY] above its keys)"));
    }
    for (const TomlEntry& entry : table.entries) {
        if (!entry.value.is(TomlKind::table)) {
            reject(entry.place, text("bad value ", shown(entry.value), " for 'policy.", entry.key,
                                     "' (write [policy.", entry.key, "] above its keys)"));
        }
        TomlValue& plan = draft.policies[entry.key];
        plan.kind = TomlKind::table;
        put_on(plan, entry.value);
        plan.place = entry.place;
    }
}

std::vector<PolicyPlan> resolve_policies(const ScenarioDraft& draft, const Scenario& scenario)
{
    if (draft.policies.empty()) {
        return {};
    }
    std::vector<std::string> keys;
    const std::vector<Economy> economies = economies_of(scenario);
    for (const Economy& economy : economies) {
        keys.push_back(economy.key);
    }
    check_countries(draft, keys);
    const Parameters& parameters = scenario.parameters;
    // The state before a policy is then the one that outcomes call the start.
    constexpr std::int64_t quarters_observed = 4;
    const std::int64_t start = std::min(last_quarter, parameters.run.burn_in + quarters_observed);
    for (const auto& [key, table] : draft.policies) {  // also those that no economy follows
        read_plan(table, key, key, parameters, start);
    }
    std::vector<PolicyPlan> plans;
    for (const Economy& economy : economies) {
        std::string group;
        if (const TomlValue* table = table_for(economy, draft, group)) {
            plans.push_back(read_plan(*table, group, economy.key, parameters, start));
        }
    }
    return plans;
}

}  // namespace latecomer
