#include "agents/firms/mobility.hpp"

#include "agents/firms/firm_draws.hpp"
#include "core/random_fill.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <utility>

namespace latecomer {

namespace {

constexpr double smallest_share = 1e-300;  ///< keeps quotients of shares defined

std::vector<UpgradeOption> upgrade_options(const World& world, CountryId c, PositionId p,
                                           std::vector<UpgradeOption> options)
{
    const MobilityParameters& parameters = world.parameters().mobility;
    options.clear();
    for (const PositionId to : world.positions[p].ladder) {
        const Position& position = world.positions[to];
        const std::size_t s = at(position.stage);
        const double mean = world.statistics[world.pool(c, to)].mean_capability;
        const double floor = parameters.upgrade_floor * world.references.frontier[s];
        const double weight =
            position.sector ? world.parameters().sectors[position.sector->at()].demand_share : 1.0;
        options.push_back({to, s, weight, parameters.upgrade_threshold * std::max(mean, floor)});
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
        total * uniform(world.random, Stream::upgrade_sector, identity::bits(id), world.quarter, 0);
    for (const UpgradeOption& option : terms.options) {
        left -= option.weight;
        if (left < 0.0) {
            return option;
        }
    }
    return terms.options.back();
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
        const double size = size_of_new_firm(world.random, Stream::entrant, firm.id, world.quarter,
                                             entrant_size_deviation);
        seed = entrant_seed(world, c, option.to, size);
    }
    seed = std::max(seed, smallest_share);
    firm.cash -= terms.upgrade_cost;
    firm.domestic_share = seed / share_base(world, c, option.to);
    firm.export_share = 0.0;
    firm.weak_quarters = 0;
    return firm;
}

/// Takes a firm that leaves out of what its pool has at the end of the quarter.
void leave(const Firms& firms, const Block& block, FirmIndex i, std::size_t stage, Tally& tally)
{
    tally.add(block.pool, PoolSum::staying_share, -firms.domestic_share[i]);
    tally.add(block.pool, PoolSum::staying_exports, -firms.export_share[i]);
    tally.add(block.pool, PoolSum::capability, -firms.capability[stage][i]);
    tally.add(block.pool, PoolSum::cash, -firms.cash[i]);
}

void exit(World& world, const Block& block, const MobilityTerms& terms, FirmIndex i, Tally& tally,
          std::vector<Departure>& departures)
{
    const Firms& firms = world.firms.columns;
    leave(firms, block, i, terms.stage, tally);
    tally.add(block.pool, PoolSum::exit_cash, firms.cash[i]);
    ++tally.number(block.pool, PoolCount::exits);
    departures.push_back({block.pool, i, true, block.pool, {}});
}

bool upgrade(World& world, const Block& block, const MobilityTerms& terms, FirmIndex i,
             double chance, Tally& tally, std::vector<Departure>& departures)
{
    const Firms& firms = world.firms.columns;
    if (chance >= world.parameters().mobility.upgrade_rate) {
        return false;
    }
    const UpgradeOption& option = choose(world, terms, firms.id[i]);
    if (firms.capability[option.stage][i] < option.threshold) {
        return false;
    }
    double seed = 0.0;
    const FirmRecord moved =
        upgraded(world, block.country, terms, option, record_of(firms, i), seed);
    const PoolId to = world.pool(block.country, option.to);
    leave(firms, block, i, terms.stage, tally);
    ++tally.number(block.pool, PoolCount::upgrades_out);
    ++tally.number(to, PoolCount::upgrades_in);
    ++tally.upgrades(block.pool, option.to);
    tally.add(to, PoolSum::seeds, seed);
    tally.add(to, PoolSum::capability, moved.capability[option.stage]);
    tally.add(to, PoolSum::cash, moved.cash);
    tally.best_capability[to.at()] =
        std::max(tally.best_capability[to.at()], moved.capability[option.stage]);
    departures.push_back({block.pool, i, false, to, moved});
    return true;
}

void begin_to_export(World& world, const Block& block, const MobilityTerms& terms, FirmIndex i,
                     Tally& tally)
{
    Firms& firms = world.firms.columns;
    tally.add(block.pool, PoolSum::cash, -firms.cash[i]);
    firms.cash[i] -= terms.export_cost;
    firms.export_share[i] = terms.newcomer_export_share;
    tally.add(block.pool, PoolSum::cash, firms.cash[i]);
    ++tally.number(block.pool, PoolCount::new_exporters);
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
                             : world.markets.taste(c, p)[world.markets.supplier(c)];
    const double usual = world.countries.initial_firms[c] * world.positions[p].initial_firms;
    return share_of_mean * taste / std::max(1.0, usual) * size;
}

MobilityTerms mobility_terms(const World& world, CountryId c, PositionId p, MobilityTerms reused)
{
    const MobilityParameters& parameters = world.parameters().mobility;
    const PoolStatistics& pool = world.statistics[world.pool(c, p)];
    const double wage = world.countries.wage[c] * world.countries.exchange_rate[c];
    MobilityTerms terms;
    terms.stage = at(world.positions[p].stage);
    terms.options = upgrade_options(world, c, p, std::move(reused.options));
    terms.lowest_threshold = 1e300;
    for (const UpgradeOption& option : terms.options) {
        terms.lowest_threshold = std::min(terms.lowest_threshold, option.threshold);
    }
    terms.upgrade_cost = parameters.upgrade_cost * wage;
    terms.can_export = !world.positions[p].world_market && world.countries.size() > 1;
    terms.export_threshold = parameters.export_threshold * pool.mean_capability;
    terms.export_cost = parameters.export_cost * wage;
    if (pool.firms > 0) {
        const double mean_share = 1.0 / static_cast<double>(pool.firms);
        terms.weak_share = parameters.exit_share * mean_share;
        const double abroad = mean_share_abroad(world, c, p);
        terms.newcomer_export_share = abroad > 0.0 ? export_seed(world, c, p) / abroad : 1.0;
    }
    return terms;
}

double export_seed(const World& world, CountryId c, PositionId p)
{
    const PoolStatistics& pool = world.statistics[world.pool(c, p)];
    const double mean_share =
        pool_market_share(world, c, p) / static_cast<double>(std::max<std::int64_t>(1, pool.firms));
    return std::max(world.parameters().mobility.export_share * mean_share, smallest_share);
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

namespace {

/// Places in a block of the firms to which something may happen.
struct Eventful {
    std::array<std::uint32_t, block_size> places;
    std::size_t count = 0;
    BlockValues upgrade_chances;  ///< of these firms, if there is a position to climb to
};

/// What becomes of the firms to which nothing happens.
struct Stayers {
    std::int64_t exporters = 0;
    double best = 0.0;  ///< capability at the pool's stage
};

/// Counts the quarters in which firms were weak (eq. 25) and looks for those that may exit, climb
/// or begin to export.  Without a branch: they are few, and nobody can predict which.
Stayers find_events(World& world, const Block& block, const MobilityTerms& terms,
                    Eventful& eventful)
{
    constexpr double never = std::numeric_limits<double>::infinity();
    Firms& firms = world.firms.columns;
    const auto patience = static_cast<std::uint32_t>(world.parameters().mobility.exit_quarters);
    const bool climbing = !terms.options.empty();
    const std::size_t next_stage = climbing ? terms.options.front().stage : terms.stage;
    const double* next = firms.capability[next_stage].data() + block.first;
    const double* capability = firms.capability[terms.stage].data() + block.first;
    const double* domestic = firms.domestic_share.data() + block.first;
    const double* exported = firms.export_share.data() + block.first;
    const double* cash = firms.cash.data() + block.first;
    std::uint32_t* weak = firms.weak_quarters.data() + block.first;
    const double weak_share = terms.weak_share;
    const double climbing_cost = climbing ? terms.upgrade_cost : never;
    const double climbing_threshold = terms.lowest_threshold;
    const double export_cost = terms.can_export ? terms.export_cost : never;
    const double export_threshold = terms.export_threshold;
    std::array<std::uint32_t, block_size> events;
    std::array<std::uint32_t, block_size> exporting;  // and nothing happens to the firm
    double best = 0.0;
#pragma omp simd reduction(max : best)
    for (std::size_t i = 0; i < block.size; ++i) {
        const std::uint32_t at_home = exported[i] > 0.0 ? 0 : 1;
        const std::uint32_t small = domestic[i] < weak_share ? at_home : 0;
        weak[i] = (weak[i] + 1) * small;
        const std::uint32_t broke = cash[i] < 0.0 ? 1 : 0;
        const std::uint32_t exits = broke | (weak[i] >= patience ? 1 : 0);
        const std::uint32_t rich = cash[i] > climbing_cost ? 1 : 0;
        const std::uint32_t climbs = next[i] >= climbing_threshold ? rich : 0;
        const std::uint32_t funded = cash[i] > export_cost ? at_home : 0;
        const std::uint32_t starts = capability[i] >= export_threshold ? funded : 0;
        events[i] = exits | climbs | starts;
        exporting[i] = (1 - at_home) & (1 - events[i]);
        best = std::max(best, events[i] != 0 ? 0.0 : capability[i]);
    }
    eventful.count = 0;
    std::uint32_t exporters = 0;
    for (std::size_t i = 0; i < block.size; ++i) {
        exporters += exporting[i];
        eventful.places[eventful.count] = static_cast<std::uint32_t>(i);
        eventful.count += events[i];
    }
    return {exporters, best};
}

/// Draws for all at once, though some will not climb: one by one takes longer.
void draw_upgrade_chances(const World& world, const Block& block, Eventful& eventful)
{
    const std::uint64_t* ids = draw_ids(world.firms.columns, block);
    std::array<std::uint64_t, block_size> of_eventful;
    for (std::size_t n = 0; n < eventful.count; ++n) {
        of_eventful[n] = ids[eventful.places[n]];
    }
    double* chances = eventful.upgrade_chances.data();
    fill_chances(chances, chances, eventful.count, world.random, Stream::upgrade,
                 of_eventful.data(), world.quarter, 0, 0);
}

}  // namespace

void decide_mobility(World& world, const Block& block, const MobilityTerms& terms, Tally& tally,
                     std::vector<Departure>& departures)
{
    Firms& firms = world.firms.columns;
    const auto patience = static_cast<std::uint32_t>(world.parameters().mobility.exit_quarters);
    Eventful eventful;
    const Stayers stayers = find_events(world, block, terms, eventful);
    if (!terms.options.empty()) {
        draw_upgrade_chances(world, block, eventful);
    }
    tally.number(block.pool, PoolCount::staying_exporters) += stayers.exporters;
    double& best = tally.best_capability[block.pool.at()];
    best = std::max(best, stayers.best);
    for (std::size_t n = 0; n < eventful.count; ++n) {
        const FirmIndex i{block.first + eventful.places[n]};
        if (firms.cash[i] < 0.0 || firms.weak_quarters[i] >= patience) {
            exit(world, block, terms, i, tally, departures);
            continue;
        }
        const double cash = firms.cash[i];
        if (!terms.options.empty() && cash > terms.upgrade_cost &&
            firms.capability[terms.options.front().stage][i] >= terms.lowest_threshold &&
            upgrade(world, block, terms, i, eventful.upgrade_chances[n], tally, departures)) {
            continue;
        }
        if (firms.export_share[i] > 0.0) {
            ++tally.number(block.pool, PoolCount::staying_exporters);
        } else if (terms.can_export && cash > terms.export_cost &&
                   firms.capability[terms.stage][i] >= terms.export_threshold) {
            begin_to_export(world, block, terms, i, tally);
        }
        best = std::max(best, firms.capability[terms.stage][i]);
    }
}

}  // namespace latecomer
