#pragma once

#include "agents/policy/levers.hpp"
#include "core/column.hpp"

#include <cstdint>
#include <vector>

namespace latecomer {

/// Pools at a position as others see them, side by side by country of origin.
struct ForeignMarket {
    std::vector<double> appeal;      ///< before barriers and tariffs
    std::vector<double> unit_index;  ///< units per value, before barriers and tariffs
    std::vector<double> barrier;
    std::vector<double> log_free_appeal;   ///< where there are no tariffs
    std::vector<double> free_index;        ///< units per value there
    std::vector<double> free_tariff_part;  ///< zero
    std::vector<double> received;          ///< from all countries
    std::vector<double> tariffs;           ///< paid on their sales
};

/// What a thread needs to share out a market, by supplier.
struct ThreadMarket {
    std::vector<double> log_appeal;
    std::vector<double> log_weight;
};

/// Memory that a quarter works with and leaves to the next, which would else allocate it again.
///
/// No part of the state: whoever reads a member has written it in the same call, so it is neither
/// hashed nor saved, and a world without it goes on alike.
struct Workspace {
    Column<CountryId, Levers> levers_before;     ///< of the quarter before
    std::vector<ForeignMarket> foreign_markets;  ///< by position
    std::vector<ThreadMarket> thread_markets;
    Column<LeadId, double> lead_sales;
    Column<LeadId, double> lead_margins;
    std::vector<std::uint8_t> has_tariffs;  ///< by country of destination
    std::vector<double> lead_quality;       ///< by position, country and lead firm
    std::vector<double> tariff_part;        ///< of payments to foreign pools in a market
    std::vector<double> shares_before;      ///< a content rule
    std::vector<CountryId> buyers;          ///< on the world market
    std::vector<double> wedge;              ///< by country, on the world market
    std::vector<double> taken_data;         ///< from one country, by country of their holder
    std::vector<double>
        exported_data;  ///< from all countries, by sector and country of their holder
    std::vector<std::int64_t> ends_of_ranks;  ///< of the shares that each computes
};

}  // namespace latecomer
