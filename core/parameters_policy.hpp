#pragma once

#include "core/declarations.hpp"

namespace latecomer {

/// What the levers of policy do at full intensity.  TOML section [effects].
struct EffectParameters {
    double search_storage = 0.5;
    double search_analytics = 1.0;
    double search_applications = 1.0;
    double laboratory_absorption = 0.5;
    double venture_absorption = 1.0;
    double standards_range = 0.5;
    double standards_exports = 0.3;
    double localisation_exports = 0.3;
    double adoption_procurement = 1.0;
    double adoption_infrastructure = 0.5;
    double adoption_trust = 0.5;
    double entry_support = 2.0;
    double entry_protection = 0.5;
    double storage_subsidy = 0.3;
    double storage_preference = 0.2;
    double content_floor = 0.25;
    double procurement_analytics = 0.02;
    double procurement_applications = 0.02;
    double wedge_localisation = 0.40;
    double wedge_licence = 0.15;
    double wedge_standards = 0.10;
    double wedge_protection = 0.20;
    double licence_fee = 0.02;

    static constexpr auto table = std::tuple{
        Parameter{"search_storage", &EffectParameters::search_storage, "1", Interval{0, 100},
                  Interval{0, 1}, "6", "assumed", "2L: gain of search at storage (sig_2)."},
        Parameter{"search_analytics", &EffectParameters::search_analytics, "1", Interval{0, 100},
                  Interval{0, 2}, "6", "assumed", "3L: gain of search at analytics (sig_3)."},
        Parameter{"search_applications", &EffectParameters::search_applications, "1",
                  Interval{0, 100}, Interval{0, 2}, "6", "assumed",
                  "4L: gain of search at applications (sig_4)."},
        Parameter{"laboratory_absorption", &EffectParameters::laboratory_absorption, "1",
                  Interval{0, 100}, Interval{0, 1}, "8", "assumed",
                  "3L: gain of absorption at analytics (th_L)."},
        Parameter{"venture_absorption", &EffectParameters::venture_absorption, "1",
                  Interval{0, 100}, Interval{0, 2}, "8", "assumed",
                  "Gain of absorption at applications from joint ventures (th_JV)."},
        Parameter{"standards_range", &EffectParameters::standards_range, "1", Interval{0, 100},
                  Interval{0, 1}, "8", "assumed", "3X: gain of the absorptive range (th_S)."},
        Parameter{"standards_exports", &EffectParameters::standards_exports, "1", share,
                  Interval{0, 0.6}, "15", "assumed", "3X: cut of export barriers (th_X)."},
        Parameter{"localisation_exports", &EffectParameters::localisation_exports, "1",
                  Interval{0, 100}, Interval{0, 0.6}, "15", "assumed",
                  "2X: rise of barriers to exported processing (th_loc)."},
        Parameter{"adoption_procurement", &EffectParameters::adoption_procurement, "1",
                  Interval{0, 100}, Interval{0, 2}, "3", "assumed", "4D: gain of adoption (th_D)."},
        Parameter{"adoption_infrastructure", &EffectParameters::adoption_infrastructure, "1",
                  Interval{0, 100}, Interval{0, 1}, "3", "assumed", "2L: gain of adoption (th_2)."},
        Parameter{"adoption_trust", &EffectParameters::adoption_trust, "1", Interval{0, 100},
                  Interval{0, 1}, "3", "assumed",
                  "1X: gain of adoption at moderate protection (th_T)."},
        Parameter{"entry_support", &EffectParameters::entry_support, "1", Interval{0, 100},
                  Interval{0, 4}, "26", "assumed", "2L, 4L: gain of entry (th_E)."},
        Parameter{"entry_protection", &EffectParameters::entry_protection, "1", share, unexplored,
                  "26", "-50 % entry under strict protection", "1X: loss of entry (en_X)."},
        Parameter{"storage_subsidy", &EffectParameters::storage_subsidy, "1", Interval{0, 100},
                  Interval{0, 0.6}, "10", "assumed", "2L: cut of storage prices (s2)."},
        Parameter{"storage_preference", &EffectParameters::storage_preference, "1",
                  Interval{0, 100}, Interval{0, 0.4}, "15", "assumed",
                  "2D: gain of appeal of domestic storage (h2)."},
        Parameter{"content_floor", &EffectParameters::content_floor, "1", share, Interval{0, 0.5},
                  "15", "assumed", "4X: least share of domestic applications (q4)."},
        Parameter{"procurement_analytics", &EffectParameters::procurement_analytics,
                  "share of demand", share, Interval{0, 0.04}, "20", "assumed",
                  "3D: reserved demand for analytics (g3)."},
        Parameter{"procurement_applications", &EffectParameters::procurement_applications,
                  "share of demand", share, Interval{0, 0.04}, "20", "assumed",
                  "4D: reserved demand for applications (g4)."},
        Parameter{"wedge_localisation", &EffectParameters::wedge_localisation, "1",
                  Interval{0, 1e6}, share, "15", "localisation costs .3-.6",
                  "2X: wedge on offshore storage (tau_loc)."},
        Parameter{"wedge_licence", &EffectParameters::wedge_licence, "1", Interval{0, 1e6}, share,
                  "15", "assumed", "4X: wedge on applications without a joint venture (tau_lic)."},
        Parameter{"wedge_standards", &EffectParameters::wedge_standards, "1", Interval{0, 1e6},
                  share, "15", "assumed", "3X: wedge on lead firms' analytics (tau_std)."},
        Parameter{"wedge_protection", &EffectParameters::wedge_protection, "1", Interval{0, 1e6},
                  share, "15", "data cost +20 % under strict protection",
                  "1X: wedge on lead firms' collection (tau_dp)."},
        Parameter{"licence_fee", &EffectParameters::licence_fee, "1", share, unexplored, "17",
                  "assumed", "4X: fee on lead firms' application sales (fee)."},
    };
};
static_assert(fully_declared<EffectParameters>);

/// How lead firms choose where to be, and what that costs.  TOML section [presence].
struct PresenceParameters {
    std::int64_t review_quarters = 8;
    double choice_noise = 0.15;
    double region_cost = 5.0;
    double venture_cost = 2.0;
    double venture_profit_share = 0.3;

    static constexpr auto table = std::tuple{
        Parameter{"review_quarters", &PresenceParameters::review_quarters, "quarter",
                  Interval{1, 4000}, unexplored, "30", "assumed",
                  "Quarters between reviews of a lead firm's presence in a country (T_m)."},
        Parameter{"choice_noise", &PresenceParameters::choice_noise, "1", Interval{0, 1e6},
                  unexplored, "30", "assumed",
                  "Noise of the choice, relative to profit at present (mu_m)."},
        Parameter{"region_cost", &PresenceParameters::region_cost, "wage", moderate, unexplored,
                  "30", "assumed", "Cost of a local region a quarter (F_region)."},
        Parameter{"venture_cost", &PresenceParameters::venture_cost, "wage", moderate, unexplored,
                  "30", "assumed", "Cost of a joint venture a quarter (F_JV)."},
        Parameter{"venture_profit_share", &PresenceParameters::venture_profit_share, "1", share,
                  unexplored, "30", "assumed",
                  "Share of a joint venture's gross profit that stays in the country (s_JV)."},
    };
};
static_assert(fully_declared<PresenceParameters>);

/// How home governments of lead firms answer.  TOML section [retaliation].
struct RetaliationParameters {
    double rate = 0.05;
    double pass_through = 1.0;
    double tariff_ceiling = 0.25;
    double loss_scale = 0.001;
    std::int64_t duration_quarters = 20;

    static constexpr auto table = std::tuple{
        Parameter{"rate", &RetaliationParameters::rate, "1/quarter", moderate, unexplored, "31",
                  "one observed case", "Hazard of retaliation at the scale of loss (rho_R)."},
        Parameter{"pass_through", &RetaliationParameters::pass_through, "1", Interval{0, 1000},
                  Interval{0, 1.5}, "31", "one observed case, sized one for one",
                  "Tariff revenue sought per loss (kappa_R)."},
        Parameter{"tariff_ceiling", &RetaliationParameters::tariff_ceiling, "1", Interval{0, 1e6},
                  unexplored, "31", "assumed", "Highest tariff (ret_max)."},
        Parameter{"loss_scale", &RetaliationParameters::loss_scale, "share of demand",
                  moderate_positive, unexplored, "31", "assumed",
                  "Loss, relative to home demand, at which the hazard is rho_R (loss_0)."},
        Parameter{"duration_quarters", &RetaliationParameters::duration_quarters, "quarter",
                  Interval{1, 4000}, unexplored, "31", "assumed", "Life of a tariff (T_R)."},
    };
};
static_assert(fully_declared<RetaliationParameters>);

/// What a technology window does unless [[window]] says otherwise.  TOML section [windows].
struct WindowParameters {
    double perception_loss = 0.5;
    double lock_in = 0.5;
    double gain = 0.3;
    double base = 0.5;

    static constexpr auto table = std::tuple{
        Parameter{"perception_loss", &WindowParameters::perception_loss, "1", share, unexplored,
                  "19", "LLM17", "How far the old technology's revenue hides the new (lam_n)."},
        Parameter{"lock_in", &WindowParameters::lock_in, "1", moderate, unexplored, "19", "LLM17",
                  "Loss of old capability per log distance above the base (phi_n)."},
        Parameter{"gain", &WindowParameters::gain, "1", Interval{0, 5}, unexplored, "19", "LLM17",
                  "Gain of ln capability (psi)."},
        Parameter{"base", &WindowParameters::base, "1", moderate_positive, unexplored, "19",
                  "LLM17",
                  "Capability that transfers, relative to the frontier at the event (kb)."},
    };
};
static_assert(fully_declared<WindowParameters>);

}  // namespace latecomer
