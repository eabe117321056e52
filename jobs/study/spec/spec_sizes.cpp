#include "core/text.hpp"
#include "jobs/study/spec/spec_design.hpp"

namespace latecomer::jobs::study {
namespace {

constexpr std::int64_t most_runs = std::int64_t{1} << 53;
constexpr std::int64_t most_dimensions = 64;

/// "two for each parameter of 'saltelli'"
std::string doubled()
{
    std::string kinds;
    for (const std::string& kind :
         kinds_where([](const DesignMethod& method) { return method.dimensions_each == 2; })) {
        kinds += text(kinds.empty() ? "'" : ", '", kind, '\'');
    }
    return text("two for each parameter of ", kinds);
}

}  // namespace

void check_sizes(const SpecTable& table, const Spec& spec)
{
    const DesignSpec& design = spec.design;
    const std::int64_t dimensions = design.method->dimensions_each * parameters_of(design);
    if (dimensions > most_dimensions) {
        reject(table.place(), text("the design has ", dimensions, " dimensions (", doubled(),
                                   ", the dummy included), more than ", most_dimensions,
                                   "; vary fewer parameters"));
    }
    const TomlValue* n = table.find("n");
    const Place place = n != nullptr ? n->place : table.place();
    const std::int64_t points = point_count(design);
    if (points > most_points) {
        reject(place, "the design has more than 2^40 points; make it smaller");
    }
    const auto arms = static_cast<std::int64_t>(spec.arms.size());
    if (capped_product(capped_product(points, arms), spec.replicates.max) > most_runs) {
        reject(place, "scenarios, points and replicates make more than 2^53 runs; have fewer");
    }
    if (n != nullptr && design.n > design.method->most_n) {
        reject(place,
               text("'design.n' is ", design.n, ", but a design of kind '", design.method->kind,
                    "' has at most ", design.method->most_n, "; take that or less"));
    }
}

}  // namespace latecomer::jobs::study
