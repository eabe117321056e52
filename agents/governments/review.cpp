#include "agents/governments/review.hpp"

#include "agents/policy/government.hpp"
#include "agents/world/events.hpp"
#include "core/elementary.hpp"

#include <algorithm>

namespace latecomer {

namespace {

/// Sums over the positions of one stage in one country, of the last quarter.
struct StageSales {
    double revenue = 0.0;   ///< of domestic firms
    double exports = 0.0;   ///< of it, from abroad
    double spending = 0.0;  ///< of buyers in the country
    double by_leads = 0.0;  ///< of it, on foreign lead firms
};

StageSales sales_at(const World& world, CountryId c, std::size_t stage)
{
    StageSales sales;
    for (const PositionId p : world.positions.indices()) {
        if (at(world.positions[p].stage) != stage) {
            continue;
        }
        const PoolResults& pool = world.results.pools[world.pool(c, p)];
        sales.revenue += pool.revenue;
        sales.exports += world.positions[p].world_market ? pool.revenue : pool.export_sales;
        if (world.positions[p].world_market) {
            continue;
        }
        sales.spending += world.markets.spending(c, p);
        for (const LeadId l : world.leads.indices()) {
            if (world.leads.home[l] != c) {
                sales.by_leads += world.markets.sales(c, p)[world.markets.supplier(l)];
            }
        }
    }
    return sales;
}

double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : 0.0;
}

StageIndicators indicators_of(const World& world, CountryId c)
{
    StageIndicators indicators{};
    const double generated = world.countries.data_generated[c];
    for (std::size_t s = 0; s < stages; ++s) {
        const StageSales sales = sales_at(world, c, s);
        const auto set = [&](Goal goal, double value) {
            indicators[s][static_cast<std::size_t>(goal)] = value;
        };
        set(Goal::growth, sales.revenue > 0.0 ? elementary::log(sales.revenue) : 0.0);
        set(Goal::bargaining, -ratio(sales.by_leads, sales.spending));
        set(Goal::diffusion, world.countries.adoption[c]);
        set(Goal::linkages, ratio(sales.exports, sales.revenue));
        set(Goal::sovereignty, ratio(world.countries.data_held[c], generated));
    }
    return indicators;
}

}  // namespace

void begin_review_period(World& world, CountryId c)
{
    world.governments[c].indicators = indicators_of(world, c);
    world.governments[c].spent.fill(0.0);
}

void review_policy(World& world, CountryId c)
{
    Government& government = world.governments[c];
    const PolicyPlan& plan = world.scenario.policies[*government.plan];
    const std::int64_t interval = world.parameters().government.review_quarters;
    const std::int64_t elapsed = static_cast<std::int64_t>(world.quarter) - government.since;
    if (plan.mode != PolicyMode::adaptive || !government.phase || elapsed == 0 ||
        elapsed % interval != 0) {
        return;
    }
    constexpr double least_spending = 1e-4;  // of demand, so that what is free has a score
    const double least =
        least_spending * world.countries.exchange_rate[c] * world.countries.final_demand[c];
    const StageIndicators now = indicators_of(world, c);
    std::array<double, stages> score{};
    for (std::size_t s = 0; s < stages; ++s) {
        for (std::size_t g = 0; g < goals; ++g) {
            score[s] += plan.goal_weights[g] * (now[s][g] - government.indicators[s][g]);
        }
        const double a_quarter = government.spent[s] / static_cast<double>(interval);
        score[s] /= std::max(a_quarter, least);
    }
    const PolicyMix target =
        shifted(government.target, score, plan.orientation_weights, world.parameters().sectors);
    if (!(target == government.target)) {
        const auto best = static_cast<std::size_t>(std::ranges::max_element(score) - score.begin());
        report(world, EventKind::policy, world.countries.key[c], world.countries.key[c],
               static_cast<double>(best + 1), text("review favours ", stage_names[best]));
    }
    government.origin = government.requested;
    government.target = target;
    government.since = world.quarter;
    begin_review_period(world, c);
}

}  // namespace latecomer
