#pragma once

#include "agents/economy/positions.hpp"
#include "agents/policy/government.hpp"
#include "agents/policy/levers.hpp"
#include "agents/world/countries.hpp"
#include "agents/world/firms.hpp"
#include "agents/world/leads.hpp"
#include "agents/world/markets.hpp"
#include "agents/world/pools.hpp"
#include "agents/world/scenario.hpp"
#include "agents/world/workspace.hpp"
#include "core/column.hpp"
#include "core/declarations.hpp"
#include "core/random.hpp"
#include "core/stopwatch.hpp"
#include "mpi/partition.hpp"

#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace latecomer {

/// References that firms look up to (MODEL.md, step 4): by country and stage, and world-wide.
struct References {
    ByStage<double> frontier{1.0, 1.0, 1.0, 1.0};  ///< F_s; the initial one is 1
    Column<CountryId, ByStage<double>> mean;       ///< M_{c,s}; 0: no firm
    Column<CountryId, ByStage<double>> best;       ///< B_{c,s}; 0: no firm
    Column<PositionId, double> mean_revenue;       ///< Rbar_p of the last quarter
    Column<PositionId, double> mean_units;         ///< mean units at p in the world

    static constexpr auto of_countries = std::tuple{
        Shared{"country.best", &References::best},
        Shared{"country.mean", &References::mean},
    };
    static constexpr auto of_world = std::tuple{
        Shared{"world.mean_revenue", &References::mean_revenue},
        Shared{"world.mean_units", &References::mean_units},
        Shared{"world.frontier", &References::frontier},
    };
    static constexpr auto table = std::tuple_cat(of_countries, of_world);
};
static_assert(fully_declared<References>);

/// What an entry of the chronicle is about; names in events.hpp.
enum class EventKind : std::uint8_t { policy, window, presence, retaliation, upgrade, parameters };

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

struct FirmScratch;

/// Holds what scratch_of() gives; a copy of a world gets memory of its own.
struct FirmScratchHolder {
    FirmScratchHolder() = default;
    FirmScratchHolder(const FirmScratchHolder&) {}
    FirmScratchHolder(FirmScratchHolder&&) = default;
    FirmScratchHolder& operator=(const FirmScratchHolder&) { return *this; }
    FirmScratchHolder& operator=(FirmScratchHolder&&) = default;

    std::shared_ptr<FirmScratch> memory;
};

/// The world as one rank sees it: its own latecomer firms, and everything that all ranks share.
struct World {
    Scenario scenario;
    Positions positions;
    RandomKey random;
    double data_resolution = 1.0;  ///< n_0 = N0/200: pooled data scale with the resolution
    std::uint32_t quarter = 0;     ///< quarters completed

    Countries countries;
    Column<CountryId, Government> governments;
    Column<CountryId, Levers> levers;
    Leads leads;
    Markets markets;
    Table<CountryId, CountryId, double> tariffs;           ///< levied by the row on the column
    Table<CountryId, CountryId, std::int64_t> tariff_end;  ///< quarter from which it is gone
    /// What lead firms of the row's country lost to policy of the column's, in four quarters.
    std::array<Table<CountryId, CountryId, double>, 4> losses;
    std::vector<double> window_base;  ///< k_b of each window, once it is open
    std::vector<double> old_shares;   ///< S^old by (country, window)
    FirmStore firms;
    mpi::Partition partition;

    Column<PoolId, PoolState> pools;
    Column<PoolId, PoolStatistics> statistics;
    References references;
    double world_exports = 0.0;                       ///< of the last quarter
    Table<PoolId, PositionId, std::uint8_t> climbed;  ///< whether anyone ever took this step

    // Of the quarter just ended; files and the next quarter read them.
    Column<PoolId, PoolResults> results;
    Column<CountryId, CountryFlows> flows;
    Table<PoolId, PositionId, std::int64_t> upgrades;  ///< firms that moved from pool to position
    std::vector<double> data_flows;  ///< by (country of use, home of holder, sector)
    std::vector<Event> events;
    std::vector<double> capability_histogram;  ///< firms by (position, bin of ln capability)
    Residuals residuals;
    std::int64_t firms_before = 0;
    double money_before = 0.0;

    Workspace workspace;             ///< no part of the state
    FirmScratchHolder firm_scratch;  ///< no part of the state
    Stopwatch stopwatch;             ///< for benchmarks; no part of the state

    /// Names and order are those of checkpoints.
    static constexpr auto table = std::tuple{
        NotShared{&World::scenario, Role::fixed},
        NotShared{&World::positions, Role::fixed},
        NotShared{&World::random, Role::fixed},
        NotShared{&World::data_resolution, Role::fixed},
        NotShared{&World::firms, Role::local},
        NotShared{&World::partition, Role::local},
        NotShared{&World::events, Role::diagnostic},
        NotShared{&World::workspace, Role::local},
        NotShared{&World::firm_scratch, Role::local},
        NotShared{&World::stopwatch, Role::local},
        Shared{"world.quarter", &World::quarter},
        Group{&World::countries, Countries::table},
        Shared{"country.levers", &World::levers},
        Shared{"country.flows", &World::flows},
        Group{&World::references, References::of_countries},
        Shared{"tariffs", &World::tariffs},
        Shared{"tariff_end", &World::tariff_end},
        Shared{"losses", &World::losses},
        Shared{"data_flows", &World::data_flows, {"country", "country", "sector"}},
        Group{&World::governments, Government::table},
        Group{&World::leads, Leads::table},
        Group{&World::markets, Markets::table},
        Shared{"pool.state", &World::pools},
        Shared{"pool.statistics", &World::statistics},
        Shared{"pool.results", &World::results},
        Shared{"pool.upgrades", &World::upgrades},
        Shared{"pool.climbed", &World::climbed},
        MoreOfGroup{&World::references, References::of_world},
        Shared{"world.exports", &World::world_exports},
        Shared{"world.residuals", &World::residuals},
        Shared{"world.histogram", &World::capability_histogram, {"position", "bin"}},
        Shared{"world.money_before", &World::money_before},
        Shared{"world.firms_before", &World::firms_before},
        Shared{"window.base", &World::window_base, {"window"}},
        Shared{"window.old_share", &World::old_shares, {"country", "window"}},
    };

    const Parameters& parameters() const { return scenario.parameters; }
    PoolId pool(CountryId c, PositionId p) const
    {
        return PoolId{c.at() * positions.size() + p.at()};
    }
    CountryId country_of(PoolId pool) const { return CountryId{pool.at() / positions.size()}; }
    PositionId position_of(PoolId pool) const { return PositionId{pool.at() % positions.size()}; }
    Range<PoolId> pool_indices() const { return pools.indices(); }
};
static_assert(fully_declared<World>);

/// Firms in all pools at the end of the last quarter.
std::int64_t firm_count(const World& world);

}  // namespace latecomer
