#include "jobs/study/design/morris.hpp"

#include "core/errors.hpp"
#include "jobs/study/design/design_random.hpp"

#include <cstddef>
#include <numeric>
#include <utility>

namespace latecomer::jobs::study {

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

}  // namespace latecomer::jobs::study
