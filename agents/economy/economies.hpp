#pragma once

#include "agents/economy/country_table.hpp"
#include "core/ids.hpp"
#include "core/parameters.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace latecomer {

/// What the two initialisers, country table and synthetic world, say about an economy.
struct Economy {
    std::string key;
    std::uint32_t row = 0;
    CountryRole role = CountryRole::latecomer;
    double capability = 1.0;  ///< relative to the richest economy
    double size = 1.0;        ///< demand relative to a latecomer economy of mean size
    double skill = 0.7;       ///< also administrative capacity
    double adoption = 0.4;
    double storage_gradient = 1.0;  ///< factor on initial capability at storage
    double search_share = 0.05;     ///< share of revenue that firms spend on research
    double budget_share = 0.15;     ///< share of taxes that the programme may use
    std::int64_t lead_firms = 0;
    std::int64_t firms = 0;  ///< latecomer firms at the start
    double grain = 1.0;      ///< firms relative to size: so many stand for one
};

/// The economies of a run in their order: those selected from the country table, or those of the
/// synthetic world, which are drawn.  `reference_gdp_per_head` is that of the richest of the table.
std::vector<Economy> economies_of(const Parameters& parameters,
                                  std::span<const CountryData> countries,
                                  double reference_gdp_per_head);

/// Homes of lead firms in their order of rank: dealt in turn to lead economies by size.
std::vector<CountryId> lead_homes(const std::vector<Economy>& economies);

}  // namespace latecomer
