#include "agents/countries/references.hpp"

#include <algorithm>

namespace latecomer {

namespace {

void update_domestic(World& world)
{
    References& references = world.references;
    references.mean.resize(world.countries.size());
    references.best.resize(world.countries.size());
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
            references.mean[c][s] = firms[s] > 0.0 ? sum[s] / firms[s] : 0.0;
        }
    }
}

/// The frontier is that of lead firms and of countries' means, never of a single latecomer firm,
/// whose luck would grow with the number of firms.
void update_frontier(World& world)
{
    for (std::size_t s = 0; s < stages; ++s) {
        double frontier = 0.0;
        for (const LeadId l : world.leads.indices()) {
            frontier = std::max(frontier, world.leads.capability[l][s]);
        }
        for (const CountryId c : world.countries.indices()) {
            frontier = std::max(frontier, world.references.mean[c][s]);
        }
        // Where nobody is left, what was known stays known.
        if (frontier > 0.0) {
            world.references.frontier[s] = frontier;
        }
    }
}

void update_means_by_position(World& world)
{
    References& references = world.references;
    references.mean_revenue.resize(world.positions.size());
    references.mean_units.resize(world.positions.size());
    for (const PositionId p : world.positions.indices()) {
        double revenue = 0.0;
        double units = 0.0;
        double sellers = 0.0;
        for (const CountryId c : world.countries.indices()) {
            const PoolResults& pool = world.results.pools[world.pool(c, p)];
            revenue += pool.revenue;
            units += pool.units;
            sellers += static_cast<double>(pool.sellers);
        }
        references.mean_revenue[p] = sellers > 0.0 ? revenue / sellers : 0.0;
        references.mean_units[p] = sellers > 0.0 ? units / sellers : 0.0;
    }
}

}  // namespace

void update_references(World& world)
{
    update_domestic(world);
    update_frontier(world);
    update_means_by_position(world);
}

}  // namespace latecomer
