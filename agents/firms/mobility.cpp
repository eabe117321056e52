#include "agents/firms/mobility.hpp"

#include "agents/firms/firm_draws.hpp"
#include "core/constants.hpp"
#include "core/random_fill.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
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
                             : world.markets.taste(c, p, world.markets.supplier(c));
    const double usual = world.countries.initial_firms[c] * world.positions[p].initial_firms;
    return share_of_mean * taste / std::max(1.0, usual) * size;
}

MobilityTerms mobility_terms(const World& world, CountryId c, PositionId p, double abroad,
                             MobilityTerms reused)
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
EventTerms event_terms(const MobilityTerms& terms)
{
    constexpr double never = infinity;
    const bool climbing = !terms.options.empty();
    EventTerms events;
    events.stage = terms.stage;
    events.next_stage = climbing ? terms.options.front().stage : terms.stage;
    events.weak_share = terms.weak_share;
    events.climbing_cost = climbing ? terms.upgrade_cost : never;
    events.climbing_threshold = terms.lowest_threshold;
    events.export_cost = terms.can_export ? terms.export_cost : never;
    events.export_threshold = terms.export_threshold;
    return events;
}

/// Draws for all at once, though some will not climb: one by one takes longer.
void draw_upgrade_chances(const World& world, const FirmValues& firms, const BlockPlaces& eventful,
                          BlockValues& chances)
{
    std::array<std::uint64_t, block_size> ids;
    for (std::size_t n = 0; n < eventful.count; ++n) {
        ids[n] = firms.ids[eventful.places[n]];
    }
    fill_chances(chances.data(), chances.data(), eventful.count, world.random, Stream::upgrade,
                 ids.data(), world.quarter, 0, 0);
}

}  // namespace

void decide_mobility(World& world, const Block& block, const MobilityTerms& terms, Tally& tally,
                     std::vector<Departure>& departures)
{
    const FirmValues values = values_of(world.firms.columns, block);
    Firms& firms = world.firms.columns;
    const auto patience = static_cast<std::uint32_t>(world.parameters().mobility.exit_quarters);
    Events events;
    firm_kernels().find_events(values, event_terms(terms), patience, events);
    const BlockPlaces& eventful = events.eventful;
    BlockValues upgrade_chances;
    if (!terms.options.empty()) {
        draw_upgrade_chances(world, values, eventful, upgrade_chances);
    }
    tally.number(block.pool, PoolCount::staying_exporters) += events.exporters;
    double& best = tally.best_capability[block.pool.at()];
    best = std::max(best, events.best);
    for (std::size_t n = 0; n < eventful.count; ++n) {
        const FirmIndex i{block.first + eventful.places[n]};
        if (firms.cash[i] < 0.0 || firms.weak_quarters[i] >= patience) {
            exit(world, block, terms, i, tally, departures);
            continue;
        }
        const double cash = firms.cash[i];
        if (!terms.options.empty() && cash > terms.upgrade_cost &&
            firms.capability[terms.options.front().stage][i] >= terms.lowest_threshold &&
            upgrade(world, block, terms, i, upgrade_chances[n], tally, departures)) {
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
