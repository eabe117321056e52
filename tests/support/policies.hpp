#pragma once

#include "agents/policy/pathways.hpp"
#include "tests/support/worlds.hpp"

/// Policies made in memory.
namespace latecomer::tests {

inline InstrumentId instrument_named(std::string_view cell)
{
    for (const InstrumentId id : instrument_indices()) {
        if (instrument(id).cell == cell) {
            return id;
        }
    }
    throw std::logic_error("no such instrument");
}

/// Requests of some instruments, named by their cells and equal in the four sectors of the defaults.
inline PolicyMix request_of(std::initializer_list<std::pair<std::string_view, double>> intensities)
{
    PolicyMix mix = no_policy(4);
    for (const auto& [cell, intensity] : intensities) {
        std::ranges::fill(mix.row(instrument_named(cell)), intensity);
    }
    return mix;
}

/// One phase from the first quarter on, without a ramp.
inline PolicyPlan plan_for(const std::string& country, const PolicyMix& request)
{
    PolicyPlan plan;
    plan.country = country;
    PolicyPhase phase;
    phase.ramp_quarters = 0;
    phase.pathway = "mix";
    phase.request = request;
    plan.phases.push_back(phase);
    return plan;
}

/// The keys of the latecomer economies of a scenario.
inline std::vector<std::string> latecomer_keys(const Scenario& scenario)
{
    const World world = make_world(scenario);
    std::vector<std::string> keys;
    for (const CountryId c : world.countries.indices()) {
        if (world.countries.role[c] == CountryRole::latecomer) {
            keys.push_back(world.countries.key[c]);
        }
    }
    return keys;
}

/// Lets all latecomers request one mix from the start.
inline void give_all(Scenario& scenario, const PolicyMix& request)
{
    for (const std::string& key : latecomer_keys(scenario)) {
        scenario.policies.push_back(plan_for(key, request));
    }
}

/// Governments can pay for whatever they request.
inline void lift_budgets(Parameters& parameters)
{
    parameters.government.debt_ceiling = 100.0;
    parameters.government.borrowing_share = 1.0;
}

/// Lead firms never review where they are.
inline void keep_presence(Parameters& parameters)
{
    parameters.presence.review_quarters = 4000;
    keep_lead_firms_offshore(parameters);
}

/// A world some quarters old, in which latecomers do a little of everything.
inline World lived_in_world(int seed)
{
    Scenario scenario = synthetic_scenario(3, 1, 3, 60);
    scenario.parameters.run.seed = seed;
    keep_presence(scenario.parameters);
    lift_budgets(scenario.parameters);
    PolicyMix mix = no_policy(scenario.parameters.sectors.size());
    std::ranges::fill(mix.span(), 0.3);
    give_all(scenario, mix);
    World world = make_world(scenario);
    run(world, 10);
    return world;
}

/// The same world one quarter later, if all latecomers had this intensity of an instrument.
inline World with_intensity(World world, std::string_view cell, double intensity)
{
    for (Government& government : world.governments) {
        if (government.plan) {
            std::ranges::fill(government.target.row(instrument_named(cell)), intensity);
        }
    }
    run(world, 1);
    return world;
}

}  // namespace latecomer::tests
