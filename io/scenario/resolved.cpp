#include "io/scenario/resolved.hpp"

#include "core/text.hpp"
#include "io/scenario/resolved_policy.hpp"
#include "io/toml/manual_rows.hpp"
#include "io/toml/toml_text.hpp"

#include <algorithm>

namespace latecomer {
namespace {

constexpr std::size_t width = 100;

/// The text as comment lines of at most `width` characters.
std::string comment(std::string_view words)
{
    std::string result;
    std::string line = "#";
    for (std::size_t begin = 0; begin < words.size();) {
        const std::size_t end = std::min(words.find(' ', begin), words.size());
        const std::string_view word = words.substr(begin, end - begin);
        if (line.size() > 1 && line.size() + 1 + word.size() > width) {
            result += line + '\n';
            line = "#";
        }
        line += text(word.empty() ? "" : " ", word);
        begin = end + 1;
    }
    return result + line + '\n';
}

/// Meaning; then unit, range, explored range, equation and source on lines of their own.
std::string comment_on(const ManualRow& row)
{
    const std::string explored =
        row.explored.empty() ? std::string{} : text("; explored ", row.explored);
    return comment(row.doc) + comment(text("  unit ", row.unit, "; range ", row.range, explored,
                                           "; equation ", row.equation, "; source ", row.source));
}

template <class Struct>
void write_rows(std::string& out, const Struct& values, Comments comments)
{
    for_each(Struct::table, [&](const auto& row) {
        if (comments == Comments::full) {
            out += '\n' + comment_on(manual_row(row, values));
        }
        out += text(row.key, " = ", toml_value(row, values), '\n');
    });
}

void write_sectors(std::string& out, const Parameters& parameters, Comments comments)
{
    if (comments == Comments::full) {
        out += text('\n', comment("Application sectors, one position each; 1 to 12, whose demand "
                                  "shares sum to 1.  The list replaces that of lower layers."));
    }
    for (const Sector& sector : parameters.sectors) {
        out += "\n[[sector]]\n";
        const bool first = &sector == &parameters.sectors.front();
        write_rows(out, sector, first ? comments : Comments::none);
    }
}

std::string toml_of(const Datum& datum)
{
    return text("{ value = ", toml_text(datum.value), ", year = ", toml_text(datum.year),
                ", status = ", toml_text(datum.status), ", source = ", toml_text(datum.source),
                " }");
}

void write_country(std::string& out, const CountryData& country)
{
    out += text("\n[country.", country.key, "]\nname = ", toml_text(country.name), "\nrole = \"",
                country_role_names[static_cast<std::size_t>(country.role)],
                "\"\nrow = ", country.row, '\n');
    if (!country.region.empty()) {
        out += text("region = ", toml_text(country.region), '\n');
    }
    if (!country.income_group.empty()) {
        out += text("income_group = ", toml_text(country.income_group), '\n');
    }
    out += text("lead_firms = ", country.lead_firms, '\n');
    for (std::size_t i = 0; i < indicator_count; ++i) {
        if (country.data[i].known()) {
            out += text(indicators[i].key, " = ", toml_of(country.data[i]), '\n');
        }
    }
}

void write_economies(std::string& out, const Scenario& scenario, Comments comments)
{
    if (comments == Comments::full) {
        out += '\n';
        for (const IndicatorRow& row : indicators) {
            out +=
                comment(text(row.key, ": ", row.unit, ", ", range_text(row.range), "; ", row.use));
        }
    }
    for (const CountryData& country : scenario.countries) {
        write_country(out, country);
    }
    if (!scenario.sources.empty()) {
        out += "\n[source]\n";
    }
    for (const SourceText& source : scenario.sources) {
        out += text(source.key, " = ", toml_text(source.text), '\n');
    }
}

/// The keys above all sections: what makes the file independent of the table in the program.
std::string head_of(const Scenario& scenario, Comments comments)
{
    std::string out;
    if (comments == Comments::full) {
        out +=
            comment("A complete scenario: every parameter with its value.  Keys may be left out; "
                    "they keep their defaults.");
        out += comment("The economies are those of this file alone.");
    }
    if (!scenario.name.empty()) {
        out += text("name = ", toml_text(scenario.name), '\n');
    }
    out += "builtin_countries = false\n";
    if (!scenario.countries.empty()) {
        out += text("reference_productivity = ", toml_text(scenario.reference_productivity), '\n');
    }
    return out;
}

}  // namespace

std::string resolved_toml(const Scenario& scenario, Comments comments)
{
    std::string out = head_of(scenario, comments);
    for_each(Parameters::sections, [&](const auto& section) {
        out += '\n';
        if (comments == Comments::full) {
            out += comment(section.doc);
        }
        out += text('[', section.key, "]\n");
        write_rows(out, scenario.parameters.*section.member, comments);
    });
    write_sectors(out, scenario.parameters, comments);
    out += policies_toml(scenario);
    write_economies(out, scenario, comments);
    return out;
}

}  // namespace latecomer
