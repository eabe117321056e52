#include "agents/step.hpp"

#include "agents/countries/accounts.hpp"
#include "agents/countries/macro.hpp"
#include "agents/countries/references.hpp"
#include "agents/firms/entry.hpp"
#include "agents/firms/firm_passes.hpp"
#include "agents/firms/settlement.hpp"
#include "agents/firms/windows.hpp"
#include "agents/governments/governments.hpp"
#include "agents/governments/retaliation.hpp"
#include "agents/lead_firms/lead_firms.hpp"
#include "agents/lead_firms/presence.hpp"
#include "agents/markets/data_flows.hpp"
#include "agents/markets/market_clearing.hpp"
#include "agents/start/spin_up.hpp"
#include "agents/start/switches.hpp"
#include "agents/world/rebalance.hpp"

#include <algorithm>

namespace latecomer {

namespace {

/// The scenario may change its parameters; technology opens windows of opportunity.  Governments use their
/// instruments; lead firms choose how to be present, and their home governments answer.
void act_on_plans(World& world)
{
    switch_parameters(world);
    open_windows(world);
    // What policies amount to is all that firms and markets see of them.
    world.workspace.levers_before = world.levers;
    set_policies(world);
    review_presence(world, world.workspace.levers_before);
    retaliate(world);
}

/// What firms look up to next quarter is known; in a spin-up economies go back to where they stand.
void end_quarter(World& world)
{
    const ByStage<double> frontier = world.references.frontier;
    update_references(world);
    if (!world.spins_up()) {
        ++world.quarter;
        return;
    }
    nudge(world, frontier);
    ++world.spun;
    if (!world.spins_up()) {
        release(world);
    }
}

}  // namespace

void step(World& world, const mpi::Communicator& comm)
{
    world.stopwatch.enter(Phase::pools);
    std::ranges::fill(world.results.flows, CountryFlows{});
    world.results.events.clear();

    // Scenario, technology, governments and lead firms act, but in a spin-up.
    if (!world.spins_up()) {
        act_on_plans(world);
    }

    // Exchange rates, wages and final demand follow from the quarter before.
    update_macro(world);

    // Firms learn along the data value chain, set prices and compete within their pools.
    firms_learn_and_compete(world, comm);
    lead_firms_adopt_windows(world);
    lead_firms_learn(world);
    lead_firms_set_prices(world);
    update_skills(world);

    // Markets share out demand; the use of what they sell generates data.
    world.stopwatch.enter(Phase::markets);
    clear_markets(world, comm);
    distribute_data(world);

    // Firms are paid and pay; then some exit, climb to a new position or begin to export.
    const auto [tally, departures] = firms_settle_and_decide(world, comm);
    book_firms(world);
    settle_lead_firms(world);
    update_old_shares(world, tally);

    // Firms enter; leavers hand their customers over.
    world.stopwatch.enter(Phase::mobility);
    draw_entrants(world);
    const EntrantTally& entrants = move_firms(world, departures, comm);
    hand_over(world, tally, entrants);

    // Countries close their books; the quarter ends.
    world.stopwatch.enter(Phase::pools);
    close_accounts(world);
    end_quarter(world);
    world.stopwatch.enter(Phase::exchange);
    rebalance(world, comm);
    world.stopwatch.enter(Phase::count);
}

}  // namespace latecomer
