#include "core/elementary.hpp"
#include "core/ids.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/scenario/scenario_draft.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace latecomer {
namespace {

/// Indicators without which there is no initial state.
constexpr std::array initial_indicators{
    Indicator::gdp,          Indicator::population,          Indicator::internet_users,
    Indicator::data_centres, Indicator::human_capital_index, Indicator::rd_expenditure,
    Indicator::tax_revenue,
};

std::string_view key_of(Indicator which)
{
    return indicators[static_cast<std::size_t>(which)].key;
}

double gdp_per_head(const CountryData& country)
{
    return country[Indicator::gdp].value / country[Indicator::population].value;
}

void check_complete(const CountryDraft& country)
{
    std::string missing;
    const auto need = [&](bool there, std::string_view key) {
        missing += there ? std::string{} : text(missing.empty() ? "'" : ", '", key, '\'');
    };
    need(!country.data.name.empty(), "name");
    need(country.role.has_value(), "role");
    need(country.row.has_value(), "row");
    need(country.data[Indicator::gdp].known(), "gdp");
    need(country.data[Indicator::population].known(), "population");
    if (!missing.empty()) {
        reject(country.place, text("economy '", country.data.key, "' lacks ", missing,
                                   "; add what is missing, or correct the key of the economy"));
    }
    if (*country.role == CountryRole::latecomer && country.data.lead_firms > 0) {
        reject(country.place, text("economy '", country.data.key,
                                   "' is a latecomer with lead_firms = ", country.data.lead_firms,
                                   "; set role = \"lead\" or lead_firms = 0"));
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
    for (std::size_t i = 0; i < indicator_count; ++i) {
        const std::string& source = country.data.data[i].source;
        if (looks_like_key(source) && draft.sources.find(source) == draft.sources.end()) {
            std::vector<std::string> known;
            for (const auto& [key, ignored] : draft.sources) {
                known.push_back(key);
            }
            reject(country.datum_places[i],
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
    std::map<std::int64_t, const CountryDraft*> by_row;
    for (const auto& [key, country] : draft.countries) {
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
        table.push_back(country->data);
        table.back().role = *country->role;
        table.back().row = row;
    }
    return table;
}

/// Gives an economy the mean over its role where an indicator of the initial state is not known.
void complete(CountryData& country, const std::vector<CountryData>& table, const Place& place)
{
    const std::string_view role = country_role_names[static_cast<std::size_t>(country.role)];
    for (const Indicator which : initial_indicators) {
        if (country[which].known()) {
            continue;
        }
        double sum = 0.0;
        int known = 0;
        for (const CountryData& other : table) {
            if (other.role == country.role && other[which].known()) {
                sum += other[which].value;
                ++known;
            }
        }
        if (known == 0) {
            reject(place,
                   text("economy '", country.key, "' lacks '", key_of(which), "', and no other ",
                        role, " economy has it to take the mean of; ", "add a value"));
        }
        country[which] = {sum / known, "", "derived", text("mean over ", role, " economies")};
    }
}

/// The economies that world.countries names, or all, in order of their rows.
std::vector<CountryData> selection(const std::vector<CountryData>& table,
                                   const ScenarioDraft& draft)
{
    const std::vector<std::string>& chosen = draft.parameters.world.countries;
    const Place place = draft.last_set({"world.countries"});
    std::vector<std::string> known;
    for (const CountryData& country : table) {
        known.push_back(country.key);
    }
    std::set<std::string> wanted;
    for (const std::string& key : chosen) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            reject(place,
                   text("unknown economy '", key, "' in 'world.countries'.",
                        did_you_mean(key, known), " Add [country.", key, "] or correct the key."));
        }
        if (!wanted.insert(key).second) {
            reject(place, text("economy '", key, "' is twice in 'world.countries'; name it once"));
        }
    }
    std::vector<CountryData> result;
    for (const CountryData& country : table) {
        if (wanted.empty() || wanted.contains(country.key)) {
            result.push_back(country);
            complete(result.back(), table, draft.countries.find(country.key)->second.place);
        }
    }
    return result;
}

/// Refuses more firms than the program can number: in all, or in one pool.
void check_firms(double all, double largest_economy, const ScenarioDraft& draft)
{
    const Parameters& p = draft.parameters;
    double largest_share = 0.0;
    for (const PositionParameters* position :
         {&p.collection, &p.storage, &p.processing, &p.analytics, &p.applications}) {
        largest_share = std::max(largest_share, position->initial_firms);
    }
    constexpr double most = 2147483647.0;
    constexpr auto most_in_pool = static_cast<double>(identity::sequences);
    if (all > most || largest_economy * largest_share >= most_in_pool) {
        reject(draft.last_set({"world.firms_per_country", "world.synthetic_latecomers"}),
               text("firms_per_country = ", p.world.firms_per_country, " makes about ",
                    static_cast<std::int64_t>(all), " firms (at most 2147483647 in all and ",
                    identity::sequences - 1, " at one position of an economy); lower it"));
    }
}

/// Latecomer firms at the start of each economy of a table: agents/MODEL.md, section 5.
void check_firms_of_table(const Economies& economies, const ScenarioDraft& draft)
{
    std::vector<double> sizes;
    double sum = 0.0;
    for (const CountryData& country : economies.countries) {
        if (country.role == CountryRole::latecomer) {
            const double relative = gdp_per_head(country) / economies.reference_gdp_per_head;
            sizes.push_back(country[Indicator::gdp].value /
                            elementary::pow(relative, draft.parameters.macro.capability_exponent));
            sum += sizes.back();
        }
    }
    const auto per_country = static_cast<double>(draft.parameters.world.firms_per_country);
    double all = 0.0;
    double largest = 0.0;
    for (const double size : sizes) {
        const double firms =
            std::floor(per_country * size * static_cast<double>(sizes.size()) / sum + 0.5);
        all += firms;
        largest = std::max(largest, firms);
    }
    check_firms(all, largest, draft);
}

void check_synthetic(const ScenarioDraft& draft)
{
    const WorldParameters& world = draft.parameters.world;
    const std::int64_t economies = world.synthetic_latecomers + world.synthetic_lead_economies;
    const Place place =
        draft.last_set({"world.initial", "world.synthetic_latecomers",
                        "world.synthetic_lead_economies", "world.synthetic_lead_firms"});
    if (economies < 1) {
        reject(place, "the synthetic world has no economy; raise 'world.synthetic_latecomers'");
    }
    if (economies > identity::country_rows) {
        reject(place, text("the synthetic world has ", economies, " economies (at most ",
                           identity::country_rows, "); lower 'world.synthetic_latecomers'"));
    }
    if (world.synthetic_lead_firms > 0 && world.synthetic_lead_economies == 0) {
        reject(place, text("the synthetic world has ", world.synthetic_lead_firms,
                           " lead firms but no lead economy; set ",
                           "'world.synthetic_lead_economies' or no lead firms"));
    }
    const auto latecomers = static_cast<double>(world.synthetic_latecomers);
    const auto per_country = static_cast<double>(world.firms_per_country);
    check_firms(latecomers * per_country, latecomers > 0 ? per_country : 0.0, draft);
}

/// The sources that the data of these economies name.
std::vector<SourceText> sources_of(const std::vector<CountryData>& countries,
                                   const ScenarioDraft& draft)
{
    std::set<std::string> used;
    for (const CountryData& country : countries) {
        for (const Datum& datum : country.data) {
            used.insert(datum.source);
        }
    }
    std::vector<SourceText> sources;
    for (const auto& [key, text] : draft.sources) {
        if (used.contains(key)) {
            sources.push_back({key, text});
        }
    }
    return sources;
}

}  // namespace

Economies resolve_economies(const ScenarioDraft& draft)
{
    Economies result;
    if (draft.parameters.world.initial == InitialWorld::synthetic) {
        check_synthetic(draft);
        return result;
    }
    const std::vector<CountryData> table = table_of(draft);
    result.countries = selection(table, draft);
    if (result.countries.empty()) {
        reject(draft.last_set({"world.initial"}),
               "the country table is empty; add [country.KEY], or leave 'builtin_countries' out");
    }
    std::int64_t lead_firms = 0;
    for (const CountryData& country : result.countries) {
        lead_firms += country.lead_firms;
    }
    if (lead_firms > 1000) {
        reject(draft.last_set({"world.countries"}), text("the economies have ", lead_firms,
                                                         " lead firms (at most 1000); lower "
                                                         "'lead_firms' of an economy"));
    }
    for (const CountryData& country : table) {
        result.reference_gdp_per_head =
            std::max(result.reference_gdp_per_head, gdp_per_head(country));
    }
    result.reference_gdp_per_head =
        draft.reference_gdp_per_head.value_or(result.reference_gdp_per_head);
    check_firms_of_table(result, draft);
    result.sources = sources_of(result.countries, draft);
    return result;
}

}  // namespace latecomer
