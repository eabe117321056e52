#include "agents/markets/market_clearing.hpp"

#include "agents/lead_firms/lead_firms.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace latecomer {

namespace {

namespace el = elementary;

constexpr double no_weight = -std::numeric_limits<double>::infinity();
constexpr double negligible_share = 1e-300;  ///< smaller market shares count as zero (eq. 15)

/// S <- S^h A0^(1-h) V^chiS / sum, from appeal V (eq. 15).  False if nobody can supply.
bool update_shares(std::span<double> shares, std::span<const double> tastes,
                   std::span<const double> appeal, const TradeParameters& p,
                   std::vector<double>& log_weight)
{
    log_weight.assign(shares.size(), no_weight);
    double largest = no_weight;
    for (std::size_t k = 0; k < shares.size(); ++k) {
        if (appeal[k] > 0.0 && (p.habit == 0.0 || shares[k] > 0.0) &&
            (p.habit == 1.0 || tastes[k] > 0.0)) {
            const double past = p.habit > 0.0 ? p.habit * el::log(shares[k]) : 0.0;
            const double taste = p.habit < 1.0 ? (1.0 - p.habit) * el::log(tastes[k]) : 0.0;
            log_weight[k] = past + taste + p.sensitivity * el::log(appeal[k]);
            largest = std::max(largest, log_weight[k]);
        }
    }
    if (largest == no_weight) {
        std::fill(shares.begin(), shares.end(), 0.0);
        return false;
    }
    double sum = 0.0;
    for (std::size_t k = 0; k < shares.size(); ++k) {
        shares[k] = el::exp(log_weight[k] - largest);
        sum += shares[k];
    }
    for (double& of_supplier : shares) {
        of_supplier /= sum;
        of_supplier = of_supplier < negligible_share ? 0.0 : of_supplier;
    }
    return true;
}

/// A content rule lifts the domestic pool to a floor; the others shrink alike (eq. 15).
void apply_content_floor(std::span<double> shares, std::size_t domestic, double floor)
{
    if (shares[domestic] < floor) {
        const double shrink = (1.0 - floor) / (1.0 - shares[domestic]);
        for (double& of_supplier : shares) {
            of_supplier *= shrink;
        }
        shares[domestic] = floor;
    }
}

/// Barrier of country o's exports at position p (tau of eq. 15).
double export_barrier(const World& world, CountryId o, PositionId p)
{
    return world.parameters().trade.barrier * world.levers[o].export_barrier[p.at()];
}

/// What every supplier offers in a market.
const Offers& offers_in(World& world, CountryId d, PositionId p)
{
    Offers& offers = world.workspace.offers;
    const std::size_t suppliers = world.countries.size() + world.leads.size();
    for (std::vector<double>* column : {&offers.appeal, &offers.index, &offers.tariff}) {
        column->assign(suppliers, 0.0);
    }
    for (const CountryId o : world.countries.indices()) {
        const PoolResults& pool = world.results.pools[world.pool(o, p)];
        const std::size_t k = world.markets.supplier(o);
        if (o == d) {
            offers.appeal[k] = pool.appeal * world.levers[d].domestic_appeal[p.at()];
            offers.index[k] = pool.unit_index;
        } else {
            const double tariff = world.trade.tariffs(d, o);
            const double wedge = 1.0 + export_barrier(world, o, p) + tariff;
            offers.appeal[k] = pool.export_appeal / wedge;
            offers.index[k] = pool.export_index / wedge;
            offers.tariff[k] = tariff / wedge;
        }
    }
    for (const LeadId l : world.leads.indices()) {
        const std::size_t k = world.markets.supplier(l);
        const double wedge = lead_wedge(world, l, d, p);
        const double price = world.leads.price(l, p);
        offers.appeal[k] = lead_quality(world, l, d, p) / price * wedge;
        offers.index[k] = wedge / price;
    }
    return offers;
}

double demand_in(const World& world, CountryId d, PositionId p)
{
    const Position& position = world.positions[p];
    return position.sector ? world.countries.exchange_rate[d] * world.countries.final_demand[d] *
                                 world.parameters().sectors[position.sector->at()].demand_share
                           : world.countries.orders(d, p);
}

/// Books what a foreign pool sold: its own receipts, trade, and the tariff to the destination.
void book_export(World& world, CountryId o, CountryId d, PositionId p, double value, double tariff)
{
    const double received = value * (1.0 - tariff);
    world.results.pools[world.pool(o, p)].export_sales += received;
    world.results.pools[world.pool(o, p)].tariffs += value * tariff;
    world.results.flows[o].exports += received;
    world.results.flows[d].imports += received;
    world.results.flows[d].tariffs += value * tariff;
}

/// Demand is paid: final demand with its tax, or the clearing account of input orders.
void pay(World& world, CountryId d, PositionId p, double demand)
{
    if (world.positions[p].sector) {
        world.results.flows[d].final_demand += demand;
        world.results.flows[d].value_added_tax +=
            world.parameters().finance.value_added_tax * demand;
    } else {
        world.countries.orders(d, p) = 0.0;
    }
}

/// What a content rule took from lead firms of other countries (eq. 31).
void note_losses(World& world, CountryId d, std::span<const double> before,
                 std::span<const double> after, double contestable)
{
    auto& losses = world.trade.losses[world.quarter % world.trade.losses.size()];
    for (const LeadId l : world.leads.indices()) {
        const std::size_t k = world.markets.supplier(l);
        if (world.leads.home[l] != d) {
            losses(world.leads.home[l], d) += (before[k] - after[k]) * contestable;
        }
    }
}

void clear_market(World& world, CountryId d, PositionId p)
{
    Markets& markets = world.markets;
    const Offers& offers = offers_in(world, d, p);
    const auto shares = markets.share(d, p);
    const auto sales = markets.sales(d, p);
    const auto index = markets.index(d, p);
    const std::size_t domestic = markets.supplier(d);
    const bool home_firms = world.statistics[world.pool(d, p)].firms > 0;
    const double demand = demand_in(world, d, p);
    const double niche = home_firms ? world.positions[p].parameters.captive_niche : 0.0;
    bool supplied = update_shares(shares, markets.taste(d, p), offers.appeal,
                                  world.parameters().trade, world.workspace.log_weight);
    if (home_firms) {
        if (!supplied) {
            shares[domestic] = 1.0;
            supplied = true;
        }
        std::vector<double>& before = world.workspace.shares_before;
        before.assign(shares.begin(), shares.end());
        apply_content_floor(shares, domestic, world.levers[d].content_floor[p.at()]);
        note_losses(world, d, before, shares, (1.0 - niche) * demand);
    }
    std::fill(sales.begin(), sales.end(), 0.0);
    std::copy(offers.index.begin(), offers.index.end(), index.begin());
    markets.demand(d, p) = demand;
    markets.spending(d, p) = 0.0;
    if (!supplied) {
        markets.procurement(d, p) = 0.0;
        return;  // the money stays where it is
    }
    const double procured = home_firms ? markets.procurement(d, p) : 0.0;
    markets.procurement(d, p) = procured;
    double units_per_value = niche * offers.index[domestic];
    for (std::size_t k = 0; k < shares.size(); ++k) {
        sales[k] = shares[k] * (1.0 - niche) * demand;
        units_per_value += (1.0 - niche) * shares[k] * offers.index[k];
    }
    sales[domestic] += niche * demand + procured;
    markets.price_index(d, p) = 1.0 / units_per_value;
    markets.spending(d, p) = demand + procured;
    pay(world, d, p, demand);

    world.results.pools[world.pool(d, p)].domestic_sales = sales[domestic];
    for (const CountryId o : world.countries.indices()) {
        const std::size_t k = markets.supplier(o);
        if (o != d && sales[k] > 0.0) {
            book_export(world, o, d, p, sales[k], offers.tariff[k]);
        }
    }
    for (const LeadId l : world.leads.indices()) {
        if (world.leads.home[l] != d) {
            world.results.flows[world.leads.home[l]].exports += sales[markets.supplier(l)];
            world.results.flows[d].imports += sales[markets.supplier(l)];
        }
    }
}

/// The one world market for low-value processing: lead firms' homes buy, countries supply.
void clear_processing(World& world)
{
    constexpr PositionId p = Positions::processing;
    Markets& markets = world.markets;
    Countries& countries = world.countries;
    double demand = 0.0;
    for (const CountryId h : countries.indices()) {
        demand += countries.processing_orders[h];
        markets.demand(h, p) = countries.processing_orders[h];
        markets.spending(h, p) = 0.0;
    }
    const auto buyer = [&](CountryId h) {
        return demand > 0.0 ? countries.processing_orders[h] / demand : 0.0;
    };
    std::vector<double>& appeal = world.workspace.offers.appeal;
    std::vector<double>& wedge = world.workspace.wedge;
    appeal.resize(countries.size());
    wedge.resize(countries.size());
    for (const CountryId o : countries.indices()) {
        double tariff = 0.0;
        for (const CountryId h : countries.indices()) {
            tariff += buyer(h) * world.trade.tariffs(h, o);
        }
        const PoolResults& pool = world.results.pools[world.pool(o, p)];
        wedge[o.at()] = 1.0 + export_barrier(world, o, p) + tariff;
        appeal[o.at()] = pool.appeal / wedge[o.at()];
        markets.processing_index[o] = pool.unit_index / wedge[o.at()];
    }
    std::fill(markets.processing_sales.begin(), markets.processing_sales.end(), 0.0);
    if (!update_shares(markets.processing_share.span(), markets.processing_taste.span(), appeal,
                       world.parameters().trade, world.workspace.log_weight)) {
        return;
    }
    double units_per_value = 0.0;
    for (const CountryId o : countries.indices()) {
        const double value = markets.processing_share[o] * demand;
        markets.processing_sales[o] = value;
        units_per_value += markets.processing_share[o] * markets.processing_index[o];
        for (const CountryId h : countries.indices()) {
            const double paid = buyer(h) * value;
            const double to_government = paid * world.trade.tariffs(h, o) / wedge[o.at()];
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

}  // namespace

void clear_markets(World& world)
{
    for (const PositionId p : world.positions.indices()) {
        if (world.positions[p].world_market) {
            clear_processing(world);
            continue;
        }
        for (const CountryId d : world.countries.indices()) {
            clear_market(world, d, p);
        }
    }
}

}  // namespace latecomer
