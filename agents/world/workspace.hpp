#pragma once

#include "agents/economy/stages.hpp"
#include "agents/policy/levers.hpp"
#include "core/column.hpp"
#include "mpi/share_outs.hpp"

#include <cstdint>
#include <optional>
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

/// Mean capability of what is sold at a stage, and how much is.
struct Sold {
    double value = 0.0;
    double weighted = 0.0;  ///< sum of value times capability

    /// Below this value nothing is sold: sums over firms have a unit of 2^-80.
    static constexpr double least = 0x1p-40;

    void add(double sales, double capability)
    {
        value += sales;
        weighted += sales * capability;
    }
    bool any() const { return value > least; }
    double mean() const { return weighted / value; }
};

/// What lead firms sell at each stage, and the best of them.
struct LeadSales {
    Column<CountryId, ByStage<Sold>> by_home;
    Column<CountryId, ByStage<double>> best_at_home;
    ByStage<Sold> all{};
    ByStage<double> best{};
};

/// Memory that a quarter works with and leaves to the next, which would else allocate it again.
///
/// No part of the state: whoever reads a member has written it in the same call, or it changes no result, so it is
/// neither hashed nor saved, and a world without it goes on alike.
struct Workspace {
    Column<CountryId, Levers> levers_before;     ///< of the quarter before
    std::vector<ForeignMarket> foreign_markets;  ///< by position
    std::vector<ThreadMarket> thread_markets;
    Column<LeadId, double> lead_sales;
    Column<LeadId, double> lead_margins;
    LeadSales lead_sales_by_stage;
    Column<CountryId, ByStage<Sold>> sold_by_firms;
    ByPosition world_demand{};              ///< of all countries
    std::vector<std::uint8_t> has_tariffs;  ///< by country of destination
    std::vector<double> lead_quality;       ///< by position, country and lead firm
    std::vector<double> tariff_part;        ///< of payments to foreign pools in a market
    Column<InstrumentId, double> granted;   ///< parts of what a plan asks for
    std::vector<double> shares_before;      ///< a content rule
    std::vector<CountryId> buyers;          ///< on the world market
    std::vector<double> wedge;              ///< by country, on the world market
    std::vector<double> taken_data;         ///< from one country, by country of their holder
    std::vector<double>
        exported_data;  ///< from all countries, by sector and country of their holder
    std::vector<std::int64_t> ends_of_ranks;  ///< of the shares that each computes
    std::optional<bool>
        ranks_share_markets;  ///< once they have agreed; a world is stepped by one group of ranks
    mpi::ShareOutRule share_outs;  ///< what that group has waited; moves firms, changes no result
};

}  // namespace latecomer
