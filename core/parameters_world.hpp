#pragma once

#include "core/declarations.hpp"

namespace latecomer {

/// Exchange rates, wages, adoption and final demand.  TOML section [macro].
struct MacroParameters {
    double exchange_response = 0.1;
    double exchange_noise = 0.002;
    double exchange_floor = 0.01;
    double wage_response = 0.583;
    double demand_growth = 0.018;
    std::int64_t growth_quarters = 400;
    double demand_start = 2.0;
    double income_share = 0.3;
    double adoption_rate = 0.05;
    double adoption_start = 0.4;
    double adoption_start_lead = 1.0;
    double adoption_floor = 0.02;
    double adoption_region = 0.2;
    double skill_training = 0.02;
    double skill_erosion = 0.01;
    double skill_drain = 0.01;
    double climate_memory = 0.9;
    double climate_deviation = 0.005;
    double climate_gap = 0.7;
    double capability_exponent = 0.5;

    static constexpr auto table = std::tuple{
        Parameter{"exchange_response", &MacroParameters::exchange_response, "1", Interval{0, 100},
                  unexplored, "1", "DRR19", "Response of exchange rates to trade balances (mu)."},
        Parameter{"exchange_noise", &MacroParameters::exchange_noise, "1", Interval{0, 10},
                  unexplored, "1", "DRR19",
                  "Standard deviation of exchange-rate shocks (sigma_u)."},
        Parameter{"exchange_floor", &MacroParameters::exchange_floor, "1", Interval{1e-12, 1},
                  unexplored, "1", "assumed", "Lowest exchange rate (e_min)."},
        Parameter{"wage_response", &MacroParameters::wage_response, "1", Interval{0, 10}, share,
                  "2", "DRR19, LL04", "Pass-through of capability growth to wages (gamma_w)."},
        Parameter{"demand_growth", &MacroParameters::demand_growth, "1/quarter",
                  Interval{-0.1, 0.2}, Interval{0, 0.02}, "3", "growth of digital demand",
                  "Growth of final demand (g_H)."},
        Parameter{"growth_quarters", &MacroParameters::growth_quarters, "quarter",
                  Interval{0, 4000}, unexplored, "3", "choice",
                  "Quarters after which that growth ends: no trend lasts for ever."},
        Parameter{"demand_start", &MacroParameters::demand_start, "numeraire/quarter/firm",
                  Interval{1e-3, 1e4}, Interval{1, 4}, "3", "scale",
                  "Final demand at full adoption per initial firm of unit capability (y_H)."},
        Parameter{"income_share", &MacroParameters::income_share, "1", share, unexplored, "3",
                  "DRR19", "Share of digital income that is spent on applications (th_Y)."},
        Parameter{"adoption_rate", &MacroParameters::adoption_rate, "1/quarter", share,
                  Interval{0.025, 0.06}, "3", "slopes of .15 to .23 a year",
                  "Logistic rate of adoption (r_a)."},
        Parameter{"adoption_start", &MacroParameters::adoption_start, "1", Interval{0.001, 1},
                  unexplored, "3", "assumed", "Initial adoption per share of internet users."},
        Parameter{"adoption_start_lead", &MacroParameters::adoption_start_lead, "1", share,
                  unexplored, "3", "assumed",
                  "The same in lead economies; synthetic ones have nine tenths of it."},
        Parameter{"adoption_floor", &MacroParameters::adoption_floor, "1", share, unexplored, "3",
                  "assumed", "Least initial adoption."},
        Parameter{"adoption_region", &MacroParameters::adoption_region, "1", Interval{0, 100},
                  unexplored, "3", "assumed",
                  "Gain of adoption when foreign lead firms have a local region (th_R)."},
        Parameter{"skill_training", &MacroParameters::skill_training, "1/quarter", share,
                  unexplored, "3b", "assumed", "Gain of skills at full training (r_K)."},
        Parameter{"skill_erosion", &MacroParameters::skill_erosion, "1/quarter", share, unexplored,
                  "3b", "assumed", "Erosion of trained skills (d_h)."},
        Parameter{"skill_drain", &MacroParameters::skill_drain, "1/quarter", share,
                  Interval{0.005, 0.02}, "3b", "skill drain of 2-8 % a year",
                  "Drain of trained skills at the largest capability gap (drain)."},
        Parameter{"climate_memory", &MacroParameters::climate_memory, "1", share,
                  Interval{0.5, 0.98}, "8b", "assumed",
                  "Part of a country's climate that lasts to the next quarter."},
        Parameter{"climate_deviation", &MacroParameters::climate_deviation, "1/quarter",
                  Interval{0, 1}, Interval{0, 0.015}, "8b", "dispersion of growth of economies",
                  "Standard deviation of a country's climate, in growth of ln capability."},
        Parameter{"climate_gap", &MacroParameters::climate_gap, "1", Interval{1e-6, 100},
                  Interval{0.2, 2}, "8b", "assumed",
                  "Gap of capability_index from which on the climate has its full effect."},
        Parameter{"capability_exponent", &MacroParameters::capability_exponent, "1", Interval{0, 2},
                  Interval{0.3, 0.7}, "", "assumed",
                  "Elasticity of initial capability to relative productivity (kappa)."},
    };
};
static_assert(fully_declared<MacroParameters>);

/// How markets share out demand between suppliers.  TOML section [trade].
struct TradeParameters {
    double habit = 0.975;
    double sensitivity = 0.10;
    double barrier = 0.15;
    double initial_domestic = 0.2;
    double taste_floor = 0.03;
    double lead_concentration = 2.2;
    double export_level = 0.0;

    static constexpr auto table = std::tuple{
        Parameter{"habit", &TradeParameters::habit, "1", share, Interval{0.9, 1}, "15",
                  "long-run trade elasticity of 4", "Weight of last quarter's share (h)."},
        Parameter{"sensitivity", &TradeParameters::sensitivity, "1", Interval{0, 10},
                  Interval{0.05, 0.2}, "15", "long-run trade elasticity of 4; (1, 1) is DRR19",
                  "Response of shares to appeal within a quarter (chiS)."},
        Parameter{"barrier", &TradeParameters::barrier, "1", Interval{0, 1e6}, share, "15",
                  "assumed", "Resource cost of trade per unit of value (tau)."},
        Parameter{"initial_domestic", &TradeParameters::initial_domestic, "1", share,
                  Interval{0.1, 0.5}, "15", "P9; 13 to 27 % of clouds in Europe",
                  "Initial share of domestic firms in their home market."},
        Parameter{"taste_floor", &TradeParameters::taste_floor, "1", Interval{0.001, 1}, unexplored,
                  "15", "assumed", "Least taste weight of all suppliers together."},
        Parameter{"lead_concentration", &TradeParameters::lead_concentration, "1", Interval{0, 10},
                  Interval{0.5, 2.5}, "15", "P9",
                  "Exponent of a lead firm's initial sales, falling with its rank (z_L)."},
        Parameter{"export_level", &TradeParameters::export_level, "1", share, Interval{0, 0.3}, "",
                  "assumed",
                  "Initial exports of firms in all, relative to the world's demand for analytics "
                  "and applications (x_0)."},
    };
};
static_assert(fully_declared<TradeParameters>);

/// Budgets of governments.  TOML section [government].
struct GovernmentParameters {
    double budget_share = 0.15;
    double borrowing_share = 0.05;
    double debt_ceiling = 0.10;
    double interest = 0.005;
    double administration_cost = 0.002;
    double open_data_cost = 0.005;
    double training_cost = 0.005;
    double promotion_cost = 0.002;
    std::int64_t review_quarters = 20;
    double review_evidence = 1.0;
    std::int64_t ramp_quarters = 8;

    static constexpr auto table = std::tuple{
        Parameter{"budget_share", &GovernmentParameters::budget_share, "1", share, unexplored, "21",
                  "assumed", "Share of digital revenue that the programme may spend (b_share)."},
        Parameter{"borrowing_share", &GovernmentParameters::borrowing_share, "1/quarter", share,
                  unexplored, "21", "assumed", "Share of the room to borrow used a quarter (s_b)."},
        Parameter{"debt_ceiling", &GovernmentParameters::debt_ceiling, "year of demand",
                  Interval{0, 100}, Interval{0.02, 0.6}, "21", "assumed",
                  "Highest debt of the programme (b_max)."},
        Parameter{"interest", &GovernmentParameters::interest, "1/quarter", Interval{0, 0.25},
                  unexplored, "22", "assumed", "Interest on debt (r)."},
        Parameter{"administration_cost", &GovernmentParameters::administration_cost,
                  "share of demand", share, Interval{0.001, 0.004}, "20",
                  "regulation .005-.02 % of GDP, digital demand 5 % of GDP",
                  "Cost of a rule at full intensity and capacity (c_adm)."},
        Parameter{"open_data_cost", &GovernmentParameters::open_data_cost, "share of demand", share,
                  unexplored, "20", "assumed", "Cost of open data at full intensity (c_od)."},
        Parameter{"training_cost", &GovernmentParameters::training_cost, "share of demand", share,
                  unexplored, "20", "assumed", "Cost of training at full intensity (c_K)."},
        Parameter{"promotion_cost", &GovernmentParameters::promotion_cost, "share of demand", share,
                  unexplored, "20", "assumed", "Cost of promotion at full intensity (c_2D)."},
        Parameter{"review_quarters", &GovernmentParameters::review_quarters, "quarter",
                  Interval{1, 4000}, unexplored, "22", "assumed",
                  "Quarters between reviews of an adaptive government."},
        Parameter{"review_evidence", &GovernmentParameters::review_evidence,
                  "standard deviation of chance", Interval{0, 1e6}, Interval{0, 4}, "22", "assumed",
                  "Difference of scores from which an adaptive government moves effort."},
        Parameter{"ramp_quarters", &GovernmentParameters::ramp_quarters, "quarter",
                  Interval{0, 4000}, unexplored, "22", "assumed",
                  "Quarters over which a requested intensity rises."},
    };
};
static_assert(fully_declared<GovernmentParameters>);

/// An application sector.  TOML [[sector]].
struct Sector {
    std::string key;
    double demand_share = 0.0;
    double data_intensity = 1.0;

    bool operator==(const Sector&) const = default;

    static constexpr auto table = std::tuple{
        Parameter{"key", &Sector::key, "1", any_number, unexplored, "3", "choice",
                  "Name of the sector in files."},
        Parameter{"demand_share", &Sector::demand_share, "1", share, unexplored, "3", "assumed",
                  "Share of final demand."},
        Parameter{"data_intensity", &Sector::data_intensity, "unit of data/unit", moderate,
                  unexplored, "18", "mobility: a connected vehicle's 4,000 GB a day",
                  "Data that the use of one unit generates (eta_j)."},
    };
};
static_assert(fully_declared<Sector>);

}  // namespace latecomer
