#include "agents/observation/outputs.hpp"

#include "agents/world/firms.hpp"
#include "core/text.hpp"
#include "io/manual/manual_table.hpp"

namespace latecomer {
namespace {

std::string_view key_of(Axis axis)
{
    for (const AxisRow& row : axes()) {
        if (row.axis == axis) {
            return row.key;
        }
    }
    return "?";
}

ManualTable series_table()
{
    ManualTable table{
        "output",
        "Series",
        "Variables of series.h5, one value a quarter and cell.  Where economies start from "
        "figures, variables in numeraire say in the attribute usd_per_unit what their "
        "unit is in US dollars, and relative_productivity in usd_at_zero what it is in "
        "dollars a worker (eq. 37, 38).",
        {"key", "unit", "dimensions", "equation", "meaning"},
        {}};
    for (const Output& row : outputs()) {
        std::string dimensions = "time";
        for (const Axis axis : row.dimensions) {
            dimensions += text(", ", key_of(axis));
        }
        table.rows.push_back({std::string{row.key}, std::string{row.unit}, dimensions,
                              std::string{row.equation}, std::string{row.doc}});
    }
    return table;
}

ManualTable axis_table()
{
    ManualTable table{"dimension", "Dimensions", "", {"key", "meaning"}, {}};
    for (const AxisRow& row : axes()) {
        table.rows.push_back({std::string{row.key}, std::string{row.doc}});
    }
    return table;
}

ManualTable firm_table()
{
    ManualTable table{"column",
                      "Firms",
                      "Columns of firm snapshots, one value a firm; state columns are what a "
                      "restart needs.",
                      {"key", "unit", "role", "equation", "meaning"},
                      {}};
    for_each(Firms::table, [&](const auto& row) {
        table.rows.push_back({std::string{row.key}, std::string{row.unit},
                              row.role == Role::state ? "state" : "diagnostic",
                              std::string{row.equation}, std::string{row.doc}});
    });
    return table;
}

}  // namespace

ManualTopic manual_outputs()
{
    return {"outputs",
            "Outputs",
            "What a run writes.  Files: io/FORMAT.md.",
            {series_table(), axis_table(), firm_table()}};
}

}  // namespace latecomer
