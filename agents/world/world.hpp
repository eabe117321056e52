#pragma once

#include "agents/economy/positions.hpp"
#include "agents/policy/levers.hpp"
#include "agents/world/countries.hpp"
#include "agents/world/firms.hpp"
#include "agents/world/government.hpp"
#include "agents/world/leads.hpp"
#include "agents/world/markets.hpp"
#include "agents/world/pools.hpp"
#include "agents/world/results.hpp"
#include "agents/world/scenario.hpp"
#include "agents/world/technology.hpp"
#include "agents/world/trade.hpp"
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
    ByStage<double> frontier{1.0, 1.0, 1.0, 1.0};   ///< F_s; the initial one is 1
    Column<CountryId, ByStage<double>> mean;        ///< M_{c,s}, weighted by sales; 0: never a firm
    Column<CountryId, ByStage<double>> plain_mean;  ///< of firms, each alike; 0: no firm
    Column<CountryId, ByStage<double>> best;        ///< B_{c,s}; 0: no firm
    Column<CountryId, ByStage<double>> home;        ///< `mean`, or that of lead firms at home
    Column<CountryId, ByStage<double>> home_before;  ///< of the quarter before
    Column<CountryId, double> capability_index;      ///< ln of `home` over the frontier; NaN: none
    Column<PositionId, double> mean_revenue;         ///< Rbar_p of the last quarter
    Column<PositionId, double> mean_wage;            ///< at p in the world, by sellers; numeraire

    static constexpr auto table = std::tuple{
        Shared{"country.best", &References::best},
        Shared{"country.mean", &References::mean},
        Shared{"country.plain_mean", &References::plain_mean},
        Shared{"country.home", &References::home},
        Shared{"country.home_before", &References::home_before},
        Shared{"country.capability_index", &References::capability_index},
        Shared{"world.mean_revenue", &References::mean_revenue},
        Shared{"world.mean_wage", &References::mean_wage},
        Shared{"world.frontier", &References::frontier},
    };
};
static_assert(fully_declared<References>);

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
    std::uint32_t quarter = 0;     ///< quarters completed, those of the spin-up not counted
    std::uint32_t spun = 0;        ///< quarters of the spin-up completed

    Countries countries;
    Column<CountryId, Government> governments;
    Column<CountryId, Levers> levers;
    Leads leads;
    Markets markets;
    Trade trade;
    Technology technology;
    References references;
    HeldState held;
    FirmStore firms;
    mpi::Partition partition;
    Column<PoolId, PoolState> pools;
    Column<PoolId, PoolStatistics> statistics;
    Table<PoolId, PositionId, std::uint8_t> climbed;  ///< whether anyone ever took this step
    QuarterResults results;                           ///< of the quarter just ended

    Observation observation;         ///< of the next quarter; no part of the state
    Workspace workspace;             ///< no part of the state
    FirmScratchHolder firm_scratch;  ///< no part of the state
    Stopwatch stopwatch;             ///< for benchmarks; no part of the state

    static constexpr auto table = std::tuple{
        NotShared{&World::scenario, Role::fixed},
        NotShared{&World::positions, Role::fixed},
        NotShared{&World::random, Role::fixed},
        NotShared{&World::data_resolution, Role::fixed},
        Shared{"world.quarter", &World::quarter},
        Shared{"world.spun", &World::spun},
        Group{&World::countries, Countries::table},
        Group{&World::governments, Government::table},
        Shared{"country.levers", &World::levers},
        Group{&World::leads, Leads::table},
        Group{&World::markets, Markets::table},
        Group{&World::trade, Trade::table},
        Group{&World::technology, Technology::table},
        Group{&World::references, References::table},
        Group{&World::held, HeldState::table},
        NotShared{&World::firms, Role::local},
        NotShared{&World::partition, Role::local},
        Shared{"pool.state", &World::pools},
        Shared{"pool.statistics", &World::statistics},
        Shared{"pool.climbed", &World::climbed},
        Group{&World::results, QuarterResults::table},
        NotShared{&World::observation, Role::local},
        NotShared{&World::workspace, Role::local},
        NotShared{&World::firm_scratch, Role::local},
        NotShared{&World::stopwatch, Role::local},
    };

    const Parameters& parameters() const { return scenario.parameters; }
    /// All quarters completed: what random draws and identities of firms know of time.
    std::uint32_t clock() const { return spun + quarter; }
    /// Whether the coming quarter is one of the spin-up.
    bool spins_up() const { return spun < parameters().run.spin_up; }
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
