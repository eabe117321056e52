#include "agents/start/initial_shares.hpp"

#include "agents/markets/rest.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <span>

namespace latecomer {

namespace {

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

}  // namespace

bool is_exported(const Position& position)
{
    return !position.world_market &&
           (position.stage == Stage::analytics || position.stage == Stage::applications);
}

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

Column<CountryId, double> shares_abroad(const World& world,
                                        const Column<CountryId, double>& contestable)
{
    const Countries& countries = world.countries;
    double demand = 0.0;
    double processing = 0.0;
    for (const CountryId d : countries.indices()) {
        demand += contestable[d];
        processing += countries.processing_orders[d];
    }
    Column<CountryId, double> shares(countries.size());
    for (const CountryId o : countries.indices()) {
        const double exports =
            world.parameters().trade.export_level * demand * countries.initial_exports[o] -
            world.markets.processing_share[o] * processing;
        const double elsewhere = demand - contestable[o];
        shares[o] = exports > 0.0 && elsewhere > 0.0 ? exports / elsewhere : 0.0;
    }
    return shares;
}

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

}  // namespace latecomer
