#pragma once

#include "agents/economy/positions.hpp"
#include "core/column.hpp"
#include "core/declarations.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

namespace latecomer {

/// How a lead firm is present in a country.
enum class Presence : std::uint8_t { home, offshore, region, venture, absent };
inline constexpr std::array<std::string_view, 5> presence_names{"home", "offshore", "local region",
                                                                "joint venture", "exit"};

/// Lead firms, the same on every rank.
struct Leads {
    Column<LeadId, CountryId> home;
    Column<LeadId, ByStage<double>> capability;
    Column<LeadId, ByStage<double>> experience;
    Column<LeadId, double> cash;
    Table<LeadId, PositionId, double> mark_up;
    Table<LeadId, PositionId, double> price;        ///< of this quarter
    Table<LeadId, PositionId, double> units;        ///< of the last quarter
    Table<LeadId, PositionId, double> world_share;  ///< share of world sales, last quarter
    Table<LeadId, SectorId, double> data_stock;
    Table<LeadId, CountryId, Presence> presence;
    Column<LeadId, std::uint32_t> windows;  ///< bit set of the technology windows adopted
    std::vector<double> localised;          ///< data by (lead firm, country, sector)

    static constexpr auto table = std::tuple{
        NotShared{&Leads::home, Role::fixed},
        Shared{"lead.capability", &Leads::capability},
        Shared{"lead.experience", &Leads::experience},
        Shared{"lead.cash", &Leads::cash},
        Shared{"lead.mark_up", &Leads::mark_up},
        Shared{"lead.price", &Leads::price},
        Shared{"lead.units", &Leads::units},
        Shared{"lead.world_share", &Leads::world_share},
        Shared{"lead.data_stock", &Leads::data_stock},
        Shared{"lead.presence", &Leads::presence},
        Shared{"lead.windows", &Leads::windows},
        Shared{"lead.localised", &Leads::localised, {"lead_firm", "country", "sector"}},
    };

    std::size_t size() const { return home.size(); }
    Range<LeadId> indices() const { return home.indices(); }
};
static_assert(fully_declared<Leads>);

}  // namespace latecomer
