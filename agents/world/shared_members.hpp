#pragma once

#include "agents/world/shared_state.hpp"

/// The members of structs of the shared state, in order of their declaration.  A struct that gets
/// another member needs a line here: saving checks that all are named.
namespace latecomer {

inline const std::vector<StateMember> by_stage{
    {"collection"}, {"storage"}, {"analytics"}, {"applications"}};
inline const std::vector<StateMember> goal_members{
    {"growth"}, {"bargaining"}, {"diffusion"}, {"linkages"}, {"sovereignty"}};

inline const std::vector<StateMember> pool_state_members{
    {"log_appeal"},
    {"domestic_scale"},
    {"export_scale"},
};

inline const std::vector<StateMember> statistics_members{
    {"firms", 1, true},
    {"exporters", 1, true},
    {"mean_capability"},
    {"best_capability"},
};

inline const std::vector<StateMember> result_members{
    {"appeal"},
    {"export_appeal"},
    {"unit_index"},
    {"export_index"},
    {"domestic_weight"},
    {"export_weight"},
    {"domestic_sales"},
    {"export_sales"},
    {"tariffs"},
    {"exported_data"},
    {"revenue"},
    {"units"},
    {"cost"},
    {"profit"},
    {"profit_tax"},
    {"dividends"},
    {"weighted_capability"},
    {"data_received"},
    {"herfindahl"},
    {"mark_up"},
    {"log_capability"},
    {"best_log_capability"},
    {"quantiles", 3},
    {"sellers", 1, true},
    {"exits", 1, true},
    {"upgrades_out", 1, true},
    {"upgrades_in", 1, true},
    {"new_exporters", 1, true},
    {"entrants", 1, true},
    {"domestic_shares"},
    {"export_shares"},
    {"staying_share"},
    {"staying_export_share"},
    {"seeds"},
    {"exit_cash"},
    {"cash"},
};

inline const std::vector<StateMember> flow_members{
    {"final_demand"},   {"value_added_tax"},   {"wages"},
    {"research"},       {"dividends"},         {"fixed_cost"},
    {"presence_cost"},  {"venture_profit"},    {"mobility_cost"},
    {"exit_cash"},      {"entrant_cash"},      {"profit_tax"},
    {"fees"},           {"tariffs"},           {"spending"},
    {"services"},       {"interest"},          {"programme"},
    {"debt_before"},    {"surplus"},           {"exports"},
    {"imports"},        {"revenue"},           {"input_orders"},
    {"firm_cash"},      {"lead_cash"},         {"capability_revenue"},
    {"data_generated"}, {"data_kept"},         {"data_localised"},
    {"data_exported"},  {"data_not_captured"}, {"lead_data"},
    {"data_received"},
};

inline const std::vector<StateMember> residual_members{
    {"shares"}, {"sales"}, {"trade"}, {"profit"}, {"index"},
    {"debt"},   {"money"}, {"data"},  {"firms"},
};

inline const std::vector<StateMember> lever_members{
    {"imported_cloud"},
    {"search", identity::positions},
    {"analytics_absorption"},
    {"absorption_range"},
    {"storage_price"},
    {"compliance_cost"},
    {"licence_fee", identity::positions},
    {"domestic_capture"},
    {"foreign_capture"},
    {"localised_share"},
    {"commons_gain", identity::positions},
    {"open_data", identity::positions},
    {"lead_wedge", identity::positions},
    {"offshore_wedge", identity::positions},
    {"no_venture_wedge", identity::positions},
    {"domestic_appeal", identity::positions},
    {"content_floor", identity::positions},
    {"export_barrier", identity::positions},
    {"adoption"},
    {"training", stages},
    {"procurement", identity::positions},
    {"entry", identity::positions},
};

}  // namespace latecomer
