#pragma once

#include "core/parameters.hpp"

/// Parameters that tests state, so that no number in a test moves when defaults are tuned.
namespace latecomer::tests {

/// Round numbers for what firms do.  What makes countries and firms differ by more than that is off:
/// efficiency and climate of countries, drag on large firms, patience, cost and luck of exporting.
inline Parameters round_parameters()
{
    Parameters p;
    p.learning = {.search_share = 0.05,
                  .innovation_share = 0.5,
                  .innovation_rate = 0.036,
                  .absorption_rate = 0.16,
                  .success_ceiling = 0.25,
                  .lead_success = 0.056,
                  .lead_absorption = 1.0,
                  .step_low = -0.05,
                  .step_high = 0.25,
                  .step_shape = 5.0,
                  .size_exponent = 0.25,
                  .next_stage_share = 0.2,
                  .wright_exponent = 0.15,
                  .depreciation = 0.0,
                  .absorption_strength = 0.16,
                  .absorption_range = 1.1,
                  .foreign_bias = 5.0,
                  .skill_reference = 0.7,
                  .skill_exponent = 1.0,
                  .funds_exponent = 1.0,
                  .social_deviation = 0.0,
                  .gate_half = 0.25,
                  .gate_steepness = 2.0,
                  .domestic_route = 0.5,
                  .cloud_route = 0.6,
                  .import_route = 0.12,
                  .localisation_loss = 0.4};
    p.selection = {.strength = 0.1,
                   .noise = 0.08,
                   .noise_size_exponent = 0.25,
                   .size_drag = 0.0,
                   .share_drag = 0.0,
                   .mark_up_speed = 0.04,
                   .mark_up_start = 0.3,
                   .mark_up_low = 0.05,
                   .mark_up_high = 1.0};
    p.processing.learning_weight = 0.6;
    p.processing.multi_sourcing = 0.0;
    p.data.quality_gain = 0.35;
    p.data.returns_exponent = 0.25;
    p.data.data_scale = 20.0;
    p.data.pooled_weight = 0.75;
    p.data.lead_weight = 0.1;
    p.finance = {.fixed_cost = 0.02,
                 .dividend_share = 0.5,
                 .entrant_cash = 0.125,
                 .profit_tax = 0.2,
                 .value_added_tax = 0.05,
                 .compliance_cost = 0.01};
    p.mobility = {.upgrade_threshold = 0.9,
                  .upgrade_floor = 0.25,
                  .upgrade_cost = 0.2,
                  .upgrade_rate = 0.04,
                  .upgrade_share = 0.5,
                  .climbing_patience = 0.0,
                  .export_threshold = 1.2,
                  .export_rate = 1.0,
                  .export_fixed_cost = 0.0,
                  .export_quarters = 4,
                  .export_share = 0.1,
                  .export_size_exponent = 0.0,
                  .exit_share = 0.05,
                  .exit_quarters = 8};
    p.entry = {.rate = 0.021,
               .profit_response = 1.0,
               .profit_reference = 0.15,
               .seed_share = 0.16,
               .imitation = 0.87,
               .dispersion = 0.25,
               .floor_collection = 0.12,
               .floor_storage = 0.06,
               .floor_analytics = 0.06,
               .floor_applications = 0.15,
               .upstream_discount = 0.8};
    p.macro.exchange_response = 0.1;
    p.macro.exchange_noise = 0.002;
    p.macro.wage_response = 0.7;
    p.macro.demand_growth = 0.0062;
    p.macro.growth_quarters = 4000;
    p.macro.income_share = 0.3;
    p.macro.adoption_rate = 0.0375;
    p.macro.skill_training = 0.02;
    p.macro.skill_erosion = 0.01;
    p.macro.skill_drain = 0.01;
    p.macro.climate_deviation = 0.0;
    p.trade = {.habit = 0.975,
               .sensitivity = 0.1,
               .barrier = 0.15,
               .initial_domestic = 0.4,
               .taste_floor = 0.03,
               .lead_concentration = 1.0};
    return p;
}

}  // namespace latecomer::tests
