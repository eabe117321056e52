#pragma once

#include <cstdint>
#include <vector>

namespace latecomer::jobs::study {

/// Points that a maximin design may have: distances of all pairs are looked at.
inline constexpr std::int64_t most_maximin_points = 4096;

/// A Latin hypercube: in each dimension every point is in another of n cells.
struct LatinHypercube {
    std::int64_t points = 0;
    std::int64_t dimensions = 0;
    std::vector<std::int32_t> cells;  ///< points x dimensions, point by point
};

/// The plain Latin hypercube with random orders.  points >= 1, dimensions >= 1.
LatinHypercube latin_hypercube(std::uint64_t seed, std::int64_t points, std::int64_t dimensions);

/// A Latin hypercube whose points are far from each other: the best that simulated annealing finds.
///
/// The criterion is phi_p with p = 16: Morris and Mitchell (1995), "Exploratory designs for
/// computational experiments", J. Stat. Plan. Inference 43, 381-402.  The effort is limited, about a
/// second: the more points the fewer rounds.  points <= most_maximin_points.
LatinHypercube maximin_hypercube(std::uint64_t seed, std::int64_t points, std::int64_t dimensions);

/// Smallest Euclidean distance of two points, each in the middle of its cell of the unit hypercube;
/// infinite for a single point.
double smallest_distance(const LatinHypercube& hypercube);

}  // namespace latecomer::jobs::study
