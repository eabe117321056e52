#include "agents/countries/references.hpp"

#include "core/constants.hpp"
#include "core/elementary.hpp"

#include <algorithm>

namespace latecomer {

namespace {

namespace el = elementary;

/// Unweighted means and bests of domestic firms by stage.
void update_domestic(World& world)
{
    References& references = world.references;
    for (const CountryId c : world.countries.indices()) {
        ByStage<double> sum{};
        ByStage<double> firms{};
        references.best[c].fill(0.0);
        for (const PositionId p : world.positions.indices()) {
            const std::size_t s = at(world.positions[p].stage);
            const PoolStatistics& pool = world.statistics[world.pool(c, p)];
            sum[s] += pool.mean_capability * static_cast<double>(pool.firms);
            firms[s] += static_cast<double>(pool.firms);
            references.best[c][s] = std::max(references.best[c][s], pool.best_capability);
        }
        for (std::size_t s = 0; s < stages; ++s) {
            references.plain_mean[c][s] = firms[s] > 0.0 ? sum[s] / firms[s] : 0.0;
        }
    }
}

/// What a pool sold; its mean stays where it sells nothing.
Sold sold_by(World& world, PoolId pool, double frontier)
{
    const PoolResults& results = world.results.pools[pool];
    const Sold sold{results.revenue, results.weighted_capability * frontier};
    if (sold.any()) {
        world.statistics[pool].sold_capability = sold.mean();
    }
    return sold;
}

/// What lead firms sell at each stage, in the world and by home.
void update_sold_by_leads(World& world)
{
    const Leads& leads = world.leads;
    LeadSales& sales = world.workspace.lead_sales_by_stage;
    sales.by_home.resize(world.countries.size());
    sales.best_at_home.resize(world.countries.size());
    std::ranges::fill(sales.by_home, ByStage<Sold>{});
    std::ranges::fill(sales.best_at_home, ByStage<double>{});
    sales.all = {};
    sales.best = {};
    for (const LeadId l : leads.indices()) {
        const CountryId home = leads.home[l];
        for (const PositionId p : world.positions.indices()) {
            const std::size_t s = at(world.positions[p].stage);
            const double value = leads.units(l, p) * leads.price(l, p);
            sales.by_home[home][s].add(value, leads.capability[l][s]);
            sales.all[s].add(value, leads.capability[l][s]);
        }
        for (std::size_t s = 0; s < stages; ++s) {
            const double capability = leads.capability[l][s];
            sales.best_at_home[home][s] = std::max(sales.best_at_home[home][s], capability);
            sales.best[s] = std::max(sales.best[s], capability);
        }
    }
}

/// Mean capability of what countries sell, by stage.
void update_sold(World& world)
{
    References& references = world.references;
    const LeadSales& leads = world.workspace.lead_sales_by_stage;
    auto& sold = world.workspace.sold_by_firms;
    sold.resize(world.countries.size());
    std::swap(references.home, references.home_before);
    for (const CountryId c : world.countries.indices()) {
        sold[c] = {};
        for (const PositionId p : world.positions.indices()) {
            const std::size_t s = at(world.positions[p].stage);
            const Sold pool = sold_by(world, world.pool(c, p), references.frontier[s]);
            sold[c][s].value += pool.value;
            sold[c][s].weighted += pool.weighted;
        }
        for (std::size_t s = 0; s < stages; ++s) {
            double& mean = references.mean[c][s];
            mean = sold[c][s].any() ? sold[c][s].mean() : mean;
            const Sold& by_leads = leads.by_home[c][s];
            references.home[c][s] = mean > 0.0       ? mean
                                    : by_leads.any() ? by_leads.mean()
                                                     : leads.best_at_home[c][s];
        }
    }
}

/// What buyers get from the best sellers: lead firms, and economies whose firms sell better than they.  The
/// largest of many noisy means would rise with their noise, a mean does not.
double frontier_of(const World& world, std::size_t s)
{
    const LeadSales& leads = world.workspace.lead_sales_by_stage;
    const auto& sold = world.workspace.sold_by_firms;
    Sold best;
    double level = leads.best[s];
    if (leads.all[s].any()) {
        best = leads.all[s];
        level = best.mean();
    }
    double highest = 0.0;
    for (const CountryId c : world.countries.indices()) {
        const double mean = world.references.mean[c][s];
        highest = std::max(highest, mean);
        if (mean > level && sold[c][s].any()) {
            best.value += sold[c][s].value;
            best.weighted += sold[c][s].weighted;
        }
    }
    if (level > 0.0) {
        return best.any() ? best.mean() : level;
    }
    return highest;  // a world without lead firms looks up to its best economy
}

void update_frontier(World& world)
{
    for (std::size_t s = 0; s < stages; ++s) {
        const double frontier = frontier_of(world, s);
        // Where nobody is left, what was known stays known.
        if (frontier > 0.0) {
            world.references.frontier[s] = frontier;
        }
    }
}

void update_index(World& world)
{
    for (const CountryId c : world.countries.indices()) {
        double sum = 0.0;
        double weights = 0.0;
        for (std::size_t s = 0; s < stages; ++s) {
            const double mean = world.references.home[c][s];
            if (mean > 0.0) {
                sum += index_weights[s] * el::log(mean / world.references.frontier[s]);
                weights += index_weights[s];
            }
        }
        world.references.capability_index[c] = weights > 0.0 ? sum / weights : not_a_number;
    }
}

void update_means_by_position(World& world)
{
    References& references = world.references;
    for (const PositionId p : world.positions.indices()) {
        double revenue = 0.0;
        double wages = 0.0;
        double sellers = 0.0;
        for (const CountryId c : world.countries.indices()) {
            const PoolResults& pool = world.results.pools[world.pool(c, p)];
            const double firms = static_cast<double>(pool.sellers) / world.countries.grain[c];
            revenue += pool.revenue;
            wages += firms * world.countries.wage[c] * world.countries.exchange_rate[c];
            sellers += firms;
        }
        references.mean_revenue[p] = sellers > 0.0 ? revenue / sellers : 0.0;
        references.mean_wage[p] = sellers > 0.0 ? wages / sellers : 0.0;
    }
}

}  // namespace

void update_references(World& world)
{
    update_sold_by_leads(world);
    update_sold(world);
    update_domestic(world);
    update_frontier(world);
    update_index(world);
    update_means_by_position(world);
}

double overhead(const World& world, CountryId c, PositionId p)
{
    const double mean_wage = world.references.mean_wage[p];
    const double wage = world.countries.wage[c] * world.countries.exchange_rate[c];
    return mean_wage > 0.0
               ? world.references.mean_revenue[p] * (wage / mean_wage) / world.countries.grain[c]
               : 0.0;
}

double fixed_cost(const World& world, CountryId c, PositionId p)
{
    const PoolResults& pool = world.results.pools[world.pool(c, p)];
    const double exporting = world.positions[p].world_market
                                 ? 0.0
                                 : world.parameters().mobility.export_fixed_cost *
                                       static_cast<double>(pool.selling_exporters);
    return overhead(world, c, p) *
           (world.parameters().finance.fixed_cost * static_cast<double>(pool.sellers) + exporting);
}

}  // namespace latecomer
