#include "agents/markets/data_flows.hpp"

#include "agents/kernels/market_kernels.hpp"

#include <algorithm>
#include <utility>

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

/// Data from sales of pools: those at home keep some, those abroad take some along (eq. 18a, 18b).  `exported`: what
/// each foreign pool got, from all countries so far.
SectorFlow flow_from_pools(World& world, CountryId d, SectorId j, std::span<double> exported)
{
    const PositionId p = Positions::application(j);
    const double intensity = world.parameters().sectors[j.at()].data_intensity;
    const auto sales = world.markets.sales(d, p);
    const auto index = world.markets.index(d, p);
    const Levers& levers = world.levers[d];
    CountryFlows& flows = world.results.flows[d];
    SectorFlow flow;
    const std::size_t domestic = world.markets.supplier(d);
    flow.kept = keep(flows, intensity * sales[domestic] * index[domestic], levers.domestic_capture);
    note_flow(world, d, d, j, flow.kept);

    const double at_home = std::exchange(sales[domestic], 0.0);
    std::vector<double>& taken = world.workspace.taken_data;
    taken.resize(exported.size());
    const double share_exported = levers.foreign_capture * (1.0 - levers.localised_share);
    const double generated =
        market_kernels().take_data(sales.data(), index.data(), exported.size(), intensity,
                                   share_exported, taken.data(), exported.data());
    sales[domestic] = at_home;
    flow.localised = capture(flows, levers, generated, false).localised;
    for (const CountryId o : world.countries.indices()) {
        if (taken[o.at()] > 0.0) {
            note_flow(world, d, o, j, taken[o.at()]);
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
    const std::size_t n = world.countries.size();
    std::vector<double>& exported = world.workspace.exported_data;
    exported.assign(n * world.positions.sectors(), 0.0);
    for (const CountryId d : world.countries.indices()) {
        for (const SectorId j : Range<SectorId>(world.positions.sectors())) {
            const SectorFlow pools =
                flow_from_pools(world, d, j, std::span{exported}.subspan(j.at() * n, n));
            const SectorFlow leads = flow_from_leads(world, d, j);
            fill_commons(world, d, j, {pools.kept + leads.kept, pools.localised + leads.localised});
        }
    }
    for (const SectorId j : Range<SectorId>(world.positions.sectors())) {
        for (const CountryId o : world.countries.indices()) {
            world.results.pools[world.pool(o, Positions::application(j))].exported_data +=
                exported[j.at() * n + o.at()];
        }
    }
}

}  // namespace latecomer
