#include "agents/observation/moments.hpp"

#include "agents/observation/moment_statistics.hpp"
#include "core/constants.hpp"
#include "core/elementary.hpp"
#include "core/errors.hpp"
#include "core/ids.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace latecomer {
namespace {

constexpr std::int64_t age_of_cohort = 8;  ///< quarters after the end of that of the birth
constexpr double least_firms_of_pool = 20.0;

constexpr std::array rows{
    MomentRow{"tail_exponent", "1",
              "Exponent of the upper tail of revenue of firms, by ranks (P1)"},
    MomentRow{"tail_hill", "1",
              "Exponent of the upper tail of revenue of firms, by Hill's estimator (P1)"},
    MomentRow{"growth_shape", "1", "Subbotin shape of the growth of firms over a year (P2)"},
    MomentRow{"volatility_slope", "1",
              "Elasticity of the spread of growth of firms to their size (P3)"},
    MomentRow{
        "productivity_gap", "1",
        "Gap between the ninth and the first decile of capability of firms within pools (P4, ln)"},
    MomentRow{"turnover", "1", "Entries and exits of a year over firms (P5)"},
    MomentRow{"early_exits", "1", "Share of entrants that are gone within two years (P5)"},
    MomentRow{"exporters", "1", "Share of exporters among firms, processing aside (P6)"},
    MomentRow{"export_premium_revenue", "1", "Premium of exporters in revenue (P6, ln)"},
    MomentRow{"export_premium_capability", "1", "Premium of exporters in capability (P6, ln)"},
    MomentRow{"largest_share", "1",
              "Share of the largest firm in its pool, mean of years and pools"},
    MomentRow{
        "top_three", "1",
        "Share of the three largest lead firms in world sales of storage, mean of quarters (P9)"},
    MomentRow{"frontier_growth", "1/year", "Growth of the capability frontier, mean over stages"},
    MomentRow{"processing_growth", "1/year",
              "Growth of sales at processing in the fastest ten years of an economy (P13)"},
    MomentRow{
        "processing_per_worker", "1/year",
        "Growth of sales per worker at processing in the fastest ten years of an economy (P13)"},
    MomentRow{"climb_processing", "1/year",
              "Share of firms at processing that climb to analytics in a year (P14)"},
    MomentRow{"climb_analytics", "1/year",
              "Share of firms at analytics that climb to an application in a year (P14)"},
    MomentRow{"climbing_economies_processing", "1",
              "Share of economies in which a firm climbs from processing in fifty years (P14)"},
    MomentRow{"climbing_economies_analytics", "1",
              "Share of economies in which a firm climbs from analytics in fifty years (P14)"},
};

/// Quarters that are not watched; none of a run that is not longer.
std::int64_t burn_in_of(const RunParameters& run)
{
    return run.burn_in < run.quarters - 1 ? run.burn_in : 0;
}

/// The order of firms by identity.
std::vector<std::size_t> order_of(const std::vector<std::int64_t>& ids)
{
    std::vector<std::size_t> order(ids.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return ids[i]; });
    return order;
}

/// Growth of ln revenue over a year of firms that stayed in their pool, and ln revenue before, both less the mean of the pool.
struct Growth {
    std::vector<double> rates;
    std::vector<double> log_sizes;
};

/// Gap between deciles by pool, weighted by firms; pools of few firms are left out.
double decile_gap(const std::vector<double>& values, const std::vector<std::uint32_t>& pool,
                  std::size_t pools)
{
    std::vector<std::vector<double>> by_pool(pools);
    for (std::size_t i = 0; i < values.size(); ++i) {
        by_pool[pool[i]].push_back(values[i]);
    }
    double sum = 0.0;
    double firms = 0.0;
    for (std::vector<double>& own : by_pool) {
        const auto n = static_cast<double>(own.size());
        if (n >= least_firms_of_pool) {
            const double high = moments::quantile_of(own, 0.9);
            sum += n * (high - moments::quantile_of(own, 0.1));
            firms += n;
        }
    }
    return firms > 0.0 ? sum / firms : not_a_number;
}

/// Gathers all firms at the root; elsewhere nothing.  Collective.
FirmLines gather(const World& world, const mpi::Communicator& comm)
{
    FirmLines mine;
    std::vector<std::int64_t> pools;
    const Firms& firms = world.firms.columns;
    for (const PoolId pool : world.pool_indices()) {
        const std::size_t stage = at(world.positions[world.position_of(pool)].stage);
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            mine.id.push_back(static_cast<std::int64_t>(identity::bits(firms.id[i])));
            pools.push_back(static_cast<std::int64_t>(pool.at()));
            mine.revenue.push_back(firms.revenue[i]);
            mine.log_capability.push_back(elementary::log(firms.capability[stage][i]));
            mine.exports.push_back(firms.export_share[i] > 0.0 ? 1.0 : 0.0);
        }
    }
    const std::vector<std::int64_t> id =
        comm.gather_to_root(std::span<const std::int64_t>{mine.id});
    const std::vector<std::int64_t> pool =
        comm.gather_to_root(std::span<const std::int64_t>{pools});
    const auto all = [&](const std::vector<double>& values) {
        return comm.gather_to_root(std::span<const double>{values});
    };
    const std::vector<double> revenue = all(mine.revenue);
    const std::vector<double> log_capability = all(mine.log_capability);
    const std::vector<double> exports = all(mine.exports);
    FirmLines lines;
    for (const std::size_t i : order_of(id)) {
        lines.id.push_back(id[i]);
        lines.pool.push_back(static_cast<std::uint32_t>(pool[i]));
        lines.revenue.push_back(revenue[i]);
        lines.log_capability.push_back(log_capability[i]);
        lines.exports.push_back(exports[i]);
    }
    return lines;
}

Growth growth_of(const FirmLines& before, const FirmLines& after, std::size_t pools)
{
    Growth growth;
    std::vector<std::uint32_t> pool;
    std::size_t j = 0;
    for (std::size_t i = 0; i < before.id.size(); ++i) {
        while (j < after.id.size() && after.id[j] < before.id[i]) {
            ++j;
        }
        if (j < after.id.size() && after.id[j] == before.id[i] && after.pool[j] == before.pool[i] &&
            before.revenue[i] > 0.0 && after.revenue[j] > 0.0) {
            const double size = elementary::log(before.revenue[i]);
            growth.log_sizes.push_back(size);
            growth.rates.push_back(elementary::log(after.revenue[j]) - size);
            pool.push_back(before.pool[i]);
        }
    }
    moments::centre(growth.log_sizes, pool, pools);
    moments::centre(growth.rates, pool, pools);
    return growth;
}

/// Firms with revenue at positions where some sell abroad and others do not: all but processing.
struct Sellers {
    std::vector<double> exports;
    std::vector<double> log_revenue;
    std::vector<double> log_capability;
    std::vector<std::uint32_t> pool;
};

Sellers sellers_of(const FirmLines& lines, const World& world)
{
    Sellers sellers;
    for (std::size_t i = 0; i < lines.id.size(); ++i) {
        const PoolId pool{std::size_t{lines.pool[i]}};
        if (world.position_of(pool) != Positions::processing && lines.revenue[i] > 0.0) {
            sellers.exports.push_back(lines.exports[i]);
            sellers.log_revenue.push_back(elementary::log(lines.revenue[i]));
            sellers.log_capability.push_back(lines.log_capability[i]);
            sellers.pool.push_back(lines.pool[i]);
        }
    }
    return sellers;
}

double mean(const std::vector<double>& values)
{
    return values.empty() ? not_a_number
                          : std::accumulate(values.begin(), values.end(), 0.0) /
                                static_cast<double>(values.size());
}

}  // namespace

std::span<const MomentRow> moment_rows()
{
    return rows;
}

Moments::Moments(const World& world)
    : last_year_{world.parameters().run.quarters -
                 world.parameters().run.quarters % quarters_a_year},
      chain_{world}, largest_(world.pools.size(), 0.0), pool_firms_(world.pools.size(), 0.0),
      years_(world.pools.size(), 0.0)
{}

Observation Moments::needed(const World& world) const
{
    return {(world.quarter + 1) % quarters_a_year == 0, false};
}

void Moments::count_cohort(const World& world, const mpi::Communicator& comm)
{
    const RunParameters& run = world.parameters().run;
    const std::int64_t birth = static_cast<std::int64_t>(world.quarter) - 1 - age_of_cohort;
    if (birth < burn_in_of(run) || birth >= static_cast<std::int64_t>(entrants_.size())) {
        return;
    }
    const auto marked = static_cast<std::uint32_t>(birth + 1 + run.spin_up);
    std::int64_t here = 0;
    for (const PoolId pool : world.pool_indices()) {
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            here += identity::birth(world.firms.columns.id[i]) == marked ? 1 : 0;
        }
    }
    comm.sum(std::span{&here, 1});
    born_ += entrants_[static_cast<std::size_t>(birth)];
    kept_ += here;
}

void Moments::observe(const World& world, const mpi::Communicator& comm)
{
    if (world.quarter == 0) {
        return;  // still in the spin-up
    }
    std::int64_t entered = 0;
    std::int64_t moved = 0;
    for (const PoolId pool : world.pool_indices()) {
        entered += world.results.pools[pool].entrants;
        moved += world.results.pools[pool].entrants + world.results.pools[pool].exits;
    }
    entrants_.push_back(entered);
    if (world.quarter <= burn_in_of(world.parameters().run)) {
        return;
    }
    if (firms_ > 0) {
        turnover_.push_back(static_cast<double>(moved) / static_cast<double>(firms_));
    }
    firms_ = firm_count(world);
    chain_.observe(world);
    const std::int64_t quarter = world.quarter;
    if (quarter % quarters_a_year != 0) {
        return;
    }
    seen_ += 1.0;
    for (const PoolId pool : world.pool_indices()) {
        const auto firms = static_cast<double>(world.statistics[pool].firms);
        const double largest = world.results.pools[pool].largest_share;
        pool_firms_[pool.at()] += firms;
        if (firms > 0.0 && !std::isnan(largest)) {
            largest_[pool.at()] += largest;
            years_[pool.at()] += 1.0;
        }
    }
    count_cohort(world, comm);
    if (quarter == last_year_ - quarters_a_year) {
        before_ = gather(world, comm);
    } else if (quarter == last_year_) {
        latest_ = gather(world, comm);
    }
}

std::vector<double> Moments::compute(const World& world) const
{
    const std::size_t pools = world.pools.size();
    const Growth growth = growth_of(before_, latest_, pools);
    const Sellers sellers = sellers_of(latest_, world);
    const double exporters = mean(sellers.exports);
    const bool both = exporters > 0.0 && exporters < 1.0;
    const auto premium = [&](const std::vector<double>& what) {
        return both ? moments::within_slope(what, sellers.exports, sellers.pool, pools)
                    : not_a_number;
    };
    std::vector<double> shares;
    for (std::size_t pool = 0; pool < pools; ++pool) {
        if (years_[pool] > 0.0 && pool_firms_[pool] >= least_firms_of_pool * seen_) {
            shares.push_back(largest_[pool] / years_[pool]);
        }
    }
    std::vector<double> all{
        moments::tail_by_rank(latest_.revenue),
        moments::tail_by_hill(latest_.revenue),
        moments::subbotin_shape(growth.rates),
        moments::volatility_slope(growth.log_sizes, growth.rates),
        decile_gap(latest_.log_capability, latest_.pool, pools),
        static_cast<double>(quarters_a_year) * mean(turnover_),
        born_ > 0 ? static_cast<double>(born_ - kept_) / static_cast<double>(born_) : not_a_number,
        both ? exporters : not_a_number,
        premium(sellers.log_revenue),
        premium(sellers.log_capability),
        mean(shares)};
    const std::vector<double> chain = chain_.values();
    all.insert(all.end(), chain.begin(), chain.end());
    return all;
}

std::vector<double> Moments::values(const World& world, const mpi::Communicator& comm) const
{
    std::vector<double> all(rows.size(), not_a_number);
    if (comm.is_root()) {
        all = compute(world);
        expects(all.size() == rows.size(), "every moment has a value");
    }
    comm.broadcast(std::span{all});
    return all;
}

}  // namespace latecomer
