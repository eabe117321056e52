#include "agents/governments/governments.hpp"

#include "agents/governments/review.hpp"
#include "agents/policy/government.hpp"
#include "agents/world/events.hpp"
#include "core/constants.hpp"

#include <algorithm>

namespace latecomer {

namespace {

const PolicyPlan& plan_of(const World& world, CountryId c)
{
    return world.scenario.policies[*world.governments[c].plan];
}

/// The phase that holds in the quarter now beginning, if any.
std::optional<std::size_t> phase_now(const PolicyPlan& plan, std::uint32_t quarter)
{
    for (std::size_t i = 0; i < plan.phases.size(); ++i) {
        if (plan.phases[i].from <= quarter && quarter < plan.phases[i].to) {
            return i;
        }
    }
    return std::nullopt;
}

/// A phase that begins or ends sets a new target.
void follow_schedule(World& world, CountryId c)
{
    Government& government = world.governments[c];
    const PolicyPlan& plan = plan_of(world, c);
    const auto phase = phase_now(plan, world.quarter);
    if (phase == government.phase) {
        return;
    }
    government.origin = government.requested;
    government.target = phase ? plan.phases[*phase].request : no_policy(world.positions.sectors());
    government.since = world.quarter;
    government.phase = phase;
    report(world, EventKind::policy, world.countries.key[c], world.countries.key[c],
           phase ? 1.0 : 0.0, phase ? plan.phases[*phase].pathway : "none");
    begin_review_period(world, c);
}

double ramp_of(const World& world, CountryId c)
{
    const Government& government = world.governments[c];
    return static_cast<double>(government.phase
                                   ? plan_of(world, c).phases[*government.phase].ramp_quarters
                                   : world.parameters().government.ramp_quarters);
}

/// Requested intensities of the quarter, on their way to the target.
void request(World& world, CountryId c, const CostBasis& basis)
{
    Government& government = world.governments[c];
    const PolicyPlan& plan = plan_of(world, c);
    PolicyMix& requested = government.requested;
    requested = government.target;
    government.cost_shortfall = 0.0;
    if (government.phase && plan.phases[*government.phase].cost_share) {
        const double wanted = *plan.phases[*government.phase].cost_share * basis.demand;
        scale_to_cost(requested, wanted, basis, world.parameters());
        government.cost_shortfall =
            std::max(0.0, wanted - planned_cost(requested, basis, world.parameters()));
    }
    ramp(requested, government.origin, static_cast<std::int64_t>(world.quarter) - government.since,
         static_cast<std::int64_t>(ramp_of(world, c)));
}

/// Money that the programme may spend in the quarter (eq. 21).
double available_money(const World& world, CountryId c, double demand)
{
    const GovernmentParameters& p = world.parameters().government;
    const double room = p.debt_ceiling * quarters_a_year * demand - world.countries.public_debt[c];
    return world.countries.budget_share[c] * std::max(0.0, world.countries.tax_revenue[c]) +
           p.borrowing_share * std::max(0.0, room);
}

constexpr double not_served = -1.0;

/// Grants some instruments what is left of the money, alike (eq. 22).  @return what is left then
template <class Ids, class Counts>
double serve(const Government& government, const Ids& ids, const Counts& counts, double left,
             Column<InstrumentId, double>& granted)
{
    double wanted = 0.0;
    for (const InstrumentId id : ids) {
        if (counts(id)) {
            for (const double part : government.spending.row(id)) {
                wanted += part;
            }
        }
    }
    const double part = wanted <= left ? 1.0 : left / wanted;
    for (const InstrumentId id : ids) {
        granted[id] = counts(id) ? part : granted[id];
    }
    return std::max(0.0, left - wanted);
}

/// The part of what each instrument asks for that the money allows: rank by rank, all others last (eq. 22).
void grant(const World& world, const Government& government, Column<InstrumentId, double>& granted)
{
    granted.resize(instruments().size());
    std::ranges::fill(granted, not_served);
    const auto is_open = [&](InstrumentId id) { return granted[id] == not_served; };
    double left = government.available;
    if (government.phase) {
        const PolicyPlan& plan = world.scenario.policies[*government.plan];
        for (const std::vector<InstrumentId>& equals : plan.phases[*government.phase].priority) {
            left = serve(government, equals, is_open, left, granted);
        }
    }
    serve(government, instrument_indices(), is_open, left, granted);
}

/// Tariffs that the phase levies: a law, not a programme, so that they hold at once and cost nothing.
void levy_tariffs(World& world, CountryId c)
{
    const Government& government = world.governments[c];
    if (!government.phase) {
        return;
    }
    const auto& tariff = plan_of(world, c).phases[*government.phase].tariff;
    for (const PositionId p : world.positions.indices()) {
        world.levers[c].import_tariff[p.at()] = tariff[at(world.positions[p].stage)];
    }
}

/// Effective intensities are what the money allows (eq. 22).
void spend(World& world, CountryId c, const CostBasis& basis)
{
    Government& government = world.governments[c];
    plan_spending(government.requested, basis, world.parameters(), government.spending);
    government.required = total(government.spending);
    government.available = available_money(world, c, basis.demand);
    Column<InstrumentId, double>& granted = world.workspace.granted;
    grant(world, government, granted);
    government.effective = government.requested;
    for (const InstrumentId id : instrument_indices()) {
        for (double& intensity : government.effective.row(id)) {
            intensity *= granted[id];
        }
        for (double& part : government.spending.row(id)) {
            part *= granted[id];
        }
    }
    world.results.flows[c].spending = total(government.spending);
    world.levers[c] = levers_of(government.effective, world.positions, world.parameters());
    levy_tariffs(world, c);
}

/// Spending reaches those whom it is for: reserved demand goes to markets, the subsidy of storage to
/// its clearing account, the rest to the rest of the economy (eq. 15, 20, 28).
void hand_out(World& world, CountryId c, const CostBasis& basis)
{
    double to_markets = 0.0;
    for (const PositionId p : world.positions.indices()) {
        const auto sector = world.positions[p].sector;
        const double demand_share =
            sector ? world.parameters().sectors[sector->at()].demand_share : 1.0;
        const double reserved = basis.has_firms[p.at()] ? world.levers[c].procurement[p.at()] *
                                                              basis.demand * demand_share
                                                        : 0.0;
        world.markets.procurement(c, p) = reserved;
        to_markets += reserved;
    }
    double subsidy = 0.0;
    const PolicyMix& mix = world.governments[c].effective;
    for (const InstrumentId id : instrument_indices()) {
        for (const Cost& cost : instrument(id).costs) {
            if (cost.base == CostBase::storage_orders) {
                subsidy += mean_intensity(mix, id, world.parameters().sectors) *
                           cost.size(world.parameters()) * basis.storage_orders;
            }
        }
    }
    world.countries.orders(c, Positions::storage) += subsidy;
    world.results.flows[c].services = world.results.flows[c].spending - to_markets - subsidy;
}

/// The plan that the scenario has for a country.
std::optional<std::size_t> plan_index(const World& world, CountryId c)
{
    const auto& plans = world.scenario.policies;
    const auto found =
        std::ranges::find(plans, world.countries.key[c], &PolicyPlan::country) - plans.begin();
    const auto index = static_cast<std::size_t>(found);
    return index < plans.size() ? std::optional{index} : std::nullopt;
}

}  // namespace

CostBasis cost_basis(const World& world, CountryId c)
{
    const Parameters& parameters = world.parameters();
    const double ahead = parameters.learning.next_stage_share;
    CostBasis basis;
    basis.demand = world.countries.exchange_rate[c] * world.countries.final_demand[c];
    constexpr double least_capacity = 0.05;  // an index of zero would make rules cost infinitely
    basis.capacity = std::max(least_capacity, world.countries.initial_skill[c]);
    for (const PositionId p : world.positions.indices()) {
        const Position& position = world.positions[p];
        const PoolResults& pool = world.results.pools[world.pool(c, p)];
        basis.has_firms[p.at()] = world.statistics[world.pool(c, p)].firms > 0;
        basis.storage_orders += position.inputs[Positions::storage.at()] * pool.cost;
        const double search = world.countries.search_share[c] * pool.revenue;
        const bool looks_ahead = !position.ladder.empty() &&
                                 world.positions[position.ladder.front()].stage != position.stage;
        const double here = looks_ahead ? 1.0 - ahead : 1.0;
        basis.search[at(position.stage)] += here * search;
        if (position.sector) {
            basis.search_in_sector[position.sector->at()] += here * search;
        }
        if (!looks_ahead) {
            continue;
        }
        basis.search[at(world.positions[position.ladder.front()].stage)] += ahead * search;
        for (const PositionId next : position.ladder) {
            if (const auto sector = world.positions[next].sector) {
                basis.search_in_sector[sector->at()] +=
                    ahead * search * parameters.sectors[sector->at()].demand_share;
            }
        }
    }
    return basis;
}

void make_governments(World& world)
{
    world.governments.resize(world.countries.size());
    const PolicyMix none = no_policy(world.positions.sectors());
    for (const CountryId c : world.countries.indices()) {
        Government& government = world.governments[c];
        government.plan = plan_index(world, c);
        government.target = government.origin = government.requested = government.effective = none;
        government.spending = none;
        government.seen_at_stages.resize(world.countries.size());
        government.seen_in_common.resize(world.countries.size());
    }
}

void take_up_plans(World& world, const Scenario& before)
{
    const auto& plans = world.scenario.policies;
    for (const CountryId c : world.countries.indices()) {
        Government& government = world.governments[c];
        const PolicyPlan* old_plan = government.plan ? &before.policies[*government.plan] : nullptr;
        government.plan = plan_index(world, c);
        const PolicyPlan* plan = government.plan ? &plans[*government.plan] : nullptr;
        if (!old_plan || !plan || old_plan->phases != plan->phases) {
            government.phase = std::nullopt;
        } else if (government.phase &&
                   (old_plan->mode != plan->mode || old_plan->goal_weights != plan->goal_weights)) {
            begin_review_period(world, c);  // what was seen before is of other goals, or nothing
        }
    }
}

void set_policies(World& world)
{
    for (const CountryId c : world.countries.indices()) {
        if (!world.governments[c].plan) {
            continue;
        }
        follow_schedule(world, c);
        review_policy(world, c);
        const CostBasis basis = cost_basis(world, c);
        request(world, c, basis);
        spend(world, c, basis);
        hand_out(world, c, basis);
    }
}

}  // namespace latecomer
