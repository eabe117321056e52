#pragma once

#include "core/declarations.hpp"

namespace latecomer {

/// How capability grows stage by stage.  TOML section [learning].
struct LearningParameters {
    double search_share = 0.05;
    double innovation_share = 0.5;
    double innovation_rate = 0.045;
    double absorption_rate = 0.0135;
    double success_ceiling = 0.25;
    double lead_success = 0.06;
    double lead_absorption = 0.2;
    double step_low = -0.05;
    double step_high = 0.25;
    double step_shape = 5.0;
    double size_exponent = 0.165;
    double next_stage_share = 0.3;
    double wright_exponent = 0.0528;
    double depreciation = 0.0;
    double absorption_strength = 0.16;
    double absorption_range = 5.0;
    double foreign_bias = 5.0;
    double skill_reference = 0.7;
    double skill_exponent = 0.1;
    double funds_exponent = 0.1;
    double social_deviation = 0.3;
    double gate_half = 0.27;
    double gate_steepness = 2.0;
    double domestic_route = 0.5;
    double cloud_route = 0.6;
    double import_route = 0.25;
    double localisation_loss = 0.4;

    static constexpr auto table = std::tuple{
        Parameter{"search_share", &LearningParameters::search_share, "1", share,
                  Interval{0.02, 0.10}, "6", "DRR19, K+S",
                  "Share of revenue spent on search (rho)."},
        Parameter{"innovation_share", &LearningParameters::innovation_share, "1", share,
                  Interval{0.2, 0.8}, "7", "DRR19, K+S",
                  "Share of search that goes to innovation; the rest absorbs (xi)."},
        Parameter{"innovation_rate", &LearningParameters::innovation_rate, "1/quarter", moderate,
                  Interval{0.02, 0.3}, "7", "DRR19, K+S",
                  "Hazard of innovation at unit effort (z_in)."},
        Parameter{"absorption_rate", &LearningParameters::absorption_rate, "1/quarter", moderate,
                  Interval{0.005, 0.05}, "8", "DRR19, K+S; convergence of a few % a year",
                  "Hazard of absorption at unit effort (z_ab)."},
        Parameter{"success_ceiling", &LearningParameters::success_ceiling, "1/quarter", share,
                  Interval{0.02, 0.75}, "7", "DRR19, K+S",
                  "Highest probability of one success a quarter (th_max)."},
        Parameter{"lead_success", &LearningParameters::lead_success, "1/quarter", share,
                  Interval{0.02, 0.75}, "9", "K+S; sets frontier growth of 1-2 % a year",
                  "Probability that a lead firm innovates at a stage (th_lead)."},
        Parameter{"lead_absorption", &LearningParameters::lead_absorption, "1", Interval{0, 10},
                  Interval{0.02, 1}, "9", "assumed",
                  "Factor on what a lead firm absorbs: rivals at the top share less (a_L)."},
        Parameter{"step_low", &LearningParameters::step_low, "1", Interval{-0.99, 10}, unexplored,
                  "7", "DRR19", "Lowest innovation step (x_lo)."},
        Parameter{"step_high", &LearningParameters::step_high, "1", Interval{-0.99, 10},
                  Interval{0.1, 0.3}, "7", "DRR19", "Highest innovation step (x_hi)."},
        Parameter{"step_shape", &LearningParameters::step_shape, "1", Interval{0.01, 1000},
                  unexplored, "7", "DRR19", "Second shape of the Beta(1, b) step (b_I)."},
        Parameter{"size_exponent", &LearningParameters::size_exponent, "1", Interval{0, 10}, share,
                  "6", "assumed", "Elasticity of search to relative revenue (vs)."},
        Parameter{"next_stage_share", &LearningParameters::next_stage_share, "1", share,
                  Interval{0.1, 0.5}, "6", "assumed",
                  "Share of search at the next position's stage (u)."},
        Parameter{"wright_exponent", &LearningParameters::wright_exponent, "1", Interval{0, 0.5},
                  Interval{0, 0.45}, "5", "progress ratio 2^-b = .90",
                  "Exponent of learning by doing (b)."},
        Parameter{"depreciation", &LearningParameters::depreciation, "1/quarter", share,
                  Interval{0, 0.02}, "9", "assumed", "Loss of ln capability a quarter (dep_k)."},
        Parameter{"absorption_strength", &LearningParameters::absorption_strength, "1",
                  Interval{0, 100}, Interval{0.05, 0.5}, "8", "Ver91",
                  "Share of the gap closed by one absorption at a small gap (phi)."},
        Parameter{"absorption_range", &LearningParameters::absorption_range, "1",
                  Interval{1e-6, 1e6}, Interval{1, 10}, "8", "Ver91",
                  "Gap in ln capability at which absorption weakens e-fold (del)."},
        Parameter{"foreign_bias", &LearningParameters::foreign_bias, "1", Interval{0, 1e6},
                  Interval{1, 20}, "8", "DRR19",
                  "Weight of the foreign gap when a reference is chosen (eps)."},
        Parameter{"skill_reference", &LearningParameters::skill_reference, "1", Interval{1e-6, 1},
                  unexplored, "6", "Korean-level human-capital index, rounded",
                  "Skill level at which effort and absorption are unscaled (h_ref)."},
        Parameter{"skill_exponent", &LearningParameters::skill_exponent, "1", Interval{0, 10},
                  share, "6", "assumed",
                  "Elasticity of search and absorption to initial skills across countries (e_h)."},
        Parameter{"funds_exponent", &LearningParameters::funds_exponent, "1", Interval{0, 10},
                  share, "6", "assumed",
                  "Elasticity of search to research funds across countries (e_rho)."},
        Parameter{"social_deviation", &LearningParameters::social_deviation, "1", Interval{0, 3},
                  Interval{0, 0.6}, "6", "what regressions of growth leave over",
                  "Standard deviation over countries of ln efficiency of search (sig_S)."},
        Parameter{"gate_half", &LearningParameters::gate_half, "1", Interval{0, 1e6},
                  Interval{0.1, 0.5}, "4", "assumed",
                  "Relative upstream access at which the gate is half open (z_half); 0: open."},
        Parameter{"gate_steepness", &LearningParameters::gate_steepness, "1", Interval{0, 100},
                  Interval{2, 8}, "4", "assumed", "Exponent of the gate (n)."},
        Parameter{"domestic_route", &LearningParameters::domestic_route, "1", Interval{0, 1e6},
                  share, "4", "assumed", "Upstream access through domestic suppliers (r_dom)."},
        Parameter{"cloud_route", &LearningParameters::cloud_route, "1", Interval{0, 1e6}, share,
                  "4", "assumed", "Upstream access through imported cloud (r_X)."},
        Parameter{"import_route", &LearningParameters::import_route, "1", Interval{0, 1e6}, share,
                  "4", "assumed", "Upstream access through other imported inputs (r_Xo)."},
        Parameter{"localisation_loss", &LearningParameters::localisation_loss, "1", share, share,
                  "4", "assumed",
                  "Share of imported cloud access lost at full localisation (iota)."},
    };
};
static_assert(fully_declared<LearningParameters>);

/// How firms compete within pools and set prices.  TOML section [selection].
struct SelectionParameters {
    double strength = 0.12;
    double noise = 0.05;
    double noise_size_exponent = 0.105;
    double size_drag = 0.005;
    double share_drag = 0.04;
    double mark_up_speed = 0.04;
    double mark_up_start = 0.30;
    double mark_up_low = 0.05;
    double mark_up_high = 1.0;

    static constexpr auto table = std::tuple{
        Parameter{"strength", &SelectionParameters::strength, "1", Interval{0, 10},
                  Interval{0.01, 1}, "13", "weak selection is the empirical finding",
                  "Exponent of competitiveness in the replicator (chi)."},
        Parameter{"noise", &SelectionParameters::noise, "1", Interval{0, 1}, Interval{0, 0.2}, "13",
                  "dispersion of growth rates", "Scale of the demand shock (sig_G)."},
        Parameter{
            "noise_size_exponent", &SelectionParameters::noise_size_exponent, "1", Interval{0, 1},
            Interval{0, 0.4}, "13", "volatility falls with size",
            "Elasticity of the shock's scale to relative revenue, as a positive number (ups)."},
        Parameter{"size_drag", &SelectionParameters::size_drag, "1/quarter", Interval{0, 10},
                  Interval{0, 0.03}, "13", "growth falls with size: Evans 1987, Hall 1987",
                  "Loss of growth per unit of ln size above the mean (drag)."},
        Parameter{
            "share_drag", &SelectionParameters::share_drag, "1/quarter", Interval{0, 10},
            Interval{0, 0.2}, "13", "assumed",
            "Loss of growth of a firm that has all of its market: buyers want a second source."},
        Parameter{"mark_up_speed", &SelectionParameters::mark_up_speed, "1", Interval{0, 10},
                  Interval{0, 0.1}, "14", "DRR19", "Response of the mark-up to share growth (nu)."},
        Parameter{"mark_up_start", &SelectionParameters::mark_up_start, "1", Interval{0, 1000},
                  unexplored, "14", "DRR19", "Mark-up of a new firm (m0)."},
        Parameter{"mark_up_low", &SelectionParameters::mark_up_low, "1", Interval{0, 1000},
                  unexplored, "14", "DRR19", "Lowest mark-up (m_lo)."},
        Parameter{"mark_up_high", &SelectionParameters::mark_up_high, "1", Interval{0, 1000},
                  unexplored, "14", "DRR19", "Highest mark-up (m_hi)."},
    };
};
static_assert(fully_declared<SelectionParameters>);

/// How data arise, age, pool and raise quality.  TOML section [data].
struct DataParameters {
    double quality_gain = 0.228;
    double returns_exponent = 0.25;
    double data_scale = 20.0;
    double decay = 0.0245;
    double pooled_weight = 0.75;
    double lead_weight = 0.1;
    double collection_rate = 0.2;
    double commons_base = 0.05;
    double commons_gain = 0.5;
    double commons_localised = 0.5;
    double open_data_rate = 0.5;
    double foreign_protection = 0.5;
    double domestic_protection = 0.2;

    static constexpr auto table = std::tuple{
        Parameter{"quality_gain", &DataParameters::quality_gain, "1", Interval{0, 100},
                  Interval{0.1, 0.5}, "11", "FV21", "Quality gain of unlimited data (beta)."},
        Parameter{"returns_exponent", &DataParameters::returns_exponent, "1", Interval{0, 10},
                  Interval{0.07, 0.5}, "11", "scaling of machine learning with data",
                  "Exponent of diminishing returns to data (om)."},
        Parameter{"data_scale", &DataParameters::data_scale, "unit of data", moderate_positive,
                  unexplored, "11", "assumed", "Data stock that sets the scale of returns (Zbar)."},
        Parameter{"decay", &DataParameters::decay, "1/quarter", share, Interval{0.013, 0.12}, "18",
                  "9.4 % a year ageing of data", "Share of data that loses its value (dD)."},
        Parameter{"pooled_weight", &DataParameters::pooled_weight, "1", Interval{0, 1e6},
                  unexplored, "11", "assumed",
                  "Weight of commons and open data for latecomer firms (z_C)."},
        Parameter{"lead_weight", &DataParameters::lead_weight, "1", Interval{0, 1e6}, unexplored,
                  "11", "assumed", "Weight of a lead firm's data (z_L)."},
        Parameter{"collection_rate", &DataParameters::collection_rate, "unit of data/unit",
                  moderate, unexplored, "18", "assumed",
                  "Data that collection firms gather per unit sold (eta_c)."},
        Parameter{"commons_base", &DataParameters::commons_base, "1", share, unexplored, "18",
                  "assumed", "Share of kept data that reaches the commons unaided (psi_0)."},
        Parameter{"commons_gain", &DataParameters::commons_gain, "1", Interval{0, 100}, unexplored,
                  "18", "assumed", "Gain of that share at full data sharing (psi_1)."},
        Parameter{"commons_localised", &DataParameters::commons_localised, "1", share, unexplored,
                  "18", "assumed", "Weight of localised foreign data in the commons (psi_F)."},
        Parameter{"open_data_rate", &DataParameters::open_data_rate, "unit of data/quarter/firm",
                  moderate, unexplored, "18", "assumed",
                  "Open government data per initial firm at full intensity (G0)."},
        Parameter{"foreign_protection", &DataParameters::foreign_protection, "1", share, unexplored,
                  "18", "-26 % data under strict protection",
                  "Share of data that protection denies foreign sellers (a_F)."},
        Parameter{"domestic_protection", &DataParameters::domestic_protection, "1", share,
                  unexplored, "18", "assumed",
                  "Share of data that protection denies domestic sellers (a_D)."},
    };
};
static_assert(fully_declared<DataParameters>);

/// Costs, taxes and dividends of firms.  TOML section [finance].
struct FinanceParameters {
    double fixed_cost = 0.015;
    double dividend_share = 0.5;
    double entrant_cash = 0.03;
    double profit_tax = 0.20;
    double value_added_tax = 0.05;
    double compliance_cost = 0.01;
    double localisation_cost = 0.01;

    static constexpr auto table = std::tuple{
        Parameter{"fixed_cost", &FinanceParameters::fixed_cost, "mean revenue", Interval{0, 100},
                  Interval{0, 0.1}, "17", "P5, P6",
                  "Fixed cost of a firm a quarter, relative to mean revenue (f0)."},
        Parameter{"dividend_share", &FinanceParameters::dividend_share, "1", share, unexplored,
                  "17", "P5, P6", "Share of profit after tax that is paid out (div)."},
        Parameter{"entrant_cash", &FinanceParameters::entrant_cash, "mean revenue",
                  Interval{0, 1e4}, Interval{0.01, 0.3}, "26", "P5",
                  "Cash of an entrant, relative to mean revenue (cash0)."},
        Parameter{"profit_tax", &FinanceParameters::profit_tax, "1", share, unexplored, "17",
                  "rounded mean of statutory rates", "Tax on positive profit (tau_p)."},
        Parameter{"value_added_tax", &FinanceParameters::value_added_tax, "1", share, unexplored,
                  "28", "assumed", "Tax on final demand, paid on top of it (tau_V)."},
        Parameter{"compliance_cost", &FinanceParameters::compliance_cost, "1", share, unexplored,
                  "17", "assumed", "Cost of data rules and standards per revenue (cc)."},
        Parameter{"localisation_cost", &FinanceParameters::localisation_cost, "1", share,
                  Interval{0, 0.05}, "17", "assumed",
                  "2X: cost of keeping data in the country, per sale of lead firms at applications "
                  "(lc)."},
    };
};
static_assert(fully_declared<FinanceParameters>);

}  // namespace latecomer
