#pragma once

#include "core/declarations.hpp"

namespace latecomer {

/// How firms climb, export and leave.  TOML section [mobility].
struct MobilityParameters {
    double upgrade_threshold = 0.55;
    double upgrade_floor = 0.25;
    double upgrade_cost = 0.05;
    double upgrade_rate = 0.04;
    double upgrade_share = 0.5;
    double climbing_patience = 0.5;
    double export_threshold = 0.9;
    double export_rate = 0.008;
    double export_fixed_cost = 0.008;
    std::int64_t export_quarters = 4;
    double export_share = 0.5;
    double export_size_exponent = 0.8;
    double exit_share = 0.06;
    std::int64_t exit_quarters = 8;

    static constexpr auto table = std::tuple{
        Parameter{"upgrade_threshold", &MobilityParameters::upgrade_threshold, "1", moderate,
                  Interval{0.3, 1}, "23", "assumed",
                  "Capability needed, relative to the mean firm at the next position (h_U)."},
        Parameter{"upgrade_floor", &MobilityParameters::upgrade_floor, "1", moderate,
                  Interval{0.1, 0.4}, "23", "assumed",
                  "Least such mean, relative to the frontier (h_min)."},
        Parameter{"upgrade_cost", &MobilityParameters::upgrade_cost, "mean revenue", moderate,
                  Interval{0, 0.3}, "23", "assumed",
                  "Cost of an upgrade, relative to mean revenue (c_U)."},
        Parameter{"upgrade_rate", &MobilityParameters::upgrade_rate, "1/quarter", share,
                  Interval{0.01, 0.1}, "23", "assumed",
                  "Probability that a firm that can upgrade does (pi_U)."},
        Parameter{"upgrade_share", &MobilityParameters::upgrade_share, "1", Interval{0, 1},
                  Interval{0.2, 0.8}, "23", "P5, P6",
                  "Share of an upgrader, relative to the mean (s_U)."},
        Parameter{"climbing_patience", &MobilityParameters::climbing_patience, "1", share, share,
                  "23", "assumed",
                  "Least profit expected at the next position, relative to profit now."},
        Parameter{"export_threshold", &MobilityParameters::export_threshold, "1", moderate,
                  Interval{0.6, 1.3}, "24", "P6",
                  "Capability needed, relative to the mean firm of the pool (h_E)."},
        Parameter{"export_rate", &MobilityParameters::export_rate, "1/quarter", share,
                  Interval{0.003, 0.06}, "24", "P6",
                  "Probability that a firm that can export begins to (pi_E)."},
        Parameter{"export_fixed_cost", &MobilityParameters::export_fixed_cost, "mean revenue",
                  Interval{0, 100}, Interval{0, 0.02}, "17", "P6",
                  "Cost of being an exporter a quarter, relative to mean revenue (f_E)."},
        Parameter{"export_quarters", &MobilityParameters::export_quarters, "quarter",
                  Interval{1, 250}, unexplored, "24a", "assumed",
                  "Quarters in a row in which exports do not pay, after which they end."},
        Parameter{
            "export_share", &MobilityParameters::export_share, "1", Interval{0, 1},
            Interval{0.1, 1}, "24", "P6",
            "First share of an exporter of mean size abroad, relative to the mean at home, where "
            "markets abroad are together as large (s_E)."},
        Parameter{"export_size_exponent", &MobilityParameters::export_size_exponent, "1",
                  Interval{0, 10}, Interval{0, 1.2}, "24", "P6",
                  "Elasticity of the first share abroad to the size of a firm at home (x_E)."},
        Parameter{"exit_share", &MobilityParameters::exit_share, "1", share, Interval{0.02, 0.3},
                  "25", "P5", "Share, relative to the mean, below which a firm fails to matter."},
        Parameter{"exit_quarters", &MobilityParameters::exit_quarters, "quarter", Interval{1, 250},
                  unexplored, "25", "P5", "Quarters below that share after which a firm leaves."},
    };
};
static_assert(fully_declared<MobilityParameters>);

/// How many firms enter and with what.  TOML section [entry].
struct EntryParameters {
    double rate = 0.04;
    double profit_response = 1.0;
    double market_response = 0.0;
    double profit_reference = 0.15;
    double seed_share = 0.265;
    double imitation = 0.87;
    double dispersion = 0.3;
    double floor_collection = 0.12;
    double floor_storage = 0.06;
    double floor_analytics = 0.06;
    double floor_applications = 0.10;
    double upstream_discount = 0.8;

    static constexpr auto table = std::tuple{
        Parameter{"rate", &EntryParameters::rate, "1/quarter", Interval{0, 10},
                  Interval{0.005, 0.04}, "26", "P5",
                  "Entrants a quarter, relative to initial firms (nu_E)."},
        Parameter{"profit_response", &EntryParameters::profit_response, "1", Interval{0, 1000},
                  unexplored, "26", "assumed", "Response of entry to the profit rate (eps_E)."},
        Parameter{"market_response", &EntryParameters::market_response, "1", share, unexplored,
                  "26", "choice",
                  "Elasticity of entry to adoption relative to that of the start (eps_M)."},
        Parameter{"profit_reference", &EntryParameters::profit_reference, "1", Interval{-10, 10},
                  unexplored, "26", "assumed", "Profit rate at which entry is unscaled (m_ref)."},
        Parameter{"seed_share", &EntryParameters::seed_share, "1", Interval{0.001, 1},
                  Interval{0.1, 0.4}, "26", "P5, P6",
                  "Market share of an entrant, relative to the mean (e_s)."},
        Parameter{"imitation", &EntryParameters::imitation, "1", moderate, Interval{0.7, 1}, "26",
                  "P5", "Capability of an entrant, relative to the domestic mean (kE)."},
        Parameter{"dispersion", &EntryParameters::dispersion, "1", Interval{0, 10},
                  Interval{0.15, 0.45}, "26", "P4", "Spread of ln capability of new firms (sK)."},
        Parameter{"floor_collection", &EntryParameters::floor_collection, "1", Interval{0, 1},
                  Interval{0.02, 0.3}, "26", "assumed",
                  "Least capability of an entrant at collection, relative to the frontier (k_os)."},
        Parameter{"floor_storage", &EntryParameters::floor_storage, "1", Interval{0, 1},
                  Interval{0.02, 0.2}, "26", "assumed", "The same at storage."},
        Parameter{"floor_analytics", &EntryParameters::floor_analytics, "1", Interval{0, 1},
                  Interval{0.02, 0.2}, "26", "assumed", "The same at analytics."},
        Parameter{"floor_applications", &EntryParameters::floor_applications, "1", Interval{0, 1},
                  Interval{0.03, 0.3}, "26", "assumed", "The same at applications."},
        Parameter{"upstream_discount", &EntryParameters::upstream_discount, "1", Interval{0, 1},
                  Interval{0.5, 1}, "26", "assumed",
                  "Factor on capability above the entrant's own stage."},
    };
};
static_assert(fully_declared<EntryParameters>);

/// A row of the table of positions along the data value chain.  TOML sections
/// [collection], [storage], [processing], [analytics], [applications].
struct PositionParameters {
    double initial_firms = 0.0;
    double captive_niche = 0.0;
    double input_collection = 0.0;
    double input_storage = 0.0;
    double input_analytics = 0.0;
    double lead_input_processing = 0.0;
    double quality_weight = 0.0;
    double learning_weight = 1.0;
    double multi_sourcing = 0.0;

    static constexpr auto table = std::tuple{
        Parameter{"initial_firms", &PositionParameters::initial_firms, "1", share, unexplored, "26",
                  "assumed", "Share of firms that start and enter here."},
        Parameter{"captive_niche", &PositionParameters::captive_niche, "1", Interval{0, 1},
                  Interval{0, 0.5}, "15", "assumed",
                  "Share of home demand that only domestic firms can serve (n_p)."},
        Parameter{"input_collection", &PositionParameters::input_collection, "1", share, unexplored,
                  "10", "assumed", "Cost share of collected data."},
        Parameter{"input_storage", &PositionParameters::input_storage, "1", share, unexplored, "10",
                  "assumed", "Cost share of storage and infrastructure."},
        Parameter{"input_analytics", &PositionParameters::input_analytics, "1", share, unexplored,
                  "10", "assumed", "Cost share of analytics."},
        Parameter{"lead_input_processing", &PositionParameters::lead_input_processing, "1", share,
                  unexplored, "10", "assumed",
                  "Cost share of low-value processing in a lead firm (al_L)."},
        Parameter{"quality_weight", &PositionParameters::quality_weight, "1", share, unexplored,
                  "11", "assumed", "How much data raise quality here, relative to applications."},
        Parameter{"learning_weight", &PositionParameters::learning_weight, "1", Interval{0, 10},
                  share, "5", "processing: key unknown of pathway iii; elsewhere 1",
                  "Learning by doing relative to other work (lam_p; at processing the "
                  "stepping-stone coefficient lam_ss)."},
        Parameter{"multi_sourcing", &PositionParameters::multi_sourcing, "1/quarter",
                  Interval{0, 10}, Interval{0, 0.1}, "13", "assumed",
                  "Loss of growth per unit of ln size above the mean, beside selection.size_drag: "
                  "buyers spread their orders."},
    };
};
static_assert(fully_declared<PositionParameters>);

}  // namespace latecomer
