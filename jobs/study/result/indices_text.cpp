#include "core/constants.hpp"
#include "core/text.hpp"
#include "jobs/study/result/results.hpp"
#include "jobs/study/statistics/pawn.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer::jobs::study {
namespace {

/// A column of a table of indices: a variable, with its interval or another one behind it.
struct IndexColumn {
    std::string variable;
    std::string title;
    bool has_interval = false;
};

bool is_unknown(double value)
{
    return std::isnan(value);
}

/// Those that anything is known of.
std::vector<IndexColumn> columns_of(const Indices& indices)
{
    std::vector<IndexColumn> columns;
    for (const IndexColumn& column :
         {IndexColumn{"sobol_first", "first [95 %]", true},
          IndexColumn{"sobol_total", "total [95 %]", true}, IndexColumn{"morris_mu", "mu", false},
          IndexColumn{"morris_mu_star", "mu* [95 %]", true},
          IndexColumn{"morris_sigma", "sigma", false}, IndexColumn{"pawn_median", "PAWN", false},
          IndexColumn{"pawn_max", "max", false}, IndexColumn{"pawn_floor", "floor", false}}) {
        const IndexVariable* const index = indices.find(column.variable);
        if (index != nullptr && !std::ranges::all_of(index->values, is_unknown)) {
            columns.push_back(column);
        }
    }
    return columns;
}

std::string cell_text(const Indices& indices, const IndexColumn& column, std::size_t place)
{
    const double value = indices.find(column.variable)->values[place];
    if (!column.has_interval) {
        return interval_text(value, not_a_number, not_a_number);
    }
    return interval_text(value, indices.find(column.variable + "_low")->values[place],
                         indices.find(column.variable + "_high")->values[place]);
}

/// Of one scenario and outcome.
std::string index_table(const Indices& indices, std::size_t first_place)
{
    constexpr std::size_t name_width = 34;
    const std::vector<IndexColumn> columns = columns_of(indices);
    const auto width = [](const IndexColumn& column) {
        return std::size_t{column.has_interval ? 34U : 12U};
    };
    std::string lines = padded("  parameter", name_width);
    for (const IndexColumn& column : columns) {
        lines += padded(column.title, width(column));
    }
    lines.erase(lines.find_last_not_of(' ') + 1);
    lines += '\n';
    for (std::size_t j = 0; j < indices.parameters.size(); ++j) {
        lines += padded("  " + indices.parameters[j], name_width);
        for (const IndexColumn& column : columns) {
            lines += padded(cell_text(indices, column, first_place + j), width(column));
        }
        lines.erase(lines.find_last_not_of(' ') + 1);
        lines += '\n';
    }
    return lines;
}

}  // namespace

std::string describe_indices(const Plan& plan, const Indices& indices,
                             const std::vector<std::size_t>& outcomes)
{
    if (indices.variables.empty()) {
        return {};
    }
    std::string report;
    const bool any = !columns_of(indices).empty();
    if (!any) {
        report =
            text("no index of sensitivity is known: Sobol' and Morris take all points of their "
                 "design, PAWN at least ",
                 least_slices * points_of_slice, ", and this one has ", plan.design().size(),
                 ": raise design.n, or call 'latecomer study extend' with --size\n");
    }
    const IndexVariable* const noise = indices.find("sobol_noise_share");
    for (std::size_t arm = 0; any && arm < plan.spec().arms.size(); ++arm) {
        for (const std::size_t outcome : outcomes) {
            const std::size_t row = arm * indices.outcomes.size() + outcome;
            report += text(indices.outcomes[outcome], ", ", plan.spec().arms[arm].name);
            if (noise != nullptr && !std::isnan(noise->values[row])) {
                report += text(", share of chance ", interval_text(noise->values[row], NAN, NAN));
            }
            report += '\n' + index_table(indices, row * indices.parameters.size());
        }
    }
    for (const std::string& warning : indices.warnings) {
        report += "warning: " + warning + '\n';
    }
    return report;
}

}  // namespace latecomer::jobs::study
