#include "agents/economy/country_table.hpp"
#include "core/parameters.hpp"
#include "core/text.hpp"
#include "io/manual/manual_table.hpp"
#include "io/toml/manual_rows.hpp"

namespace latecomer {
namespace {

template <class Struct>
ManualTable table_of(std::string_view key, std::string title, std::string_view doc,
                     const Struct& values)
{
    ManualTable table{
        std::string{key},
        std::move(title),
        std::string{doc},
        {"key", "default", "type", "unit", "range", "explored", "equation", "source", "meaning"},
        {}};
    for_each(Struct::table, [&](const auto& declared) {
        const ManualRow row = manual_row(declared, values);
        table.rows.push_back({row.key, row.value, row.type, row.unit, row.range, row.explored,
                              row.equation, row.source, row.doc});
    });
    return table;
}

ManualTable indicator_table()
{
    ManualTable table{
        "country",
        "[country.KEY]",
        "Economies; a value is a number or { value, year, status, source }.  Besides: "
        "name, role (\"latecomer\" or \"lead\"), row (permanent place in the table, "
        "0 to 1021), lead_firms.  [source] has key = \"text\".",
        {"key", "unit", "range", "use"},
        {}};
    for (const IndicatorRow& row : indicators) {
        table.rows.push_back({std::string{row.key}, std::string{row.unit}, range_text(row.range),
                              std::string{row.use}});
    }
    return table;
}

}  // namespace

ManualTopic manual_parameters()
{
    ManualTopic topic{
        "parameters",
        "Parameters",
        "What a scenario file may set.  Above all sections: include = \"other.toml\" or a list "
        "(layers below this file), name (of the scenario; by default that of the file), "
        "builtin_countries = false (leaves the built-in country table out), "
        "reference_productivity (in the units of the figures; by default that of the USA, or of "
        "the "
        "most productive economy of the table).  Range: what the program accepts.  Explored: what "
        "a sensitivity study covers.",
        {},
        "parameter"};
    const Parameters defaults;
    for_each(Parameters::sections, [&](const auto& section) {
        topic.tables.push_back(table_of(section.key, text('[', section.key, ']'), section.doc,
                                        defaults.*section.member));
    });
    topic.tables.push_back(
        table_of("sector", "[[sector]]",
                 "Application sectors, 1 to 12; demand shares sum to 1.  A list in a scenario "
                 "replaces the default, whose first row is shown.",
                 defaults.sectors.front()));
    topic.tables.push_back(indicator_table());
    return topic;
}

}  // namespace latecomer
