#pragma once

#include <cstddef>

/// What all firms of a pool have in common: what their loops read instead of the world.
namespace latecomer {

/// When they learn at one stage (eq. 4-8).
struct StageTerms {
    std::size_t stage = 0;
    bool gated = false;              ///< whether the gate needs upstream access at all
    double access = 0.0;             ///< best upstream access that is not the firm's own
    double upstream_frontier = 1.0;  ///< frontier of the stage before
    double gate_half_power = 0.0;    ///< learning.gate_half to the power of the steepness
    double innovation_hazard = 0.0;  ///< of a firm of mean revenue
    double absorption_hazard = 0.0;
    double frontier = 0.0;
    double best = 0.0;      ///< best domestic firm; 0: none
    double strength = 0.0;  ///< part of a small gap that absorption closes
    double range = 1.0;     ///< gap in ln at which absorption gains most
};

/// The same over the one or two stages at which the pool learns (agents/firms/README.md, "Learning").
struct LearningTerms {
    StageTerms current;
    StageTerms next;
    bool looks_ahead = false;     ///< whether it learns at the next stage, too
    double size_per_share = 1.0;  ///< relative size of a firm per unit of its stored share (eq. 6)
    double wright = 0.0;          ///< learning weight of the position times Wright's exponent
    double drift = 0.0;           ///< climate less depreciation, at all stages (eq. 8b, 9)
};

/// When they set prices and compete (eq. 10-13).
struct CompetitionTerms {
    std::size_t stage = 0;
    double log_wage = 0.0;    ///< ln of wage times exchange rate
    double wage_share = 1.0;  ///< 1 - input share
    double log_input_price =
        0.0;  ///< ln of the product of input prices to the power of their cost shares
    double quality_gain = 0.0;  ///< most that data can add to quality
    double pooled_data = 0.0;   ///< weighted commons and open data, for a firm at the frontier
    double own_data = 1.0;      ///< weight of a firm's own data: it may stand for a part of one
    double collection_frontier = 1.0;
    double log_appeal = 0.0;  ///< of the last quarter, origin of the expansion
    double size_drag = 0.0;   ///< loss of ln growth per unit of ln size above the mean
    double share_drag = 0.0;  ///< loss of ln growth per unit of stored share
    bool exports = false;     ///< whether the pool has exporters
};

/// When they are paid and pay (eq. 13, 14, 17, 18).
struct SettlementTerms {
    double inverse_weight = 0.0;         ///< normalises domestic shares
    double inverse_export_weight = 0.0;  ///< normalises export shares
    double domestic_scale = 1.0;         ///< of the shares stored before
    double domestic_sales = 0.0;
    double export_sales = 0.0;
    double search_share = 0.0;
    double fixed_cost = 0.0;
    double export_cost = 0.0;  ///< of an exporter
    double inverse_frontier = 1.0;
    double compliance_cost = 0.0;
    double kept_data = 0.0;       ///< data kept per unit sold at home
    double collected_data = 0.0;  ///< data gathered per unit produced
    double exported_data = 0.0;   ///< data that the pool brings home from abroad
    std::size_t stage = 0;
    bool exports = false;  ///< whether the pool has exporters
};

/// When they may leave, climb or go abroad (eq. 23-25).  What is out of the question costs infinitely much.
struct EventTerms {
    std::size_t stage = 0;
    std::size_t next_stage = 0;
    double weak_share = 0.0;  ///< share in the pool below which a firm fails to matter
    double climbing_cost = 0.0;
    double climbing_threshold =
        0.0;  ///< lowest capability at the next stage with which one may climb
    double climbing_rate = 0.0;
    double export_threshold = 0.0;
    double export_rate = 0.0;
    double export_sales = 0.0;  ///< of the pool
    double export_cost = 0.0;   ///< a quarter, which exports must earn
    double search_share = 0.0;  ///< of what they earn, spent on search
};

/// Below this strength of selection appeal is the share-weighted mean of ln competitiveness (eq. 13).
inline constexpr double weak_selection = 1e-9;

}  // namespace latecomer
