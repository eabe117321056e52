#include "core/text.hpp"
#include "jobs/study/spec/spec_design.hpp"

#include <limits>

namespace latecomer::jobs::study {
namespace {

constexpr std::int64_t most_runs = std::int64_t{1} << 53;
constexpr std::size_t most_dimensions = 64;

/// The product, or 2^63 - 1 if it is larger.
std::int64_t times(std::int64_t a, std::int64_t b)
{
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    return a > most / b ? most : a * b;
}

}  // namespace

std::int64_t point_count(const DesignSpec& design)
{
    const auto dimensions = static_cast<std::int64_t>(design.marginals.size());
    const auto rows = static_cast<std::int64_t>(design.rows.size());
    std::int64_t points = 1;
    switch (design.kind) {
    case DesignKind::none:
        break;
    case DesignKind::full:
        for (const Marginal& marginal : design.marginals) {
            points = times(points, static_cast<std::int64_t>(marginal.values.size()));
        }
        break;
    case DesignKind::list:
    case DesignKind::file:
        points = 0;
        break;
    case DesignKind::lhs:
    case DesignKind::maximin:
    case DesignKind::sobol:
        points = design.n;
        break;
    case DesignKind::saltelli:
        points = times(design.n, dimensions + 2);
        break;
    case DesignKind::morris:
        points = times(design.n, dimensions + 1);
        break;
    }
    return points > std::numeric_limits<std::int64_t>::max() - rows ? points : points + rows;
}

void check_sizes(const SpecTable& table, const Spec& spec)
{
    const DesignSpec& design = spec.design;
    const std::size_t each = design.kind == DesignKind::saltelli ? 2 : 1;
    const std::size_t dimensions = each * design.marginals.size();
    if (dimensions > most_dimensions) {
        reject(table.place(), text("the design has ", dimensions,
                                   " dimensions (two for each "
                                   "parameter of 'saltelli', the dummy included), more than ",
                                   most_dimensions, "; vary fewer parameters"));
    }
    const TomlValue* n = table.find("n");
    const Place place = n != nullptr ? n->place : table.place();
    const std::int64_t points = point_count(design);
    if (points > most_points) {
        reject(place, "the design has more than 2^40 points; make it smaller");
    }
    const auto arms = static_cast<std::int64_t>(spec.arms.size());
    if (times(times(points, arms), spec.replicates.max) > most_runs) {
        reject(place, "scenarios, points and replicates make more than 2^53 runs; have fewer");
    }
}

}  // namespace latecomer::jobs::study
