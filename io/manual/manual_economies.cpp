#include "agents/policy/pathways.hpp"
#include "core/text.hpp"
#include "io/manual/manual_keys.hpp"
#include "io/scenario/country_listing.hpp"

namespace latecomer {
namespace {

/// The text of a source, or its name; a figure of which nothing is said has that of its own name.
std::string source_text(const Datum& datum, std::string_view indicator,
                        const CountryListing& listing)
{
    const auto found = listing.sources.find(datum.source.empty() ? indicator : datum.source);
    return found != listing.sources.end() ? found->second : datum.source;
}

ManualTable figures(std::string key, std::string title,
                    const std::array<Datum, indicator_count>& data, std::string_view base_year,
                    const CountryListing& listing)
{
    ManualTable table{std::move(key),
                      std::move(title),
                      "",
                      {"key", "value", "unit", "year", "status", "use", "source"},
                      {}};
    for (std::size_t i = 0; i < indicator_count; ++i) {
        const Datum& datum = data[i];
        if (datum.known()) {
            table.rows.push_back(
                {std::string{indicators[i].key}, text(datum.value), std::string{indicators[i].unit},
                 datum.year.empty() ? std::string{base_year} : datum.year, datum.status,
                 std::string{indicators[i].use}, source_text(datum, indicators[i].key, listing)});
        }
    }
    return table;
}

/// "Latecomer economy of ...": what is said of it besides figures.
std::string doc_of(const CountryData& country)
{
    std::string doc =
        text("Economy of the country table.  Role: ",
             country_role_names[static_cast<std::size_t>(country.role)], "; row ", country.row);
    if (!country.region.empty()) {
        doc += text("; ", country.region);
    }
    if (!country.income_group.empty()) {
        doc += text("; ", country.income_group);
    }
    doc += text("; lead firms: ", country.lead_firms, '.');
    for (const Pathway& pathway : pathways()) {
        if (pathway.countries.find(country.name) != std::string_view::npos) {
            doc += text("  The brief names it under the pathway ", pathway.key, '.');
        }
    }
    return doc;
}

}  // namespace

ManualTopic manual_economy(const ListedEconomy& economy, const CountryListing& listing)
{
    ManualTopic topic{economy.data.key,
                      text(economy.data.name, " (", economy.data.key, ')'),
                      doc_of(economy.data),
                      {}};
    const auto add = [&](ManualTable table) {
        if (!table.rows.empty()) {
            topic.tables.push_back(std::move(table));
        }
    };
    add(figures("figure", "Figures of any base year", economy.data.data, "", listing));
    for (const auto& [year, data] : economy.by_year) {
        add(figures(text("figure_", year), text("Figures of the base year ", year), data,
                    text(year), listing));
    }
    return topic;
}

ManualTopic manual_economies(const CountryListing& listing)
{
    ManualTable table{
        "economy",
        "",
        "",
        {"economy", "called", "role", "region", "income group", "lead firms", "figures of"},
        {}};
    for (const ListedEconomy& economy : listing.economies) {
        const CountryData& data = economy.data;
        std::string years;
        for (const auto& [year, figures] : economy.by_year) {
            years += text(years.empty() ? "" : ", ", year);
        }
        table.rows.push_back({data.key, data.name,
                              std::string{country_role_names[static_cast<std::size_t>(data.role)]},
                              data.region, data.income_group, text(data.lead_firms), years});
    }
    return {
        "economies",
        "Economies",
        "What world.countries may name; world.base_year is one of the years that an economy has "
        "figures of.  'latecomer describe IND' prints its figures with their sources.",
        {table}};
}

}  // namespace latecomer
