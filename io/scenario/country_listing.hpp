#pragma once

#include "agents/economy/country_table.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// The country table as people read it: every economy, with its figures of every year.
namespace latecomer {

/// An economy of a country table.
struct ListedEconomy {
    CountryData data;  ///< its figures are those given for any year
    std::map<std::int64_t, std::array<Datum, indicator_count>> by_year;  ///< by base year
};

/// A country table, economies in the order of their rows.
struct CountryListing {
    std::vector<ListedEconomy> economies;
    std::map<std::string, std::string, std::less<>> sources;  ///< texts by key
};

/// Reads a country table, which is the text of a scenario file.
/// @throws InputError if it is not valid
CountryListing country_listing(std::string_view table);

}  // namespace latecomer
