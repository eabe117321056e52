#include "agents/markets/processing_market.hpp"

#include "agents/kernels/market_kernels.hpp"
#include "agents/markets/offers.hpp"
#include "agents/markets/rest.hpp"

#include <algorithm>

namespace latecomer {

namespace {

/// Tariff of a buyer's government on what firms of another country sell, at processing.
double tariff_between(const World& world, CountryId buyer, CountryId seller)
{
    const double by_plan =
        buyer == seller ? 0.0 : world.levers[buyer].import_tariff[Positions::processing.at()];
    return world.trade.tariffs(buyer, seller) + by_plan;
}

}  // namespace

void clear_processing(World& world)
{
    constexpr PositionId p = Positions::processing;
    Markets& markets = world.markets;
    Countries& countries = world.countries;
    double demand = 0.0;
    std::vector<CountryId>& buyers = world.workspace.buyers;
    buyers.clear();
    for (const CountryId h : countries.indices()) {
        if (countries.processing_orders[h] > 0.0) {
            buyers.push_back(h);
        }
        demand += countries.processing_orders[h];
        markets.demand(h, p) = countries.processing_orders[h];
        markets.spending(h, p) = 0.0;
    }
    const auto buyer = [&](CountryId h) { return countries.processing_orders[h] / demand; };
    std::vector<double>& appeal = world.workspace.foreign_markets[p.at()].appeal;
    std::vector<double>& log_taste = world.workspace.foreign_markets[p.at()].log_free_appeal;
    std::vector<double>& scratch = world.workspace.foreign_markets[p.at()].received;
    std::vector<double>& wedge = world.workspace.wedge;
    appeal.resize(countries.size());
    log_taste.resize(countries.size());
    scratch.resize(countries.size());
    wedge.resize(countries.size());
    for (const CountryId o : countries.indices()) {
        double tariff = 0.0;
        for (const CountryId h : buyers) {
            tariff += buyer(h) * tariff_between(world, h, o);
        }
        const PoolResults& pool = world.results.pools[world.pool(o, p)];
        wedge[o.at()] = 1.0 + export_barrier(world, o, p) + tariff;
        appeal[o.at()] = pool.appeal / wedge[o.at()];
        markets.processing_index[o] = pool.unit_index / wedge[o.at()];
    }
    std::fill(markets.processing_sales.begin(), markets.processing_sales.end(), 0.0);
    const TradeParameters& trade = world.parameters().trade;
    market_kernels().logarithms(appeal.data(), countries.size(), appeal.data());
    market_kernels().logarithms(markets.processing_taste.data(), countries.size(),
                                log_taste.data());
    if (world.spins_up()) {
        if (!hold_processing(world)) {
            return;
        }
    } else if (!market_kernels().update_shares(markets.processing_share.data(), log_taste.data(),
                                               appeal.data(), countries.size(), trade.habit,
                                               trade.sensitivity, scratch.data())) {
        return;
    }
    double units_per_value = 0.0;
    for (const CountryId o : countries.indices()) {
        const double value = markets.processing_share[o] * demand;
        markets.processing_sales[o] = value;
        units_per_value += markets.processing_share[o] * markets.processing_index[o];
        for (const CountryId h : buyers) {
            const double paid = buyer(h) * value;
            const double to_government = paid * tariff_between(world, h, o) / wedge[o.at()];
            world.results.pools[world.pool(o, p)].domestic_sales += paid - to_government;
            world.results.pools[world.pool(o, p)].tariffs += to_government;
            world.results.flows[h].tariffs += to_government;
            if (h != o) {
                world.results.flows[o].exports += paid - to_government;
                world.results.flows[h].imports += paid - to_government;
            }
        }
    }
    markets.processing_price_index = 1.0 / units_per_value;
    for (const CountryId h : countries.indices()) {
        markets.spending(h, p) = countries.processing_orders[h];
        countries.processing_orders[h] = 0.0;
    }
}

}  // namespace latecomer
