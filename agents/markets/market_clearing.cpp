#include "agents/markets/market_clearing.hpp"

#include "agents/kernels/market_kernels.hpp"
#include "agents/lead_firms/lead_firms.hpp"
#include "agents/markets/offers.hpp"
#include "agents/markets/processing_market.hpp"
#include "agents/markets/rest.hpp"
#include "core/instruction_set.hpp"
#include "core/parallel.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace latecomer {

namespace {

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

/// Shares of all suppliers in one market (eq. 15).
void share_out(World& world, CountryId d, PositionId p, ThreadMarket& scratch)
{
    Markets& markets = world.markets;
    const auto shares = markets.share(d, p);
    scratch.log_appeal.resize(shares.size());
    scratch.log_weight.resize(shares.size());
    set_log_appeals(world, d, p, scratch.log_appeal);
    const TradeParameters& trade = world.parameters().trade;
    market_kernels().update_shares(shares.data(), markets.log_taste(d, p).data(),
                                   scratch.log_appeal.data(), shares.size(), trade.habit,
                                   trade.sensitivity, scratch.log_weight.data());
}

/// Shares of all markets of a country.
void share_out(World& world, CountryId d, ThreadMarket& scratch)
{
    for (const PositionId p : world.positions.indices()) {
        if (!world.positions[p].world_market) {
            share_out(world, d, p, scratch);
        }
    }
}

/// The scratch memory of each thread.
std::vector<ThreadMarket>& thread_markets(World& world)
{
    std::vector<ThreadMarket>& by_thread = world.workspace.thread_markets;
    by_thread.resize(static_cast<std::size_t>(thread_count()));
    return by_thread;
}

/// Shares of all markets of some countries.  These share nothing here, so threads take one each.
void share_out(World& world, mpi::Range destinations)
{
    std::vector<ThreadMarket>& by_thread = thread_markets(world);
    set_lead_qualities(world, destinations);
    for_each_index(static_cast<long>(destinations.size()), [&](long index, int thread) {
        share_out(world, CountryId{static_cast<std::size_t>(destinations.begin + index)},
                  by_thread[static_cast<std::size_t>(thread)]);
    });
}

/// Whether ranks take some countries each, which pays where eq. 15 takes longer than to hand on what it gives: with many
/// shares to work out, if ranks of one host see each other's memory or processors have no AVX-512.  One of the hosts
/// without it suffices, as the others wait.
bool ranks_share_markets(World& world, const mpi::Communicator& comm)
{
    constexpr std::size_t too_few = 1u << 15;  // shares of a rank
    const auto ranks = static_cast<std::size_t>(comm.size());
    if (ranks == 1 || world.markets.share.span().size() / ranks < too_few) {
        return false;
    }
    std::optional<bool>& agreed = world.workspace.ranks_share_markets;
    if (!agreed) {
        agreed = comm.have_shared_memory(world.markets.share.span().size()) ||
                 comm.any(instruction_set() < InstructionSet::x86_64_v4);
    }
    return *agreed;
}

/// Shares of all markets, over ranks if that pays: each takes some, and all get the shares of all.
void share_out_everywhere(World& world, bool is_shared, const mpi::Communicator& comm)
{
    const auto countries = static_cast<std::int64_t>(world.countries.size());
    if (!is_shared) {
        share_out(world, {0, countries});
        return;
    }
    const std::span<double> shares = world.markets.share.span();
    const std::size_t of_country = shares.size() / world.countries.size();
    const auto part_of = [&](int rank) { return mpi::even_part(countries, rank, comm.size()); };
    share_out(world, part_of(comm.rank()));
    std::vector<std::int64_t>& ends = world.workspace.ends_of_ranks;
    ends.clear();
    for (int rank = 0; rank < comm.size(); ++rank) {
        ends.push_back(part_of(rank).end * static_cast<std::int64_t>(of_country));
    }
    comm.share_parts(shares, ends);
}

double demand_in(const World& world, CountryId d, PositionId p)
{
    const Position& position = world.positions[p];
    return position.sector ? world.countries.exchange_rate[d] * world.countries.final_demand[d] *
                                 world.parameters().sectors[position.sector->at()].demand_share
                           : world.countries.orders(d, p);
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

/// Units per value of all suppliers of a market (eq. 16), and the tariff part of what is paid to foreign pools.
void set_terms(World& world, CountryId d, PositionId p)
{
    Markets& markets = world.markets;
    const ForeignMarket& foreign = foreign_market(world, p);
    const auto index = markets.index(d, p);
    if (world.workspace.has_tariffs[d.at()] == 0) {
        std::ranges::copy(foreign.free_index, index.begin());
        world.workspace.tariff_part = foreign.free_tariff_part;
    } else {
        world.workspace.tariff_part.resize(world.countries.size());
        market_kernels().terms_abroad(offers_of(foreign), world.trade.tariffs.row(d).data(),
                                      world.levers[d].import_tariff[p.at()], index.data(),
                                      world.workspace.tariff_part.data());
    }
    index[markets.supplier(d)] = world.results.pools[world.pool(d, p)].unit_index;
    const auto wedges = lead_wedges(world, d, p);
    for (const LeadId l : world.leads.indices()) {
        const auto presence = static_cast<std::size_t>(world.leads.presence(l, d));
        index[markets.supplier(l)] = wedges[presence] / world.leads.price(l, p);
    }
}

/// Home firms sell even where nobody can supply, and have what a content rule reserves (eq. 15, 31).
void protect_home_firms(World& world, CountryId d, PositionId p, double contestable)
{
    const auto shares = world.markets.share(d, p);
    const std::size_t domestic = world.markets.supplier(d);
    if (shares[domestic] == 0.0 &&
        std::ranges::all_of(shares, [](double share) { return share == 0.0; })) {
        shares[domestic] = 1.0;
    }
    const double floor = world.levers[d].content_floor[p.at()];
    if (shares[domestic] < floor) {
        std::vector<double>& before = world.workspace.shares_before;
        before.assign(shares.begin(), shares.end());
        apply_content_floor(shares, domestic, floor);
        note_losses(world, d, before, shares, contestable);
    }
}

/// Books what foreign suppliers sold in a market: receipts of pools, trade, and tariffs to the destination.
void book_imports(World& world, CountryId d, PositionId p)
{
    const auto sales = world.markets.sales(d, p);
    CountryFlows& flows = world.results.flows[d];
    ForeignMarket& market = foreign_market(world, p);
    const ImportBill bill = market_kernels().book_imports(
        sales.data(), world.workspace.tariff_part.data(), world.countries.size(),
        {market.received.data(), market.tariffs.data()});
    flows.imports += bill.received;
    flows.tariffs += bill.tariffs;
    for (const LeadId l : world.leads.indices()) {
        if (world.leads.home[l] != d) {
            const double paid = sales[world.markets.supplier(l)];
            const double tariff = paid * lead_tariff_part(world, l, d, p);
            const double sold = paid - tariff;
            world.results.flows[world.leads.home[l]].exports += sold;
            flows.imports += sold;
            flows.tariffs += tariff;
        }
    }
}

/// Sales, trade and prices of one market whose shares are known.
void clear_market(World& world, CountryId d, PositionId p)
{
    Markets& markets = world.markets;
    const auto shares = markets.share(d, p);
    const auto sales = markets.sales(d, p);
    const auto index = markets.index(d, p);
    const std::size_t domestic = markets.supplier(d);
    const bool home_firms = world.statistics[world.pool(d, p)].firms > 0;
    const double demand = demand_in(world, d, p);
    const double niche = home_firms ? world.positions[p].parameters.captive_niche : 0.0;
    const double contestable = (1.0 - niche) * demand;
    set_terms(world, d, p);
    if (home_firms) {
        protect_home_firms(world, d, p, contestable);
    }
    markets.demand(d, p) = demand;
    const double procured = home_firms ? markets.procurement(d, p) : 0.0;
    markets.procurement(d, p) = procured;
    const SupplySums sums = market_kernels().sell(shares.data(), index.data(), shares.size(),
                                                  contestable, sales.data());
    if (sums.shares == 0.0) {  // nobody can supply: the money stays where it is
        markets.spending(d, p) = 0.0;
        return;
    }
    const double at_home = std::exchange(sales[domestic], 0.0);
    book_imports(world, d, p);
    sales[domestic] = at_home + (niche * demand + procured);
    markets.price_index(d, p) = 1.0 / (niche * index[domestic] + (1.0 - niche) * sums.units);
    markets.spending(d, p) = demand + procured;
    pay(world, d, p, demand);
    world.results.pools[world.pool(d, p)].domestic_sales = sales[domestic];
}

/// Pools get what they earned abroad.
void settle_exports(World& world)
{
    for (const PoolId pool : world.pool_indices()) {
        const CountryId o = world.country_of(pool);
        const ForeignMarket& market = foreign_market(world, world.position_of(pool));
        world.results.pools[pool].export_sales += market.received[o.at()];
        world.results.pools[pool].tariffs += market.tariffs[o.at()];
        world.results.flows[o].exports += market.received[o.at()];
    }
}

}  // namespace

void clear_markets(World& world, const mpi::Communicator& comm)
{
    prepare_foreign_markets(world);
    const bool is_shared = !world.spins_up() && ranks_share_markets(world, comm);
    // One worker alone shares a country out and clears it while its shares are at hand.
    const bool is_alone = !is_shared && thread_count() == 1 && !world.spins_up();
    ThreadMarket& scratch = thread_markets(world).front();
    if (world.spins_up()) {
        hold_shares(world);
    } else if (is_alone) {
        set_lead_qualities(world, {0, static_cast<std::int64_t>(world.countries.size())});
    } else {
        share_out_everywhere(world, is_shared, comm);
    }
    // Country by country, as markets lie in memory.
    for (const CountryId d : world.countries.indices()) {
        if (is_alone) {
            share_out(world, d, scratch);
        }
        for (const PositionId p : world.positions.indices()) {
            if (!world.positions[p].world_market) {
                clear_market(world, d, p);
            }
        }
    }
    settle_exports(world);
    clear_processing(world);
}

}  // namespace latecomer
