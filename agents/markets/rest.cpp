#include "agents/markets/rest.hpp"

#include "agents/markets/offers.hpp"
#include "core/constants.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer {

namespace {

/// Scales shares to a sum of one; false if there are none.
bool make_whole(std::span<double> shares)
{
    double sum = 0.0;
    for (const double share : shares) {
        sum += share;
    }
    if (sum <= 0.0) {
        return false;
    }
    for (double& share : shares) {
        share /= sum;
    }
    return true;
}

/// Shares of one market.
void hold_shares_of(World& world, CountryId d, PositionId p)
{
    const auto shares = world.markets.share(d, p);
    const auto held = world.held.share(d, p);
    std::ranges::copy(held, shares.begin());
    for (const CountryId o : world.countries.indices()) {
        const PoolStatistics& pool = world.statistics[world.pool(o, p)];
        if ((o == d ? pool.firms : pool.exporters) == 0) {
            shares[world.markets.supplier(o)] = 0.0;
        }
    }
    make_whole(shares);
}

}  // namespace

void hold_shares(World& world)
{
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            if (!world.positions[p].world_market) {
                hold_shares_of(world, d, p);
            }
        }
    }
}

bool hold_processing(World& world)
{
    Column<CountryId, double>& shares = world.markets.processing_share;
    for (const CountryId o : world.countries.indices()) {
        const bool sells = world.statistics[world.pool(o, Positions::processing)].firms > 0;
        shares[o] = sells ? world.held.processing_share[o] : 0.0;
    }
    return make_whole(shares.span());
}

void resting_tastes(std::span<const double> shares, std::span<const double> log_appeal,
                    const TradeParameters& trade, double floor, std::span<double> log_taste)
{
    double mean = 0.0;
    double known = 0.0;
    for (std::size_t k = 0; k < shares.size(); ++k) {
        if (log_appeal[k] > -infinity && shares[k] > 0.0) {
            mean += shares[k] * log_appeal[k];
            known += shares[k];
        }
    }
    mean = known > 0.0 ? mean / known : 0.0;
    const double response = trade.sensitivity / (1.0 - trade.habit);
    for (std::size_t k = 0; k < shares.size(); ++k) {
        const double weight = shares[k] > 0.0 ? std::max(shares[k], floor) : 0.1 * floor;
        const double above = log_appeal[k] > -infinity ? log_appeal[k] - mean : 0.0;
        log_taste[k] = elementary::log(weight) - response * above;
    }
}

double least_taste(const World& world)
{
    return world.parameters().trade.taste_floor / static_cast<double>(world.countries.size());
}

void let_tastes_rest(World& world)
{
    const TradeParameters& trade = world.parameters().trade;
    const double floor = least_taste(world);
    const auto countries = static_cast<std::int64_t>(world.countries.size());
    prepare_foreign_markets(world);
    set_lead_qualities(world, {0, countries});
    std::vector<double> log_appeal(world.countries.size() + world.leads.size());
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            if (!world.positions[p].world_market) {
                set_log_appeals(world, d, p, log_appeal);
                resting_tastes(world.markets.share(d, p), log_appeal, trade, floor,
                               world.markets.log_taste(d, p));
            }
        }
    }
    log_appeal.resize(world.countries.size());
    for (const CountryId o : world.countries.indices()) {
        const PoolResults& pool = world.results.pools[world.pool(o, Positions::processing)];
        log_appeal[o.at()] =
            elementary::log(pool.appeal / (1.0 + export_barrier(world, o, Positions::processing)));
    }
    Column<CountryId, double>& taste = world.markets.processing_taste;
    resting_tastes(world.markets.processing_share.span(), log_appeal, trade, floor, taste.span());
    for (double& of_country : taste) {
        of_country = elementary::exp(of_country);
    }
}

}  // namespace latecomer
