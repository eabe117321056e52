#pragma once

#include "jobs/study/design/maximin.hpp"
#include "jobs/study/design/morris.hpp"
#include "jobs/study/design/sobol_sequence.hpp"
#include "jobs/study/spec/spec.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace latecomer::jobs::study {

/// Dimensions of the unit hypercube from which the design takes its points: as many as marginals,
/// twice as many for saltelli (at most most_sobol_dimensions), none where values are written down.
std::int64_t unit_dimensions(const DesignSpec& spec);

/// The points of a study: point i is a function of the spec and i, at a cost that grows with the
/// number of marginals only.
///
/// The first points of sobol, saltelli and morris stay the same if n grows.  With scramble = none
/// the first point of sobol, and the whole first block of saltelli, lie in the lowest corner.
/// A normal marginal has no ends, so its morris levels are the middles of equal shares of
/// probability, not the ends and what lies evenly between.
class Design {
public:
    /// Needs marginals as quantile() does; values in each for full; rows as long as the marginals
    /// are many for list and file; n >= 1 for the others: at most 2^31 for lhs, most_maximin_points
    /// for maximin, 2^32 for sobol and saltelli; marginals for all kinds but none; even levels for
    /// morris.  A maximin design is built here, which takes up to a few seconds.
    explicit Design(DesignSpec spec);

    const DesignSpec& spec() const { return spec_; }

    /// Number of points: those of the kind, then rows that are written down.
    std::int64_t size() const;

    /// Number of points that the kind of the design gives; those behind were added by waves.
    std::int64_t planned() const { return blocks_ * block_size_; }

    /// Points that an estimator needs together: point i is number i % block_size() of block
    /// i / block_size().  d + 2 for saltelli: A, then A with one column after the other from B, then
    /// B; d + 1 for morris: the points of a trajectory; else 1.
    std::int64_t block_size() const { return block_size_; }

    /// One value per marginal; 0 <= i < size().
    std::vector<double> point(std::int64_t i) const;

    /// The same as probabilities, for 0 <= i < planned() of the kinds that sample: lhs, maximin, sobol, saltelli, morris.
    std::vector<double> unit_point(std::int64_t i) const;

    /// What changes between the points `step` and `step` + 1 of a trajectory of morris; the size of
    /// the move is that of unit_point().
    MorrisStep morris_step(std::int64_t trajectory, std::int64_t step) const;

    /// Smallest distance of two points of a maximin design in the unit hypercube.
    std::optional<double> smallest_distance() const;

private:
    std::int64_t dimensions() const;
    std::vector<double> factorial_point(std::int64_t i) const;
    std::vector<double> latin_point(std::int64_t i) const;
    std::vector<double> maximin_point(std::int64_t i) const;
    std::vector<double> saltelli_point(std::int64_t block, std::int64_t role) const;
    std::vector<double> morris_point(std::int64_t trajectory, std::int64_t role) const;
    double sobol_coordinate(std::int64_t dimension, std::int64_t index) const;
    bool has_ends(std::int64_t dimension) const;

    DesignSpec spec_;
    std::int64_t blocks_ = 1;
    std::int64_t block_size_ = 1;
    std::optional<SobolSequence> sequence_;  // of sobol and saltelli
    std::vector<std::uint64_t> keys_;        // by dimension: of the scrambling, or of lhs's orders
    std::optional<LatinHypercube> hypercube_;  // of maximin
};

}  // namespace latecomer::jobs::study
