#include "agents/observation/outcomes.hpp"

#include "core/constants.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer {

namespace {

constexpr std::int64_t quarters_held = 20;  ///< for which a gap must stay closed
constexpr double part_closed = 0.5;

constexpr std::array of_countries{
    OutcomeRow<CountryOutcome>{"gap_at_start", "1", &CountryOutcome::gap_at_start,
                               "Capability gap to the frontier at applications, at the start (ln)"},
    OutcomeRow<CountryOutcome>{"gap_at_end", "1", &CountryOutcome::gap_at_end,
                               "Capability gap to the frontier at applications, at the end (ln)"},
    OutcomeRow<CountryOutcome>{
        "caught_up", "1", &CountryOutcome::caught_up,
        "Whether the economy caught up: 1 if more than half of its gap was closed for 20 quarters"},
    OutcomeRow<CountryOutcome>{
        "quarters_to_catch_up", "quarter", &CountryOutcome::quarters_to_catch_up,
        "Quarters until the economy caught up; missing: it did not within the run"},
    OutcomeRow<CountryOutcome>{
        "application_share", "1", &CountryOutcome::application_share,
        "Share of domestic firms in home spending on applications, at the end"},
    OutcomeRow<CountryOutcome>{"storage_share", "1", &CountryOutcome::storage_share,
                               "Share of domestic firms in home spending on storage, at the end"},
    OutcomeRow<CountryOutcome>{
        "highest_stage", "1", &CountryOutcome::highest_stage,
        "Highest stage with mean capability of half the frontier or more, at the end"},
    OutcomeRow<CountryOutcome>{"public_cost", "numeraire", &CountryOutcome::public_cost,
                               "Spending of the policy programme since the start"},
    OutcomeRow<CountryOutcome>{
        "cost_share", "1", &CountryOutcome::cost_share,
        "Spending of the policy programme since the start, as a share of demand"},
    OutcomeRow<CountryOutcome>{"welfare", "1", &CountryOutcome::welfare,
                               "Units of applications used, at the end relative to the start"},
    OutcomeRow<CountryOutcome>{"granted", "1", &CountryOutcome::granted,
                               "Share of the requested policy that the budget allowed since the "
                               "start; missing: nothing was requested"},
    OutcomeRow<CountryOutcome>{"moves_up", "firm", &CountryOutcome::moves_up,
                               "Firms that climbed to another position since the start"},
    OutcomeRow<CountryOutcome>{"positions_led", "1", &CountryOutcome::positions_led,
                               "Positions at which no other economy sells more, at the end"},
};

constexpr std::array of_worlds{
    OutcomeRow<WorldOutcome>{
        "analytics_share", "1", &WorldOutcome::analytics_share,
        "Share of latecomer economies in world sales of analytics, at the end"},
    OutcomeRow<WorldOutcome>{
        "application_share", "1", &WorldOutcome::application_share,
        "Share of latecomer economies in world sales of applications, at the end"},
    OutcomeRow<WorldOutcome>{
        "leadership_changes", "1", &WorldOutcome::leadership_changes,
        "Positions at which another economy sells most at the end than at the start"},
    OutcomeRow<WorldOutcome>{"catch_ups", "1", &WorldOutcome::catch_ups,
                             "Latecomer economies that caught up"},
    OutcomeRow<WorldOutcome>{"takeovers", "1", &WorldOutcome::takeovers,
                             "Positions at which an economy without lead firms sells most at the "
                             "end, and did not at the start"},
};

double gap_at(const World& world, CountryId c, Stage stage)
{
    const double mean = world.references.mean[c][at(stage)];
    return mean > 0.0 ? elementary::log(mean / world.references.frontier[at(stage)]) : not_a_number;
}

/// Units of applications that are used in a country in a quarter (index times spending, eq. 16).
double units_used(const World& world, CountryId c)
{
    double units = 0.0;
    for (const SectorId j : Range<SectorId>(world.positions.sectors())) {
        const PositionId p = Positions::application(j);
        units += world.markets.spending(c, p) / world.markets.price_index(c, p);
    }
    return units;
}

/// Share of domestic firms in home spending at the positions of a stage.
double domestic_share(const World& world, CountryId c, Stage stage)
{
    double domestic = 0.0;
    double all = 0.0;
    for (const PositionId p : world.positions.indices()) {
        if (world.positions[p].stage == stage) {
            domestic += world.markets.sales(c, p)[world.markets.supplier(c)];
            all += world.markets.spending(c, p);
        }
    }
    return all > 0.0 ? domestic / all : not_a_number;
}

/// Sales of an economy at a position to the world: of its pool and of lead firms at home there.
double world_sales(const World& world, CountryId c, PositionId p)
{
    double value = world.results.pools[world.pool(c, p)].revenue;
    for (const LeadId l : world.leads.indices()) {
        if (world.leads.home[l] == c) {
            value += world.leads.units(l, p) * world.leads.price(l, p);
        }
    }
    return value;
}

std::size_t leader_at(const World& world, PositionId p)
{
    std::size_t leader = 0;
    double most = -1.0;
    for (const CountryId c : world.countries.indices()) {
        const double value = world_sales(world, c, p);
        if (value > most) {
            most = value;
            leader = c.at();
        }
    }
    return leader;
}

/// Share of latecomer economies in world sales at the positions of which `counts` is true.
template <class Counts>
double latecomer_share(const World& world, const Counts& counts)
{
    double latecomers = 0.0;
    double all = 0.0;
    for (const PositionId p : world.positions.indices()) {
        for (const CountryId c : world.countries.indices()) {
            const double value = counts(p) ? world_sales(world, c, p) : 0.0;
            all += value;
            latecomers += catches_up(world.countries.role[c]) ? value : 0.0;
        }
    }
    return all > 0.0 ? latecomers / all : not_a_number;
}

double highest_stage(const World& world, CountryId c)
{
    constexpr double near = 0.5;
    double highest = 0.0;
    for (std::size_t s = 0; s < stages; ++s) {
        if (world.references.mean[c][s] >= near * world.references.frontier[s]) {
            highest = static_cast<double>(s + 1);
        }
    }
    return highest;
}

}  // namespace

std::span<const OutcomeRow<CountryOutcome>> country_outcomes()
{
    return of_countries;
}

std::span<const OutcomeRow<WorldOutcome>> world_outcomes()
{
    return of_worlds;
}

void Outcomes::observe(const World& world)
{
    const std::size_t n = world.countries.size();
    const bool is_start = world.quarter == world.parameters().run.burn_in + 1;
    if (is_start || memory_.start.gap.empty()) {
        memory_.start = {};
        for (const CountryId c : world.countries.indices()) {
            memory_.start.gap.push_back(gap_at(world, c, Stage::applications));
            memory_.start.units.push_back(units_used(world, c));
        }
        for (const PositionId p : world.positions.indices()) {
            memory_.start.leader.push_back(static_cast<std::int64_t>(leader_at(world, p)));
        }
        memory_.public_cost.assign(n, 0.0);
        memory_.asked.assign(n, 0.0);
        memory_.demand.assign(n, 0.0);
        memory_.moves_up.assign(n, 0);
        memory_.held.assign(n, 0);
        memory_.caught_up_after.assign(n, not_a_number);
        memory_.first_quarter = world.quarter;
    }
    for (const CountryId c : world.countries.indices()) {
        memory_.public_cost[c.at()] += world.results.flows[c].spending;
        memory_.asked[c.at()] += world.governments[c].required;
        memory_.demand[c.at()] +=
            world.countries.exchange_rate[c] * world.countries.final_demand[c];
        for (const PositionId p : world.positions.indices()) {
            memory_.moves_up[c.at()] += world.results.pools[world.pool(c, p)].upgrades_out;
        }
        const bool closed = gap_at(world, c, Stage::applications) >
                            part_closed * std::min(0.0, memory_.start.gap[c.at()]);
        memory_.held[c.at()] = closed ? memory_.held[c.at()] + 1 : 0;
        if (memory_.held[c.at()] == quarters_held && std::isnan(memory_.caught_up_after[c.at()])) {
            memory_.caught_up_after[c.at()] =
                static_cast<double>(world.quarter - memory_.first_quarter + 1 - quarters_held);
        }
    }
}

std::vector<CountryOutcome> Outcomes::countries(const World& world) const
{
    std::vector<CountryOutcome> result(world.countries.size());
    for (const CountryId c : world.countries.indices()) {
        CountryOutcome& outcome = result[c.at()];
        const bool observed = !memory_.start.gap.empty();
        outcome.gap_at_start = observed ? memory_.start.gap[c.at()] : not_a_number;
        outcome.gap_at_end = gap_at(world, c, Stage::applications);
        outcome.quarters_to_catch_up = observed ? memory_.caught_up_after[c.at()] : not_a_number;
        outcome.caught_up = std::isnan(outcome.quarters_to_catch_up) ? 0.0 : 1.0;
        outcome.application_share =
            observed ? domestic_share(world, c, Stage::applications) : not_a_number;
        outcome.storage_share = observed ? domestic_share(world, c, Stage::storage) : not_a_number;
        outcome.highest_stage = highest_stage(world, c);
        outcome.public_cost = observed ? memory_.public_cost[c.at()] : 0.0;
        const double demand = observed ? memory_.demand[c.at()] : 0.0;
        outcome.cost_share = demand > 0.0 ? outcome.public_cost / demand : not_a_number;
        const double units = observed ? memory_.start.units[c.at()] : 0.0;
        outcome.welfare = units > 0.0 ? units_used(world, c) / units : not_a_number;
        const double asked = observed ? memory_.asked[c.at()] : 0.0;
        outcome.granted = asked > 0.0 ? outcome.public_cost / asked : not_a_number;
        outcome.moves_up = observed ? static_cast<double>(memory_.moves_up[c.at()]) : 0.0;
    }
    if (!memory_.start.gap.empty()) {
        for (const PositionId p : world.positions.indices()) {
            const std::size_t leader = leader_at(world, p);
            const bool sells = world_sales(world, CountryId{leader}, p) > 0.0;
            result[leader].positions_led += sells ? 1.0 : 0.0;
        }
    }
    return result;
}

WorldOutcome Outcomes::of_world(const World& world) const
{
    WorldOutcome outcome;
    outcome.analytics_share =
        latecomer_share(world, [](PositionId p) { return p == Positions::analytics; });
    outcome.application_share =
        latecomer_share(world, [&](PositionId p) { return world.positions[p].sector.has_value(); });
    for (const PositionId p : world.positions.indices()) {
        const std::size_t leader = leader_at(world, p);
        const bool changed = !memory_.start.leader.empty() &&
                             memory_.start.leader[p.at()] != static_cast<std::int64_t>(leader);
        outcome.leadership_changes += changed ? 1.0 : 0.0;
        const bool takes_over = changed && !has_lead_firms(world.countries.role[CountryId{leader}]);
        outcome.takeovers += takes_over ? 1.0 : 0.0;
    }
    for (const CountryId c : world.countries.indices()) {
        const bool caught_up =
            !memory_.caught_up_after.empty() && !std::isnan(memory_.caught_up_after[c.at()]);
        const bool is_latecomer = catches_up(world.countries.role[c]);
        outcome.catch_ups += caught_up && is_latecomer ? 1.0 : 0.0;
    }
    return outcome;
}

}  // namespace latecomer
