#include "agents/markets/data_flows.hpp"

#include <algorithm>

namespace latecomer {

namespace {

/// Data of one sector in one country on their way from use to their holders.
struct SectorFlow {
    double kept = 0.0;
    double localised = 0.0;
};

/// Data that foreign sellers take, part of which may have to stay (eq. 18b).
struct Capture {
    double localised = 0.0;
    double exported = 0.0;
};

/// `stores_here`: a lead firm with a local region or a joint venture keeps everything in the
/// country once anything must stay.
Capture capture(CountryFlows& flows, const Levers& levers, double generated, bool stores_here)
{
    const double captured = levers.foreign_capture * generated;
    const bool all = stores_here && levers.localised_share > 0.0;
    Capture result;
    result.localised = all ? captured : levers.localised_share * captured;
    result.exported = captured - result.localised;
    flows.data_generated += generated;
    flows.data_localised += result.localised;
    flows.data_exported += result.exported;
    flows.data_not_captured += generated - captured;
    return result;
}

/// Data that sellers at home keep (eq. 18a).
double keep(CountryFlows& flows, double generated, double share_kept)
{
    const double kept = share_kept * generated;
    flows.data_generated += generated;
    flows.data_kept += kept;
    flows.data_not_captured += generated - kept;
    return kept;
}

/// Remembers data on their way from the country of use to the home of their holder (eq. 18).
void note_flow(World& world, CountryId d, CountryId home, SectorId j, double data)
{
    const std::size_t n = world.countries.size();
    world.results.data_flows[(d.at() * n + home.at()) * world.positions.sectors() + j.at()] += data;
}

SectorFlow flow_from_pools(World& world, CountryId d, SectorId j)
{
    const PositionId p = Positions::application(j);
    const double intensity = world.parameters().sectors[j.at()].data_intensity;
    const auto sales = world.markets.sales(d, p);
    const auto index = world.markets.index(d, p);
    const Levers& levers = world.levers[d];
    SectorFlow flow;
    for (const CountryId o : world.countries.indices()) {
        const std::size_t k = world.markets.supplier(o);
        const double generated = intensity * sales[k] * index[k];
        if (generated == 0.0) {
            continue;
        }
        if (o == d) {
            const double kept = keep(world.results.flows[d], generated, levers.domestic_capture);
            note_flow(world, d, d, j, kept);
            flow.kept += kept;
        } else {
            const Capture captured = capture(world.results.flows[d], levers, generated, false);
            flow.localised += captured.localised;
            world.results.pools[world.pool(o, p)].exported_data += captured.exported;
            note_flow(world, d, o, j, captured.exported);
        }
    }
    return flow;
}

SectorFlow flow_from_leads(World& world, CountryId d, SectorId j)
{
    const PositionId p = Positions::application(j);
    const double intensity = world.parameters().sectors[j.at()].data_intensity;
    const auto sales = world.markets.sales(d, p);
    const auto index = world.markets.index(d, p);
    const Levers& levers = world.levers[d];
    Leads& leads = world.leads;
    SectorFlow flow;
    for (const LeadId l : leads.indices()) {
        const std::size_t k = world.markets.supplier(l);
        const double generated = intensity * sales[k] * index[k];
        const Presence presence = leads.presence(l, d);
        if (presence == Presence::home) {
            const double kept = keep(world.results.flows[d], generated, levers.foreign_capture);
            leads.data_stock(l, j) += kept;
            world.results.flows[d].lead_data += kept;
            note_flow(world, d, d, j, kept);
            flow.kept += kept;
            continue;
        }
        const bool stores_here = presence == Presence::region || presence == Presence::venture;
        const Capture captured = capture(world.results.flows[d], levers, generated, stores_here);
        const std::size_t place =
            (l.at() * world.countries.size() + d.at()) * world.positions.sectors() + j.at();
        leads.localised[place] += captured.localised;
        leads.data_stock(l, j) += captured.exported;
        note_flow(world, d, leads.home[l], j, captured.exported);
        world.results.flows[leads.home[l]].data_received += captured.exported;
        world.results.flows[leads.home[l]].lead_data += captured.exported;
        flow.localised += captured.localised;
    }
    return flow;
}

/// Domestic firms' commons and open government data (eq. 18c).
void fill_commons(World& world, CountryId d, SectorId j, const SectorFlow& flow)
{
    const DataParameters& p = world.parameters().data;
    const std::size_t position = Positions::application(j).at();
    const Levers& levers = world.levers[d];
    const double reach =
        std::min(1.0, p.commons_base + p.commons_gain * levers.commons_gain[position]);
    double& commons = world.countries.commons(d, j);
    commons =
        (1.0 - p.decay) * commons + reach * (flow.kept + p.commons_localised * flow.localised);
    double& open = world.countries.open_data(d, j);
    open = (1.0 - p.decay) * open + levers.open_data[position] * p.open_data_rate *
                                        world.countries.initial_firms[d] *
                                        world.parameters().sectors[j.at()].demand_share;
}

}  // namespace

void distribute_data(World& world)
{
    std::fill(world.results.data_flows.begin(), world.results.data_flows.end(), 0.0);
    const double remaining = 1.0 - world.parameters().data.decay;
    for (double& stock : world.leads.data_stock.span()) {
        stock *= remaining;
    }
    for (double& stock : world.leads.localised) {
        stock *= remaining;
    }
    for (const CountryId d : world.countries.indices()) {
        for (const SectorId j : Range<SectorId>(world.positions.sectors())) {
            const SectorFlow pools = flow_from_pools(world, d, j);
            const SectorFlow leads = flow_from_leads(world, d, j);
            fill_commons(world, d, j, {pools.kept + leads.kept, pools.localised + leads.localised});
        }
    }
}

}  // namespace latecomer
