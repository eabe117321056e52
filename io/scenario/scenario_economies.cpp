#include "core/ids.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/scenario/economy_table.hpp"
#include "io/scenario/scenario_draft.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace latecomer {
namespace {

std::string_view key_of(Indicator which)
{
    return indicators[static_cast<std::size_t>(which)].key;
}

/// What stands in for a figure of the initial state that is not known.
Datum stand_in(const CountryData& country, Indicator which, const EconomyTable& table,
               const Place& place)
{
    if (which == Indicator::productivity) {
        return {gdp_per_head(country) * table.productivity_per_head, "", "derived",
                "gdp / population, scaled as in the mean of the table"};
    }
    const std::string_view role = country_role_names[static_cast<std::size_t>(country.role)];
    double sum = 0.0;
    int known = 0;
    for (const CountryData& other : table.rows) {
        if (other.role == country.role && other[which].known()) {
            sum += other[which].value;
            ++known;
        }
    }
    if (known == 0) {
        reject(place, text("economy '", country.key, "' lacks '", key_of(which), "', and no other ",
                           role, " economy has it to take the mean of; add a value"));
    }
    return {sum / known, "", "derived", text("mean over ", role, " economies")};
}

/// Gives an economy something in place of each figure that the start needs and it lacks, and says so.  Who does not
/// tell of exports has none.
void complete(CountryData& country, const EconomyTable& table, const Place& place,
              const ScenarioDraft& draft, std::vector<std::string>& remarks)
{
    std::string filled;
    for (std::size_t i = 0; i < indicator_count; ++i) {
        const auto which = static_cast<Indicator>(i);
        if (country[which].known() || which == Indicator::ict_service_exports) {
            continue;
        }
        if (draft.parameters.world.missing == MissingFigure::refuse) {
            reject(place, text("economy '", country.key, "' lacks '", key_of(which),
                               "', and world.missing is \"refuse\"; add a value, or leave the "
                               "economy out"));
        }
        country[which] = stand_in(country, which, table, place);
        filled += text(filled.empty() ? "" : ", ", key_of(which), " = ", country[which].value, " (",
                       country[which].source, ')');
    }
    if (!filled.empty()) {
        remarks.push_back(
            text("economy '", country.key, "' lacks figures; in their place: ", filled));
    }
}

/// Warns of shares where percent are meant.
void check_percent(const CountryData& country, std::vector<std::string>& remarks)
{
    for (const Indicator which : {Indicator::internet_users, Indicator::government_revenue}) {
        const Datum& datum = country[which];
        if (datum.status == "assumed" && datum.value > 0.0 && datum.value < 1.0) {
            remarks.push_back(text("country.", country.key, '.', key_of(which), " = ", datum.value,
                                   " is read as ", datum.value, " %; if a share was meant, write ",
                                   100.0 * datum.value));
        }
    }
}

/// Which economy a key that there is not may mean: one of that name, or of a similar key.  Codes of two letters are
/// not the beginnings of those of three, so they say nothing.
std::string economy_meant(const std::string& key, const std::vector<CountryData>& table)
{
    const auto is_like = [&](const CountryData& country) {
        return std::ranges::equal(country.name, key, [](char a, char b) {
            return std::tolower(static_cast<unsigned char>(a)) ==
                   std::tolower(static_cast<unsigned char>(b));
        });
    };
    if (const auto named = std::ranges::find_if(table, is_like); named != table.end()) {
        return text(" Did you mean '", named->key, "'?");
    }
    if (key.size() <= 2) {
        return {};
    }
    std::vector<std::string> known;
    for (const CountryData& country : table) {
        known.push_back(country.key);
    }
    return did_you_mean(key, known);
}

/// The economies that world.countries names, or all that can start, in order of their rows.
std::vector<CountryData> selection(const EconomyTable& table, const ScenarioDraft& draft,
                                   std::vector<std::string>& remarks)
{
    const std::vector<std::string>& chosen = draft.parameters.world.countries;
    const Place place = draft.last_set({"world.countries"});
    std::set<std::string> wanted;
    for (const std::string& key : chosen) {
        const auto found = std::ranges::find(table.rows, key, &CountryData::key);
        if (found == table.rows.end()) {
            reject(place, text("unknown economy '", key, "' in 'world.countries'.",
                               economy_meant(key, table.rows), " Add [country.", key,
                               "] or correct the key."));
        }
        if (!can_start(*found)) {
            reject(place,
                   text("economy '", key, "' has no figures of ", draft.parameters.world.base_year,
                        "; set world.base_year to a year of which it has some, or give its "
                        "gdp and population"));
        }
        if (!wanted.insert(key).second) {
            reject(place, text("economy '", key, "' is twice in 'world.countries'; name it once"));
        }
    }
    std::vector<CountryData> result;
    for (const CountryData& country : table.rows) {
        if (wanted.empty() ? can_start(country) : wanted.contains(country.key)) {
            result.push_back(country);
            check_percent(country, remarks);
            complete(result.back(), table, draft.countries->find(country.key)->second.place, draft,
                     remarks);
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
        const std::int64_t least = p.world.least_firms;
        reject(draft.last_set(
                   {"world.firms_per_country", "world.least_firms", "world.synthetic_latecomers"}),
               text("firms_per_country = ", p.world.firms_per_country,
                    least > 0 ? text(" and least_firms = ", least, " make") : " makes", " about ",
                    static_cast<std::int64_t>(all), " firms (at most 2147483647 in all and ",
                    identity::sequences - 1, " at one position of an economy); lower ",
                    least > 0 ? "one of them" : "it"));
    }
}

void check_firms_of(const Economies& economies, const ScenarioDraft& draft)
{
    double all = 0.0;
    double largest = 0.0;
    for (const Economy& economy :
         economies_of(draft.parameters, economies.countries, economies.reference_productivity)) {
        all += static_cast<double>(economy.firms);
        largest = std::max(largest, static_cast<double>(economy.firms));
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
    for (const auto& [key, text] : *draft.sources) {
        if (used.contains(key)) {
            sources.push_back({key, text});
        }
    }
    return sources;
}

}  // namespace

Economies resolve_economies(const ScenarioDraft& draft, std::shared_ptr<const EconomyTable>& known)
{
    Economies result;
    if (draft.parameters.world.initial == InitialWorld::synthetic) {
        check_synthetic(draft);
        check_firms_of(result, draft);
        return result;
    }
    if (!known || !is_table_of(*known, draft)) {
        known = std::make_shared<const EconomyTable>(economy_table(draft));
    }
    const EconomyTable& table = *known;
    result.countries = selection(table, draft, result.remarks);
    if (result.countries.empty() && !table.rows.empty()) {
        reject(draft.last_set({"world.base_year"}),
               text("no economy has figures of ", draft.parameters.world.base_year,
                    "; set world.base_year to a year of which there are some, or give gdp and "
                    "population of an economy"));
    }
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
    result.reference_productivity =
        draft.reference_productivity.value_or(table.reference_productivity);
    check_firms_of(result, draft);
    result.sources = sources_of(result.countries, draft);
    return result;
}

}  // namespace latecomer
