#include "agents/policy/pathways.hpp"
#include "core/text.hpp"
#include "io/manual/manual_table.hpp"
#include "io/toml/manual_rows.hpp"

namespace latecomer {
namespace {

/// The key with its section, and the default, of the parameter at this place.
std::string size_text(Size size)
{
    if (size == nullptr) {
        return "1";
    }
    static const Parameters defaults;
    std::string found;
    for_each(Parameters::sections, [&](const auto& section) {
        const auto& values = defaults.*section.member;
        for_each(std::remove_cvref_t<decltype(values)>::table, [&](const auto& row) {
            if (static_cast<const void*>(&(values.*row.member)) ==
                static_cast<const void*>(&size(defaults))) {
                found = text(section.key, '.', row.key, " (", size(defaults), ')');
            }
        });
    });
    return found;
}

std::string effects_of(const Instrument& row)
{
    std::string out;
    for (const Effect& effect : row.effects) {
        out += text(out.empty() ? "" : "; ", lever_name(effect.member),
                    effect.scope == Scope::country
                        ? std::string{}
                        : text(" at ", scope_names[static_cast<std::size_t>(effect.scope)]),
                    ' ', shape_names[static_cast<std::size_t>(effect.shape)],
                    ", x = ", size_text(effect.size));
    }
    return out;
}

std::string costs_of(const Instrument& row)
{
    std::string out;
    for (const Cost& cost : row.costs) {
        out += text(out.empty() ? "" : "; ", size_text(cost.size), " of ",
                    cost_base_names[static_cast<std::size_t>(cost.base)]);
    }
    return out;
}

ManualTable table_one()
{
    ManualTable table{"cell",
                      "Table 1",
                      "After Foster and Azmeh (2023), Table 1; key of the instrument in brackets.",
                      {"stage"},
                      {}};
    for (const std::string_view name : orientation_names) {
        table.columns.emplace_back(name);
    }
    for (std::size_t s = 0; s < stages; ++s) {
        std::vector<std::string> cells{std::string{stage_names[s]}};
        for (std::size_t column = 0; column < orientations; ++column) {
            std::string cell;
            for (const Instrument& row : instruments()) {
                if (at(row.stage) == s && static_cast<std::size_t>(row.orientation) == column) {
                    cell += text(cell.empty() ? "" : "; ", row.title, " (", row.key, ')');
                }
            }
            cells.push_back(cell);
        }
        table.rows.push_back(cells);
    }
    return table;
}

std::string_view kind_of(double)
{
    return "country";
}
std::string_view kind_of(const ByPosition&)
{
    return "position";
}
std::string_view kind_of(const std::array<double, stages>&)
{
    return "stage";
}

double first_of(double value)
{
    return value;
}
double first_of(const auto& values)
{
    return values.front();
}

ManualTable lever_table()
{
    ManualTable table{"lever",
                      "Levers",
                      "All that firms, markets and governments see of policies; the default is the "
                      "value without any.",
                      {"key", "of each", "default", "what it is"},
                      {}};
    const Levers neutral;
    for_each(Levers::table, [&](const auto& row) {
        const auto& value = neutral.*row.member;
        table.rows.push_back({std::string{row.key}, std::string{kind_of(value)},
                              text(first_of(value)), std::string{row.doc}});
    });
    return table;
}

}  // namespace

ManualTopic manual_instruments()
{
    ManualTable table{
        "instrument",
        "What each does here",
        "I is the effective intensity, between 0 and 1.  Costs are public, a quarter.",
        {"cell", "key", "tool", "by sector", "what it does", "levers", "public cost",
         "side effects", "evidence for sizes"},
        {}};
    for (const Instrument& row : instruments()) {
        table.rows.push_back({std::string{row.cell}, std::string{row.key},
                              std::string{tool_names[static_cast<std::size_t>(row.tool)]},
                              row.sectoral ? "yes" : "no", std::string{row.doc}, effects_of(row),
                              costs_of(row), std::string{row.side_effects},
                              std::string{row.evidence}});
    }
    return {"instruments",
            "Instruments of policy",
            "Levers that instruments move and what that costs the public.",
            {table_one(), table, lever_table()}};
}

ManualTopic manual_pathways()
{
    ManualTable table{
        "pathway",
        "Pathways",
        "Requested intensities by stage, in the order skills, local, external, demand.",
        {"key", "number", "title", "collection", "storage", "analytics", "applications",
         "countries", "meaning"},
        {}};
    for (const Pathway& row : pathways()) {
        std::vector<std::string> cells{std::string{row.key}, std::string{row.number},
                                       std::string{row.title}};
        for (const auto& stage : row.intensity) {
            std::string cell;
            for (const double intensity : stage) {
                cell += text(cell.empty() ? "" : " ", intensity);
            }
            cells.push_back(cell);
        }
        cells.emplace_back(row.countries);
        cells.emplace_back(row.doc);
        table.rows.push_back(cells);
    }
    return {"pathways",
            "Pathways",
            "Named mixes of instruments: the four pathways of Foster and Azmeh (2023), none, all.",
            {table}};
}

}  // namespace latecomer
