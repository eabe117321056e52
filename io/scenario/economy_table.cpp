#include "io/scenario/economy_table.hpp"

#include "core/elementary.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace latecomer {
namespace {

/// An economy with its figures of the base year: those given for any year count before those of that year.
CountryData figures_of(const CountryDraft& draft, std::int64_t base_year)
{
    CountryData country = draft.data;
    const auto of_year = draft.by_year.find(base_year);
    if (of_year == draft.by_year.end()) {
        return country;
    }
    for (std::size_t i = 0; i < indicator_count; ++i) {
        if (!country.data[i].known()) {
            country.data[i] = of_year->second[i];
        }
    }
    return country;
}

/// What an economy says about itself must be whole; without figures of any year it says too little.
void check_complete(const CountryDraft& country)
{
    std::string missing;
    const auto need = [&](bool there, std::string_view key) {
        missing += there ? std::string{} : text(missing.empty() ? "'" : ", '", key, '\'');
    };
    need(!country.data.name.empty(), "name");
    need(country.role.has_value(), "role");
    need(country.row.has_value(), "row");
    if (country.by_year.empty()) {
        need(country.data[Indicator::gdp].known(), "gdp");
        need(country.data[Indicator::population].known(), "population");
    }
    if (!missing.empty()) {
        reject(country.place, text("economy '", country.data.key, "' lacks ", missing,
                                   "; add what is missing, or correct the key of the economy"));
    }
    if (!has_lead_firms(*country.role) && country.data.lead_firms > 0) {
        reject(country.place, text("economy '", country.data.key, "' has the role ",
                                   country_role_names[static_cast<std::size_t>(*country.role)],
                                   " and lead_firms = ", country.data.lead_firms,
                                   "; set role = \"lead\" or \"both\", or lead_firms = 0"));
    }
}

/// Whether a source is meant as a key of [source]: one word in small letters.
bool looks_like_key(std::string_view source)
{
    return !source.empty() && std::all_of(source.begin(), source.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

void check_sources(const CountryDraft& country, const ScenarioDraft& draft)
{
    const auto of_year = country.by_year.find(draft.parameters.world.base_year);
    for (std::size_t i = 0; i < indicator_count; ++i) {
        const bool plain = country.data.data[i].known() || of_year == country.by_year.end();
        const std::string& source = plain ? country.data.data[i].source : of_year->second[i].source;
        if (looks_like_key(source) && !draft.sources->contains(source)) {
            std::vector<std::string> known;
            for (const auto& [key, ignored] : *draft.sources) {
                known.push_back(key);
            }
            reject(plain ? country.datum_places[i] : country.place,
                   text("unknown source '", source, "' of 'country.", country.data.key, '.',
                        indicators[i].key, "'.", did_you_mean(source, known),
                        " Add it to [source], or write free text."));
        }
    }
}

/// The whole table in order of its rows.
std::vector<CountryData> table_of(const ScenarioDraft& draft)
{
    std::vector<CountryData> table;
    table.reserve(draft.countries->size());
    std::map<std::int64_t, const CountryDraft*> by_row;
    for (const auto& [key, country] : *draft.countries) {
        check_complete(country);
        check_sources(country, draft);
        const auto [other, is_new] = by_row.emplace(*country.row, &country);
        if (!is_new) {
            reject(country.row_place,
                   text("economies '", other->second->data.key, "' and '", key, "' both have row ",
                        *country.row, "; rows are identities, give one of them another"));
        }
    }
    for (const auto& [row, country] : by_row) {
        table.push_back(figures_of(*country, draft.parameters.world.base_year));
        table.back().role = *country->role;
        table.back().row = row;
    }
    return table;
}

/// Productivity per GDP a head, in the mean of ln over a table: what makes one of the other.
double productivity_per_head(const std::vector<CountryData>& table)
{
    double sum = 0.0;
    int known = 0;
    for (const CountryData& country : table) {
        if (can_start(country) && country[Indicator::productivity].known()) {
            sum += elementary::log(country[Indicator::productivity].value / gdp_per_head(country));
            ++known;
        }
    }
    return known > 0 ? elementary::exp(sum / known) : 1000.0;  // USD from USD thousand
}

/// Productivity at which initial capability is one: of the USA, or of the most productive economy.
double reference_productivity(const std::vector<CountryData>& table, double per_head)
{
    double highest = 0.0;
    for (const CountryData& country : table) {
        if (!can_start(country)) {
            continue;
        }
        const Datum& known = country[Indicator::productivity];
        const double productivity = known.known() ? known.value : gdp_per_head(country) * per_head;
        if (country.key == "USA") {
            return productivity;
        }
        highest = std::max(highest, productivity);
    }
    return highest;
}

}  // namespace

double gdp_per_head(const CountryData& country)
{
    return country[Indicator::gdp].value / country[Indicator::population].value;
}

bool can_start(const CountryData& country)
{
    return country[Indicator::gdp].known() && country[Indicator::population].known();
}

EconomyTable economy_table(const ScenarioDraft& draft)
{
    EconomyTable table{draft.countries, draft.sources, draft.parameters.world.base_year,
                       table_of(draft), 0.0,           0.0};
    table.productivity_per_head = productivity_per_head(table.rows);
    table.reference_productivity = reference_productivity(table.rows, table.productivity_per_head);
    return table;
}

bool is_table_of(const EconomyTable& table, const ScenarioDraft& draft)
{
    return table.base_year == draft.parameters.world.base_year &&
           table.countries.shares_with(draft.countries) && table.sources.shares_with(draft.sources);
}

}  // namespace latecomer
