#include "agents/lead_firms/presence.hpp"

#include "agents/lead_firms/lead_firms.hpp"
#include "agents/world/events.hpp"
#include "core/elementary.hpp"

#include <algorithm>

namespace latecomer {

namespace {

namespace el = elementary;

constexpr std::array modes{Presence::offshore, Presence::region, Presence::venture,
                           Presence::absent};
constexpr double largest_response = 5.0;  ///< of sales at a position to a change of mode (eq. 30)
constexpr double largest_elasticity = 8.0;
constexpr double returning_share = 2e-3;

/// Long-run elasticity of sales to price.
double elasticity(const TradeParameters& p)
{
    return p.habit < 1.0 ? std::min(largest_elasticity, p.sensitivity / (1.0 - p.habit))
                         : largest_elasticity;
}

/// Sales at a position in a country from which expectations start, and the wedge behind them.
struct Present {
    double sales = 0.0;  ///< R0
    double wedge = 0.0;  ///< T0
};

Present present_sales(const World& world, LeadId l, CountryId d, PositionId p, const Levers& before)
{
    const std::size_t k = world.markets.supplier(l);
    const Presence presence = world.leads.presence(l, d);
    if (presence != Presence::absent) {
        return {world.markets.sales(d, p)[k], lead_wedge(world, before, presence, p)};
    }
    const bool home_firms = world.statistics[world.pool(d, p)].firms > 0;
    const double niche = home_firms ? world.positions[p].parameters.captive_niche : 0.0;
    return {world.markets.taste(d, p, k) * (1.0 - niche) * world.markets.demand(d, p),
            1.0 / (1.0 + world.parameters().trade.barrier)};
}

void enter_again(World& world, LeadId l, CountryId d)
{
    for (const PositionId p : world.positions.indices()) {
        if (world.positions[p].world_market) {
            continue;
        }
        const auto shares = world.markets.share(d, p);
        shares[world.markets.supplier(l)] = returning_share;
        double sum = 0.0;
        for (const double of_supplier : shares) {
            sum += of_supplier;
        }
        for (double& of_supplier : shares) {
            of_supplier /= sum;
        }
    }
}

void change_presence(World& world, LeadId l, CountryId d, Presence to)
{
    const Presence from = world.leads.presence(l, d);
    if (from == Presence::absent && to != Presence::absent) {
        enter_again(world, l, d);
    }
    world.leads.presence(l, d) = to;
    report(world, EventKind::presence, name_of(world, l), world.countries.key[d],
           static_cast<double>(to),
           text(presence_names[static_cast<std::size_t>(from)], " to ",
                presence_names[static_cast<std::size_t>(to)]));
}

}  // namespace

const Column<LeadId, double>& net_margins(World& world)
{
    Column<LeadId, double>& sales = world.workspace.lead_sales;
    Column<LeadId, double>& gross = world.workspace.lead_margins;
    for (Column<LeadId, double>* column : {&sales, &gross}) {
        column->resize(world.leads.size());
        std::ranges::fill(*column, 0.0);
    }
    const Markets& markets = world.markets;
    for (const PositionId p : world.positions.indices()) {
        if (world.positions[p].world_market) {
            continue;
        }
        for (const CountryId d : world.countries.indices()) {
            const std::span<const double> sold = markets.sales(d, p);
            for (const LeadId l : world.leads.indices()) {
                const double value =
                    sold[markets.supplier(l)] * (1.0 - lead_tariff_part(world, l, d, p));
                const double m = world.leads.mark_up(l, p);
                sales[l] += value;
                gross[l] += value * (m / (1.0 + m));
            }
        }
    }
    for (const LeadId l : world.leads.indices()) {
        gross[l] = sales[l] > 0.0
                       ? gross[l] / sales[l] - world.countries.search_share[world.leads.home[l]]
                       : 0.0;
    }
    return gross;
}

PresenceChoice presence_choice(const World& world, LeadId l, CountryId d, const Levers& before,
                               double margin)
{
    const Levers& levers = world.levers[d];
    const double response = elasticity(world.parameters().trade);
    PresenceChoice choice;
    double sales_now = 0.0;
    for (const PositionId p : world.positions.indices()) {
        if (world.positions[p].world_market) {
            continue;
        }
        const Present now = present_sales(world, l, d, p, before);
        sales_now += now.sales;
        for (std::size_t m = 0; m + 1 < modes.size(); ++m) {
            const double change = lead_wedge(world, levers, modes[m], p) / now.wedge;
            const double factor =
                change == 1.0 ? 1.0 : std::min(largest_response, el::pow(change, response));
            const double sales =
                now.sales * factor * (1.0 - lead_tariff_part(world, levers, modes[m], p));
            const bool venture = modes[m] == Presence::venture;
            const double kept =
                venture ? 1.0 - world.parameters().presence.venture_profit_share : 1.0;
            choice.profit[m] += margin * sales * kept;
            choice.profit[m] -= venture ? 0.0 : levers.licence_fee[p.at()] * sales;
            choice.profit[m] -= levers.localisation_cost[p.at()] * sales;
        }
    }
    for (std::size_t m = 0; m + 1 < modes.size(); ++m) {
        choice.profit[m] -= presence_cost(world, modes[m], d);
    }
    choice.scale = margin * sales_now;
    return choice;
}

Presence chosen_presence(const PresenceChoice& choice, double noise, double u)
{
    const auto best = std::ranges::max_element(choice.profit);
    if (noise == 0.0) {
        return modes[static_cast<std::size_t>(best - choice.profit.begin())];
    }
    std::array<double, modes.size()> weight{};
    double sum = 0.0;
    for (std::size_t m = 0; m < modes.size(); ++m) {
        weight[m] = el::exp((choice.profit[m] - *best) / (noise * choice.scale));
        sum += weight[m];
    }
    double left = u * sum;
    for (std::size_t m = 0; m < modes.size(); ++m) {
        left -= weight[m];
        if (left < 0.0) {
            return modes[m];
        }
    }
    return modes[static_cast<std::size_t>(best - choice.profit.begin())];
}

void review_presence(World& world, const Column<CountryId, Levers>& before)
{
    const PresenceParameters& p = world.parameters().presence;
    const auto interval = static_cast<std::uint64_t>(p.review_quarters);
    const Column<LeadId, double>& margins = net_margins(world);
    for (const LeadId l : world.leads.indices()) {
        for (const CountryId d : world.countries.indices()) {
            const std::uint64_t turn = world.quarter + l.at() + world.countries.row[d];
            if (world.leads.home[l] == d || turn % interval != 0) {
                continue;
            }
            const PresenceChoice choice = presence_choice(world, l, d, before[d], margins[l]);
            if (choice.scale <= 0.0) {
                continue;
            }
            const double u =
                uniform(world.random, Stream::presence, identity::bits(identity::lead(l)),
                        world.clock(), world.countries.row[d]);
            const Presence mode = chosen_presence(choice, p.choice_noise, u);
            if (mode != world.leads.presence(l, d)) {
                change_presence(world, l, d, mode);
            }
        }
    }
}

}  // namespace latecomer
