#pragma once

#include "tests/support/policies.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Worlds made in memory in which everything happens that can.
namespace latecomer::tests {

inline PolicyPhase phase_of(std::string_view pathway, std::int64_t from, std::size_t sectors)
{
    PolicyPhase phase;
    phase.from = from;
    phase.ramp_quarters = 4;
    phase.pathway = pathway;
    phase.request = mix_of(*find_pathway(pathway), sectors);
    return phase;
}

/// One after another: a mix of all instruments, all at full intensity, a government that learns, two pathways at
/// equal cost.
inline PolicyPlan plan_number(std::size_t number, const std::string& country, std::size_t sectors)
{
    PolicyPlan plan;
    plan.country = country;
    switch (number % 4) {
    case 0:
        plan = plan_for(country, no_policy(sectors));
        std::ranges::fill(plan.phases.front().request.span(), 0.4);
        break;
    case 1:
        plan.phases = {phase_of("all", 8, sectors)};
        break;
    case 2:
        plan.mode = PolicyMode::adaptive;
        plan.phases = {phase_of("strategic_data", 8, sectors)};
        break;
    default:
        plan.phases = {phase_of("low_value", 8, sectors),
                       phase_of("sector_applications", 32, sectors)};
        plan.phases.front().to = 32;
        for (PolicyPhase& phase : plan.phases) {
            phase.cost_share = 0.004;
        }
    }
    return plan;
}

/// Lets governments, lead economies and technology do all that they can within sixty quarters.
inline Scenario eventful(Scenario scenario)
{
    Parameters& parameters = scenario.parameters;
    parameters.run.quarters = 60;
    parameters.run.burn_in = 8;
    turn_everything_on(parameters);
    parameters.learning.absorption_rate = 0.3;
    parameters.government.review_quarters = 10;
    parameters.presence.choice_noise = 1.0;
    parameters.retaliation.rate = 1.0;
    parameters.retaliation.pass_through = 40.0;
    parameters.retaliation.duration_quarters = 12;
    scenario.windows = {{"servers", Stage::storage, 12, 0.3, 0.5, 0.5, 0.5},
                        {"models", Stage::applications, 24, 0.4, 0.2, 0.3, 0.4}};
    ParameterSwitch borders{"borders close", 40, parameters};
    borders.parameters.trade.barrier = 0.2;
    scenario.switches = {borders};
    const std::vector<std::string> keys = latecomer_keys(scenario);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        scenario.policies.push_back(plan_number(i, keys[i], parameters.sectors.size()));
    }
    return scenario;
}

/// Exponents that are no quarter take other functions (agents/kernels/README.md, D68).
inline Scenario with_other_exponents(Scenario scenario)
{
    for (Parameters* parameters : {&scenario.parameters, &scenario.switches.front().parameters}) {
        parameters->learning.size_exponent = 0.22;
        parameters->selection.noise_size_exponent = 0.165;
        parameters->data.returns_exponent = 0.22;
    }
    return scenario;
}

inline Scenario economies_of_a_table()
{
    std::vector<CountryData> countries{economy("AAA", 1), economy("BBB", 2, 37.5),
                                       economy("CCC", 5, 240.0), economy("DDD", 7, 61.0)};
    countries[1][Indicator::schooling].value = 6.02;
    countries[1][Indicator::internet_users].value = 31.7;
    countries[2][Indicator::rd_expenditure].value = 0.62;
    countries[2][Indicator::productivity].value /= 0.37;
    countries.back().role = CountryRole::lead;
    countries.back().lead_firms = 3;
    countries[0][Indicator::ict_service_exports] = {2.0, "", "assumed", "test"};
    countries[2][Indicator::ict_service_exports] = {9.0, "", "assumed", "test"};
    Scenario scenario = table_scenario(std::move(countries), 1000);
    scenario.parameters.world.firm_exponent = 0.6;
    scenario.parameters.trade.export_level = 0.1;
    scenario.parameters.run.spin_up = 10;
    return scenario;
}

}  // namespace latecomer::tests
