#include "core/text.hpp"
#include "io/scenario/scenario.hpp"
#include "io/scenario/scenario_policy.hpp"
#include "io/scenario/scenario_values.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace latecomer {
namespace {

constexpr std::size_t most_switches = 1000;

/// Sections whose values are used up when a run starts, or that are for its user.
bool is_fixed(std::string_view section)
{
    return section == "run" || section == "world" || section == "output" || section == "windows";
}

/// Parameters that only the initial state reads, in sections that can be switched otherwise.
constexpr std::array used_up{
    std::pair{"learning", "search_share"},     std::pair{"government", "budget_share"},
    std::pair{"macro", "capability_exponent"}, std::pair{"macro", "adoption_start"},
    std::pair{"macro", "adoption_start_lead"}, std::pair{"macro", "demand_start"},
    std::pair{"trade", "initial_domestic"},    std::pair{"trade", "taste_floor"},
};

void check_not_used_up(const TomlEntry& section)
{
    for (const TomlEntry& entry : section.value.entries) {
        for (const auto& [name, key] : used_up) {
            if (section.key == name && entry.key == key) {
                reject(entry.place, text("a switch cannot change '", name, '.', key,
                                         "', which a run reads at its start; take it out"));
            }
        }
    }
}

std::int64_t quarter_of(const TomlValue& item)
{
    const TomlValue* quarter = item.find("quarter");
    if (!item.is(TomlKind::table) || quarter == nullptr) {
        reject(item.place, "a switch needs 'quarter'; add the one from which it holds");
    }
    return read_whole(*quarter, {0, 4000}, {"switch.quarter", {}, "quarter", "When it happens."});
}

/// Applies one switch to the draft of what held before.
ParameterSwitch apply_switch(const TomlValue& item, ScenarioDraft& after)
{
    ParameterSwitch change;
    change.quarter = quarter_of(item);
    for (const TomlEntry& entry : item.entries) {
        check_not_used_up(entry);
        if (entry.key == "quarter") {
            continue;
        }
        if (entry.key == "label") {
            change.label = read_text(entry.value, {"switch.label", {}, {}, "Name for people."});
        } else if (is_fixed(entry.key)) {
            reject(entry.place, text("a switch cannot change section '", entry.key,
                                     "', which a run reads at its start; take it out"));
        } else if (!apply_parameters(entry, after)) {
            std::vector<std::string> known{"quarter", "label"};
            for_each(Parameters::sections, [&](const auto& section) {
                if (!is_fixed(section.key)) {
                    known.emplace_back(section.key);
                }
            });
            reject_key(entry, "switch", known);
        }
    }
    check_combinations(after);
    change.parameters = after.parameters;
    return change;
}

}  // namespace

void apply_switches(const TomlValue& list, ScenarioDraft& draft)
{
    if (!list.is(TomlKind::array) || list.items.size() > most_switches) {
        reject(list.place,
               text("bad value ", shown(list), " for 'switch' (must be at most ", most_switches,
                    " tables: write [[switch]] above the keys of each)"));
    }
    draft.switches = list.items;
}

std::string difference_at_start(const Scenario& first, const Scenario& second)
{
    std::string found;
    for_each(Parameters::sections, [&](const auto& section) {
        if (section.key == "output") {
            return;
        }
        const auto& a = first.parameters.*section.member;
        const auto& b = second.parameters.*section.member;
        for_each(a.table, [&](const auto& row) {
            const bool is_used_up = std::ranges::any_of(used_up, [&](const auto& name) {
                return section.key == name.first && row.key == name.second;
            });
            const bool matters = (is_fixed(section.key) || is_used_up) && row.key != "quarters";
            if (found.empty() && matters && a.*row.member != b.*row.member) {
                found = text(section.key, '.', row.key);
            }
        });
    });
    return found;
}

std::vector<ParameterSwitch> resolve_switches(const ScenarioDraft& draft)
{
    if (draft.switches.empty()) {
        return {};
    }
    std::vector<TomlValue> items = draft.switches;
    std::stable_sort(items.begin(), items.end(), [](const TomlValue& a, const TomlValue& b) {
        return quarter_of(a) < quarter_of(b);
    });
    std::vector<ParameterSwitch> switches;
    ScenarioDraft after = draft;
    for (const TomlValue& item : items) {
        switches.push_back(apply_switch(item, after));
    }
    return switches;
}

}  // namespace latecomer
