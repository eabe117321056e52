#include "io/scenario/scenario_draft.hpp"

#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/scenario/scenario_policy.hpp"
#include "io/scenario/scenario_values.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer {
namespace {

/// Keys of a scenario outside its sections of parameters.
const std::vector<std::string>& other_keys()
{
    static const std::vector<std::string> keys{"include",
                                               "name",
                                               "builtin_countries",
                                               "reference_productivity",
                                               "sector",
                                               "country",
                                               "source",
                                               "policy",
                                               "window",
                                               "switch"};
    return keys;
}

template <class Rows>
std::vector<std::string> keys_of(const Rows& rows)
{
    std::vector<std::string> keys;
    for_each(rows, [&](const auto& row) { keys.emplace_back(row.key); });
    return keys;
}

/// Calls `visit(section, values)` for every section of parameters.
template <class Visit>
void for_each_section(Parameters& parameters, Visit&& visit)
{
    for_each(Parameters::sections,
             [&](const auto& section) { visit(section, parameters.*section.member); });
}

/// "[a] and [b]": the sections that have a key of this name.
std::string sections_with(std::string_view key)
{
    std::string result;
    Parameters parameters;
    for_each_section(parameters, [&](const auto& section, auto& values) {
        for_each(values.table, [&](const auto& row) {
            if (row.key == key) {
                result += text(result.empty() ? "[" : " and [", section.key, ']');
            }
        });
    });
    return result;
}

template <class Struct>
void apply_section(const TomlValue& table, std::string_view section, Struct& values,
                   ScenarioDraft& draft)
{
    if (!table.is(TomlKind::table)) {
        reject(table.place, text("bad value ", shown(table), " for '", section,
                                 "' (it is a section: write [", section, "] above its keys)"));
    }
    for (const TomlEntry& entry : table.entries) {
        const std::string key = text(section, '.', entry.key);
        bool found = false;
        for_each(Struct::table, [&](const auto& row) {
            if (row.key == entry.key) {
                found = true;
                read_parameter(row, values, entry.value, key);
                draft.remember(key, entry.value.place);
            }
        });
        if (!found) {
            reject_key(entry, section, keys_of(Struct::table));
        }
    }
}

std::string read_name(const TomlValue& value)
{
    const Demand demand{"name", "a text without '/' and not empty", {}, "Name of the scenario."};
    std::string name = read_text(value, demand);
    if (name.empty() || name.size() > 200 || name.find('/') != std::string::npos) {
        reject_value(value, demand);
    }
    return name;
}

/// Applies a key that is no section of parameters; false if there is no such key.
bool apply_other(const TomlEntry& entry, LayerRole role, ScenarioDraft& draft)
{
    if (entry.key == "name") {
        const std::string name = read_name(entry.value);
        draft.name = role == LayerRole::scenario ? name : draft.name;
    } else if (entry.key == "builtin_countries") {
        if (!entry.value.is(TomlKind::boolean)) {
            reject_value(
                entry.value,
                {entry.key, "true or false", {}, "Whether the built-in country table lies below."});
        }
    } else if (entry.key == "reference_productivity") {
        draft.reference_productivity =
            read_number(entry.value, {1e-9, 1e13},
                        {entry.key,
                         {},
                         "USD of 2015 per person employed",
                         "Productivity at which initial capability is 1; by default that of the "
                         "USA, or of the most productive economy of the table."});
    } else if (entry.key == "sector") {
        apply_sectors(entry.value, draft);
    } else if (entry.key == "country") {
        apply_countries(entry.value, draft);
    } else if (entry.key == "source") {
        apply_sources(entry.value, draft);
    } else if (entry.key == "policy") {
        apply_policies(entry.value, draft);
    } else if (entry.key == "window") {
        apply_windows(entry.value, draft);
    } else if (entry.key == "switch") {
        apply_switches(entry.value, draft);
    } else {
        return entry.key == "include";  // the files are already there
    }
    return true;
}

}  // namespace

Place ScenarioDraft::last_set(std::initializer_list<std::string_view> keys) const
{
    const Setting* last = nullptr;
    for (const std::string_view key : keys) {
        const auto found = settings.find(key);
        if (found != settings.end() && (last == nullptr || last->order < found->second.order)) {
            last = &found->second;
        }
    }
    return last != nullptr ? last->place : Place{file};
}

void reject_key(const TomlEntry& entry, std::string_view section,
                const std::vector<std::string>& known)
{
    const std::string where = sections_with(entry.key);
    const std::string hint = where.empty() ? did_you_mean(entry.key, known)
                                           : text(" This key is in section ", where, '.');
    const bool is_section = section.empty() && entry.value.is(TomlKind::table);
    const std::string name = section.empty() ? entry.key : text(section, '.', entry.key);
    if (const std::string_view now = renamed(name); !now.empty()) {
        reject(entry.place, text("unknown key '", name, "'. ", now));
    }
    std::string all;
    if (hint.empty() && known.size() <= 16) {
        all = " Known here:";
        for (const std::string& key : known) {
            all += text(all.back() == ':' ? " " : ", ", key);
        }
        all += '.';
    } else if (hint.empty()) {
        all = " 'latecomer describe parameters' lists all.";
    }
    reject(entry.place,
           text("unknown ", is_section ? "section" : "key", " '", name, "'.", hint, all));
}

bool apply_parameters(const TomlEntry& entry, ScenarioDraft& draft)
{
    bool found = false;
    for_each_section(draft.parameters, [&](const auto& section, auto& values) {
        if (section.key == entry.key) {
            found = true;
            apply_section(entry.value, section.key, values, draft);
        }
    });
    return found;
}

void apply_layer(const TomlValue& layer, LayerRole role, ScenarioDraft& draft)
{
    for (const TomlEntry& entry : layer.entries) {
        if (!apply_parameters(entry, draft) && !apply_other(entry, role, draft)) {
            std::vector<std::string> known = keys_of(Parameters::sections);
            known.insert(known.end(), other_keys().begin(), other_keys().end());
            reject_key(entry, {}, known);
        }
    }
}

void apply_sectors(const TomlValue& list, ScenarioDraft& draft)
{
    constexpr std::size_t most = 12;
    if (!list.is(TomlKind::array) || list.items.empty() || list.items.size() > most) {
        reject(list.place, text("bad value ", shown(list), " for 'sector' (must be 1 to ", most,
                                " tables: write [[sector]] above the keys of each)"));
    }
    draft.parameters.sectors.clear();
    for (const TomlValue& item : list.items) {
        if (!item.is(TomlKind::table) || !item.find("key") || !item.find("demand_share")) {
            reject(item.place, "a sector needs 'key' and 'demand_share'; add what is missing");
        }
        Sector sector;
        apply_section(item, "sector", sector, draft);
        draft.parameters.sectors.push_back(sector);
    }
    draft.remember("sector", list.items.front().place);
}

}  // namespace latecomer
