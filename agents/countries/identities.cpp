#include "agents/countries/identities.hpp"

#include "agents/countries/accounts.hpp"
#include "agents/countries/references.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace latecomer {

namespace {

double relative(double difference, double size)
{
    return std::abs(difference) / std::max(std::abs(size), 1e-300);
}

/// A1: shares sum to one in every market with a supplier and in every pool with firms.
double share_residual(const World& world)
{
    double worst = 0.0;
    const auto check = [&](double sum) {
        if (sum > 0.0) {
            worst = std::max(worst, std::abs(sum - 1.0));
        }
    };
    for (const PoolId pool : world.pool_indices()) {
        check(world.results.pools[pool].domestic_shares);
        check(world.results.pools[pool].export_shares);
    }
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            const auto shares = world.markets.share(d, p);
            check(std::accumulate(shares.begin(), shares.end(), 0.0));
        }
    }
    const auto& processing = world.markets.processing_share;
    check(std::accumulate(processing.begin(), processing.end(), 0.0));
    return worst;
}

/// A2: what sellers and tariffs took is what buyers spent, by position and in total.
double sales_residual(const World& world)
{
    double worst = 0.0;
    double all_taken = 0.0;
    double all_spent = 0.0;
    for (const PositionId p : world.positions.indices()) {
        double taken = 0.0;
        double spent = 0.0;
        for (const CountryId c : world.countries.indices()) {
            const PoolResults& pool = world.results.pools[world.pool(c, p)];
            taken += pool.revenue + pool.tariffs;
            spent += world.markets.spending(c, p);
            if (!world.positions[p].world_market) {
                for (const LeadId l : world.leads.indices()) {
                    taken += world.markets.sales(c, p)[world.markets.supplier(l)];
                }
            }
        }
        if (spent > 0.0 || taken > 0.0) {
            worst = std::max(worst, relative(taken - spent, std::max(spent, taken)));
        }
        all_taken += taken;
        all_spent += spent;
    }
    return all_spent > 0.0 ? std::max(worst, relative(all_taken - all_spent, all_spent)) : worst;
}

double world_revenue(const World& world)
{
    double revenue = 0.0;
    for (const CountryFlows& flows : world.results.flows) {
        revenue += flows.revenue;
    }
    return revenue;
}

/// A3: trade balances sum to zero.
double trade_residual(const World& world)
{
    const auto& balance = world.countries.trade_balance;
    return relative(std::accumulate(balance.begin(), balance.end(), 0.0),
                    std::max(world.trade.exports, 1e-12 * world_revenue(world)));
}

/// A4: revenue is cost, research, fixed and compliance cost and profit, in every pool.
double profit_residual(const World& world)
{
    double worst = 0.0;
    for (const PoolId pool : world.pool_indices()) {
        const CountryId c = world.country_of(pool);
        const PoolResults& results = world.results.pools[pool];
        const double fixed = fixed_cost(world, c, world.position_of(pool));
        const double overhead =
            fixed +
            (world.countries.search_share[c] + world.levers[c].compliance_cost) * results.revenue;
        if (results.revenue > 0.0) {
            worst =
                std::max(worst, relative(results.revenue - results.cost - overhead - results.profit,
                                         results.revenue + fixed));
        }
    }
    return worst;
}

/// A4: in every market the price index times the units delivered is the value paid.
double index_residual(const World& world)
{
    double worst = 0.0;
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            const double value = world.markets.spending(d, p);
            if (world.positions[p].world_market || value <= 0.0) {
                continue;
            }
            const auto sales = world.markets.sales(d, p);
            const auto index = world.markets.index(d, p);
            const double procured = world.markets.procurement(d, p);
            double units = -procured * index[world.markets.supplier(d)];
            for (std::size_t k = 0; k < sales.size(); ++k) {
                units += sales[k] * index[k];
            }
            const double demand = value - procured;
            worst =
                std::max(worst, relative(world.markets.price_index(d, p) * units - demand, value));
        }
    }
    return worst;
}

/// A5: debt grows by interest, spending and surplus passed on, falls by the programme's revenue, and
/// is never negative; nobody runs a surplus and a debt at once.
double debt_residual(const World& world)
{
    double worst = 0.0;
    for (const CountryId c : world.countries.indices()) {
        const CountryFlows& flows = world.results.flows[c];
        const double debt = world.countries.public_debt[c];
        const double change = flows.interest + flows.spending + flows.surplus - flows.programme;
        const double size = std::max({debt, flows.debt_before, flows.programme, flows.spending});
        worst = std::max({worst, relative(debt - flows.debt_before - change, size),
                          relative(std::min(debt, flows.surplus), size)});
    }
    return worst;
}

/// A7: generated data are kept, localised, exported or not captured, country by country; what is
/// exported is received; firms hold what was meant for them.
double data_residual(const World& world)
{
    double worst = 0.0;
    double exported = 0.0;
    double received = 0.0;
    double generated = 0.0;
    double held = 0.0;
    for (const PoolResults& pool : world.results.pools) {
        held += pool.data_received;
    }
    for (const CountryFlows& flows : world.results.flows) {
        const double used =
            flows.data_kept + flows.data_localised + flows.data_exported + flows.data_not_captured;
        if (flows.data_generated > 0.0) {
            worst = std::max(worst, relative(flows.data_generated - used, flows.data_generated));
        }
        exported += flows.data_exported;
        received += flows.data_received;
        generated += flows.data_generated;
        held += flows.lead_data - flows.data_kept - flows.data_exported;
    }
    if (generated > 0.0) {
        worst =
            std::max({worst, relative(exported - received, generated), relative(held, generated)});
    }
    return worst;
}

void set_residuals(World& world, double money, std::int64_t firms)
{
    Residuals& residuals = world.results.residuals;
    residuals.shares = share_residual(world);
    residuals.sales = sales_residual(world);
    residuals.trade = trade_residual(world);
    residuals.profit = profit_residual(world);
    residuals.index = index_residual(world);
    residuals.debt = debt_residual(world);
    residuals.data = data_residual(world);

    // A6: no money arises or is lost.
    const double turnover = world_revenue(world);
    residuals.money = turnover > 0.0 ? relative(money - world.results.money_before, turnover) : 0.0;

    // A8: firms now are firms before plus entries less exits.
    std::int64_t change = 0;
    for (const PoolResults& pool : world.results.pools) {
        change += pool.entrants - pool.exits;
    }
    residuals.firms = static_cast<double>(firms - world.results.firms_before - change);
}

}  // namespace

void check_identities(World& world)
{
    const double money = money_in_the_world(world);
    const std::int64_t firms = firm_count(world);
    if (world.observation.identities) {
        set_residuals(world, money, firms);
    }
    world.results.money_before = money;
    world.results.firms_before = firms;
}

}  // namespace latecomer
