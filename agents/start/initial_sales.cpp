#include "agents/start/initial_sales.hpp"

#include "agents/start/initial_shares.hpp"
#include "core/elementary.hpp"
#include "core/exact_sum.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace latecomer {

namespace {

constexpr double initial_experience = 40.0;  ///< quarters of initial output behind every agent

/// What a position's sellers earned; their costs become orders upstream.
struct InitialSales {
    Table<CountryId, PositionId, double> pools;    ///< at home, or on the world market
    Table<CountryId, PositionId, double> exports;  ///< to other countries
    Table<LeadId, PositionId, double> leads;
    Column<CountryId, double> contestable;  ///< demand for what is exported, by destination

    explicit InitialSales(const World& world)
        : pools{world.countries.size(), world.positions.size()}, exports{world.countries.size(),
                                                                         world.positions.size()},
          leads{world.leads.size(), world.positions.size()}, contestable(world.countries.size())
    {}
};

double initial_demand(const World& world, CountryId d, PositionId p)
{
    const Position& position = world.positions[p];
    if (position.sector) {
        return world.countries.initial_demand[d] * world.countries.adoption[d] *
               world.parameters().sectors[position.sector->at()].demand_share;
    }
    return world.countries.orders(d, p);
}

void sell_at(World& world, PositionId p, InitialSales& sales)
{
    const Markets& markets = world.markets;
    if (world.positions[p].world_market) {
        double demand = 0.0;
        for (const CountryId h : world.countries.indices()) {
            demand += world.countries.processing_orders[h];
        }
        for (const CountryId c : world.countries.indices()) {
            sales.pools(c, p) = markets.processing_share[c] * demand;
        }
        return;
    }
    for (const CountryId d : world.countries.indices()) {
        const bool firms = world.statistics[world.pool(d, p)].firms > 0;
        const double demand = initial_demand(world, d, p);
        const double niche = firms ? world.positions[p].parameters.captive_niche : 0.0;
        const auto shares = markets.share(d, p);
        sales.pools(d, p) = (niche + (1.0 - niche) * shares[markets.supplier(d)]) * demand;
        for (const LeadId l : world.leads.indices()) {
            sales.leads(l, p) += (1.0 - niche) * shares[markets.supplier(l)] * demand;
        }
        if (is_exported(world.positions[p])) {
            sales.contestable[d] += (1.0 - niche) * demand;
            for (const CountryId o : world.countries.indices()) {
                sales.exports(o, p) +=
                    o == d ? 0.0 : (1.0 - niche) * shares[markets.supplier(o)] * demand;
            }
        }
    }
}

void order_inputs(World& world, PositionId p, const InitialSales& sales)
{
    const Position& position = world.positions[p];
    const double cost_share = 1.0 / (1.0 + world.parameters().selection.mark_up_start);
    Countries& countries = world.countries;
    for (const PositionId u : world.positions.indices()) {
        for (const CountryId c : countries.indices()) {
            countries.orders(c, u) +=
                position.inputs[u.at()] * cost_share * (sales.pools(c, p) + sales.exports(c, p));
        }
        for (const LeadId l : world.leads.indices()) {
            countries.orders(world.leads.home[l], u) +=
                position.inputs[u.at()] * cost_share * sales.leads(l, p);
        }
    }
    for (const LeadId l : world.leads.indices()) {
        countries.processing_orders[world.leads.home[l]] +=
            position.parameters.lead_input_processing * cost_share * sales.leads(l, p);
    }
}

/// Initial sales of lead firms become units, experience, data and world shares.
void settle_lead_firms(World& world, const InitialSales& sales)
{
    const double price = 1.0 + world.parameters().selection.mark_up_start;
    Leads& leads = world.leads;
    for (const PositionId p : world.positions.indices()) {
        double world_sales = 0.0;
        for (const CountryId c : world.countries.indices()) {
            world_sales += sales.pools(c, p) + sales.exports(c, p);
        }
        for (const LeadId l : leads.indices()) {
            world_sales += sales.leads(l, p);
        }
        const Position& position = world.positions[p];
        for (const LeadId l : leads.indices()) {
            leads.units(l, p) = sales.leads(l, p) / price;
            leads.world_share(l, p) = world_sales > 0.0 ? sales.leads(l, p) / world_sales : 0.0;
            leads.experience[l][at(position.stage)] += initial_experience * leads.units(l, p);
            if (position.sector) {
                const Sector& sector = world.parameters().sectors[position.sector->at()];
                leads.data_stock(l, *position.sector) =
                    initial_experience * sector.data_intensity * leads.units(l, p);
            }
        }
    }
    for (ByStage<double>& experience : leads.experience) {
        for (double& at_stage : experience) {
            at_stage = at_stage > 0.0 ? at_stage : initial_experience;
        }
    }
}

/// Sums over the exporters of each pool, and their number.
struct InitialExporters {
    Column<PoolId, double> powers;
    Column<PoolId, double> capability;  ///< mean, weighted by exports
    std::vector<std::int64_t> number;
};

/// Lets firms above the threshold export (eq. 24), in pools that have a share abroad: by a power of their size.
InitialExporters begin_to_export(World& world, const InitialSales& sales,
                                 const mpi::Communicator& comm)
{
    enum Quantity : std::size_t { power, power_times_capability, quantities };
    const MobilityParameters& mobility = world.parameters().mobility;
    Firms& firms = world.firms.columns;
    SumTable sums(world.pools.size(), quantities);
    InitialExporters exporters{Column<PoolId, double>(world.pools.size()),
                               Column<PoolId, double>(world.pools.size()),
                               std::vector<std::int64_t>(world.pools.size())};
    for (const PoolId pool : world.pool_indices()) {
        const PositionId p = world.position_of(pool);
        if (!(sales.exports(world.country_of(pool), p) > 0.0)) {
            continue;
        }
        const std::size_t s = at(world.positions[p].stage);
        const PoolStatistics& now = world.statistics[pool];
        const double threshold = mobility.export_threshold * now.mean_capability;
        const double size_per_share =
            world.pools[pool].domestic_scale * static_cast<double>(now.firms);
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            const double capability = firms.capability[s][i];
            // The best always does: sales need somebody who makes them.
            if (capability < threshold && capability < now.best_capability) {
                continue;
            }
            const double size = firms.domestic_share[i] * size_per_share;
            const double share =
                std::max(elementary::pow(size, mobility.export_size_exponent), 0x1p-40);
            const double weighted = share * capability;
            firms.export_share[i] = share;
            ++exporters.number[pool.at()];
            sums.add(pool.at(), power, &share, 1);
            sums.add(pool.at(), power_times_capability, &weighted, 1);
        }
    }
    comm.sum(sums.words());
    comm.sum(std::span{exporters.number});
    for (const PoolId pool : world.pool_indices()) {
        world.statistics[pool].exporters = exporters.number[pool.at()];
        if (exporters.number[pool.at()] > 0) {
            exporters.powers[pool] = sums.value(pool.at(), power);
            exporters.capability[pool] =
                sums.value(pool.at(), power_times_capability) / exporters.powers[pool];
            world.pools[pool].export_scale = 1.0 / exporters.powers[pool];
        }
    }
    return exporters;
}

void settle_firms(World& world, const InitialSales& sales, const InitialExporters& exporters,
                  const Column<PoolId, double>& weighted_capability)
{
    Firms& firms = world.firms.columns;
    const double price = 1.0 + world.parameters().selection.mark_up_start;
    for (const PoolId pool : world.pool_indices()) {
        const double at_home = sales.pools(world.country_of(pool), world.position_of(pool));
        const double abroad = sales.exports(world.country_of(pool), world.position_of(pool));
        const double value = at_home + abroad;
        PoolResults& results = world.results.pools[pool];
        results.revenue = value;
        results.weighted_capability =  // the frontier is 1
            at_home * weighted_capability[pool] + abroad * exporters.capability[pool];
        results.units = value / price;
        results.cost = value / price;  // revenue over one plus the mark-up
        results.sellers = world.statistics[pool].firms;
        results.selling_exporters = world.statistics[pool].exporters;
        results.export_sales = abroad;
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            firms.revenue[i] =
                firms.domestic_share[i] * world.pools[pool].domestic_scale * at_home +
                firms.export_share[i] * world.pools[pool].export_scale * abroad;
            firms.units[i] = firms.revenue[i] / price;
            for (std::size_t s = 0; s < stages; ++s) {
                // Where nothing was sold yet, experience starts as an entrant's does (eq. 26).
                firms.experience[s][i] =
                    firms.units[i] > 0.0 ? initial_experience * firms.units[i] : initial_experience;
            }
        }
    }
}

/// Sales in markets whose shares are known; leaves the orders that they bring.
InitialSales sell_everything(World& world)
{
    std::ranges::fill(world.countries.orders.span(), 0.0);
    std::ranges::fill(world.countries.processing_orders, 0.0);
    InitialSales sales(world);
    for (const PositionId p : world.positions.downwards()) {
        sell_at(world, p, sales);
        order_inputs(world, p, sales);
    }
    return sales;
}

}  // namespace

void share_out_initial_sales(World& world, const Column<PoolId, double>& weighted_capability,
                             const mpi::Communicator& comm)
{
    // Exports change what is ordered upstream, and with it the demand that they are relative to.
    constexpr int rounds = 6;
    set_processing_shares(world);
    set_market_shares(world, Column<CountryId, double>(world.countries.size()));
    InitialSales sales = sell_everything(world);
    if (world.parameters().trade.export_level > 0.0) {
        for (int round = 0; round < rounds; ++round) {
            set_market_shares(world, shares_abroad(world, sales.contestable));
            sales = sell_everything(world);
        }
    }
    set_tastes(world);
    const double price = 1.0 + world.parameters().selection.mark_up_start;
    for (double& index : world.markets.price_index.span()) {
        index = price;
    }
    world.markets.processing_price_index = price;
    settle_lead_firms(world, sales);
    settle_firms(world, sales, begin_to_export(world, sales, comm), weighted_capability);
}

}  // namespace latecomer
