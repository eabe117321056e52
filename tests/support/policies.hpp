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
    parameters.presence.choice_noise = 0.0;
    parameters.presence.region_cost = 1e100;
    parameters.presence.venture_cost = 1e100;
}

}  // namespace latecomer::tests
