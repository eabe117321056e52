#include "agents/economy/positions.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "io/manual/manual_table.hpp"

namespace latecomer {
namespace {

std::string names_of(const std::vector<PositionId>& list, const Positions& positions)
{
    std::string names;
    for (const PositionId p : list) {
        names += text(names.empty() ? "" : ", ", positions[p].key);
    }
    return names;
}

/// "STO 0.15, COL 0.1": what a firm buys, as shares of its cost.
std::string inputs_of(const Position& position, const Positions& positions)
{
    std::string inputs;
    for (const PositionId p : positions.indices()) {
        const double share_of_cost = position.inputs[p.at()];
        if (share_of_cost > 0.0) {
            inputs += text(inputs.empty() ? "" : ", ", positions[p].key, ' ', share_of_cost);
        }
    }
    return inputs;
}

}  // namespace

ManualTopic manual_positions()
{
    const Parameters defaults;
    const Positions positions{defaults};
    ManualTable table{"position",
                      "",
                      "",
                      {"key", "stage", "sold", "firms", "captive niche", "quality gain",
                       "learning weight", "inputs", "lead firms' processing", "upgrade to"},
                      {}};
    for (const PositionId p : positions.indices()) {
        const Position& row = positions[p];
        table.rows.push_back({row.key, std::string{stage_names[at(row.stage)]},
                              row.world_market ? "to lead firms, one world market" : "by country",
                              text(row.initial_firms), text(row.parameters.captive_niche),
                              text(row.quality_gain), text(row.parameters.learning_weight),
                              inputs_of(row, positions), text(row.parameters.lead_input_processing),
                              names_of(row.ladder, positions)});
    }
    return {"positions",
            "Positions",
            "What a firm can sell along the data value chain, with the default parameters; one "
            "application position per sector.",
            {table}};
}

ManualTopic manual_streams()
{
    ManualTable table{"stream", "", "", {"number", "name", "meaning"}, {}};
    for (const StreamEntry& row : stream_table) {
        table.rows.push_back(
            {text(static_cast<int>(row.stream)), std::string{row.name}, std::string{row.doc}});
    }
    return {"streams",
            "Random streams",
            "What random numbers are drawn for.  A draw is a function of seed, replicate, stream, "
            "entity, quarter and k; the numbers of streams never change.",
            {table}};
}

}  // namespace latecomer
