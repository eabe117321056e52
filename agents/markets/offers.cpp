#include "agents/markets/offers.hpp"

#include "agents/lead_firms/lead_firms.hpp"
#include "core/elementary.hpp"

#include <algorithm>

namespace latecomer {

ForeignMarket& foreign_market(World& world, PositionId p)
{
    return world.workspace.foreign_markets[p.at()];
}

const ForeignMarket& foreign_market(const World& world, PositionId p)
{
    return world.workspace.foreign_markets[p.at()];
}

ForeignOffers offers_of(const ForeignMarket& market)
{
    return {market.appeal.data(), market.unit_index.data(), market.barrier.data(),
            market.appeal.size()};
}

void prepare_foreign_markets(World& world)
{
    const std::size_t n = world.countries.size();
    world.workspace.foreign_markets.resize(world.positions.size());
    for (const PositionId p : world.positions.indices()) {
        ForeignMarket& market = foreign_market(world, p);
        for (std::vector<double>* column : {&market.appeal, &market.unit_index, &market.barrier}) {
            column->resize(n);
        }
        for (std::vector<double>* column :
             {&market.log_free_appeal, &market.free_index, &market.free_tariff_part,
              &market.received, &market.tariffs}) {
            column->assign(n, 0.0);
        }
        for (const CountryId o : world.countries.indices()) {
            const PoolResults& pool = world.results.pools[world.pool(o, p)];
            market.appeal[o.at()] = pool.export_appeal;
            market.unit_index[o.at()] = pool.export_index;
            market.barrier[o.at()] = export_barrier(world, o, p);
        }
        market_kernels().log_appeal_abroad(offers_of(market),
                                           market.received.data(),  // still zero: no tariffs
                                           0.0, market.log_free_appeal.data());
        market_kernels().terms_abroad(offers_of(market), market.received.data(), 0.0,
                                      market.free_index.data(), market.free_tariff_part.data());
    }
    world.workspace.has_tariffs.resize(n);
    for (const CountryId d : world.countries.indices()) {
        const auto is_levied = [](double tariff) { return tariff != 0.0; };
        world.workspace.has_tariffs[d.at()] =
            std::ranges::any_of(world.trade.tariffs.row(d), is_levied) ||
            std::ranges::any_of(world.levers[d].import_tariff, is_levied);
    }
}

namespace {

/// ln of the appeal of foreign pools in a country (eq. 15): without tariffs it is the same in all.
void set_log_appeal_abroad(const World& world, CountryId d, PositionId p,
                           std::vector<double>& log_appeal)
{
    const ForeignMarket& market = foreign_market(world, p);
    if (world.workspace.has_tariffs[d.at()] == 0) {
        std::ranges::copy(market.log_free_appeal, log_appeal.begin());
    } else {
        market_kernels().log_appeal_abroad(offers_of(market), world.trade.tariffs.row(d).data(),
                                           world.levers[d].import_tariff[p.at()],
                                           log_appeal.data());
    }
}

/// Place of a country in `lead_quality`.
std::size_t quality_place(const World& world, PositionId p, CountryId d)
{
    return (p.at() * world.countries.size() + d.at()) * world.leads.size();
}

}  // namespace

void set_lead_qualities(World& world, mpi::Range destinations)
{
    const DataParameters& data = world.parameters().data;
    std::vector<double>& quality = world.workspace.lead_quality;
    quality.resize(world.pools.size() * world.leads.size());
    const CountryId first{static_cast<std::size_t>(destinations.begin)};
    const std::size_t count = static_cast<std::size_t>(destinations.size()) * world.leads.size();
    for (const PositionId p : world.positions.indices()) {
        const double gain = world.positions[p].quality_gain;
        double* of_position = quality.data() + quality_place(world, p, first);
        if (!(gain > 0.0)) {
            std::fill_n(of_position, count, 1.0);
            continue;
        }
        double* place = of_position;
        for (std::int64_t d = destinations.begin; d < destinations.end; ++d) {
            for (const LeadId l : world.leads.indices()) {
                *place++ = lead_usable_data(world, l, CountryId{static_cast<std::size_t>(d)}, p);
            }
        }
        market_kernels().data_quality(of_position, count, gain, data.data_scale,
                                      data.returns_exponent, of_position);
    }
}

void set_log_appeals(const World& world, CountryId d, PositionId p, std::vector<double>& log_appeal)
{
    set_log_appeal_abroad(world, d, p, log_appeal);
    log_appeal[world.markets.supplier(d)] = elementary::log(
        world.results.pools[world.pool(d, p)].appeal * world.levers[d].domestic_appeal[p.at()]);
    double* of_leads = log_appeal.data() + world.countries.size();
    const double* quality = world.workspace.lead_quality.data() + quality_place(world, p, d);
    const auto wedges = lead_wedges(world, d, p);
    for (const LeadId l : world.leads.indices()) {
        const auto presence = static_cast<std::size_t>(world.leads.presence(l, d));
        of_leads[l.at()] = quality[l.at()] / world.leads.price(l, p) * wedges[presence];
    }
    market_kernels().logarithms(of_leads, world.leads.size(), of_leads);
}

double export_barrier(const World& world, CountryId o, PositionId p)
{
    return world.parameters().trade.barrier * world.levers[o].export_barrier[p.at()];
}

}  // namespace latecomer
