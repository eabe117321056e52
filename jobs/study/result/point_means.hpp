#pragma once

#include "jobs/study/result/outcome_table.hpp"
#include "jobs/study/schedule/looks.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace latecomer::jobs::study {

/// The runs of a scenario, point by point.
class PointMeans {
public:
    PointMeans(const Plan& plan, const Looks& looks, const OutcomeTable& table, std::size_t arm);

    /// Whether all needed runs of the point are done.
    bool is_whole(std::int64_t point) const
    {
        return is_whole_[static_cast<std::size_t>(point)] != 0;
    }

    /// Means of an outcome over the replicates of each of these points, all of which are whole.
    std::vector<double> means(std::size_t outcome, std::span<const std::int64_t> points) const;

    /// What chance adds to the variance of these means; NaN if points have one replicate.
    ///
    /// Where points share their random events, what a replicate adds to all points alike is no part
    /// of it: the rest of the two-way table of points and replicates is.
    double noise_variance(std::size_t outcome, std::span<const std::int64_t> points) const;

private:
    std::int64_t replicates(std::int64_t point) const
    {
        return replicates_[static_cast<std::size_t>(point)];
    }
    double value(std::size_t outcome, std::int64_t point, std::int64_t replicate) const;

    const Plan* plan_;
    const OutcomeTable* table_;
    std::size_t arm_;
    std::vector<char> is_whole_;            // by point
    std::vector<std::int64_t> replicates_;  // by point
};

/// The rest of a two-way table of rows and columns, row by row, per degree of freedom: what is neither
/// the row's nor the column's.  With `one_way` what is not the row's.
double residual_variance(std::span<const double> table, std::size_t columns, bool one_way);

}  // namespace latecomer::jobs::study
