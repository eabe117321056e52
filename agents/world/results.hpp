#pragma once

#include "agents/world/countries.hpp"
#include "agents/world/pools.hpp"
#include "core/column.hpp"
#include "core/declarations.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace latecomer {

/// What an entry of the chronicle is about; names in events.hpp.
enum class EventKind : std::uint8_t {
    policy,
    window,
    presence,
    retaliation,
    upgrade,
    parameters,
    leaver
};

/// An entry of the chronicle: something rare that a person would want to know of.
struct Event {
    std::uint32_t quarter = 0;
    EventKind kind = EventKind::policy;
    std::string who;
    std::string where;
    double value = 0.0;
    std::string label;
};

/// Relative residuals of the accounts (agents/MODEL.md, section 8).
struct Residuals {
    double shares = 0.0;  ///< A1
    double sales = 0.0;   ///< A2
    double trade = 0.0;   ///< A3
    double profit = 0.0;  ///< A4
    double index = 0.0;   ///< A4: index times quantity is value
    double debt = 0.0;    ///< A5
    double money = 0.0;   ///< A6
    double data = 0.0;    ///< A7
    double firms = 0.0;   ///< A8

    static constexpr auto table = std::tuple{
        Shared{"shares", &Residuals::shares}, Shared{"sales", &Residuals::sales},
        Shared{"trade", &Residuals::trade},   Shared{"profit", &Residuals::profit},
        Shared{"index", &Residuals::index},   Shared{"debt", &Residuals::debt},
        Shared{"money", &Residuals::money},   Shared{"data", &Residuals::data},
        Shared{"firms", &Residuals::firms},
    };
};
static_assert(fully_declared<Residuals>);

/// What a quarter works out for observers alone: the model reads none of it.  What was not wanted
/// is not in the results, so the state cannot be compared with that of a run that wanted all.
struct Observation {
    bool distributions =
        true;                ///< how firms of a pool differ: concentration, mark-up, ln capability
    bool identities = true;  ///< residuals of the accounts
};

/// What happened in the quarter just ended; files and the next quarter read it.
struct QuarterResults {
    Column<PoolId, PoolResults> pools;
    Column<CountryId, CountryFlows> flows;
    Table<PoolId, PositionId, std::int64_t> upgrades;  ///< firms that moved from pool to position
    std::vector<double> data_flows;  ///< by (country of use, home of holder, sector)
    std::vector<double> histogram;   ///< firms by (position, bin of ln capability)
    Residuals residuals;
    std::int64_t firms_before = 0;
    double money_before = 0.0;
    std::vector<Event> events;

    static constexpr auto table = std::tuple{
        Shared{"pool.results", &QuarterResults::pools},
        Shared{"country.flows", &QuarterResults::flows},
        Shared{"pool.upgrades", &QuarterResults::upgrades},
        Shared{"data_flows", &QuarterResults::data_flows, {"country", "country", "sector"}},
        Shared{"world.histogram", &QuarterResults::histogram, {"position", "bin"}},
        Shared{"world.results.residuals", &QuarterResults::residuals},
        Shared{"world.results.firms_before", &QuarterResults::firms_before},
        Shared{"world.results.money_before", &QuarterResults::money_before},
        NotShared{&QuarterResults::events, Role::diagnostic},
    };
};
static_assert(fully_declared<QuarterResults>);

}  // namespace latecomer
