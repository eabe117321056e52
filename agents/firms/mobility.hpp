#pragma once

#include "agents/kernels/firm_kernels.hpp"
#include "agents/world/block.hpp"
#include "agents/world/tally.hpp"

#include <vector>

namespace latecomer {

/// A position to which firms of a pool can upgrade, seen from their country (eq. 23).
struct UpgradeOption {
    PositionId to;
    std::size_t stage = 0;
    double weight = 0.0;     ///< home demand of its sector; 1 if there is no choice
    double threshold = 0.0;  ///< capability needed at that stage
    double profit = 0.0;     ///< that a newcomer expects there, a quarter
};

/// What all firms of a pool have in common when they may leave, climb or go abroad (eq. 23-25).
struct MobilityTerms {
    double weak_share = 0.0;  ///< share in the pool below which a firm fails to matter
    std::vector<UpgradeOption> options;
    double lowest_threshold = 0.0;  ///< of all options
    double upgrade_cost = 0.0;
    double market_share = 0.0;  ///< of the pool
    double firms = 0.0;         ///< of the pool
    // What a firm earns now.
    double overhead_rate = 0.0;  ///< search and compliance, per revenue
    double fixed_cost = 0.0;
    // Abroad.
    bool can_export = false;
    double export_threshold = 0.0;
    double export_cost = 0.0;   ///< a quarter
    double export_sales = 0.0;  ///< of the pool
    double search_share = 0.0;
    double first_sales = 0.0;  ///< abroad, of a new exporter of mean size
    double first_share = 0.0;  ///< the same in the units of stored export shares
    std::size_t stage = 0;
};

/// The terms of a pool whose exporters have the mean share `abroad`; they take over the memory of `reused`.
MobilityTerms mobility_terms(const World& world, CountryId c, PositionId p, double abroad,
                             MobilityTerms reused = {});

/// A firm that leaves its pool: it exits or climbs.
struct Leaver {
    PoolId pool;
    std::size_t place = 0;  ///< among the firms of the pool
};

/// What a firm that climbs is where it arrives.
struct Climber {
    PoolId to;
    FirmRecord firm;
};

/// Firms that leave their pools at the end of a quarter, and what some of them become elsewhere.
struct alignas(64) Departures {  // a cache line, because threads fill theirs at once
    std::vector<Leaver> leavers;
    std::vector<Climber> climbers;

    void clear()
    {
        leavers.clear();
        climbers.clear();
    }
};

/// Firms exit, upgrade or begin to export, one event for each firm (eq. 23-25).  Departures
/// are noted; nobody changes pool yet.
void decide_mobility(World& world, const Block& block, const MobilityTerms& terms, Tally& tally,
                     Departures& departures);

/// Market share of a pool's firms together: of its home market, or of the world market (PRL).
double pool_market_share(const World& world, CountryId c, PositionId p);

/// What stored domestic shares of a pool's newcomers are relative to: its market share, or 1 if it
/// has no firm.
double share_base(const World& world, CountryId c, PositionId p);

/// Market share with which a new firm starts (eq. 26): relative to the mean firm, or to taste in an
/// empty pool.  `size`: lognormal draw of mean one.
double entrant_seed(const World& world, CountryId c, PositionId p, double size);

/// Share in every market abroad with which a new exporter of mean size at home starts (eq. 24), and the mean share
/// abroad of the country's exporters together (eq. 26).
double export_seed(const World& world, CountryId c, PositionId p);
double mean_share_abroad(const World& world, CountryId c, PositionId p);

/// What stored export shares of a pool are relative to: its mean share abroad, unless that is next to nothing
/// beside the share that newcomers bring.
double export_base(double abroad, double seed);

/// mean_share_abroad() of all pools, in one walk over the markets.
void mean_shares_abroad(const World& world, Column<PoolId, double>& abroad);

/// Demand at every position in all countries, which export_seed() reads.
void sum_world_demand(World& world);

inline constexpr double entrant_size_deviation = 0.8;  ///< of ln size of entrants (eq. 26)

}  // namespace latecomer
