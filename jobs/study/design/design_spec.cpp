#include "jobs/study/design/design_spec.hpp"

#include <limits>

namespace latecomer::jobs::study {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

}  // namespace

std::int64_t capped_product(std::int64_t a, std::int64_t b)
{
    return b > 0 && a > most / b ? most : a * b;
}

std::int64_t parameters_of(const DesignSpec& spec)
{
    return static_cast<std::int64_t>(spec.marginals.size());
}

std::int64_t unit_dimensions(const DesignSpec& spec)
{
    return spec.method->samples() ? spec.method->dimensions_each * parameters_of(spec) : 0;
}

std::int64_t block_size_of(const DesignSpec& spec)
{
    return spec.method->has_blocks() ? spec.method->block_size(parameters_of(spec)) : 1;
}

std::int64_t combinations(const DesignSpec& spec)
{
    std::int64_t product = 1;
    for (const Marginal& marginal : spec.marginals) {
        product = capped_product(product, static_cast<std::int64_t>(marginal.values.size()));
    }
    return product;
}

std::int64_t point_count(const DesignSpec& spec)
{
    const std::int64_t points = capped_product(spec.method->blocks(spec), block_size_of(spec));
    const auto rows = static_cast<std::int64_t>(spec.rows.size());
    return points > most - rows ? points : points + rows;
}

}  // namespace latecomer::jobs::study
