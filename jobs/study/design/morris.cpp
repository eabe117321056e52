#include "jobs/study/design/morris.hpp"

#include "core/errors.hpp"
#include "jobs/study/design/design_random.hpp"

#include <cstddef>
#include <iterator>
#include <numeric>
#include <utility>

namespace latecomer::jobs::study {
namespace {

bool has_ends(const Marginal& marginal)
{
    return marginal.kind != MarginalKind::normal;
}

/// One of the levels as a coordinate.
double place_of(std::int64_t level, const Marginal& marginal, std::int64_t levels)
{
    const auto rank = static_cast<double>(level);
    const auto all = static_cast<double>(levels);
    return has_ends(marginal) ? rank / (all - 1.0) : (rank + 0.5) / all;
}

}  // namespace

MorrisTrajectory::MorrisTrajectory(std::uint64_t seed, std::int64_t trajectory,
                                   std::int64_t dimensions, std::int64_t levels)
    : levels_{levels}, order_(static_cast<std::size_t>(dimensions))
{
    expects(levels >= 2 && levels % 2 == 0, "a Morris design has an even number of levels");
    for (std::int64_t j = 0; j < dimensions; ++j) {
        start_.push_back(
            number_below(levels, design_bits(seed, DesignDraw::trajectory_level, trajectory, j)));
    }

    // Fisher and Yates: each step takes one of the dimensions that are left.
    std::iota(order_.begin(), order_.end(), std::int64_t{0});
    for (std::int64_t step = 0; step < dimensions; ++step) {
        const std::int64_t taken =
            step + number_below(dimensions - step,
                                design_bits(seed, DesignDraw::trajectory_order, trajectory, step));
        std::swap(order_[static_cast<std::size_t>(step)], order_[static_cast<std::size_t>(taken)]);
    }
}

std::int64_t MorrisTrajectory::moving(std::int64_t step) const
{
    return order_.at(static_cast<std::size_t>(step));
}

std::vector<std::int64_t> MorrisTrajectory::levels_at(std::int64_t point) const
{
    std::vector<std::int64_t> result = start_;
    for (std::int64_t step = 0; step < point; ++step) {
        const std::int64_t dimension = moving(step);
        result[static_cast<std::size_t>(dimension)] += sign(dimension) * (levels_ / 2);
    }
    return result;
}

int MorrisTrajectory::sign(std::int64_t dimension) const
{
    return start_.at(static_cast<std::size_t>(dimension)) < levels_ / 2 ? 1 : -1;
}

PointMaker morris_points(const DesignSpec& spec)
{
    expects(spec.levels >= 2 && spec.levels % 2 == 0,
            "a Morris design has an even number of levels");
    return [marginals = spec.marginals, seed = spec.seed, levels = spec.levels](std::int64_t i) {
        const std::int64_t dimensions = std::ssize(marginals);
        const std::int64_t block_size = dimensions + 1;
        const MorrisTrajectory path{seed, i / block_size, dimensions, levels};
        std::vector<double> result;
        for (const std::int64_t level : path.levels_at(i % block_size)) {
            result.push_back(place_of(level, marginals[result.size()], levels));
        }
        return result;
    };
}

MorrisStep morris_step(const DesignSpec& spec, std::int64_t trajectory, std::int64_t step)
{
    const std::int64_t dimensions = parameters_of(spec);
    expects(spec.method->points == morris_points, "only a Morris design has steps");
    expects(trajectory >= 0 && trajectory < spec.n && step >= 0 && step < dimensions,
            "a Morris design has no such step");
    const MorrisTrajectory path{spec.seed, trajectory, dimensions, spec.levels};
    const std::int64_t moving = path.moving(step);
    const auto levels = static_cast<double>(spec.levels);
    const Marginal& marginal = spec.marginals[static_cast<std::size_t>(moving)];
    return {moving, has_ends(marginal) ? levels / (2.0 * (levels - 1.0)) : 0.5, path.sign(moving)};
}

}  // namespace latecomer::jobs::study
