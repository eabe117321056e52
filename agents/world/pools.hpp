#pragma once

#include "agents/economy/positions.hpp"
#include "core/column.hpp"
#include "core/declarations.hpp"

#include <array>
#include <cstdint>
#include <tuple>

/// What is known of a pool: the latecomer firms of a country at a position.  The same on every rank.
namespace latecomer {

/// What is known of a pool at the end of a quarter and held for the next (MODEL.md, step 4).
struct PoolStatistics {
    std::int64_t firms = 0;
    std::int64_t exporters = 0;
    double mean_capability = 0.0;  ///< of firms, each alike, at the position's stage
    double best_capability = 0.0;  ///< B_{c,p}
    double sold_capability = 0.0;  ///< mean weighted by sales, the last if none sells; 0: never

    static constexpr auto table = std::tuple{
        Shared{"firms", &PoolStatistics::firms},
        Shared{"exporters", &PoolStatistics::exporters},
        Shared{"mean_capability", &PoolStatistics::mean_capability},
        Shared{"best_capability", &PoolStatistics::best_capability},
        Shared{"sold_capability", &PoolStatistics::sold_capability},
    };
};
static_assert(fully_declared<PoolStatistics>);

/// A pool's part of the state that is the same on every rank.
struct PoolState {
    double log_appeal = 0.0;      ///< ln V of the last quarter, origin of the next expansion
    double domestic_scale = 1.0;  ///< factor that makes the stored domestic shares sum to 1
    double export_scale = 1.0;    ///< the same for export shares

    static constexpr auto table = std::tuple{
        Shared{"log_appeal", &PoolState::log_appeal},
        Shared{"domestic_scale", &PoolState::domestic_scale},
        Shared{"export_scale", &PoolState::export_scale},
    };
};
static_assert(fully_declared<PoolState>);

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
    double weighted_capability = 0.0;  ///< sum of revenue times capability over the frontier
    double data_received = 0.0;
    double herfindahl = 0.0;
    double mark_up = 0.0;         ///< mean
    double log_capability = 0.0;  ///< mean
    double best_log_capability = 0.0;
    double largest_share = 0.0;         ///< of one firm in the pool
    std::array<double, 3> quantiles{};  ///< p10, p50, p90 of ln capability
    // Events (eq. 23-26).
    std::int64_t sellers = 0;
    std::int64_t exits = 0;
    std::int64_t upgrades_out = 0;
    std::int64_t upgrades_in = 0;
    std::int64_t selling_exporters = 0;  ///< of the sellers
    std::int64_t new_exporters = 0;
    std::int64_t exporters_stopped = 0;
    std::int64_t entrants = 0;
    std::int64_t entrants_at_floor = 0;  ///< whose capability is known to everybody (eq. 26)
    std::int64_t large_leavers = 0;      ///< firms with a tenth of their market that left
    double domestic_shares = 0.0;        ///< of all sellers: 1
    double export_shares = 0.0;          ///< of all exporters: 1
    double staying_share = 0.0;          ///< W: domestic shares of firms that stay
    double staying_export_share = 0.0;   ///< W_x
    double new_export_powers = 0.0;      ///< sum of relative size^export_size_exponent (eq. 24)
    double seeds = 0.0;                  ///< sigma: market shares of newcomers
    double large_leavers_share = 0.0;    ///< of their market
    double exit_cash = 0.0;
    double cash = 0.0;  ///< at the end of the quarter

    static constexpr auto table = std::tuple{
        Shared{"appeal", &PoolResults::appeal},
        Shared{"export_appeal", &PoolResults::export_appeal},
        Shared{"unit_index", &PoolResults::unit_index},
        Shared{"export_index", &PoolResults::export_index},
        Shared{"domestic_weight", &PoolResults::domestic_weight},
        Shared{"export_weight", &PoolResults::export_weight},
        Shared{"domestic_sales", &PoolResults::domestic_sales},
        Shared{"export_sales", &PoolResults::export_sales},
        Shared{"tariffs", &PoolResults::tariffs},
        Shared{"exported_data", &PoolResults::exported_data},
        Shared{"revenue", &PoolResults::revenue},
        Shared{"units", &PoolResults::units},
        Shared{"cost", &PoolResults::cost},
        Shared{"profit", &PoolResults::profit},
        Shared{"profit_tax", &PoolResults::profit_tax},
        Shared{"dividends", &PoolResults::dividends},
        Shared{"weighted_capability", &PoolResults::weighted_capability},
        Shared{"data_received", &PoolResults::data_received},
        Shared{"herfindahl", &PoolResults::herfindahl},
        Shared{"mark_up", &PoolResults::mark_up},
        Shared{"log_capability", &PoolResults::log_capability},
        Shared{"best_log_capability", &PoolResults::best_log_capability},
        Shared{"largest_share", &PoolResults::largest_share},
        Shared{"quantiles", &PoolResults::quantiles},
        Shared{"sellers", &PoolResults::sellers},
        Shared{"exits", &PoolResults::exits},
        Shared{"upgrades_out", &PoolResults::upgrades_out},
        Shared{"upgrades_in", &PoolResults::upgrades_in},
        Shared{"selling_exporters", &PoolResults::selling_exporters},
        Shared{"new_exporters", &PoolResults::new_exporters},
        Shared{"exporters_stopped", &PoolResults::exporters_stopped},
        Shared{"entrants", &PoolResults::entrants},
        Shared{"entrants_at_floor", &PoolResults::entrants_at_floor},
        Shared{"large_leavers", &PoolResults::large_leavers},
        Shared{"domestic_shares", &PoolResults::domestic_shares},
        Shared{"export_shares", &PoolResults::export_shares},
        Shared{"staying_share", &PoolResults::staying_share},
        Shared{"staying_export_share", &PoolResults::staying_export_share},
        Shared{"new_export_powers", &PoolResults::new_export_powers},
        Shared{"seeds", &PoolResults::seeds},
        Shared{"large_leavers_share", &PoolResults::large_leavers_share},
        Shared{"exit_cash", &PoolResults::exit_cash},
        Shared{"cash", &PoolResults::cash},
    };
};
static_assert(fully_declared<PoolResults>);

constexpr std::size_t histogram_bins = 64;
inline constexpr double histogram_low = -8.0;  ///< of ln capability
inline constexpr double histogram_high = 4.0;

}  // namespace latecomer
