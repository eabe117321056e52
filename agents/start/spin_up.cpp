#include "agents/start/spin_up.hpp"

#include "agents/countries/accounts.hpp"
#include "agents/countries/references.hpp"
#include "agents/markets/rest.hpp"

#include <algorithm>

namespace latecomer {

namespace {

/// By what capabilities of a country's firms are multiplied, so that the mean of what they sell is that of the data.
/// What is not sold follows what is.
ByStage<double> factors_of_firms(const World& world, CountryId c)
{
    ByStage<double> result;
    result.fill(1.0);
    for (std::size_t s = 0; s < stages; ++s) {
        const double mean = world.references.mean[c][s];
        if (mean > 0.0) {
            result[s] = world.countries.initial_capability[c][s] / mean;
        }
    }
    return result;
}

/// The same of lead firms at home in a country: the mean of what they sell is one.
ByStage<double> factors_of_leads(const World& world, CountryId home)
{
    ByStage<double> result;
    for (std::size_t s = 0; s < stages; ++s) {
        const Sold& sold = world.workspace.lead_sales_by_stage.by_home[home][s];
        result[s] = 1.0 / (sold.any() ? sold.mean() : world.references.frontier[s]);
    }
    return result;
}

void scale_firms(World& world, CountryId c, const ByStage<double>& factor)
{
    for (const PositionId p : world.positions.indices()) {
        const PoolSlots& slots = world.firms.slots(world.pool(c, p));
        for (std::size_t s = 0; s < stages; ++s) {
            double* capability = world.firms.columns.capability[s].data() + slots.begin;
            for (std::size_t i = 0; i < slots.count; ++i) {
                capability[i] *= factor[s];
            }
        }
    }
}

/// What is known of a country's pools, too; results are relative to a frontier that is now another.
void scale_pools(World& world, CountryId c, const ByStage<double>& factor,
                 const ByStage<double>& frontier)
{
    for (const PositionId p : world.positions.indices()) {
        const PoolId pool = world.pool(c, p);
        const std::size_t s = at(world.positions[p].stage);
        world.statistics[pool].mean_capability *= factor[s];
        world.statistics[pool].best_capability *= factor[s];
        world.statistics[pool].sold_capability *= factor[s];
        world.results.pools[pool].weighted_capability *=
            factor[s] * (frontier[s] / world.references.frontier[s]);
    }
}

}  // namespace

void hold(World& world)
{
    std::ranges::copy(world.markets.share.span(), world.held.share.span().begin());
    world.held.processing_share = world.markets.processing_share;
}

void nudge(World& world, const ByStage<double>& frontier)
{
    Column<CountryId, ByStage<double>> of_leads(world.countries.size());
    for (const CountryId c : world.countries.indices()) {
        const ByStage<double> factor = factors_of_firms(world, c);
        scale_firms(world, c, factor);
        scale_pools(world, c, factor, frontier);
        of_leads[c] = factors_of_leads(world, c);
    }
    for (const LeadId l : world.leads.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            world.leads.capability[l][s] *= of_leads[world.leads.home[l]][s];
        }
    }
    update_references(world);
    world.references.home_before = world.references.home;
}

void release(World& world)
{
    hold_shares(world);
    hold_processing(world);
    let_tastes_rest(world);
    for (const CountryId c : world.countries.indices()) {
        world.countries.other_wealth[c] -= world.countries.public_debt[c];
        world.countries.public_debt[c] = 0.0;
    }
    world.results.money_before = money_in_the_world(world);
    for (std::uint8_t& step : world.climbed.span()) {
        step = 0;  // the first to climb from now on is the first of the run
    }
}

}  // namespace latecomer
