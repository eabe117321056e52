#include "agents/firms/entry.hpp"

#include "agents/firms/firm_draws.hpp"
#include "agents/firms/firm_scratch.hpp"
#include "agents/firms/windows.hpp"
#include "core/elementary.hpp"
#include "core/errors.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"

#include <algorithm>

namespace latecomer {

namespace {

constexpr double entrant_experience = 40.0;  ///< quarters of mean output (eq. 26)
constexpr double entrant_ceiling = 0.95;     ///< of the frontier

double entrants_expected(const World& world, CountryId c, PositionId p)
{
    const EntryParameters& parameters = world.parameters().entry;
    const PoolResults& pool = world.results.pools[world.pool(c, p)];
    // A pool without revenue says nothing about profit: entry is unscaled.
    const double profit_rate =
        pool.revenue > 0.0 ? pool.profit / pool.revenue : parameters.profit_reference;
    const double attraction =
        1.0 + parameters.profit_response * (profit_rate - parameters.profit_reference);
    return parameters.rate * world.countries.initial_firms[c] * world.positions[p].initial_firms *
           world.levers[c].entry[p.at()] * std::max(0.0, attraction);
}

double entrant_units(const World& world, CountryId c, PositionId p)
{
    const PoolResults& pool = world.results.pools[world.pool(c, p)];
    if (pool.units > 0.0) {
        return pool.units / static_cast<double>(pool.sellers);
    }
    double units = 0.0;
    double sellers = 0.0;
    for (const CountryId o : world.countries.indices()) {
        const PoolResults& other = world.results.pools[world.pool(o, p)];
        units += other.units;
        sellers += static_cast<double>(other.sellers);
    }
    return units > 0.0 ? units / sellers : 1.0;
}

/// What all entrants of a pool have in common.
struct EntrantTerms {
    CountryId country;
    PositionId position;
    ByStage<double> capability{};  ///< before the draw
    double experience = 0.0;
    double cash = 0.0;
    double base = 1.0;  ///< of stored shares
};

EntrantTerms entrant_terms(const World& world, CountryId c, PositionId p)
{
    const EntryParameters& parameters = world.parameters().entry;
    const ByStage<double> floor{parameters.floor_collection, parameters.floor_storage,
                                parameters.floor_analytics, parameters.floor_applications};
    EntrantTerms terms{c, p, {}, 0.0, 0.0, 1.0};
    for (std::size_t s = 0; s < stages; ++s) {
        terms.capability[s] = std::max(parameters.imitation * world.references.mean[c][s],
                                       floor[s] * world.references.frontier[s]);
    }
    terms.experience = entrant_experience * entrant_units(world, c, p);
    terms.cash = world.parameters().finance.entrant_cash * world.countries.wage[c] *
                 world.countries.exchange_rate[c];
    terms.base = share_base(world, c, p);
    return terms;
}

FirmRecord make_entrant(const World& world, const EntrantTerms& terms, std::int64_t sequence,
                        double& seed)
{
    const EntryParameters& parameters = world.parameters().entry;
    const std::size_t own_stage = at(world.positions[terms.position].stage);
    FirmRecord firm;
    firm.id = identity::make(world.countries.row[terms.country], terms.position.at(),
                             world.quarter + 1, static_cast<std::uint64_t>(sequence));
    for (std::size_t s = 0; s < stages; ++s) {
        const double n = capability_draw(world.random, Stream::entrant, firm.id, world.quarter, s);
        const double drawn = terms.capability[s] * elementary::exp(parameters.dispersion * n);
        const double k = std::min(entrant_ceiling * world.references.frontier[s], drawn);
        firm.capability[s] = s > own_stage ? parameters.upstream_discount * k : k;
        firm.experience[s] = terms.experience;
    }
    equip_entrant(world, terms.country, firm);
    const double size = size_of_new_firm(world.random, Stream::entrant, firm.id, world.quarter,
                                         entrant_size_deviation);
    seed = std::max(entrant_seed(world, terms.country, terms.position, size), 1e-300);
    firm.domestic_share = seed / terms.base;
    firm.mark_up = world.parameters().selection.mark_up_start;
    firm.price = 1.0;
    firm.growth = 1.0;
    firm.cash = terms.cash;
    return firm;
}

void add_entrants(World& world, PoolId pool, const mpi::Range& mine, EntrantTally& tally)
{
    const EntrantTerms terms =
        entrant_terms(world, world.country_of(pool), world.position_of(pool));
    const std::size_t s = at(world.positions[terms.position].stage);
    BlockValues seeds, capability, cash;
    std::size_t made = 0;
    const auto add_up = [&] {
        const auto add = [&](EntrantTally::Quantity what, const BlockValues& values) {
            tally.sums.add(pool.at(), what, values.data(), made);
        };
        add(EntrantTally::seeds, seeds);
        add(EntrantTally::capability, capability);
        add(EntrantTally::cash, cash);
        made = 0;
    };
    double best = 0.0;
    for (std::int64_t sequence = mine.begin; sequence < mine.end; ++sequence) {
        const FirmRecord firm = make_entrant(world, terms, sequence, seeds[made]);
        capability[made] = firm.capability[s];
        cash[made] = firm.cash;
        best = std::max(best, firm.capability[s]);
        world.firms.add(pool, firm);
        if (++made == block_size) {
            add_up();
        }
    }
    add_up();
    tally.best_capability[pool.at()] = best;
}

/// Takes departing firms out of their pools.
void remove_departing(World& world, std::span<const Departure> departures)
{
    auto& leavers = scratch_of(world).leavers;
    leavers.clear();
    for (const Departure& departure : departures) {
        leavers.push_back(departure.slot);
    }
    world.firms.remove(leavers);
}

/// This rank's part of the entrants of every pool; makes room for them and for those who climb.
std::span<const mpi::Range> expect_arrivals(World& world, std::span<const Departure> departures,
                                            int rank)
{
    FirmScratch& scratch = scratch_of(world);
    scratch.arrivals.assign(world.pools.size(), 0);
    scratch.newcomers.resize(world.pools.size());
    for (const Departure& departure : departures) {
        scratch.arrivals[departure.to.at()] += departure.exits ? 0 : 1;
    }
    for (const PoolId pool : world.pool_indices()) {
        mpi::Range& mine = scratch.newcomers[pool.at()];
        mine = world.partition.slice(rank, static_cast<std::int64_t>(pool.at()),
                                     world.results.pools[pool].entrants);
        scratch.arrivals[pool.at()] += static_cast<std::size_t>(mine.size());
    }
    world.firms.reserve(scratch.arrivals);
    return scratch.newcomers;
}

/// A pool's share of its home market after hand-over, and the scale of its stored shares.
void hand_over_domestic(World& world, PoolId pool, double staying, double seeds)
{
    const CountryId c = world.country_of(pool);
    const PositionId p = world.position_of(pool);
    const double base = share_base(world, c, p);
    const double before = world.statistics[pool].firms > 0 ? base : 0.0;
    const double after = before * staying + seeds;
    world.pools[pool].domestic_scale = after > 0.0 ? base / after : 1.0;
    if (world.positions[p].world_market) {
        world.markets.processing_share[c] = after;
    } else {
        world.markets.share(c, p)[world.markets.supplier(c)] = after;
    }
}

/// The same abroad, for a pool's exporters.
void hand_over_exports(World& world, PoolId pool, double staying, std::int64_t newcomers)
{
    const CountryId c = world.country_of(pool);
    const PositionId p = world.position_of(pool);
    const double abroad = mean_share_abroad(world, c, p);
    const double seed = newcomers > 0 ? export_seed(world, c, p) : 0.0;
    const double added = static_cast<double>(newcomers) * seed;
    const double after =
        abroad > 0.0 ? abroad * staying + added : staying + static_cast<double>(newcomers);
    world.pools[pool].export_scale = after <= 0.0 ? 1.0 : (abroad > 0.0 ? abroad : 1.0) / after;
    for (const CountryId d : world.countries.indices()) {
        if (d != c) {
            double& of_pool = world.markets.share(d, p)[world.markets.supplier(c)];
            of_pool = of_pool * staying + added;
        }
    }
}

void renormalise(std::span<double> shares)
{
    double sum = 0.0;
    for (const double of_supplier : shares) {
        sum += of_supplier;
    }
    if (sum > 0.0) {
        for (double& of_supplier : shares) {
            of_supplier /= sum;
        }
    }
}

void update_statistics(World& world, PoolId pool, const Tally& tally, const EntrantTally& entrants)
{
    PoolStatistics& now = world.statistics[pool];
    const PoolResults& results = world.results.pools[pool];
    now.firms += results.upgrades_in + results.entrants - results.exits - results.upgrades_out;
    const double capability = tally.sum(pool, PoolSum::capability) +
                              entrants.sums.value(pool.at(), EntrantTally::capability);
    const double best =
        std::max(tally.best_capability[pool.at()], entrants.best_capability[pool.at()]);
    now.mean_capability = now.firms > 0 ? capability / static_cast<double>(now.firms) : 0.0;
    now.best_capability = now.firms > 0 ? best : 0.0;
}

}  // namespace

void draw_entrants(World& world)
{
    for (const PoolId pool : world.pool_indices()) {
        const CountryId c = world.country_of(pool);
        const PositionId p = world.position_of(pool);
        const FirmId pair = identity::pair(world.countries.row[c], p.at());
        world.results.pools[pool].entrants =
            static_cast<std::int64_t>(poisson(world.random, Stream::entry, identity::bits(pair),
                                              world.quarter, entrants_expected(world, c, p)));
    }
}

void EntrantTally::clear()
{
    sums.clear();
    std::ranges::fill(best_capability, 0.0);
}

const EntrantTally& move_firms(World& world, std::span<const Departure> departures,
                               const mpi::Communicator& comm)
{
    remove_departing(world, departures);
    const std::span<const mpi::Range> mine = expect_arrivals(world, departures, comm.rank());
    for (const Departure& departure : departures) {
        if (!departure.exits) {
            world.firms.add(departure.to, departure.record);
        }
    }
    std::optional<EntrantTally>& entrants = scratch_of(world).entrants;
    if (!entrants) {
        entrants.emplace(world.pools.size());
    }
    EntrantTally& tally = *entrants;
    tally.clear();
    // Pools share nothing here: neither slots nor rows of the tally.
    world.stopwatch.enter(Phase::count);
    for_each_index(static_cast<long>(world.pools.size()), [&](long index, int thread) {
        Laps laps{world.stopwatch, thread};
        const PoolId pool{static_cast<std::size_t>(index)};
        if (!mine[pool.at()].empty()) {
            add_entrants(world, pool, mine[pool.at()], tally);
        }
        laps.lap(Phase::mobility);
    });
    world.stopwatch.enter(Phase::mobility);
    expect_departures(world);  // of the next quarter
    comm.sum(tally.sums.words());
    comm.max(tally.best_capability);
    expects_summable(world, tally.sums, "entrant");
    return tally;
}

void hand_over(World& world, const Tally& tally, const EntrantTally& entrants)
{
    // Export shares first: their seeds are relative to domestic shares before hand-over.
    for (const PoolId pool : world.pool_indices()) {
        if (!world.positions[world.position_of(pool)].world_market) {
            hand_over_exports(world, pool, world.results.pools[pool].staying_export_share,
                              world.results.pools[pool].new_exporters);
        }
    }
    for (const PoolId pool : world.pool_indices()) {
        const double seeds =
            world.results.pools[pool].seeds + entrants.sums.value(pool.at(), EntrantTally::seeds);
        world.results.pools[pool].seeds = seeds;
        world.results.pools[pool].cash += entrants.sums.value(pool.at(), EntrantTally::cash);
        hand_over_domestic(world, pool, world.results.pools[pool].staying_share, seeds);
        update_statistics(world, pool, tally, entrants);
    }
    for (const PositionId p : world.positions.indices()) {
        if (world.positions[p].world_market) {
            renormalise(world.markets.processing_share.span());
            continue;
        }
        for (const CountryId d : world.countries.indices()) {
            renormalise(world.markets.share(d, p));
        }
    }
}

}  // namespace latecomer
