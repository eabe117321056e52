#include "agents/firms/entry.hpp"

#include "agents/countries/references.hpp"
#include "agents/firms/firm_scratch.hpp"
#include "agents/firms/windows.hpp"
#include "agents/kernels/firm_kernels.hpp"
#include "core/elementary.hpp"
#include "core/errors.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"

#include <algorithm>
#include <array>

namespace latecomer {

namespace {

constexpr double entrant_experience = 40.0;  ///< quarters of mean output (eq. 26)
constexpr double entrant_ceiling = 0.95;     ///< of the frontier

/// Where digital markets spread, more firms find customers (eq. 26).
double market_growth(const World& world, CountryId c)
{
    const double response = world.parameters().entry.market_response;
    const double initial = world.countries.initial_adoption[c];
    return response > 0.0 && initial > 0.0
               ? elementary::pow(world.countries.adoption[c] / initial, response)
               : 1.0;
}

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
           world.levers[c].entry[p.at()] * std::max(0.0, attraction) * market_growth(world, c);
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
        sellers += static_cast<double>(other.sellers) / world.countries.grain[o];
    }
    return units > 0.0 ? units / sellers / world.countries.grain[c] : 1.0;
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

/// What an entrant learns from domestic firms (eq. 26).
double imitated(const World& world, CountryId c, std::size_t s)
{
    return world.parameters().entry.imitation * world.references.plain_mean[c][s];
}

/// What is known to everybody, as far as skills go (eq. 26).
double known(const World& world, CountryId c, std::size_t s)
{
    const EntryParameters& p = world.parameters().entry;
    const ByStage<double> floor{p.floor_collection, p.floor_storage, p.floor_analytics,
                                p.floor_applications};
    return floor[s] * world.countries.skill[c][s] * world.references.frontier[s];
}

EntrantTerms entrant_terms(const World& world, CountryId c, PositionId p)
{
    EntrantTerms terms;
    terms.country = c;
    terms.position = p;
    for (std::size_t s = 0; s < stages; ++s) {
        terms.capability[s] = std::max(imitated(world, c, s), known(world, c, s));
    }
    terms.experience = entrant_experience * entrant_units(world, c, p);
    terms.cash = world.parameters().finance.entrant_cash * overhead(world, c, p);
    terms.base = share_base(world, c, p);
    return terms;
}

/// Entrant i of a block whose draws are known; `seed` is its market share.
FirmRecord make_entrant(const World& world, const EntrantTerms& terms, FirmId id,
                        const NewFirms& draws, std::size_t i, double& seed)
{
    const EntryParameters& parameters = world.parameters().entry;
    const std::size_t own_stage = at(world.positions[terms.position].stage);
    FirmRecord firm;
    firm.id = id;
    for (std::size_t s = 0; s < stages; ++s) {
        const double drawn = terms.capability[s] * draws.capability[s][i];
        const double k = std::min(entrant_ceiling * world.references.frontier[s], drawn);
        firm.capability[s] = s > own_stage ? parameters.upstream_discount * k : k;
        firm.experience[s] = terms.experience;
    }
    equip_entrant(world, terms.country, firm);
    seed = std::max(entrant_seed(world, terms.country, terms.position, draws.size[i]), 1e-300);
    firm.domestic_share = seed / terms.base;
    firm.mark_up = world.parameters().selection.mark_up_start;
    firm.price = 1.0;
    firm.growth = 1.0;
    firm.cash = terms.cash;
    return firm;
}

/// Adds entrants of a pool, at most a block of them; returns their highest capability.
double add_block_of_entrants(World& world, PoolId pool, const EntrantTerms& terms,
                             const mpi::Range& some, EntrantTally& tally)
{
    const std::size_t s = at(world.positions[terms.position].stage);
    const auto n = static_cast<std::size_t>(some.size());
    std::array<std::uint64_t, block_size> ids;
    for (std::size_t i = 0; i < n; ++i) {
        ids[i] = identity::bits(identity::make(world.countries.row[terms.country],
                                               terms.position.at(), world.clock() + 1,
                                               static_cast<std::uint64_t>(some.begin) + i));
    }
    NewFirms draws;
    firm_kernels().shape_new_firms(ids.data(), n, draws_of(world), Stream::entrant,
                                   world.parameters().entry.dispersion, entrant_size_deviation,
                                   draws);
    const double inverse_frontier = 1.0 / world.references.frontier[s];
    BlockValues seeds, capability, cash;
    double best = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        const FirmRecord firm = make_entrant(world, terms, FirmId{ids[i]}, draws, i, seeds[i]);
        capability[i] = firm.capability[s] * inverse_frontier;
        cash[i] = firm.cash;
        best = std::max(best, firm.capability[s]);
        world.firms.add(pool, firm);
    }
    tally.sums.add(pool.at(), EntrantTally::seeds, seeds.data(), n);
    tally.sums.add(pool.at(), EntrantTally::capability, capability.data(), n);
    tally.sums.add(pool.at(), EntrantTally::cash, cash.data(), n);
    return best;
}

void add_entrants(World& world, PoolId pool, const mpi::Range& mine, EntrantTally& tally)
{
    const EntrantTerms terms =
        entrant_terms(world, world.country_of(pool), world.position_of(pool));
    constexpr auto most = static_cast<std::int64_t>(block_size);
    double best = 0.0;
    for (std::int64_t begin = mine.begin; begin < mine.end; begin += most) {
        const mpi::Range some{begin, std::min(mine.end, begin + most)};
        best = std::max(best, add_block_of_entrants(world, pool, terms, some, tally));
    }
    tally.best_capability[pool.at()] = best;
}

/// Puts leavers, climbers and this rank's part of the entrants in the order of pools, and makes room in each.
FirmScratch& sort_movers(World& world, std::span<const Departures> departures, int rank)
{
    FirmScratch& scratch = scratch_of(world);
    const std::size_t pools = world.pools.size();
    scratch.leavers.assign(pools, [&](const auto& visit) {
        for (const Departures& of_thread : departures) {
            for (const Leaver& leaver : of_thread.leavers) {
                visit(leaver.pool, leaver.place);
            }
        }
    });
    scratch.climbers.assign(pools, [&](const auto& visit) {
        for (const Departures& of_thread : departures) {
            for (const Climber& climber : of_thread.climbers) {
                visit(climber.to, &climber.firm);
            }
        }
    });
    scratch.newcomers.resize(pools);
    scratch.arrivals.resize(pools);
    for (const PoolId pool : world.pool_indices()) {
        scratch.newcomers[pool] = world.partition.slice(rank, static_cast<std::int64_t>(pool.at()),
                                                        world.results.pools[pool].entrants);
        const std::size_t arrive = scratch.climbers.of(pool).size() +
                                   static_cast<std::size_t>(scratch.newcomers[pool].size());
        const std::size_t leave = scratch.leavers.of(pool).size();
        scratch.arrivals[pool.at()] = arrive > leave ? arrive - leave : 0;
    }
    world.firms.reserve(scratch.arrivals, FirmStore::Arrivals::every_quarter);
    return scratch;
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

/// The same abroad, for a pool's exporters: what becomes of their shares, and the scale of stored ones.
void plan_exports(World& world, PoolId pool, FirmScratch& scratch)
{
    const CountryId c = world.country_of(pool);
    const PositionId p = world.position_of(pool);
    const double abroad = scratch.share_abroad[pool];
    const double staying = world.results.pools[pool].staying_export_share;
    const double newcomers = world.results.pools[pool].new_export_powers;
    const double seed = newcomers > 0.0 ? export_seed(world, c, p) : 0.0;
    const double added = newcomers * seed;
    const double base = abroad > 0.0 ? export_base(abroad, seed) : 1.0;
    const double after = abroad > 0.0 ? base * staying + added : staying + newcomers;
    world.pools[pool].export_scale = after <= 0.0 ? 1.0 : base / after;
    scratch.staying_abroad[pool] = staying;
    scratch.newcomers_abroad[pool] = added;
}

/// Shares of all foreign pools in the markets of a country.
void hand_over_imports(World& world, CountryId d, const FirmScratch& scratch)
{
    const std::size_t positions = world.positions.size();
    for (const PositionId p : world.positions.indices()) {
        if (world.positions[p].world_market) {
            continue;
        }
        const std::span<double> shares = world.markets.share(d, p);
        const double at_home = shares[d.at()];
        const double* staying = scratch.staying_abroad.data() + p.at();
        const double* added = scratch.newcomers_abroad.data() + p.at();
        for (std::size_t o = 0; o < world.countries.size(); ++o) {
            shares[o] = shares[o] * staying[o * positions] + added[o * positions];
        }
        shares[d.at()] = at_home;
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
    const std::size_t s = at(world.positions[world.position_of(pool)].stage);
    const double capability =
        world.references.frontier[s] * (tally.sum(pool, PoolSum::capability) +
                                        entrants.sums.value(pool.at(), EntrantTally::capability));
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
                                              world.clock(), entrants_expected(world, c, p)));
        const std::size_t s = at(world.positions[p].stage);
        world.results.pools[pool].entrants_at_floor =
            known(world, c, s) > imitated(world, c, s) ? world.results.pools[pool].entrants : 0;
    }
}

void EntrantTally::clear()
{
    sums.clear();
    std::ranges::fill(best_capability, 0.0);
}

const EntrantTally& move_firms(World& world, std::span<const Departures> departures,
                               const mpi::Communicator& comm)
{
    FirmScratch& scratch = sort_movers(world, departures, comm.rank());
    std::optional<EntrantTally>& entrants = scratch.entrants;
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
        world.firms.remove(pool, scratch.leavers.of(pool));
        for (const FirmRecord* climber : scratch.climbers.of(pool)) {
            world.firms.add(pool, *climber);
        }
        if (!scratch.newcomers[pool].empty()) {
            add_entrants(world, pool, scratch.newcomers[pool], tally);
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
    FirmScratch& scratch = scratch_of(world);
    mean_shares_abroad(world, scratch.share_abroad);
    scratch.staying_abroad.resize(world.pools.size());
    scratch.newcomers_abroad.resize(world.pools.size());
    // Exports first: their seeds are relative to domestic shares before hand-over.
    for (const PoolId pool : world.pool_indices()) {
        if (!world.positions[world.position_of(pool)].world_market) {
            plan_exports(world, pool, scratch);
        }
    }
    for (const CountryId d : world.countries.indices()) {
        hand_over_imports(world, d, scratch);
        for (const PositionId p : world.positions.indices()) {
            const PoolId pool = world.pool(d, p);
            const double seeds = world.results.pools[pool].seeds +
                                 entrants.sums.value(pool.at(), EntrantTally::seeds);
            world.results.pools[pool].seeds = seeds;
            world.results.pools[pool].cash += entrants.sums.value(pool.at(), EntrantTally::cash);
            hand_over_domestic(world, pool, world.results.pools[pool].staying_share, seeds);
            update_statistics(world, pool, tally, entrants);
            if (!world.positions[p].world_market) {
                renormalise(world.markets.share(d, p));
            }
        }
    }
    renormalise(world.markets.processing_share.span());
}

}  // namespace latecomer
