#pragma once

#include "jobs/study/design/design_spec.hpp"

/// How methods make their points, each at a cost that grows with the number of parameters only.
/// What a function here returns keeps what it needs of the spec.
namespace latecomer::jobs::study {

/// The scenario as it is.
PointMaker scenario_point(const DesignSpec& spec);

/// Combinations of values; the last marginal changes fastest.
PointMaker factorial_points(const DesignSpec& spec);

/// In each dimension every point in another of n cells, anywhere within it.
PointMaker latin_points(const DesignSpec& spec);

/// A Latin hypercube with a large smallest distance.  It is built here, which takes up to a few
/// seconds.
PointMaker maximin_points(const DesignSpec& spec);

/// The Sobol' sequence.  Without scrambling the first point lies in the lowest corner.
PointMaker sobol_points(const DesignSpec& spec);

/// Blocks A, AB_1, ..., AB_d, B: A is the first half of the dimensions of the sequence, B the
/// second.  Without scrambling the whole first block lies in the lowest corner.
PointMaker saltelli_points(const DesignSpec& spec);

}  // namespace latecomer::jobs::study
