#pragma once

#include "agents/economy/positions.hpp"
#include "agents/policy/government.hpp"
#include "agents/policy/levers.hpp"
#include "agents/world/firms.hpp"
#include "agents/world/markets.hpp"
#include "agents/world/scenario.hpp"
#include "agents/world/workspace.hpp"
#include "core/column.hpp"
#include "core/random.hpp"
#include "core/stopwatch.hpp"
#include "mpi/partition.hpp"

#include <memory>
#include <vector>

namespace latecomer {

/// Countries with their governments, the same on every rank.  Money is in numeraire.
struct Countries {
    // Fixed over a run.
    Column<CountryId, std::string> key;
    Column<CountryId, std::uint32_t> row;  ///< in the country table
    Column<CountryId, CountryRole> role;
    Column<CountryId, double> initial_firms;   ///< N0_c
    Column<CountryId, double> initial_demand;  ///< H0_c, numeraire per quarter
    Column<CountryId, double> search_share;    ///< rho_c
    Column<CountryId, double> budget_share;    ///< b_share_c
    Column<CountryId, double> initial_skill;   ///< h0_c, also administrative capacity

    // State.
    Column<CountryId, double> wage;
    Column<CountryId, double> exchange_rate;
    Column<CountryId, double> adoption;
    Column<CountryId, ByStage<double>> skill;
    Column<CountryId, double> mean_capability;         ///< K_c of the last quarter
    Column<CountryId, double> mean_capability_before;  ///< K_c of the quarter before
    Column<CountryId, double> trade_balance;           ///< of the last quarter
    Column<CountryId, double> income;                  ///< of the last quarter
    Column<CountryId, double> tax_revenue;             ///< of the last quarter
    Column<CountryId, double> public_debt;
    Column<CountryId, double> other_wealth;       ///< of the rest of the economy
    Column<CountryId, double> processing_orders;  ///< PRL orders of lead firms at home here
    Table<CountryId, PositionId, double> orders;  ///< clearing account of input orders
    Table<CountryId, SectorId, double> commons;
    Table<CountryId, SectorId, double> open_data;

    std::size_t size() const { return key.size(); }
    Range<CountryId> indices() const { return key.indices(); }
};

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

    std::size_t size() const { return home.size(); }
    Range<LeadId> indices() const { return home.indices(); }
};

/// What is known of a pool at the end of a quarter and held for the next (agents/MODEL.md, section 3,
/// step 4).
struct PoolStatistics {
    std::int64_t firms = 0;
    std::int64_t exporters = 0;
    double mean_capability = 0.0;  ///< M_{c,p}, at the position's stage
    double best_capability = 0.0;  ///< B_{c,p}
};

/// References that firms look up to, by country and stage, and world-wide
/// (agents/countries/README.md, "References").
struct References {
    ByStage<double> frontier{1.0, 1.0, 1.0, 1.0};  ///< F_s; the initial one is 1
    Column<CountryId, ByStage<double>> mean;       ///< M_{c,s}; 0: no firm
    Column<CountryId, ByStage<double>> best;       ///< B_{c,s}; 0: no firm
    Column<PositionId, double> mean_revenue;       ///< Rbar_p of the last quarter
    Column<PositionId, double> mean_units;         ///< mean units at p in the world
};

/// A pool's part of the state that is the same on every rank.
struct PoolState {
    double log_appeal = 0.0;      ///< ln V of the last quarter, origin of the next expansion
    double domestic_scale = 1.0;  ///< factor that makes the stored domestic shares sum to 1
    double export_scale = 1.0;    ///< the same for export shares
};

constexpr std::size_t histogram_bins = 64;
inline constexpr double histogram_low = -8.0;  ///< of ln capability
inline constexpr double histogram_high = 4.0;

/// What happened in a pool in the quarter just ended: the sum over its firms on all ranks.
struct PoolResults {
    // Competition (eq. 13-15).
    double appeal = 0.0;           ///< V at home
    double export_appeal = 0.0;    ///< V abroad, before barriers
    double unit_index = 0.0;       ///< sum of w/P: units per value at home
    double export_index = 0.0;     ///< sum of v/P: units per value abroad, before barriers
    double domestic_weight = 0.0;  ///< sum of stored shares times growth
    double export_weight = 0.0;
    // Sales (eq. 16).
    double domestic_sales = 0.0;  ///< value sold at home, reserved procurement included
    double export_sales = 0.0;    ///< value received from abroad, net of tariffs
    double tariffs = 0.0;         ///< that governments abroad took of its sales
    double exported_data = 0.0;   ///< data brought home from abroad (eq. 18)
    // Sums over firms (eq. 17).
    double revenue = 0.0;
    double units = 0.0;
    double cost = 0.0;
    double profit = 0.0;
    double profit_tax = 0.0;
    double dividends = 0.0;
    double weighted_capability = 0.0;  ///< sum of revenue times capability
    double data_received = 0.0;
    double herfindahl = 0.0;
    double mark_up = 0.0;         ///< mean
    double log_capability = 0.0;  ///< mean
    double best_log_capability = 0.0;
    std::array<double, 3> quantiles{};  ///< p10, p50, p90 of ln capability
    // Events (eq. 23-26).
    std::int64_t sellers = 0;
    std::int64_t exits = 0;
    std::int64_t upgrades_out = 0;
    std::int64_t upgrades_in = 0;
    std::int64_t new_exporters = 0;
    std::int64_t entrants = 0;
    double domestic_shares = 0.0;       ///< of all sellers: 1
    double export_shares = 0.0;         ///< of all exporters: 1
    double staying_share = 0.0;         ///< W: domestic shares of firms that stay
    double staying_export_share = 0.0;  ///< W_x
    double seeds = 0.0;                 ///< sigma: market shares of newcomers
    double exit_cash = 0.0;
    double cash = 0.0;  ///< at the end of the quarter
};

/// Flows of a country in the quarter just ended, numeraire (agents/countries/README.md, "Accounts
/// between countries").
struct CountryFlows {
    double final_demand = 0.0;  ///< e H, paid
    double value_added_tax = 0.0;
    double wages = 0.0;
    double research = 0.0;
    double dividends = 0.0;
    double fixed_cost = 0.0;      ///< of firms; compliance included
    double presence_cost = 0.0;   ///< of foreign lead firms here, compliance included
    double venture_profit = 0.0;  ///< share of joint ventures' profit that stays here
    double mobility_cost = 0.0;   ///< upgrade and export entry
    double exit_cash = 0.0;
    double entrant_cash = 0.0;
    double profit_tax = 0.0;
    double fees = 0.0;
    double tariffs = 0.0;
    double spending = 0.0;  ///< of the policy programme
    double services = 0.0;  ///< of it, what the rest of the economy does and is paid for
    double interest = 0.0;
    double programme = 0.0;  ///< revenue that the programme may keep
    double debt_before = 0.0;
    double surplus = 0.0;  ///< what the programme does not need and passes on
    double exports = 0.0;  ///< net of tariffs
    double imports = 0.0;
    double revenue = 0.0;             ///< of firms at home here, lead firms included
    double input_orders = 0.0;        ///< by firms at home here
    double firm_cash = 0.0;           ///< stock at the end
    double lead_cash = 0.0;           ///< stock at the end
    double capability_revenue = 0.0;  ///< sum of revenue times capability
    double data_generated = 0.0;
    double data_kept = 0.0;
    double data_localised = 0.0;
    double data_exported = 0.0;
    double data_not_captured = 0.0;
    double lead_data = 0.0;      ///< taken in by lead firms at home here
    double data_received = 0.0;  ///< from abroad, by firms at home here
};

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
};

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
    Column<CountryId, double> final_demand;                ///< H_c of this quarter, home currency
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
    Column<CountryId, double> data_generated;         ///< in the last quarter
    Column<CountryId, double> data_held;              ///< of it, kept or localised
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

    const Parameters& parameters() const { return scenario.parameters; }
    PoolId pool(CountryId c, PositionId p) const
    {
        return PoolId{c.at() * positions.size() + p.at()};
    }
    CountryId country_of(PoolId pool) const { return CountryId{pool.at() / positions.size()}; }
    PositionId position_of(PoolId pool) const { return PositionId{pool.at() % positions.size()}; }
    Range<PoolId> pool_indices() const { return pools.indices(); }
};

/// Firms in all pools at the end of the last quarter.
std::int64_t firm_count(const World& world);

}  // namespace latecomer
