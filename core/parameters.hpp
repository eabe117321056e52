#pragma once

#include "core/parameters_firms.hpp"
#include "core/parameters_mobility.hpp"
#include "core/parameters_policy.hpp"
#include "core/parameters_run.hpp"
#include "core/parameters_world.hpp"

#include <array>
#include <string_view>

namespace latecomer {

/// Every number of the model that a scenario may set.  A section is one row of the table.
///
/// Sources: Ver91 Verspagen 1991; K+S the Keynes-Schumpeter models (Dosi, Fagiolo, Roventini);
/// LL04 Llerena and Lorentz 2004; DRR19 Dosi, Roventini and Russo 2019; LLM17 Landini, Lee and
/// Malerba 2017; FV21 Farboodi and Veldkamp 2021; P1-P14 the patterns of agents/MODEL.md.
struct Parameters {
    RunParameters run;
    WorldParameters world;
    OutputParameters output;
    LearningParameters learning;
    PositionParameters collection{
        .initial_firms = 0.30, .captive_niche = 0.30, .input_storage = 0.05, .quality_weight = 0.5};
    PositionParameters storage{.initial_firms = 0.10, .captive_niche = 0.05};
    PositionParameters processing{.initial_firms = 0.20,
                                  .input_storage = 0.05,
                                  .learning_weight = 0.6,
                                  .multi_sourcing = 0.03};
    PositionParameters analytics{.initial_firms = 0.15,
                                 .captive_niche = 0.15,
                                 .input_collection = 0.10,
                                 .input_storage = 0.15,
                                 .lead_input_processing = 0.05,
                                 .quality_weight = 1.0};
    PositionParameters applications{.initial_firms = 0.25,
                                    .captive_niche = 0.15,
                                    .input_collection = 0.05,
                                    .input_storage = 0.10,
                                    .input_analytics = 0.20,
                                    .lead_input_processing = 0.05,
                                    .quality_weight = 1.0};
    SelectionParameters selection;
    DataParameters data;
    FinanceParameters finance;
    MobilityParameters mobility;
    EntryParameters entry;
    MacroParameters macro;
    TradeParameters trade;
    GovernmentParameters government;
    EffectParameters effects;
    PresenceParameters presence;
    RetaliationParameters retaliation;
    WindowParameters windows;

    /// Application sectors, TOML [[sector]]; one position each.
    std::vector<Sector> sectors{{"manufacturing", 0.35, 1.0},
                                {"agriculture", 0.15, 1.0},
                                {"services", 0.40, 1.0},
                                {"mobility", 0.10, 4.0}};

    static constexpr auto sections = std::tuple{
        Section{"run", &Parameters::run, "Identity and length of the run."},
        Section{"world", &Parameters::world, "Economies and resolution."},
        Section{"output", &Parameters::output, "What is written; never changes a result."},
        Section{"learning", &Parameters::learning, "Capability by stage."},
        Section{"collection", &Parameters::collection, "Position COL, stage 1."},
        Section{"storage", &Parameters::storage, "Position STO, stage 2."},
        Section{"processing", &Parameters::processing,
                "Position PRL, stage 3: low-value work sold to lead firms."},
        Section{"analytics", &Parameters::analytics, "Position ANA, stage 3."},
        Section{"applications", &Parameters::applications, "Positions APP, stage 4, one a sector."},
        Section{"selection", &Parameters::selection, "Competition within pools."},
        Section{"data", &Parameters::data, "Data and quality."},
        Section{"finance", &Parameters::finance, "Costs, taxes, dividends."},
        Section{"mobility", &Parameters::mobility, "Upgrade, export, exit."},
        Section{"entry", &Parameters::entry, "Entry."},
        Section{"macro", &Parameters::macro, "Exchange rates, wages, adoption, skills, demand."},
        Section{"trade", &Parameters::trade, "Markets by country and position."},
        Section{"government", &Parameters::government, "Budgets of governments."},
        Section{"effects", &Parameters::effects, "Sizes of policy effects at full intensity."},
        Section{"presence", &Parameters::presence, "Presence of lead firms abroad."},
        Section{"retaliation", &Parameters::retaliation, "Answers of home governments."},
        Section{"windows", &Parameters::windows, "Technology windows."},
    };
};

/// A key that earlier versions had, and what to write now.
struct RenamedKey {
    std::string_view key;
    std::string_view now;
};

inline constexpr std::array renamed_keys{
    RenamedKey{"mobility.export_cost",
               "It is now 'mobility.export_fixed_cost': paid every quarter, relative to mean "
               "revenue; 'mobility.export_rate' says how many begin."},
};

/// What to write in place of a key ("section.key") of an earlier version; empty: there was none.
constexpr std::string_view renamed(std::string_view key)
{
    for (const RenamedKey& old : renamed_keys) {
        if (old.key == key) {
            return old.now;
        }
    }
    return {};
}

}  // namespace latecomer
