#include "agents/start/initial_sales.hpp"

#include "agents/markets/rest.hpp"
#include "core/elementary.hpp"
#include "core/exact_sum.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace latecomer {

namespace {

constexpr double initial_experience = 40.0;  ///< quarters of initial output behind every agent

/// Positions whose products pools sell abroad at the start: what is counted as exports of services.
bool is_exported(const Position& position)
{
    return !position.world_market &&
           (position.stage == Stage::analytics || position.stage == Stage::applications);
}

/// Shares of foreign pools in a market at the start: `abroad` of each pool that has firms, as far as `room` goes.
/// @return their sum
double set_foreign_shares(const World& world, CountryId d, PositionId p,
                          const Column<CountryId, double>& abroad, double room,
                          std::span<double> shares)
{
    double sum = 0.0;
    for (const CountryId o : world.countries.indices()) {
        const bool sells = o != d && is_exported(world.positions[p]) &&
                           world.statistics[world.pool(o, p)].firms > 0;
        double& share = shares[world.markets.supplier(o)];
        share = o == d ? share : sells ? abroad[o] : 0.0;
        sum += o == d ? 0.0 : share;
    }
    if (sum > room) {
        for (const CountryId o : world.countries.indices()) {
            shares[world.markets.supplier(o)] *= o == d ? 1.0 : room / sum;
        }
        sum = room;
    }
    return sum;
}

/// Shares in all markets: pools at home, foreign pools, and lead firms with the rest.
void set_market_shares(World& world, const Column<CountryId, double>& abroad)
{
    const TradeParameters& trade = world.parameters().trade;
    Column<LeadId, double> weights(world.leads.size());
    for (const LeadId l : world.leads.indices()) {
        weights[l] = lead_weight(world, l);
    }
    Markets& markets = world.markets;
    const bool leads = world.leads.size() > 0;
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            const auto shares = markets.share(d, p);
            const bool firms = world.statistics[world.pool(d, p)].firms > 0;
            const double domestic = !firms ? 0.0 : leads ? trade.initial_domestic : 1.0;
            shares[markets.supplier(d)] = domestic;
            const double foreign =
                set_foreign_shares(world, d, p, abroad, leads ? 1.0 - domestic : 0.0, shares);
            for (const LeadId l : world.leads.indices()) {
                shares[markets.supplier(l)] = (1.0 - domestic - foreign) * weights[l];
            }
        }
    }
}

/// Fixed tastes are the shares of the start.
void set_tastes(World& world)
{
    const double floor = least_taste(world);
    Markets& markets = world.markets;
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            const auto shares = markets.share(d, p);
            const auto log_tastes = markets.log_taste(d, p);
            for (std::size_t k = 0; k < shares.size(); ++k) {
                log_tastes[k] = elementary::log(std::max(shares[k], floor));
            }
        }
    }
    for (const CountryId c : world.countries.indices()) {
        markets.processing_taste[c] = std::max(markets.processing_share[c], floor);
    }
}

/// Shares in the world market for processing: of economies that export and are far from the frontier, or by firms
/// where nothing is known of exports.  Whoever has firms sells a little, a hundredth of an equal share.
void set_processing_shares(World& world)
{
    constexpr double least = 0.01;
    const Countries& countries = world.countries;
    const auto firms_of = [&](CountryId c) {
        return static_cast<double>(world.statistics[world.pool(c, Positions::processing)].firms);
    };
    double known = 0.0;
    Column<CountryId, double> weight(countries.size());
    for (const CountryId c : countries.indices()) {
        const double distance = std::max(0.0, 1.0 - countries.initial_productivity[c]);
        weight[c] = firms_of(c) > 0.0 ? countries.initial_exports[c] * distance : 0.0;
        known += weight[c];
    }
    double sum = 0.0;
    for (const CountryId c : countries.indices()) {
        if (world.parameters().trade.export_level > 0.0 && known > 0.0) {
            const double smallest = least * known / static_cast<double>(countries.size());
            weight[c] = firms_of(c) > 0.0 ? std::max(weight[c], smallest) : 0.0;
        } else {
            weight[c] = firms_of(c);
        }
        sum += weight[c];
    }
    for (const CountryId c : countries.indices()) {
        world.markets.processing_share[c] = sum > 0.0 ? weight[c] / sum : 0.0;
    }
}

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

/// Shares abroad with which economies export what they are known to: of all exports `export_level` says how large they
/// are, the table who makes them; what lead firms order of processing counts, the rest is sold abroad (eq. 34).
Column<CountryId, double> shares_abroad(const World& world, const InitialSales& sales)
{
    const Countries& countries = world.countries;
    double demand = 0.0;
    double processing = 0.0;
    for (const CountryId d : countries.indices()) {
        demand += sales.contestable[d];
        processing += countries.processing_orders[d];
    }
    Column<CountryId, double> shares(countries.size());
    for (const CountryId o : countries.indices()) {
        const double exports =
            world.parameters().trade.export_level * demand * countries.initial_exports[o] -
            world.markets.processing_share[o] * processing;
        const double elsewhere = demand - sales.contestable[o];
        shares[o] = exports > 0.0 && elsewhere > 0.0 ? exports / elsewhere : 0.0;
    }
    return shares;
}

}  // namespace

double lead_weight(const World& world, LeadId l)
{
    const auto part = [&](LeadId k) {
        return elementary::pow(static_cast<double>(k.at() + 1),
                               -world.parameters().trade.lead_concentration);
    };
    double sum = 0.0;
    for (const LeadId k : world.leads.indices()) {
        sum += part(k);
    }
    return part(l) / sum;
}

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
            set_market_shares(world, shares_abroad(world, sales));
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
