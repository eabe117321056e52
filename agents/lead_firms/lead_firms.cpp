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

/// What the firm pays in one country because it sells there; flows go to that country.
double pay_locally(World& world, LeadId l, CountryId d, double revenue, double fee_at_full_rate,
                   double gross_profit)
{
    const Levers& levers = world.levers[d];
    const Presence presence = world.leads.presence(l, d);
    CountryFlows& flows = world.results.flows[d];
    const double compliance = levers.compliance_cost * revenue;
    const double present = presence_cost(world, presence, d);
    const bool pays_fee = presence != Presence::venture && presence != Presence::home;
    const double fee = pays_fee ? fee_at_full_rate : 0.0;
    const double venture =
        presence == Presence::venture
            ? world.parameters().presence.venture_profit_share * std::max(0.0, gross_profit)
            : 0.0;
    if (presence != Presence::home) {
        auto& losses = world.trade.losses[world.quarter % world.trade.losses.size()];
        losses(world.leads.home[l], d) += compliance + fee;
    }
    flows.presence_cost += compliance + present;
    flows.fees += fee;
    flows.venture_profit += venture;
    return compliance + present + fee + venture;
}

LeadAccount sell_everywhere(World& world, LeadId l)
{
    LeadAccount account;
    Leads& leads = world.leads;
    ByPosition sales{};
    for (const CountryId d : world.countries.indices()) {
        double revenue = 0.0;
        double fees = 0.0;
        double gross_profit = 0.0;
        for (const PositionId p : world.positions.indices()) {
            if (world.positions[p].world_market) {
                continue;
            }
            const double value = world.markets.sales(d, p)[world.markets.supplier(l)];
            const double m = leads.mark_up(l, p);
            revenue += value;
            gross_profit += value * (m / (1.0 + m));
            fees += world.levers[d].licence_fee[p.at()] * value;
            sales[p.at()] += value;
        }
        account.revenue += revenue;
        account.local_cost += pay_locally(world, l, d, revenue, fees, gross_profit);
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
        double value = 0.0;
        for (const CountryId d : world.countries.indices()) {
            value += world.markets.sales(d, position)[world.markets.supplier(l)];
        }
        const double before = leads.world_share(l, position);
        const double now =
            world_sales[position.at()] > 0.0 ? value / world_sales[position.at()] : before;
        leads.units(l, position) = value / leads.price(l, position);
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
    double wedge = levers.lead_wedge[p.at()] / (1.0 + world.parameters().trade.barrier);
    if (presence == Presence::offshore) {
        wedge *= levers.offshore_wedge[p.at()];
    }
    if (presence != Presence::venture) {
        wedge *= levers.no_venture_wedge[p.at()];
    }
    return wedge;
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
