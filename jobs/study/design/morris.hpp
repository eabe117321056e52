#pragma once

#include "jobs/study/design/design_spec.hpp"

#include <cstdint>
#include <vector>

namespace latecomer::jobs::study {

/// What changes from one point of a trajectory to the next.
struct MorrisStep {
    std::int64_t dimension = 0;
    double delta = 0.0;  ///< size of the move in the unit hypercube
    int sign = 1;        ///< 1: upwards, -1: downwards
    bool operator==(const MorrisStep&) const = default;
};

/// A random walk through a grid of levels that moves each coordinate once: Morris (1991), "Factorial
/// sampling plans for preliminary computational experiments", Technometrics 33, 161-174.
///
/// Every coordinate starts on a random level and moves by half of the levels, whichever direction
/// stays in range; the order of moves is random.
class MorrisTrajectory {
public:
    /// levels: even, at least 2.
    MorrisTrajectory(std::uint64_t seed, std::int64_t trajectory, std::int64_t dimensions,
                     std::int64_t levels);

    /// Dimension that moves between the points `step` and `step` + 1; 0 <= step < dimensions.
    std::int64_t moving(std::int64_t step) const;

    /// Level, 0 to levels - 1, of each coordinate of a point; 0 <= point <= dimensions.
    std::vector<std::int64_t> levels_at(std::int64_t point) const;

    /// Direction in which a dimension moves.
    int sign(std::int64_t dimension) const;

private:
    std::int64_t levels_;
    std::vector<std::int64_t> start_;  // by dimension
    std::vector<std::int64_t> order_;  // dimension by step
};

/// The points of trajectories, one trajectory after another, in the unit hypercube.
///
/// A normal marginal has no ends, so its levels are the middles of equal shares of probability, not
/// the ends and what lies evenly between.
PointMaker morris_points(const DesignSpec& spec);

/// What changes between the points `step` and `step` + 1 of a trajectory of a Morris design.
MorrisStep morris_step(const DesignSpec& spec, std::int64_t trajectory, std::int64_t step);

}  // namespace latecomer::jobs::study
