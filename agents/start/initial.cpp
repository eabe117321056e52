#include "agents/start/initial.hpp"

#include "agents/countries/accounts.hpp"
#include "agents/countries/references.hpp"
#include "agents/firms/firm_draws.hpp"
#include "agents/governments/governments.hpp"
#include "agents/kernels/firm_kernels.hpp"
#include "agents/start/initial_countries.hpp"
#include "agents/start/initial_sales.hpp"
#include "agents/start/initial_shares.hpp"
#include "agents/start/spin_up.hpp"
#include "agents/world/block.hpp"
#include "core/elementary.hpp"
#include "core/errors.hpp"
#include "core/exact_sum.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace latecomer {

namespace {

constexpr double initial_ceiling = 0.95;        ///< of the frontier
constexpr double lead_dispersion = 0.1;         ///< of ln capability of lead firms
constexpr double initial_size_deviation = 0.6;  ///< of ln size within a pool
constexpr double reference_firms = 200.0;       ///< firms per country at which data pool one to one

void make_lead_firms(World& world, const std::vector<CountryId>& homes)
{
    Leads& leads = world.leads;
    const std::size_t n = homes.size();
    const std::size_t countries = world.countries.size();
    leads.home.resize(n);
    leads.capability.resize(n);
    leads.experience.resize(n);
    leads.cash.resize(n);
    leads.windows.resize(n);
    leads.mark_up = {n, world.positions.size(), world.parameters().selection.mark_up_start};
    leads.price = {n, world.positions.size(), 1.0 + world.parameters().selection.mark_up_start};
    leads.units = {n, world.positions.size()};
    leads.world_share = {n, world.positions.size()};
    leads.data_stock = {n, world.positions.sectors()};
    leads.presence = {n, countries, Presence::offshore};
    leads.localised.assign(n * countries * world.positions.sectors(), 0.0);
    ByStage<double> mean{};
    for (const LeadId l : leads.indices()) {
        leads.home[l] = homes[l.at()];
        leads.presence(l, leads.home[l]) = Presence::home;
        for (std::size_t s = 0; s < stages; ++s) {
            const double n_s =
                capability_draw(world.random, Stream::initial, identity::lead(l), 0, s);
            leads.capability[l][s] = elementary::exp(lead_dispersion * n_s);
            mean[s] += lead_weight(world, l) * leads.capability[l][s];
        }
    }
    for (ByStage<double>& capability : leads.capability) {
        for (std::size_t s = 0; s < stages; ++s) {
            capability[s] /= mean[s];
        }
    }
}

/// Firm i of a block whose draws are known.
FirmRecord make_firm(const World& world, const Economy& economy, FirmId id, const NewFirms& draws,
                     std::size_t i)
{
    const Parameters& parameters = world.parameters();
    FirmRecord firm;
    firm.id = id;
    for (std::size_t s = 0; s < stages; ++s) {
        const double k = economy.capability * economy.gradient[s] * draws.capability[s][i];
        firm.capability[s] = std::min(initial_ceiling, k);
    }
    firm.domestic_share = draws.size[i];
    firm.mark_up = parameters.selection.mark_up_start;
    firm.price = 1.0 + firm.mark_up;
    firm.growth = 1.0;
    firm.cash = economy.capability / economy.grain;  // one wage
    return firm;
}

/// Makes initial firms of a pool, at most a block of them.
void make_block_of_firms(World& world, PoolId pool, const Economy& economy, const mpi::Range& some)
{
    std::array<std::uint64_t, block_size> ids;
    const auto n = static_cast<std::size_t>(some.size());
    for (std::size_t i = 0; i < n; ++i) {
        ids[i] = identity::bits(identity::make(economy.row, world.position_of(pool).at(), 0,
                                               static_cast<std::uint64_t>(some.begin) + i));
    }
    NewFirms draws;
    firm_kernels().shape_new_firms(ids.data(), n, draws_of(world), Stream::initial,
                                   world.parameters().entry.dispersion, initial_size_deviation,
                                   draws);
    for (std::size_t i = 0; i < n; ++i) {
        world.firms.add(pool, make_firm(world, economy, FirmId{ids[i]}, draws, i));
    }
}

/// This rank's firms, with sizes in place of shares; sales are not known yet.
void make_firms(World& world, const std::vector<Economy>& economies,
                const std::vector<std::int64_t>& firms_per_pool, const mpi::Communicator& comm)
{
    const std::vector<double> cost(firms_per_pool.size(), 1.0);
    world.partition = mpi::Partition::balanced(firms_per_pool, cost, comm.size());
    world.firms = FirmStore(firms_per_pool.size());
    std::vector<std::size_t> arrivals(firms_per_pool.size());
    for (std::size_t pool = 0; pool < arrivals.size(); ++pool) {
        arrivals[pool] = static_cast<std::size_t>(
            world.partition.range(comm.rank(), static_cast<std::int64_t>(pool)).size());
    }
    world.firms.reserve(arrivals);
    constexpr auto most = static_cast<std::int64_t>(block_size);
    for (const PoolId pool : world.pool_indices()) {
        const Economy& economy = economies[world.country_of(pool).at()];
        const mpi::Range mine =
            world.partition.range(comm.rank(), static_cast<std::int64_t>(pool.at()));
        for (std::int64_t begin = mine.begin; begin < mine.end; begin += most) {
            make_block_of_firms(world, pool, economy, {begin, std::min(mine.end, begin + most)});
        }
    }
}

/// Pool statistics of the initial firms; scales sizes to shares.  Collective.
///
/// Returns the size-weighted mean capability of each pool at its position's stage.
Column<PoolId, double> measure_pools(World& world, const mpi::Communicator& comm)
{
    enum Quantity : std::size_t { size, capability, size_times_capability, quantities };
    const std::size_t pools = world.pools.size();
    SumTable sums(pools, quantities);
    Column<PoolId, double> best(pools);
    const Firms& firms = world.firms.columns;
    for (const PoolId pool : world.pool_indices()) {
        const std::size_t s = at(world.positions[world.position_of(pool)].stage);
        const PoolSlots& slots = world.firms.slots(pool);
        const double* share = firms.domestic_share.data() + slots.begin;
        const double* skill = firms.capability[s].data() + slots.begin;
        sums.add(pool.at(), size, share, slots.count);
        sums.add(pool.at(), capability, skill, slots.count);
        std::vector<double> products(slots.count);
        for (std::size_t i = 0; i < slots.count; ++i) {
            products[i] = share[i] * skill[i];
            best[pool] = std::max(best[pool], skill[i]);
        }
        sums.add(pool.at(), size_times_capability, products.data(), slots.count);
    }
    comm.sum(sums.words());
    comm.max(best.span());
    Column<PoolId, double> weighted(pools);
    for (const PoolId pool : world.pool_indices()) {
        PoolStatistics& now = world.statistics[pool];
        if (now.firms > 0) {
            const double total = sums.value(pool.at(), size);
            world.pools[pool].domestic_scale = 1.0 / total;
            now.mean_capability =
                sums.value(pool.at(), capability) / static_cast<double>(now.firms);
            now.best_capability = best[pool];
            weighted[pool] = sums.value(pool.at(), size_times_capability) / total;
        }
    }
    return weighted;
}

std::vector<std::int64_t> initial_pools(World& world, const std::vector<Economy>& economies)
{
    std::vector<std::int64_t> firms_per_pool;
    for (const Economy& economy : economies) {
        const auto by_position = initial_firms_by_position(world.positions, economy.firms);
        firms_per_pool.insert(firms_per_pool.end(), by_position.begin(), by_position.end());
    }
    for (const PoolId pool : world.pool_indices()) {
        world.statistics[pool].firms = firms_per_pool[pool.at()];
    }
    return firms_per_pool;
}

}  // namespace

std::vector<std::int64_t> initial_firms_by_position(const Positions& positions, std::int64_t firms)
{
    // Largest remainders: whole parts first, then one each in order of what is left over.
    std::vector<std::int64_t> result(positions.size());
    std::vector<double> rest(positions.size());
    for (const PositionId p : positions.indices()) {
        const double exact = static_cast<double>(firms) * positions[p].initial_firms;
        result[p.at()] = static_cast<std::int64_t>(std::floor(exact));
        rest[p.at()] = exact - std::floor(exact);
    }
    std::int64_t left = firms - std::accumulate(result.begin(), result.end(), std::int64_t{0});
    for (; left > 0; --left) {
        const auto largest = std::max_element(rest.begin(), rest.end());
        ++result[static_cast<std::size_t>(largest - rest.begin())];
        *largest = -1.0;
    }
    return result;
}

namespace {

/// What policy, its answers and technology windows remember; nothing has happened yet.
void make_policy_state(World& world)
{
    const std::size_t n = world.countries.size();
    const std::size_t windows = world.scenario.windows.size();
    world.trade.tariffs = {n, n};
    world.trade.tariff_end = {n, n};
    for (auto& losses : world.trade.losses) {
        losses = {n, n};
    }
    world.technology.base.assign(windows, 1.0);
    world.technology.old_shares.assign(n * windows, 1.0);
    world.countries.data_generated.resize(n);
    world.countries.data_held.resize(n);
    world.results.data_flows.assign(n * n * world.positions.sectors(), 0.0);
    world.results.upgrades = {world.pools.size(), world.positions.size()};
    world.climbed = {world.pools.size(), world.positions.size()};
    for (const CountryId c : world.countries.indices()) {
        world.countries.final_demand[c] =
            world.countries.initial_demand[c] * world.countries.adoption[c];
    }
    make_governments(world);
}

}  // namespace

World make_empty_world(const Scenario& scenario)
{
    const Parameters& parameters = scenario.parameters;
    const std::vector<Economy> economies = economies_of(scenario);

    World world;
    world.scenario = scenario;
    world.positions = Positions(parameters);
    world.random = {static_cast<std::uint64_t>(parameters.run.seed),
                    static_cast<std::uint32_t>(parameters.run.replicate)};
    world.data_resolution =
        static_cast<double>(parameters.world.firms_per_country) / reference_firms;
    world.countries = make_countries(economies, parameters);
    world.levers.resize(economies.size());
    make_lead_firms(world, lead_homes(economies));
    const std::size_t pools = economies.size() * world.positions.size();
    world.markets = make_markets(economies.size(), world.positions.size(), world.leads.size());
    world.held.share = world.markets.share;
    world.held.processing_share.resize(economies.size());
    world.pools.resize(pools);
    world.statistics.resize(pools);
    world.results.pools.resize(pools);
    world.results.flows.resize(economies.size());
    world.results.histogram.assign(world.positions.size() * histogram_bins, 0.0);
    world.countries.final_demand.resize(economies.size());
    world.references.mean.resize(economies.size());
    world.references.plain_mean.resize(economies.size());
    world.references.home.resize(economies.size());
    world.references.home_before.resize(economies.size());
    world.references.best.resize(economies.size());
    world.references.capability_index.resize(economies.size());
    world.references.mean_revenue.resize(world.positions.size());
    world.references.mean_wage.resize(world.positions.size());
    world.firms = FirmStore(pools);
    make_policy_state(world);
    return world;
}

World make_world(const Scenario& scenario, const mpi::Communicator& comm)
{
    const std::vector<Economy> economies = economies_of(scenario);
    World world = make_empty_world(scenario);
    make_firms(world, economies, initial_pools(world, economies), comm);
    const Column<PoolId, double> weighted_capability = measure_pools(world, comm);
    share_out_initial_sales(world, weighted_capability, comm);
    for (const PoolId pool : world.pool_indices()) {
        const CountryId c = world.country_of(pool);
        world.results.flows[c].firm_cash += world.countries.wage[c] / world.countries.grain[c] *
                                            static_cast<double>(world.statistics[pool].firms);
    }
    world.results.firms_before = firm_count(world);
    world.results.money_before = money_in_the_world(world);
    update_references(world);
    world.references.home_before = world.references.home;
    hold(world);
    return world;
}

}  // namespace latecomer
