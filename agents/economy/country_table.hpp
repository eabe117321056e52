#pragma once

#include "core/declarations.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace latecomer {

enum class CountryRole : std::int64_t { latecomer, lead };
inline constexpr std::array<std::string_view, 2> country_role_names{"latecomer", "lead"};

/// A figure about an economy with where it comes from.
struct Datum {
    double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN: not known
    std::string year;
    std::string status;  ///< one of `datum_status`
    std::string source;  ///< key of a source in the country table, or free text

    bool known() const { return !std::isnan(value); }
};

/// How well a figure is supported.  "unverified" figures come from memory.
inline constexpr std::array<std::string_view, 4> datum_status{"found", "derived", "unverified",
                                                              "assumed"};

/// What the country table says about an economy.  The first seven set the initial state.
enum class Indicator : std::size_t {
    gdp,
    population,
    internet_users,
    data_centres,
    human_capital_index,
    rd_expenditure,
    tax_revenue,
    gdp_per_capita_2019,
    gdp_per_capita_2022,
    data_centres_per_million,
    tertiary_enrolment,
    minimum_wage,
    digitally_delivered_services_exports,
    it_bpm_revenue,
    it_bpm_employment,
    it_bpm_share_gdp,
    ict_services_exports,
    firms_buying_cloud,
};
inline constexpr std::size_t indicator_count = 18;

/// A row of the table of indicators.
struct IndicatorRow {
    std::string_view key;
    std::string_view unit;
    Interval range;
    std::string_view use;  ///< what the model sets from it; empty: kept for validation only
};

inline constexpr std::array<IndicatorRow, indicator_count> indicators{{
    {"gdp", "USD bn", {1e-6, 1e7}, "initial capability, demand and number of firms"},
    {"population", "million", {1e-6, 1e5}, "initial capability; data centres a head"},
    {"internet_users", "% of population", {0, 100}, "initial adoption"},
    {"data_centres", "count", {0, 1e7}, "initial capability at storage"},
    {"human_capital_index", "1", {0, 1}, "initial skills and administrative capacity"},
    {"rd_expenditure", "% of GDP", {0, 100}, "share of revenue spent on search"},
    {"tax_revenue", "% of GDP", {0, 100}, "share of revenue that the programme may spend"},
    {"gdp_per_capita_2019", "USD", {0, 1e7}, ""},
    {"gdp_per_capita_2022", "USD", {0, 1e7}, ""},
    {"data_centres_per_million", "1/million", {0, 1e7}, ""},
    {"tertiary_enrolment", "% gross", {0, 1000}, ""},
    {"minimum_wage", "USD/hour", {0, 1e4}, ""},
    {"digitally_delivered_services_exports", "USD bn", {0, 1e7}, ""},
    {"it_bpm_revenue", "USD bn", {0, 1e7}, ""},
    {"it_bpm_employment", "million", {0, 1e5}, ""},
    {"it_bpm_share_gdp", "% of GDP", {0, 100}, ""},
    {"ict_services_exports", "USD bn", {0, 1e7}, ""},
    {"firms_buying_cloud", "% of enterprises", {0, 100}, ""},
}};

/// One economy of the country table.
struct CountryData {
    std::string key;  ///< ISO 3166 alpha-3 code or a name of the user's
    std::string name;
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
