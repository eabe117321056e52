#pragma once

#include "core/declarations.hpp"
#include "core/ids.hpp"

#include <array>
#include <string_view>
#include <tuple>

namespace latecomer {

/// One value per position, for positions up to the number an identity can hold.
using ByPosition = std::array<double, identity::positions>;

constexpr ByPosition at_all_positions(double value)
{
    ByPosition values{};
    values.fill(value);
    return values;
}

struct Levers;

/// A row of the table of levers.  Its value without any policy is the initialiser of the member.
template <class Value>
struct Lever {
    std::string_view key;  ///< in checkpoints and in the manual
    Value Levers::*member;
    std::string_view doc;
};

template <class Value>
Lever(std::string_view, Value Levers::*, std::string_view) -> Lever<Value>;

/// What a country's policies amount to: all that firms, markets and governments see of them.
///
/// Without policy every lever has the value given here.  A position's levers act on the firms or
/// the market at that position.  A new lever is a member with its row, and its use.
struct Levers {
    // Learning (eq. 4, 6, 8).
    double imported_cloud = 1.0;
    ByPosition search = at_all_positions(1.0);
    double analytics_absorption = 1.0;
    double absorption_range = 1.0;

    // Costs and data (eq. 10, 17, 18).
    double storage_price = 1.0;
    double compliance_cost = 0.0;
    ByPosition licence_fee = at_all_positions(0.0);
    ByPosition localisation_cost = at_all_positions(0.0);
    double domestic_capture = 1.0;
    double foreign_capture = 1.0;
    double localised_share = 0.0;
    ByPosition commons_gain = at_all_positions(0.0);
    ByPosition open_data = at_all_positions(0.0);

    // Markets (eq. 15).
    ByPosition lead_wedge = at_all_positions(1.0);
    ByPosition offshore_wedge = at_all_positions(1.0);
    ByPosition no_venture_wedge = at_all_positions(1.0);
    ByPosition domestic_appeal = at_all_positions(1.0);
    ByPosition content_floor = at_all_positions(0.0);
    ByPosition export_barrier = at_all_positions(1.0);
    ByPosition import_tariff = at_all_positions(0.0);

    // Macro environment, demand and entry (eq. 3, 3b, 20, 26).
    double adoption = 1.0;
    std::array<double, 4> training{};
    ByPosition procurement = at_all_positions(0.0);
    ByPosition entry = at_all_positions(1.0);

    static constexpr auto table = std::tuple{
        Lever{"imported_cloud", &Levers::imported_cloud, "Factor on access to imported cloud"},
        Lever{"search", &Levers::search, "Factor on effort at a position's stage"},
        Lever{"analytics_absorption", &Levers::analytics_absorption,
              "Factor on absorption at analytics"},
        Lever{"absorption_range", &Levers::absorption_range, "Factor on the absorptive range"},
        Lever{"storage_price", &Levers::storage_price, "Factor on storage prices that firms pay"},
        Lever{"compliance_cost", &Levers::compliance_cost, "Cost of rules per revenue"},
        Lever{"licence_fee", &Levers::licence_fee, "Fee per sale of lead firms"},
        Lever{"localisation_cost", &Levers::localisation_cost,
              "Cost of keeping data at home, per sale of lead firms"},
        Lever{"domestic_capture", &Levers::domestic_capture,
              "Share of data that sellers at home keep"},
        Lever{"foreign_capture", &Levers::foreign_capture,
              "Share of data that foreign sellers take"},
        Lever{"localised_share", &Levers::localised_share,
              "Share of what foreign sellers take that must stay"},
        Lever{"commons_gain", &Levers::commons_gain, "Intensity of data sharing"},
        Lever{"open_data", &Levers::open_data, "Intensity of open government data"},
        Lever{"lead_wedge", &Levers::lead_wedge,
              "Factor on the appeal of lead firms, whatever their presence"},
        Lever{"offshore_wedge", &Levers::offshore_wedge,
              "The same for lead firms that stay offshore"},
        Lever{"no_venture_wedge", &Levers::no_venture_wedge,
              "The same for lead firms without a joint venture"},
        Lever{"domestic_appeal", &Levers::domestic_appeal, "Factor on the domestic pool's appeal"},
        Lever{"content_floor", &Levers::content_floor, "Least share of the domestic pool"},
        Lever{"export_barrier", &Levers::export_barrier, "Factor on barriers to exports"},
        Lever{"import_tariff", &Levers::import_tariff, "Tariff on foreign sales"},
        Lever{"adoption", &Levers::adoption, "Factor on the rate of adoption"},
        Lever{"training", &Levers::training, "Intensity of training, by stage"},
        Lever{"procurement", &Levers::procurement, "Reserved demand, share of demand"},
        Lever{"entry", &Levers::entry, "Factor on the number of entrants"},
    };
};
static_assert(fully_declared<Levers>);

}  // namespace latecomer
