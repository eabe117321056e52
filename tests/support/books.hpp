#pragma once

#include "tests/support/worlds.hpp"

/// Books of a quarter that tests fill in by hand.
namespace latecomer::tests {

/// Nothing was sold, ordered, owed or generated, and prices are 1: a test puts in what it is about.
inline void clear_books(World& world)
{
    std::ranges::fill(world.results.pools, PoolResults{});
    std::ranges::fill(world.results.flows, CountryFlows{});
    Markets& markets = world.markets;
    for (auto* table : {&markets.share, &markets.sales, &markets.index}) {
        std::ranges::fill(table->span(), 0.0);
    }
    for (auto* table : {&markets.demand, &markets.spending, &markets.procurement}) {
        std::ranges::fill(table->span(), 0.0);
    }
    std::ranges::fill(markets.price_index.span(), 1.0);
    for (auto* column : {&markets.processing_share, &markets.processing_sales}) {
        std::ranges::fill(column->span(), 0.0);
    }
    Countries& countries = world.countries;
    for (auto* column :
         {&countries.trade_balance, &countries.income, &countries.tax_revenue,
          &countries.public_debt, &countries.other_wealth, &countries.processing_orders}) {
        std::ranges::fill(column->span(), 0.0);
    }
    std::ranges::fill(countries.orders.span(), 0.0);
    std::ranges::fill(world.leads.cash, 0.0);
    std::ranges::fill(world.leads.units.span(), 0.0);
    std::ranges::fill(world.leads.price.span(), 1.0);
    for (auto& of_quarter : world.trade.losses) {
        std::ranges::fill(of_quarter.span(), 0.0);
    }
}

/// What buyers of a country spend in a quarter on what people want: 100, at an exchange rate of 2.
inline void demand_a_hundred(World& world, CountryId c)
{
    world.countries.exchange_rate[c] = 2.0;
    world.countries.final_demand[c] = 50.0;
}

/// The results of a country's pool.
inline PoolResults& pool_of(World& world, CountryId c, PositionId p)
{
    return world.results.pools[world.pool(c, p)];
}

/// What a lead firm sells at a position in a country.
inline double& lead_sales(World& world, LeadId l, CountryId d, PositionId p)
{
    return world.markets.sales(d, p)[world.markets.supplier(l)];
}

}  // namespace latecomer::tests
