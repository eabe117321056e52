#include "agents/firms/mobility.hpp"

#include "agents/countries/references.hpp"
#include "agents/firms/firm_draws.hpp"
#include "core/constants.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace latecomer {

namespace {

constexpr double smallest_share = 1e-300;  ///< keeps quotients of shares defined

/// What a newcomer can expect to earn at a position, a quarter (eq. 23).
double profit_at(const World& world, CountryId c, PositionId p)
{
    const PoolId pool = world.pool(c, p);
    const auto firms = static_cast<double>(world.statistics[pool].firms);
    const double mark_up = world.parameters().selection.mark_up_start;
    const double margin = mark_up / (1.0 + mark_up) - world.countries.search_share[c];
    const double sales = firms > 0.0 ? world.parameters().mobility.upgrade_share *
                                           world.results.pools[pool].domestic_sales / firms
                                     : entrant_seed(world, c, p, 1.0) * world.markets.demand(c, p);
    return sales * margin - world.parameters().finance.fixed_cost * overhead(world, c, p);
}

std::vector<UpgradeOption> upgrade_options(const World& world, CountryId c, PositionId p,
                                           std::vector<UpgradeOption> options)
{
    const MobilityParameters& parameters = world.parameters().mobility;
    options.clear();
    for (const PositionId to : world.positions[p].ladder) {
        const Position& position = world.positions[to];
        const std::size_t s = at(position.stage);
        const double mean = world.statistics[world.pool(c, to)].sold_capability;
        const double floor = parameters.upgrade_floor * world.references.frontier[s];
        const double weight =
            position.sector ? world.parameters().sectors[position.sector->at()].demand_share : 1.0;
        options.push_back({to, s, weight, parameters.upgrade_threshold * std::max(mean, floor),
                           profit_at(world, c, to)});
    }
    return options;
}

/// Which option a firm considers: with probability proportional to home demand.
const UpgradeOption& choose(const World& world, const MobilityTerms& terms, FirmId id)
{
    if (terms.options.size() == 1) {
        return terms.options.front();
    }
    double total = 0.0;
    for (const UpgradeOption& option : terms.options) {
        total += option.weight;
    }
    double left =
        total * uniform(world.random, Stream::upgrade_sector, identity::bits(id), world.clock(), 0);
    for (const UpgradeOption& option : terms.options) {
        left -= option.weight;
        if (left < 0.0) {
            return option;
        }
    }
    return terms.options.back();
}

/// Capability at the stage of the pool, over the frontier.
double relative_capability(const World& world, const MobilityTerms& terms, FirmIndex i)
{
    return world.firms.columns.capability[terms.stage][i] / world.references.frontier[terms.stage];
}

/// The firm at its new position, after it paid for the move (eq. 23).
FirmRecord upgraded(const World& world, CountryId c, const MobilityTerms& terms,
                    const UpgradeOption& option, FirmRecord firm, double& seed)
{
    const PoolStatistics& pool = world.statistics[world.pool(c, option.to)];
    if (pool.firms > 0) {
        seed = world.parameters().mobility.upgrade_share * pool_market_share(world, c, option.to) /
               static_cast<double>(pool.firms);
    } else {
        const double size = size_of_new_firm(world.random, Stream::entrant, firm.id, world.clock(),
                                             entrant_size_deviation);
        seed = entrant_seed(world, c, option.to, size);
    }
    seed = std::max(seed, smallest_share);
    firm.cash -= terms.upgrade_cost;
    firm.domestic_share = seed / share_base(world, c, option.to);
    firm.export_share = 0.0;
    firm.weak_quarters = 0;
    firm.weak_exports = 0;
    return firm;
}

constexpr double large_share = 0.1;  ///< of a market: who has as much is missed

/// Notes a firm that leaves and takes it out of what its pool has at the end of the quarter.
void leave(const World& world, const Block& block, const MobilityTerms& terms, FirmIndex i,
           Tally& tally, Departures& departures)
{
    departures.leavers.push_back({block.pool, i.at() - world.firms.slots(block.pool).begin});
    const Firms& firms = world.firms.columns;
    tally.add(block.pool, PoolSum::staying_share, -firms.domestic_share[i]);
    tally.add(block.pool, PoolSum::staying_exports, -firms.export_share[i]);
    tally.add(block.pool, PoolSum::capability, -relative_capability(world, terms, i));
    tally.add(block.pool, PoolSum::cash, -firms.cash[i]);
    const double share = firms.domestic_share[i] * terms.market_share;
    if (share >= large_share) {
        ++tally.number(block.pool, PoolCount::large_leavers);
        tally.add(block.pool, PoolSum::large_leavers_share, share);
    }
}

void exit(World& world, const Block& block, const MobilityTerms& terms, FirmIndex i, Tally& tally,
          Departures& departures)
{
    leave(world, block, terms, i, tally, departures);
    tally.add(block.pool, PoolSum::exit_cash, world.firms.columns.cash[i]);
    ++tally.number(block.pool, PoolCount::exits);
}

/// Part of revenue that is left of the mark-up after what is paid in proportion to revenue.
double margin(const Firms& firms, FirmIndex i, double rate)
{
    return firms.mark_up[i] / (1.0 + firms.mark_up[i]) - rate;
}

/// Profit of the quarter at the firm's present mark-up (eq. 17).
double profit_now(const Firms& firms, const MobilityTerms& terms, FirmIndex i)
{
    const double exporting = firms.export_share[i] > 0.0 ? terms.export_cost : 0.0;
    return firms.revenue[i] * margin(firms, i, terms.overhead_rate) - terms.fixed_cost - exporting;
}

/// Who makes a profit leaves its position only for one that is worth it (eq. 23).
bool is_worth_climbing(const World& world, const MobilityTerms& terms, const UpgradeOption& option,
                       FirmIndex i)
{
    const double profit = profit_now(world.firms.columns, terms, i);
    return profit <= 0.0 || option.profit >= world.parameters().mobility.climbing_patience * profit;
}

bool upgrade(World& world, const Block& block, const MobilityTerms& terms, FirmIndex i,
             Tally& tally, Departures& departures)
{
    const Firms& firms = world.firms.columns;
    const UpgradeOption& option = choose(world, terms, firms.id[i]);
    if (firms.capability[option.stage][i] < option.threshold ||
        !is_worth_climbing(world, terms, option, i)) {
        return false;
    }
    double seed = 0.0;
    const FirmRecord moved =
        upgraded(world, block.country, terms, option, record_of(firms, i), seed);
    const PoolId to = world.pool(block.country, option.to);
    leave(world, block, terms, i, tally, departures);
    ++tally.number(block.pool, PoolCount::upgrades_out);
    ++tally.number(to, PoolCount::upgrades_in);
    ++tally.upgrades(block.pool, option.to);
    tally.add(to, PoolSum::seeds, seed);
    tally.add(to, PoolSum::capability,
              moved.capability[option.stage] / world.references.frontier[option.stage]);
    tally.add(to, PoolSum::cash, moved.cash);
    tally.best_capability[to.at()] =
        std::max(tally.best_capability[to.at()], moved.capability[option.stage]);
    departures.climbers.push_back({to, moved});
    return true;
}

/// Begins to export if the margin of the first sales covers the cost (eq. 24).
void begin_to_export(World& world, const Block& block, const MobilityTerms& terms, FirmIndex i,
                     Tally& tally)
{
    Firms& firms = world.firms.columns;
    const double size = firms.domestic_share[i] * terms.firms;
    const double power = std::max(
        elementary::pow(size, world.parameters().mobility.export_size_exponent), smallest_share);
    if (terms.first_sales * power * margin(firms, i, terms.search_share) < terms.export_cost) {
        return;
    }
    firms.export_share[i] = terms.first_share * power;
    firms.weak_exports[i] = 0;
    tally.add(block.pool, PoolSum::new_export_powers, power);
    ++tally.number(block.pool, PoolCount::new_exporters);
}

/// Exports that did not pay for long enough end (eq. 24a).
void stop_exporting(World& world, const Block& block, FirmIndex i, Tally& tally)
{
    Firms& firms = world.firms.columns;
    tally.add(block.pool, PoolSum::staying_exports, -firms.export_share[i]);
    firms.export_share[i] = 0.0;
    firms.weak_exports[i] = 0;
    ++tally.number(block.pool, PoolCount::exporters_stopped);
}

}  // namespace

double pool_market_share(const World& world, CountryId c, PositionId p)
{
    return world.positions[p].world_market ? world.markets.processing_share[c]
                                           : world.markets.share(c, p)[world.markets.supplier(c)];
}

double share_base(const World& world, CountryId c, PositionId p)
{
    return world.statistics[world.pool(c, p)].firms > 0
               ? std::max(pool_market_share(world, c, p), smallest_share)
               : 1.0;
}

double entrant_seed(const World& world, CountryId c, PositionId p, double size)
{
    const double firms = static_cast<double>(world.statistics[world.pool(c, p)].firms);
    const double share_of_mean = world.parameters().entry.seed_share;
    if (firms > 0.0) {
        return share_of_mean * (pool_market_share(world, c, p) / firms) * size;
    }
    const double taste = world.positions[p].world_market
                             ? world.markets.processing_taste[c]
                             : world.markets.taste(c, p, world.markets.supplier(c));
    const double usual = world.countries.initial_firms[c] * world.positions[p].initial_firms;
    return share_of_mean * taste / std::max(1.0, usual) * size;
}

MobilityTerms mobility_terms(const World& world, CountryId c, PositionId p, double abroad,
                             MobilityTerms reused)
{
    const MobilityParameters& parameters = world.parameters().mobility;
    const PoolStatistics& pool = world.statistics[world.pool(c, p)];
    const double mean_revenue = overhead(world, c, p);
    MobilityTerms terms;
    terms.stage = at(world.positions[p].stage);
    terms.options = upgrade_options(world, c, p, std::move(reused.options));
    terms.lowest_threshold = 1e300;
    for (const UpgradeOption& option : terms.options) {
        terms.lowest_threshold = std::min(terms.lowest_threshold, option.threshold);
    }
    terms.upgrade_cost = parameters.upgrade_cost * mean_revenue;
    terms.market_share = pool_market_share(world, c, p);
    terms.firms = static_cast<double>(pool.firms);
    terms.search_share = world.countries.search_share[c];
    terms.overhead_rate = terms.search_share + world.levers[c].compliance_cost;
    terms.fixed_cost = world.parameters().finance.fixed_cost * mean_revenue;
    terms.can_export = !world.positions[p].world_market && world.countries.size() > 1;
    terms.export_threshold = parameters.export_threshold * pool.mean_capability;
    if (pool.firms > 0) {
        terms.weak_share = parameters.exit_share / terms.firms;
    }
    if (terms.can_export && pool.firms > 0) {
        const double seed = export_seed(world, c, p);
        terms.export_cost = parameters.export_fixed_cost * mean_revenue;
        terms.export_sales = world.results.pools[world.pool(c, p)].export_sales;
        terms.first_sales =
            seed * (world.workspace.world_demand[p.at()] - world.markets.demand(c, p));
        terms.first_share = abroad > 0.0 ? seed / export_base(abroad, seed) : 1.0;
    }
    return terms;
}

double export_seed(const World& world, CountryId c, PositionId p)
{
    const PoolStatistics& pool = world.statistics[world.pool(c, p)];
    const double mean_share =
        pool_market_share(world, c, p) / static_cast<double>(std::max<std::int64_t>(1, pool.firms));
    const double at_home = world.markets.demand(c, p);
    const double abroad = world.workspace.world_demand[p.at()] - at_home;
    const double size = abroad > at_home ? at_home / abroad : 1.0;  // of home, seen from abroad
    return std::max(world.parameters().mobility.export_share * mean_share * size, smallest_share);
}

double export_base(double abroad, double seed)
{
    constexpr double least_part = 0x1p-30;  // sums over firms cannot hold every quotient
    return std::max(abroad, least_part * seed);
}

void sum_world_demand(World& world)
{
    for (const PositionId p : world.positions.indices()) {
        double& sum = world.workspace.world_demand[p.at()];
        sum = 0.0;
        for (const CountryId d : world.countries.indices()) {
            sum += world.markets.demand(d, p);
        }
    }
}

double mean_share_abroad(const World& world, CountryId c, PositionId p)
{
    double sum = 0.0;
    for (const CountryId d : world.countries.indices()) {
        if (d != c) {
            sum += world.markets.share(d, p)[world.markets.supplier(c)];
        }
    }
    const std::size_t foreign = world.countries.size() - 1;
    return foreign > 0 ? sum / static_cast<double>(foreign) : 0.0;
}

void mean_shares_abroad(const World& world, Column<PoolId, double>& abroad)
{
    abroad.resize(world.pools.size());
    std::ranges::fill(abroad, 0.0);
    const std::size_t positions = world.positions.size();
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            const std::span<const double> shares = world.markets.share(d, p);
            double* of_country = abroad.data() + p.at();
            for (std::size_t o = 0; o < world.countries.size(); ++o) {
                of_country[o * positions] += o == d.at() ? 0.0 : shares[o];
            }
        }
    }
    if (world.countries.size() > 1) {
        for (double& sum : abroad) {
            sum /= static_cast<double>(world.countries.size() - 1);
        }
    }
}

namespace {

/// What find_events() asks for.
EventTerms event_terms(const World& world, const MobilityTerms& terms)
{
    constexpr double never = infinity;
    const bool climbing = !terms.options.empty();
    EventTerms events;
    events.stage = terms.stage;
    events.next_stage = climbing ? terms.options.front().stage : terms.stage;
    events.weak_share = terms.weak_share;
    events.climbing_cost = climbing ? terms.upgrade_cost : never;
    events.climbing_threshold = terms.lowest_threshold;
    events.climbing_rate = climbing ? world.parameters().mobility.upgrade_rate : 0.0;
    events.export_threshold = terms.export_threshold;
    events.export_rate = terms.can_export ? world.parameters().mobility.export_rate : 0.0;
    events.export_sales = terms.export_sales;
    events.export_cost = terms.export_cost;
    events.search_share = terms.search_share;
    return events;
}

}  // namespace

void decide_mobility(World& world, const Block& block, const MobilityTerms& terms, Tally& tally,
                     Departures& departures)
{
    Firms& firms = world.firms.columns;
    const MobilityParameters& parameters = world.parameters().mobility;
    const auto patience = static_cast<std::uint32_t>(parameters.exit_quarters);
    const auto patience_abroad = static_cast<std::uint32_t>(parameters.export_quarters);
    Events events;
    firm_kernels().find_events(values_of(firms, block), event_terms(world, terms), parameters,
                               draws_of(world), events);
    tally.number(block.pool, PoolCount::staying_exporters) += events.exporters;
    double& best = tally.best_capability[block.pool.at()];
    best = std::max(best, events.best);
    for (std::size_t n = 0; n < events.eventful.count; ++n) {
        const std::uint32_t place = events.eventful.places[n];
        const FirmIndex i{block.first + place};
        if (firms.cash[i] < 0.0 || firms.weak_quarters[i] >= patience) {
            exit(world, block, terms, i, tally, departures);
            continue;
        }
        if (events.climbing.has(place) && upgrade(world, block, terms, i, tally, departures)) {
            continue;
        }
        if (firms.weak_exports[i] >= patience_abroad) {
            stop_exporting(world, block, i, tally);
        } else if (firms.export_share[i] > 0.0) {
            ++tally.number(block.pool, PoolCount::staying_exporters);
        } else if (events.starting.has(place)) {
            begin_to_export(world, block, terms, i, tally);
        }
        best = std::max(best, firms.capability[terms.stage][i]);
    }
}

}  // namespace latecomer
