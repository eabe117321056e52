#include "agents/governments/review.hpp"

#include "agents/policy/government.hpp"
#include "agents/world/events.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

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

/// Indicators of an economy by the weights of a government's goals.
struct Indicators {
    ByStage<double> at_stages{};
    double in_common = 0.0;  ///< of goals whose indicator is the same at all stages
};

Indicators indicators_of(const World& world, CountryId c, const std::array<double, goals>& weights)
{
    const auto weight = [&](Goal goal) { return weights[static_cast<std::size_t>(goal)]; };
    Indicators indicators;
    for (std::size_t s = 0; s < stages; ++s) {
        const StageSales sales = sales_at(world, c, s);
        const double growth = sales.revenue > 0.0 ? elementary::log(sales.revenue) : 0.0;
        indicators.at_stages[s] = weight(Goal::growth) * growth -
                                  weight(Goal::bargaining) * ratio(sales.by_leads, sales.spending) +
                                  weight(Goal::linkages) * ratio(sales.exports, sales.revenue);
    }
    indicators.in_common = weight(Goal::diffusion) * world.countries.adoption[c] +
                           weight(Goal::sovereignty) * ratio(world.countries.data_held[c],
                                                             world.countries.data_generated[c]);
    return indicators;
}

/// A change against the mean of peers, and its variance if chance makes it, which is that among them.
struct Change {
    double own = 0.0;
    double sum = 0.0;      ///< over peers
    double squares = 0.0;  ///< likewise
    double peers = 0.0;

    void add(double change, bool is_own)
    {
        own += is_own ? change : 0.0;
        sum += is_own ? 0.0 : change;
        squares += is_own ? 0.0 : change * change;
        peers += is_own ? 0.0 : 1.0;
    }
    double relative() const { return own - sum / peers; }
    double variance() const
    {
        return std::max(0.0, squares - sum * sum / peers) / (peers - 1.0) * (1.0 + 1.0 / peers);
    }
};

/// What changed since the phase began.
struct Changes {
    ByStage<Change> at_stages{};
    Change in_common;
};

/// Changes of an economy and of its peers: the other economies of its role.
Changes changes_of(const World& world, CountryId c)
{
    const Government& government = world.governments[c];
    const auto& weights = world.scenario.policies[*government.plan].goal_weights;
    Changes changes;
    for (const CountryId o : world.countries.indices()) {
        if (world.countries.role[o] != world.countries.role[c]) {
            continue;
        }
        const Indicators now = indicators_of(world, o, weights);
        for (std::size_t s = 0; s < stages; ++s) {
            changes.at_stages[s].add(now.at_stages[s] - government.seen_at_stages[o][s], o == c);
        }
        changes.in_common.add(now.in_common - government.seen_in_common[o], o == c);
    }
    return changes;
}

/// How far each stage lags behind the peers, in standard deviations of chance.
std::array<double, stages> lags_of(const Changes& changes)
{
    std::array<double, stages> lag{};
    for (std::size_t s = 0; s < stages; ++s) {
        const double deviation = std::sqrt(changes.at_stages[s].variance());
        lag[s] = deviation > 0.0 ? -changes.at_stages[s].relative() / deviation : 0.0;
    }
    return lag;
}

/// Moves requests between instruments that have a lever on goals common to all stages and the rest: towards what
/// helped.
PolicyMix shifted_in_common(const PolicyMix& target, const PolicyPlan& plan, double score,
                            const std::vector<Sector>& sectors)
{
    std::vector<InstrumentId> with = instruments_for(plan.goal_weights);
    std::vector<InstrumentId> rest;
    for (const InstrumentId id : instrument_indices()) {
        if (std::ranges::find(with, id) == with.end()) {
            rest.push_back(id);
        }
    }
    return score > 0.0 ? moved(target, rest, with, plan.orientation_weights, sectors)
                       : moved(target, with, rest, plan.orientation_weights, sectors);
}

void report_move(World& world, CountryId c, double value, std::string_view what)
{
    report(world, EventKind::policy, world.countries.key[c], world.countries.key[c], value,
           text("review favours ", what));
}

/// The target after a review: effort moves where the evidence is stronger than chance.
PolicyMix reviewed(World& world, CountryId c, const Changes& changes)
{
    const Government& government = world.governments[c];
    const PolicyPlan& plan = world.scenario.policies[*government.plan];
    const std::vector<Sector>& sectors = world.parameters().sectors;
    const double evidence = world.parameters().government.review_evidence;
    const std::array<double, stages> lag = lags_of(changes);
    const auto least = std::ranges::min_element(lag);
    const auto most = std::ranges::max_element(lag);
    PolicyMix target = government.target;
    if (*most - *least > evidence * std::numbers::sqrt2) {
        target = shifted(target, lag, plan.orientation_weights, sectors);
        if (!(target == government.target)) {
            const auto stage = static_cast<std::size_t>(most - lag.begin());
            report_move(world, c, static_cast<double>(stage + 1), stage_names[stage]);
        }
    }
    const double common = changes.in_common.relative();
    if (std::abs(common) > evidence * std::sqrt(changes.in_common.variance())) {
        const PolicyMix before = target;
        target = shifted_in_common(target, plan, common, sectors);
        if (!(target == before)) {
            report_move(world, c, 0.0, common > 0.0 ? "what has a lever on its goals" : "the rest");
        }
    }
    return target;
}

}  // namespace

void begin_review_period(World& world, CountryId c)
{
    Government& government = world.governments[c];
    const PolicyPlan& plan = world.scenario.policies[*government.plan];
    if (plan.mode != PolicyMode::adaptive) {
        return;
    }
    for (const CountryId o : world.countries.indices()) {
        const Indicators seen = indicators_of(world, o, plan.goal_weights);
        government.seen_at_stages[o] = seen.at_stages;
        government.seen_in_common[o] = seen.in_common;
    }
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
    const Changes changes = changes_of(world, c);
    constexpr double fewest_peers = 2.0;  // from which there is a variance
    if (changes.in_common.peers < fewest_peers) {
        return;  // nobody to compare with
    }
    const PolicyMix target = reviewed(world, c, changes);
    government.origin = government.requested;
    government.target = target;
    government.since = world.quarter;
}

}  // namespace latecomer
