#include "agents/lead_firms/lead_firms.hpp"

#include "agents/firms/competition.hpp"
#include "agents/firms/learning.hpp"
#include "core/elementary.hpp"

#include <algorithm>

namespace latecomer {

namespace {

namespace el = elementary;

double lead_data(const World& world, LeadId l, CountryId d, SectorId j)
{
    const std::size_t sectors = world.positions.sectors();
    const std::size_t place = (l.at() * world.countries.size() + d.at()) * sectors + j.at();
    return world.leads.data_stock(l, j) + world.leads.localised[place] +
           world.countries.open_data(d, j);
}

/// Sales, cost and profit of one lead firm over all countries and positions (eq. 17).
struct LeadAccount {
    double revenue = 0.0;
    double cost = 0.0;
    double wages = 0.0;
    double local_cost = 0.0;  ///< compliance, presence, fees and venture shares abroad
};

/// Sales of a lead firm in one country, and what they bring about there.
struct LocalSales {
    double revenue = 0.0;       ///< net of tariffs
    double tariffs = 0.0;       ///< that the government took of what buyers paid
    double fees = 0.0;          ///< at the full rate
    double localisation = 0.0;  ///< cost of keeping data there (2X)
    double gross_profit = 0.0;
};

/// What the firm pays in one country because it sells there; flows go to that country.
double pay_locally(World& world, LeadId l, CountryId d, const LocalSales& local)
{
    const Levers& levers = world.levers[d];
    const Presence presence = world.leads.presence(l, d);
    CountryFlows& flows = world.results.flows[d];
    const double compliance = levers.compliance_cost * local.revenue;
    const bool is_foreign = presence != Presence::home;
    const double localisation = is_foreign ? local.localisation : 0.0;
    const double present = presence_cost(world, presence, d);
    const bool pays_fee = presence != Presence::venture && presence != Presence::home;
    const double fee = pays_fee ? local.fees : 0.0;
    const double venture =
        presence == Presence::venture
            ? world.parameters().presence.venture_profit_share * std::max(0.0, local.gross_profit)
            : 0.0;
    if (is_foreign) {
        auto& losses = world.trade.losses[world.quarter % world.trade.losses.size()];
        losses(world.leads.home[l], d) += compliance + localisation + fee + local.tariffs;
    }
    flows.presence_cost += compliance + localisation + present;
    flows.fees += fee;
    flows.venture_profit += venture;
    return compliance + localisation + present + fee + venture;
}

LeadAccount sell_everywhere(World& world, LeadId l)
{
    LeadAccount account;
    Leads& leads = world.leads;
    ByPosition sales{};
    for (const CountryId d : world.countries.indices()) {
        LocalSales local;
        const Levers& levers = world.levers[d];
        for (const PositionId p : world.positions.indices()) {
            if (world.positions[p].world_market) {
                continue;
            }
            const double paid = world.markets.sales(d, p)[world.markets.supplier(l)];
            const double tariff = paid * lead_tariff_part(world, l, d, p);
            const double value = paid - tariff;
            const double m = leads.mark_up(l, p);
            local.revenue += value;
            local.tariffs += tariff;
            local.gross_profit += value * (m / (1.0 + m));
            local.fees += levers.licence_fee[p.at()] * value;
            local.localisation += levers.localisation_cost[p.at()] * value;
            sales[p.at()] += value;
        }
        account.revenue += local.revenue;
        account.local_cost += pay_locally(world, l, d, local);
    }
    const CountryId home = leads.home[l];
    for (const PositionId p : world.positions.indices()) {
        const Position& position = world.positions[p];
        const double cost = sales[p.at()] / (1.0 + leads.mark_up(l, p));
        account.cost += cost;
        account.wages +=
            (1.0 - position.input_share() - position.parameters.lead_input_processing) * cost;
        for (const PositionId u : world.positions.indices()) {
            world.countries.orders(home, u) += position.inputs[u.at()] * cost;
            world.results.flows[home].input_orders += position.inputs[u.at()] * cost;
        }
        world.countries.processing_orders[home] += position.parameters.lead_input_processing * cost;
        world.results.flows[home].input_orders += position.parameters.lead_input_processing * cost;
    }
    return account;
}

/// Mark-ups follow the firm's share of world sales at each position (eq. 14).
void adjust_mark_ups(World& world, LeadId l, const ByPosition& world_sales)
{
    const SelectionParameters& p = world.parameters().selection;
    Leads& leads = world.leads;
    for (const PositionId position : world.positions.indices()) {
        double value = 0.0;  // that buyers pay
        double net = 0.0;    // of tariffs
        for (const CountryId d : world.countries.indices()) {
            value += world.markets.sales(d, position)[world.markets.supplier(l)];
            net += world.markets.sales(d, position)[world.markets.supplier(l)] *
                   (1.0 - lead_tariff_part(world, l, d, position));
        }
        const double before = leads.world_share(l, position);
        const double now =
            world_sales[position.at()] > 0.0 ? value / world_sales[position.at()] : before;
        leads.units(l, position) = net / leads.price(l, position);
        if (before > 0.0) {
            double& m = leads.mark_up(l, position);
            m = std::clamp(m * (1.0 + p.mark_up_speed * (now / before - 1.0)), p.mark_up_low,
                           p.mark_up_high);
        }
        leads.world_share(l, position) = now;
    }
}

}  // namespace

void lead_firms_learn(World& world)
{
    const LearningParameters& p = world.parameters().learning;
    for (const LeadId l : world.leads.indices()) {
        const std::uint64_t id = identity::bits(identity::lead(l));
        ByStage<double> units{};
        for (const PositionId position : world.positions.indices()) {
            units[at(world.positions[position].stage)] += world.leads.units(l, position);
        }
        for (std::size_t s = 0; s < stages; ++s) {
            const auto k_s = static_cast<unsigned>(s);
            double& capability = world.leads.capability[l][s];
            double& experience = world.leads.experience[l][s];
            double gain = p.wright_exponent * el::log(1.0 + units[s] / experience);
            experience += units[s];
            if (chance(world.random, Stream::innovation, id, world.clock(), k_s) < p.lead_success) {
                gain += innovation_gain(
                    uniform(world.random, Stream::innovation_size, id, world.clock(), k_s), p);
            }
            const double gap = std::max(0.0, el::log(world.references.frontier[s] / capability));
            gain +=
                p.lead_absorption * absorption_gain(gap, p.absorption_strength, p.absorption_range);
            capability *= el::exp(gain - p.depreciation);
        }
    }
}

void lead_firms_set_prices(World& world)
{
    for (const LeadId l : world.leads.indices()) {
        const CountryId home = world.leads.home[l];
        const double log_wage =
            el::log(world.countries.wage[home] * world.countries.exchange_rate[home]);
        for (const PositionId p : world.positions.indices()) {
            const Position& position = world.positions[p];
            const double wage_share =
                1.0 - position.input_share() - position.parameters.lead_input_processing;
            const double log_capability = el::log(world.leads.capability[l][at(position.stage)]);
            const double processing = position.parameters.lead_input_processing *
                                      el::log(world.markets.processing_price_index);
            const double cost = el::exp(log_input_price(world, home, position, 1.0) +
                                        wage_share * (log_wage - log_capability) + processing);
            world.leads.price(l, p) = (1.0 + world.leads.mark_up(l, p)) * cost;
        }
    }
}

double lead_usable_data(const World& world, LeadId l, CountryId d, PositionId p)
{
    const Position& position = world.positions[p];
    double data = 0.0;
    if (position.sector) {
        data = lead_data(world, l, d, *position.sector);
    } else {
        for (const SectorId j : Range<SectorId>(world.positions.sectors())) {
            data += lead_data(world, l, d, j);
        }
        data /= static_cast<double>(world.positions.sectors());
    }
    return world.parameters().data.lead_weight * data / world.data_resolution;
}

double lead_wedge(const World& world, const Levers& levers, Presence presence, PositionId p)
{
    if (presence == Presence::absent) {
        return 0.0;
    }
    const bool is_offshore = presence == Presence::offshore;
    const double tariff = is_offshore ? levers.import_tariff[p.at()] : 0.0;
    double wedge = levers.lead_wedge[p.at()] / (1.0 + world.parameters().trade.barrier + tariff);
    if (is_offshore) {
        wedge *= levers.offshore_wedge[p.at()];
    }
    if (presence != Presence::venture) {
        wedge *= levers.no_venture_wedge[p.at()];
    }
    return wedge;
}

double lead_tariff_part(const World& world, const Levers& levers, Presence presence, PositionId p)
{
    const double tariff = levers.import_tariff[p.at()];
    return presence == Presence::offshore
               ? tariff / (1.0 + world.parameters().trade.barrier + tariff)
               : 0.0;
}

double lead_tariff_part(const World& world, LeadId l, CountryId d, PositionId p)
{
    return lead_tariff_part(world, world.levers[d], world.leads.presence(l, d), p);
}

std::array<double, presence_names.size()> lead_wedges(const World& world, CountryId d, PositionId p)
{
    std::array<double, presence_names.size()> wedges{1.0};  // at home
    for (std::size_t mode = 1; mode < wedges.size(); ++mode) {
        wedges[mode] = lead_wedge(world, world.levers[d], static_cast<Presence>(mode), p);
    }
    return wedges;
}

double presence_cost(const World& world, Presence presence, CountryId d)
{
    const PresenceParameters& p = world.parameters().presence;
    const double wages = presence == Presence::region    ? p.region_cost
                         : presence == Presence::venture ? p.venture_cost
                                                         : 0.0;
    return wages * world.data_resolution * world.countries.wage[d] *
           world.countries.exchange_rate[d];
}

void settle_lead_firms(World& world)
{
    const FinanceParameters& finance = world.parameters().finance;
    ByPosition world_sales{};
    for (const PositionId p : world.positions.indices()) {
        for (const CountryId d : world.countries.indices()) {
            world_sales[p.at()] += world.markets.spending(d, p);
        }
    }
    for (const LeadId l : world.leads.indices()) {
        const CountryId home = world.leads.home[l];
        CountryFlows& flows = world.results.flows[home];
        const LeadAccount account = sell_everywhere(world, l);
        const double research = world.countries.search_share[home] * account.revenue;
        const double profit = account.revenue - account.cost - research - account.local_cost;
        const double tax = finance.profit_tax * std::max(0.0, profit);
        const double dividends = finance.dividend_share * std::max(0.0, profit - tax);
        world.leads.cash[l] += profit - tax - dividends;
        flows.wages += account.wages;
        flows.research += research;
        flows.profit_tax += tax;
        flows.dividends += dividends;
        flows.revenue += account.revenue;
        flows.lead_cash += world.leads.cash[l];
        adjust_mark_ups(world, l, world_sales);
    }
}

}  // namespace latecomer
