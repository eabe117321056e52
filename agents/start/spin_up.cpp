#include "agents/start/spin_up.hpp"

#include "agents/countries/accounts.hpp"
#include "agents/countries/references.hpp"
#include "agents/markets/rest.hpp"

#include <algorithm>

namespace latecomer {

namespace {

/// By what capabilities of a country's firms are multiplied.
ByStage<double> factors(const World& world, CountryId c, const ByStage<double>& frontier_growth)
{
    ByStage<double> result;
    for (std::size_t s = 0; s < stages; ++s) {
        const double held = world.held.mean[c][s];
        const double now = world.references.mean[c][s];
        // Where nothing was sold at the start, nothing is known but what the frontier does.
        result[s] = held > 0.0 && now > 0.0 ? held / now : 1.0 / frontier_growth[s];
    }
    return result;
}

void scale_firms(World& world, CountryId c, const ByStage<double>& factor)
{
    for (const PositionId p : world.positions.indices()) {
        const PoolId pool = world.pool(c, p);
        const PoolSlots& slots = world.firms.slots(pool);
        for (std::size_t s = 0; s < stages; ++s) {
            double* capability = world.firms.columns.capability[s].data() + slots.begin;
            for (std::size_t i = 0; i < slots.count; ++i) {
                capability[i] *= factor[s];
            }
        }
        PoolStatistics& pool_now = world.statistics[pool];
        const double of_stage = factor[at(world.positions[p].stage)];
        pool_now.mean_capability *= of_stage;
        pool_now.best_capability *= of_stage;
        pool_now.sold_capability *= of_stage;
    }
}

void scale_references(World& world, CountryId c, const ByStage<double>& factor,
                      const ByStage<double>& frontier_growth)
{
    References& references = world.references;
    for (std::size_t s = 0; s < stages; ++s) {
        references.home[c][s] *= references.mean[c][s] > 0.0 ? factor[s] : 1.0 / frontier_growth[s];
        references.mean[c][s] *= factor[s];
        references.plain_mean[c][s] *= factor[s];
        references.best[c][s] *= factor[s];
    }
}

}  // namespace

void hold(World& world)
{
    std::ranges::copy(world.markets.share.span(), world.held.share.span().begin());
    world.held.processing_share = world.markets.processing_share;
    world.held.frontier = world.references.frontier;
    world.held.mean = world.references.mean;
}

void nudge(World& world)
{
    ByStage<double> growth;
    for (std::size_t s = 0; s < stages; ++s) {
        growth[s] = world.references.frontier[s] / world.held.frontier[s];
    }
    for (const CountryId c : world.countries.indices()) {
        const ByStage<double> factor = factors(world, c, growth);
        scale_firms(world, c, factor);
        scale_references(world, c, factor, growth);
    }
    for (ByStage<double>& capability : world.leads.capability) {
        for (std::size_t s = 0; s < stages; ++s) {
            capability[s] /= growth[s];
        }
    }
    world.references.frontier = world.held.frontier;
    update_index(world);
    world.references.home_before = world.references.home;
}

void release(World& world)
{
    hold_all_shares(world);
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
