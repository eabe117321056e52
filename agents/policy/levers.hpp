#pragma once

#include "core/ids.hpp"

#include <array>

namespace latecomer {

/// One value per position, for positions up to the number an identity can hold.
using ByPosition = std::array<double, identity::positions>;

constexpr ByPosition at_all_positions(double value)
{
    ByPosition values{};
    values.fill(value);
    return values;
}

/// What a country's policies amount to: all that firms, markets and governments see of them.
///
/// Without policy every lever has the value given here.  A position's levers act on the firms or
/// the market at that position.
struct Levers {
    // Learning (eq. 4, 6, 8).
    double imported_cloud = 1.0;                ///< factor on access to imported cloud
    ByPosition search = at_all_positions(1.0);  ///< factor on effort at a position's stage
    double analytics_absorption = 1.0;          ///< factor on absorption at analytics
    double absorption_range = 1.0;              ///< factor on the absorptive range

    // Costs and data (eq. 10, 17, 18).
    double storage_price = 1.0;                       ///< factor on storage prices that firms pay
    double compliance_cost = 0.0;                     ///< cost of rules per revenue
    ByPosition licence_fee = at_all_positions(0.0);   ///< fee per sale of lead firms
    double domestic_capture = 1.0;                    ///< share of data that sellers at home keep
    double foreign_capture = 1.0;                     ///< share of data that foreign sellers take
    double localised_share = 0.0;                     ///< share of the latter that must stay
    ByPosition commons_gain = at_all_positions(0.0);  ///< intensity of data sharing
    ByPosition open_data = at_all_positions(0.0);     ///< intensity of open government data

    // Markets (eq. 15).
    ByPosition lead_wedge = at_all_positions(1.0);      ///< on lead firms, whatever their presence
    ByPosition offshore_wedge = at_all_positions(1.0);  ///< on lead firms that stay offshore
    ByPosition no_venture_wedge = at_all_positions(1.0);  ///< on lead firms without a joint venture
    ByPosition domestic_appeal = at_all_positions(1.0);   ///< factor on the domestic pool's appeal
    ByPosition content_floor = at_all_positions(0.0);     ///< least share of the domestic pool
    ByPosition export_barrier = at_all_positions(1.0);    ///< factor on barriers to exports

    // Macro environment, demand and entry (eq. 3, 3b, 20, 26).
    double adoption = 1.0;                           ///< factor on the rate of adoption
    std::array<double, 4> training{};                ///< intensity by stage
    ByPosition procurement = at_all_positions(0.0);  ///< reserved demand, share of demand
    ByPosition entry = at_all_positions(1.0);        ///< factor on the number of entrants
};

}  // namespace latecomer
