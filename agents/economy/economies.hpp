#pragma once

#include "agents/economy/country_table.hpp"
#include "agents/economy/stages.hpp"
#include "core/ids.hpp"
#include "core/parameters.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace latecomer {

/// Weights of the stages in capability_index: fixed, so that it does not move when sales do.  About their parts
/// in sales; assumed.
inline constexpr ByStage<double> index_weights{0.05, 0.12, 0.15, 0.68};

/// What the two initialisers, country table and synthetic world, say about an economy.
struct Economy {
    std::string key;
    std::uint32_t row = 0;
    CountryRole role = CountryRole::latecomer;
    std::string income_group{};  ///< empty: not known
    double capability = 1.0;     ///< of what it sells, relative to the frontier; also its wage
    ByStage<double> gradient{1.0, 1.0, 1.0, 1.0};  ///< capability at each stage relative to that
    double size = 1.0;   ///< demand relative to a latecomer economy of mean size
    double skill = 0.7;  ///< also administrative capacity
    double adoption = 0.4;
    double search_share = 0.05;  ///< share of revenue that firms spend on research
    double budget_share = 0.15;  ///< share of taxes that the programme may use
    double exports = 0.0;        ///< of ICT services, USD bn: weights of initial exports
    std::int64_t lead_firms = 0;
    std::int64_t firms = 0;  ///< latecomer firms at the start
    double grain = 1.0;      ///< firms relative to size: so many stand for one
};

/// The economies of a run in their order: those selected from the country table, or those of the
/// synthetic world, which are drawn.  `reference_productivity` is that at which capability is one.
std::vector<Economy> economies_of(const Parameters& parameters,
                                  std::span<const CountryData> countries,
                                  double reference_productivity);

/// Homes of lead firms in their order of rank: dealt in turn to lead economies by size.
std::vector<CountryId> lead_homes(const std::vector<Economy>& economies);

}  // namespace latecomer
