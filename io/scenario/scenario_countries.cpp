#include "core/ids.hpp"
#include "core/text.hpp"
#include "io/scenario/scenario_draft.hpp"
#include "io/scenario/scenario_policy.hpp"
#include "io/scenario/scenario_values.hpp"

#include <algorithm>
#include <optional>

namespace latecomer {
namespace {

constexpr std::size_t longest_key = 32;

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// Whether a key can stand in files without quotes: letters, digits and _, a letter first.
bool is_identifier(std::string_view key)
{
    return !key.empty() && key.size() <= longest_key && is_letter(key.front()) &&
           std::all_of(key.begin(), key.end(),
                       [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

void check_key(const TomlEntry& entry, std::string_view what)
{
    if (!is_identifier(entry.key)) {
        reject(entry.place,
               text("bad key '", entry.key, "' of ", what, " (must be a letter, then letters, ",
                    "digits or _, ", longest_key, " at most); choose another"));
    }
}

/// A year as text; whole numbers are years too.
std::string read_year(const TomlValue& value, const Demand& demand)
{
    return value.is(TomlKind::integer) ? text(value.integer) : read_text(value, demand);
}

/// What holds of a figure that does not say more than its value.
struct DatumDefaults {
    std::string year;
    std::string_view status;
    std::string source;
};

/// `{ value = 2611.0, year = "2019", status = "observed", source = "wdi" }`, or a plain number.
Datum read_datum(const TomlValue& value, const IndicatorRow& row, const std::string& key,
                 const DatumDefaults& defaults)
{
    const Demand demand{key, {}, row.unit, row.use};
    Datum datum{0.0, defaults.year, std::string{defaults.status}, defaults.source};
    if (!value.is(TomlKind::table)) {
        datum.value = read_number(value, row.range, demand);
        return datum;
    }
    if (value.find("value") == nullptr) {
        reject(value.place, text("'", key, "' has no value; write ", key.substr(key.rfind('.') + 1),
                                 " = { value = ..., year = ..., status = ..., source = ... }"));
    }
    for (const TomlEntry& entry : value.entries) {
        const std::string part = text(key, '.', entry.key);
        if (entry.key == "value") {
            datum.value = read_number(entry.value, row.range, demand);
        } else if (entry.key == "year") {
            datum.year = read_year(entry.value, {part, {}, {}, "Year of the value."});
        } else if (entry.key == "status") {
            const std::vector<std::string> words{datum_status.begin(), datum_status.end()};
            datum.status = words[read_word(entry.value, words, part, "How well it is supported.")];
        } else if (entry.key == "source") {
            datum.source = read_text(entry.value, {part, {}, {}, "Key of a source, or free text."});
        } else {
            reject_key(entry, key, {"value", "year", "status", "source"});
        }
    }
    return datum;
}

/// The indicator of this key, if there is one.
std::optional<std::size_t> indicator_of(std::string_view key)
{
    for (std::size_t i = 0; i < indicator_count; ++i) {
        if (indicators[i].key == key) {
            return i;
        }
    }
    return std::nullopt;
}

/// Sets an indicator of an economy for any year; false if there is no such indicator.
bool apply_indicator(const TomlEntry& entry, const std::string& key, CountryDraft& country)
{
    const auto i = indicator_of(entry.key);
    if (i) {
        country.data.data[*i] =
            read_datum(entry.value, indicators[*i], key, {"", "assumed", "scenario file"});
        country.datum_places[*i] = entry.value.place;
    }
    return i.has_value();
}

/// The year that a key of digits names: `[country.IND.2005]`.
std::optional<std::int64_t> base_year_of(std::string_view key)
{
    if (key.size() != 4 || !std::all_of(key.begin(), key.end(), is_digit)) {
        return std::nullopt;
    }
    std::int64_t year = 0;
    for (const char digit : key) {
        year = 10 * year + (digit - '0');
    }
    return year;
}

/// Sets figures of a base year: what is not said is observed in it, in the source of the indicator's name.
void apply_figures(const TomlEntry& table, std::int64_t year, const std::string& key,
                   CountryDraft& country)
{
    if (!table.value.is(TomlKind::table)) {
        reject(table.value.place, text("bad value ", shown(table.value), " for '", key,
                                       "' (write [", key, "] above the figures of that year)"));
    }
    for (const TomlEntry& entry : table.value.entries) {
        const auto i = indicator_of(entry.key);
        if (!i) {
            std::vector<std::string> known;
            for (const IndicatorRow& row : indicators) {
                known.emplace_back(row.key);
            }
            reject_key(entry, key, known);
        }
        country.by_year[year][*i] =
            read_datum(entry.value, indicators[*i], text(key, '.', entry.key),
                       {text(year), "observed", std::string{indicators[*i].key}});
    }
}

std::vector<std::string> country_keys()
{
    std::vector<std::string> keys{"name", "role", "row", "region", "income_group", "lead_firms"};
    for (const IndicatorRow& row : indicators) {
        keys.emplace_back(row.key);
    }
    return keys;
}

void apply_country(const TomlEntry& economy, CountryDraft& country)
{
    for (const TomlEntry& entry : economy.value.entries) {
        const std::string key = text("country.", economy.key, '.', entry.key);
        if (entry.key == "name") {
            country.data.name = read_text(entry.value, {key, {}, {}, "Name of the economy."});
        } else if (entry.key == "role") {
            const std::vector<std::string> words{country_role_names.begin(),
                                                 country_role_names.end()};
            country.role = CountryRole{static_cast<std::int64_t>(
                read_word(entry.value, words, key, "What the economy is in the model."))};
        } else if (entry.key == "row") {
            country.row = read_whole(entry.value, {0, identity::country_rows - 1},
                                     {key, {}, {}, "Permanent place in the country table."});
            country.row_place = entry.value.place;
        } else if (entry.key == "region") {
            country.data.region = read_text(entry.value, {key, {}, {}, "Region of the world."});
        } else if (entry.key == "income_group") {
            const std::vector<std::string> words{income_groups.begin(), income_groups.end()};
            country.data.income_group = words[read_word(entry.value, words, key, "Income group.")];
        } else if (const auto year = base_year_of(entry.key)) {
            apply_figures(entry, *year, key, country);
        } else if (entry.key == "lead_firms") {
            country.data.lead_firms =
                read_whole(entry.value, {0, 1000}, {key, {}, {}, "Lead firms with this home."});
        } else if (!apply_indicator(entry, key, country)) {
            reject_key(entry, text("country.", economy.key), country_keys());
        }
    }
}

/// Refuses keys of economies that mean something else where economies are named.
void check_free(const TomlEntry& economy)
{
    if (std::ranges::find(policy_groups, economy.key) != policy_groups.end() ||
        economy.key == "world") {
        reject(economy.place, text("'", economy.key, "' cannot be the key of an economy (",
                                   "it names a group of them); choose another"));
    }
}

}  // namespace

void apply_countries(const TomlValue& table, ScenarioDraft& draft)
{
    if (!table.is(TomlKind::table)) {
        reject(table.place, text("bad value ", shown(table),
                                 " for 'country' (write [country.KEY] above the keys of each)"));
    }
    auto& countries = draft.countries.edit();
    for (const TomlEntry& economy : table.entries) {
        check_key(economy, "an economy");
        if (!economy.value.is(TomlKind::table)) {
            reject(economy.value.place,
                   text("bad value ", shown(economy.value), " for 'country.", economy.key,
                        "' (write [country.", economy.key, "] above its keys)"));
        }
        check_free(economy);
        CountryDraft& country = countries[economy.key];
        country.data.key = economy.key;
        country.place = economy.place;
        apply_country(economy, country);
    }
}

void apply_sources(const TomlValue& table, ScenarioDraft& draft)
{
    if (!table.is(TomlKind::table)) {
        reject(table.place, text("bad value ", shown(table),
                                 " for 'source' (write [source], then key = \"text\")"));
    }
    auto& sources = draft.sources.edit();
    for (const TomlEntry& entry : table.entries) {
        check_key(entry, "a source");
        sources[entry.key] = read_text(entry.value, {entry.key, {}, {}, "Text of a source."});
    }
}

}  // namespace latecomer
