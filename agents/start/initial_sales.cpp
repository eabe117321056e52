#include "agents/start/initial_sales.hpp"

#include "core/elementary.hpp"

#include <algorithm>

namespace latecomer {

namespace {

constexpr double initial_experience = 40.0;  ///< quarters of initial output behind every agent

void set_market_shares(World& world)
{
    const TradeParameters& trade = world.parameters().trade;
    const double floor = trade.taste_floor / static_cast<double>(world.countries.size());
    Markets& markets = world.markets;
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            const auto shares = markets.share(d, p);
            const auto log_tastes = markets.log_taste(d, p);
            const bool firms = world.statistics[world.pool(d, p)].firms > 0;
            const bool leads = world.leads.size() > 0;
            const double domestic = !firms ? 0.0 : leads ? trade.initial_domestic : 1.0;
            shares[markets.supplier(d)] = domestic;
            for (const LeadId l : world.leads.indices()) {
                shares[markets.supplier(l)] = (1.0 - domestic) * lead_weight(world, l);
            }
            for (std::size_t k = 0; k < shares.size(); ++k) {
                log_tastes[k] = elementary::log(std::max(shares[k], floor));
            }
        }
    }
    double firms = 0.0;
    for (const CountryId c : world.countries.indices()) {
        firms += static_cast<double>(world.statistics[world.pool(c, Positions::processing)].firms);
    }
    for (const CountryId c : world.countries.indices()) {
        const double mine =
            static_cast<double>(world.statistics[world.pool(c, Positions::processing)].firms);
        markets.processing_share[c] = firms > 0.0 ? mine / firms : 0.0;
        markets.processing_taste[c] = std::max(markets.processing_share[c], floor);
    }
}

/// What a position's sellers earned; their costs become orders upstream.
struct InitialSales {
    Table<CountryId, PositionId, double> pools;
    Table<LeadId, PositionId, double> leads;
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
    }
}

void order_inputs(World& world, PositionId p, const InitialSales& sales)
{
    const Position& position = world.positions[p];
    const double cost_share = 1.0 / (1.0 + world.parameters().selection.mark_up_start);
    Countries& countries = world.countries;
    for (const PositionId u : world.positions.indices()) {
        for (const CountryId c : countries.indices()) {
            countries.orders(c, u) += position.inputs[u.at()] * cost_share * sales.pools(c, p);
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
            world_sales += sales.pools(c, p);
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

void settle_firms(World& world, const InitialSales& sales,
                  const Column<PoolId, double>& weighted_capability)
{
    Firms& firms = world.firms.columns;
    const double price = 1.0 + world.parameters().selection.mark_up_start;
    for (const PoolId pool : world.pool_indices()) {
        const double value = sales.pools(world.country_of(pool), world.position_of(pool));
        PoolResults& results = world.results.pools[pool];
        results.revenue = value;
        results.weighted_capability = value * weighted_capability[pool];  // the frontier is 1
        results.units = value / price;
        results.cost = value / price;  // revenue over one plus the mark-up
        results.sellers = world.statistics[pool].firms;
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            const double w = firms.domestic_share[i] * world.pools[pool].domestic_scale;
            firms.revenue[i] = w * value;
            firms.units[i] = firms.revenue[i] / price;
            for (std::size_t s = 0; s < stages; ++s) {
                // Where nothing was sold yet, experience starts as an entrant's does (eq. 26).
                firms.experience[s][i] =
                    firms.units[i] > 0.0 ? initial_experience * firms.units[i] : initial_experience;
            }
        }
    }
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

void share_out_initial_sales(World& world, const Column<PoolId, double>& weighted_capability)
{
    set_market_shares(world);
    InitialSales sales{{world.countries.size(), world.positions.size()},
                       {world.leads.size(), world.positions.size()}};
    for (const PositionId p : world.positions.downwards()) {
        sell_at(world, p, sales);
        order_inputs(world, p, sales);
    }
    const double price = 1.0 + world.parameters().selection.mark_up_start;
    for (double& index : world.markets.price_index.span()) {
        index = price;
    }
    world.markets.processing_price_index = price;
    settle_lead_firms(world, sales);
    settle_firms(world, sales, weighted_capability);
}

}  // namespace latecomer
