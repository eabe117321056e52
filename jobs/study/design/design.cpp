#include "jobs/study/design/design.hpp"

#include "core/errors.hpp"
#include "jobs/study/design/marginal.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

namespace latecomer::jobs::study {
namespace {

void check(const DesignSpec& spec)
{
    const DesignMethod& method = *spec.method;
    if (method.samples()) {
        expects(spec.n >= 1 && !spec.marginals.empty(), "a design needs points and marginals");
        expects(spec.n <= method.most_n, "a design has more points than its kind can have");
    }
    if (method.need == MarginalNeed::values) {
        expects(
            std::ranges::none_of(spec.marginals, &std::vector<double>::empty, &Marginal::values),
            "a full design needs values of each marginal");
    }
    expects(method.blocks(spec) < std::numeric_limits<std::int64_t>::max(),
            "a full design has more combinations than can be counted");
    expects(std::all_of(spec.rows.begin(), spec.rows.end(),
                        [&](const auto& row) { return row.size() == spec.marginals.size(); }),
            "a point needs a value per marginal");
    expects(!method.has_weights || spec.weights.size() == spec.rows.size(),
            "a point of an ensemble needs a weight");
}

}  // namespace

Design::Design(DesignSpec spec) : spec_{std::move(spec)}
{
    check(spec_);
    blocks_ = method().blocks(spec_);
    block_size_ = block_size_of(spec_);
    if (method().points != nullptr) {
        points_ = method().points(spec_);
    }
}

std::int64_t Design::size() const
{
    return planned() + static_cast<std::int64_t>(spec_.rows.size());
}

std::vector<double> Design::point(std::int64_t i) const
{
    expects(i >= 0 && i < size(), "a design has no such point");
    if (i >= planned()) {
        return spec_.rows[static_cast<std::size_t>(i - planned())];
    }
    std::vector<double> values = points_(i);
    if (method().samples()) {
        for (std::size_t j = 0; j < values.size(); ++j) {
            values[j] = quantile(spec_.marginals[j], values[j]);
        }
    }
    return values;
}

std::vector<double> Design::unit_point(std::int64_t i) const
{
    expects(i >= 0 && i < planned(), "a design has no such point");
    expects(method().samples(), "only designs that sample have points of the unit hypercube");
    return points_(i);
}

}  // namespace latecomer::jobs::study
