#pragma once

#include "core/declarations.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace latecomer {

/// What an economy is in the model.  Lead economies have lead firms only, those with `both` latecomer firms, too;
/// advanced ones have firms near the frontier, but no lead firm.
enum class CountryRole : std::int64_t { latecomer, lead, both, advanced };
inline constexpr std::array<std::string_view, 4> country_role_names{"latecomer", "lead", "both",
                                                                    "advanced"};

constexpr bool has_latecomer_firms(CountryRole role)
{
    return role != CountryRole::lead;
}
/// Whether outcomes count it among those that try to catch up.
constexpr bool catches_up(CountryRole role)
{
    return role == CountryRole::latecomer || role == CountryRole::both;
}
constexpr bool has_lead_firms(CountryRole role)
{
    return role == CountryRole::lead || role == CountryRole::both;
}

/// A figure about an economy with where it comes from.
struct Datum {
    double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN: not known
    std::string year;
    std::string status;  ///< one of `datum_status`
    std::string source;  ///< key of a source in the country table, or free text

    bool known() const { return !std::isnan(value); }
};

/// How well a figure is supported: read in its source for the year wanted, or for another; fitted on other figures or
/// computed from them; a choice.
inline constexpr std::array<std::string_view, 5> datum_status{"observed", "nearest year", "fitted",
                                                              "derived", "assumed"};

/// What the country table says about an economy, and the initial state is made from.
enum class Indicator : std::size_t {
    gdp,
    population,
    productivity,
    internet_users,
    broadband,
    schooling,
    rd_expenditure,
    government_revenue,
    ict_service_exports,
};
inline constexpr std::size_t indicator_count = 9;

/// A row of the table of indicators.
struct IndicatorRow {
    std::string_view key;
    std::string_view unit;
    Interval range;
    std::string_view use;  ///< what the model sets from it
};

inline constexpr std::array<IndicatorRow, indicator_count> indicators{{
    {"gdp", "USD bn", {1e-6, 1e7}, "demand and number of firms"},
    {"population", "million", {1e-6, 1e5}, "what stands in for productivity"},
    {"productivity", "USD of 2015 per person employed", {1, 1e8}, "initial capability and wage"},
    {"internet_users", "% of population", {0, 100}, "initial adoption"},
    {"broadband", "subscriptions per 100 people", {0, 1000}, "initial capability at storage"},
    {"schooling", "mean years", {0, 30}, "initial skills and administrative capacity"},
    {"rd_expenditure", "% of GDP", {0, 100}, "share of revenue spent on search"},
    {"government_revenue", "% of GDP", {0, 1000}, "share of taxes that the programme may spend"},
    {"ict_service_exports", "USD bn", {0, 1e7}, "share in initial exports"},
}};

/// Income groups of the World Bank.
inline constexpr std::array<std::string_view, 4> income_groups{
    "low_income", "lower_middle_income", "upper_middle_income", "high_income"};

/// One economy of the country table.
struct CountryData {
    std::string key;  ///< ISO 3166 alpha-3 code or a name of the user's
    std::string name;
    std::string region;        ///< for people; empty: not known
    std::string income_group;  ///< one of `income_groups`, or empty
    CountryRole role = CountryRole::latecomer;
    std::int64_t row = 0;         ///< permanent place in the table: part of the identity of firms
    std::int64_t lead_firms = 0;  ///< lead firms that have their home here
    std::array<Datum, indicator_count> data{};

    const Datum& operator[](Indicator which) const { return data[static_cast<std::size_t>(which)]; }
    Datum& operator[](Indicator which) { return data[static_cast<std::size_t>(which)]; }
};

/// An entry of the list of sources: [source] key = "text".
struct SourceText {
    std::string key;
    std::string text;
};

}  // namespace latecomer
