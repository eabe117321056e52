#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/scenario/scenario_numbers.hpp"
#include "io/scenario/scenario_policy.hpp"
#include "io/scenario/scenario_values.hpp"

#include "agents/policy/pathways.hpp"

#include <algorithm>

namespace latecomer {
namespace {

constexpr std::string_view intensity_doc = "Requested intensity; 1 is as much as can be done.";

/// The names of pathways: one text or a list.
std::vector<std::string> pathway_names(const TomlValue& value, const std::string& key)
{
    if (value.is(TomlKind::text)) {
        return {value.text};
    }
    return read_texts(value, {key, {}, {}, "Pathways; several are joined cell by cell."});
}

PolicyMix read_pathways(const TomlValue& value, const std::string& key, std::size_t sectors,
                        std::string& label)
{
    std::vector<std::string> known;
    for (const Pathway& pathway : pathways()) {
        known.emplace_back(pathway.key);
    }
    PolicyMix mix = no_policy(sectors);
    label.clear();
    const std::vector<std::string> names = pathway_names(value, key);
    if (names.empty()) {
        reject(value.place,
               text("'", key, "' names no pathway; name one, \"none\" to request nothing"));
    }
    for (const std::string& name : names) {
        const Pathway* pathway = find_pathway(name);
        if (pathway == nullptr) {
            std::string all;
            for (const std::string& one : known) {
                all += text(all.empty() ? " Pathways: " : ", ", one);
            }
            reject(value.place, text("unknown pathway '", name, "' in '", key, "'.",
                                     did_you_mean(name, known), all, '.'));
        }
        const PolicyMix more = mix_of(*pathway, sectors);
        for (std::size_t i = 0; i < mix.span().size(); ++i) {
            mix.span()[i] = std::max(mix.span()[i], more.span()[i]);
        }
        label += text(label.empty() ? "" : "+", name);
    }
    return mix;
}

SectorId sector_named(const std::string& name, const Place& place, const Parameters& parameters)
{
    std::vector<std::string> known;
    for (std::size_t j = 0; j < parameters.sectors.size(); ++j) {
        if (parameters.sectors[j].key == name) {
            return SectorId{j};
        }
        known.push_back(parameters.sectors[j].key);
    }
    std::string all;
    for (const std::string& one : known) {
        all += text(all.empty() ? " Sectors: " : ", ", one);
    }
    reject(place,
           text("unknown sector '", name, "' of a policy.", did_you_mean(name, known), all, '.'));
}

InstrumentId instrument_named(const std::string& name, const Place& place, const std::string& key)
{
    std::vector<std::string> known;
    for (const InstrumentId id : instrument_indices()) {
        if (instrument(id).key == name || instrument(id).cell == name) {
            return id;
        }
        known.emplace_back(instrument(id).key);
    }
    reject(place, text("unknown instrument '", name, "' in '", key, "'.", did_you_mean(name, known),
                       " 'latecomer describe instruments' lists all."));
}

/// Intensities by name; a sectoral instrument may have a table of sectors instead of a number.
void read_instruments(const TomlValue& table, const std::string& key, const Parameters& parameters,
                      PolicyMix& mix, bool by_sector)
{
    if (!table.is(TomlKind::table)) {
        reject_value(table, {key, "a table", {}, "Instruments with their intensities."});
    }
    if (table.entries.empty()) {
        reject(table.place, text("'", key, "' names no instrument; name one, or take it out"));
    }
    Column<InstrumentId, const TomlEntry*> given(instrument_indices().size());
    for (const TomlEntry& entry : table.entries) {
        const InstrumentId id = instrument_named(entry.key, entry.place, key);
        if (given[id] != nullptr) {
            reject(entry.place, text("instrument '", entry.key, "' is in '", key, "' already, as '",
                                     given[id]->key, "'; call it by one name"));
        }
        given[id] = &entry;
        const std::string full = text(key, '.', entry.key);
        if (!entry.value.is(TomlKind::table)) {
            const double intensity =
                read_number(entry.value, plan_range("instruments"), {full, {}, "1", intensity_doc});
            if (!by_sector) {
                std::ranges::fill(mix.row(id), intensity);
            }
            continue;
        }
        if (!instrument(id).sectoral) {
            reject(entry.place, text("instrument '", entry.key,
                                     "' is not sectoral; give it one number instead of a table"));
        }
        if (entry.value.entries.empty()) {
            reject(entry.value.place, text("'", full,
                                           "' names no sector; name one, or give one "
                                           "number for all"));
        }
        for (const TomlEntry& sector : entry.value.entries) {
            const SectorId j = sector_named(sector.key, sector.place, parameters);
            const double intensity =
                read_number(sector.value, plan_range("instruments"),
                            {text(full, '.', sector.key), {}, "1", intensity_doc});
            if (by_sector) {
                mix(id, j) = intensity;
            }
        }
    }
}

/// A selective stance takes sectoral instruments away from sectors that are not named.
void select_sectors(const TomlValue& table, const std::string& key, const Parameters& parameters,
                    PolicyMix& mix)
{
    const TomlValue* list = table.find("sectors");
    if (list == nullptr) {
        return;
    }
    double stance = 1.0;
    if (const TomlValue* value = table.find("stance")) {
        stance = read_number(*value, plan_range("stance"),
                             {text(key, ".stance"), {}, "1", "Selectivity."});
    }
    std::vector<bool> named(parameters.sectors.size());
    for (const std::string& name :
         read_texts(*list, {text(key, ".sectors"), {}, {}, "Sectors that policy favours."})) {
        named[sector_named(name, list->place, parameters).at()] = true;
    }
    if (std::ranges::find(named, true) == named.end()) {
        reject(list->place, text("'", key, ".sectors' names no sector; name one, or take it out"));
    }
    for (const InstrumentId id : instrument_indices()) {
        for (const SectorId j : Range<SectorId>(named.size())) {
            if (instrument(id).sectoral && !named[j.at()]) {
                mix(id, j) *= 1.0 - stance;
            }
        }
    }
}

std::optional<double> read_cost(const TomlValue& value, const std::string& key)
{
    constexpr double usual = 0.01;
    if (value.is(TomlKind::boolean)) {
        return value.integer != 0 ? std::optional{usual} : std::nullopt;
    }
    return read_number(value, plan_range("equal_cost"),
                       {key, {}, "share of demand", "Planned spending at which plans compare."});
}

/// Ranks of instruments whose money comes first: a list of names, in which a list names equals.
std::vector<std::vector<InstrumentId>> read_priority(const TomlValue& value, const std::string& key,
                                                     const PolicyMix& request)
{
    const std::string full = text(key, ".priority");
    constexpr std::string_view doc =
        "Instruments whose money comes first, in order; a list within the list names equals.";
    if (!value.is(TomlKind::array)) {
        reject_value(value, {full, "a list of instruments", {}, doc});
    }
    if (value.items.empty()) {
        reject(value.place, text("'", full, "' names no instrument; name one, or take it out"));
    }
    std::vector<std::vector<InstrumentId>> ranks;
    std::vector<InstrumentId> named;
    const auto add = [&](const TomlValue& item) {
        if (!item.is(TomlKind::text)) {
            reject_value(item, {full, "a list of instruments", {}, doc});
        }
        const InstrumentId id = instrument_named(item.text, item.place, full);
        if (std::ranges::find(named, id) != named.end()) {
            reject(item.place, text("instrument '", item.text, "' is in '", full,
                                    "' twice; let it have one rank"));
        }
        if (std::ranges::all_of(request.row(id), [](double x) { return x == 0.0; })) {
            reject(item.place, text("'", full, "' names '", item.text,
                                    "', which the plan does not request; request it, or take it "
                                    "out"));
        }
        named.push_back(id);
        ranks.back().push_back(id);
    };
    for (const TomlValue& rank : value.items) {
        ranks.emplace_back();
        if (!rank.is(TomlKind::array)) {
            add(rank);
            continue;
        }
        if (rank.items.empty()) {
            reject(rank.place, text("a rank of '", full, "' names no instrument; take it out"));
        }
        std::ranges::for_each(rank.items, add);
    }
    return ranks;
}

/// Tariffs on foreign sales by stage: { analytics = 0.2 }.
std::array<double, stages> read_tariff(const TomlValue& value, const std::string& key)
{
    const std::string full = text(key, ".tariff");
    if (!value.is(TomlKind::table) || value.entries.empty()) {
        reject_value(value, {full,
                             "a table of stages",
                             {},
                             "Tariffs on foreign sales, such as { analytics = 0.2 }."});
    }
    const std::vector<std::string> known(stage_names.begin(), stage_names.end());
    std::array<double, stages> tariff{};
    for (const TomlEntry& entry : value.entries) {
        const auto place = std::ranges::find(known, entry.key) - known.begin();
        if (static_cast<std::size_t>(place) == known.size()) {
            reject_key(entry, full, known);
        }
        tariff[static_cast<std::size_t>(place)] =
            read_number(entry.value, plan_range("tariff"),
                        {text(full, '.', entry.key), {}, "1", "Part of the price at the border."});
    }
    return tariff;
}

}  // namespace

PolicyPhase read_phase(const TomlValue& table, const std::string& key, const Parameters& parameters)
{
    PolicyPhase phase;
    phase.pathway = "mix";
    phase.request = no_policy(parameters.sectors.size());
    phase.ramp_quarters = parameters.government.ramp_quarters;
    if (const TomlValue* pathway = table.find("pathway")) {
        phase.request = read_pathways(*pathway, text(key, ".pathway"), parameters.sectors.size(),
                                      phase.pathway);
    }
    const TomlValue* chosen = table.find("instruments");
    if (chosen != nullptr) {
        read_instruments(*chosen, text(key, ".instruments"), parameters, phase.request, false);
        phase.pathway += table.find("pathway") ? "+" : "";
    }
    select_sectors(table, key, parameters, phase.request);
    if (chosen != nullptr) {
        read_instruments(*chosen, text(key, ".instruments"), parameters, phase.request, true);
    }
    if (const TomlValue* label = table.find("label")) {
        phase.pathway = read_text(*label, {text(key, ".label"), {}, {}, "Name for people."});
    }
    if (const TomlValue* ramp = table.find("ramp")) {
        phase.ramp_quarters =
            read_whole(*ramp, plan_range("ramp"),
                       {text(key, ".ramp"), {}, "quarter", "Quarters to reach the request."});
    }
    if (const TomlValue* cost = table.find("equal_cost")) {
        phase.cost_share = read_cost(*cost, text(key, ".equal_cost"));
    }
    if (const TomlValue* priority = table.find("priority")) {
        phase.priority = read_priority(*priority, key, phase.request);
    }
    if (const TomlValue* tariff = table.find("tariff")) {
        phase.tariff = read_tariff(*tariff, key);
        if (!table.find("pathway") && chosen == nullptr && !table.find("label")) {
            phase.pathway = "tariff";
        }
    }
    return phase;
}

}  // namespace latecomer
