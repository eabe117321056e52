#pragma once

#include "core/constants.hpp"
#include "jobs/study/result/outcome_table.hpp"
#include "jobs/study/statistics/estimates.hpp"

#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Comparisons of scenarios in the same random events.
namespace latecomer::jobs::study {

/// Economies over which an outcome is a mean.
struct Group {
    std::string name;
    std::vector<std::size_t> economies;
};

/// A scenario of a comparison with its weight; weights of a comparison sum to 0.
struct Term {
    std::size_t arm = 0;
    double weight = 0.0;
};

/// A mean over units with its interval.
///
/// Over the sets of parameters of an ensemble the mean is weighted, and the interval is the band that holds 95 %
/// of the weight: it says how much parameters matter, not how well the mean is known.
struct ContrastEstimate : Estimate {
    double chance =
        not_a_number;  ///< of an ensemble: half of the 95 % interval of the mean over replicates
    double agreement =
        not_a_number;  ///< of an ensemble: share of the weight whose sign is that of the mean
};

/// What lacks a value.
inline constexpr ContrastEstimate no_contrast{{not_a_number, not_a_number, not_a_number, 0, 0}};

/// Agreement from which a sign is said to be robust.
inline constexpr double robust_agreement = 0.95;

/// Whether so much of the weight has the sign of the mean, and chance does not reach from it to zero: sets share their
/// random events, so that all of them may agree by chance.
inline bool is_robust(const ContrastEstimate& estimate)
{
    return estimate.agreement >= robust_agreement && std::abs(estimate.value) > estimate.chance;
}

/// Takes sums of outcomes over scenarios, run by run: the runs of a sum share their point and replicate.
///
/// Where a design samples, one number stands for all points: units are the points, each a mean over its
/// replicates, and intervals are over points; of designs whose points depend on each other, the blocks and
/// trajectories of these.  So it is where points are more than anybody compares one by one; points that
/// somebody chose have no interval then.  The points of an ensemble are units that have weights.  Else every
/// point is told apart, and units are replicates.
/// What one of the runs lacks, an economy without firms for instance, is left out of all of them.
class Contrasts {
public:
    Contrasts(const Plan& plan, const OutcomeTable& table);

    /// All latecomer economies, of which there may be none, then those of each income group, then each
    /// economy alone.
    const std::vector<Group>& groups() const { return groups_; }
    std::size_t economies() const
    {
        return economies_;
    }  ///< groups at the end that are one economy

    static constexpr std::int64_t most_points_apart = 64;
    std::size_t cells() const;  ///< 1, or the number of points
    bool is_over_points() const { return samples_; }
    bool has_intervals() const { return has_intervals_; }
    /// Whether units are single points.
    bool has_point_units() const { return samples_ && points_of_unit_ == 1; }
    /// Of units that are sets of an ensemble; else empty.
    const std::vector<double>& weights() const { return weights_; }
    /// Points of which a run is done.
    std::size_t points_done() const;

    /// The column of an outcome of the first economy, or of the world: "gap_at_end", "world.takeovers".
    std::size_t column(std::string_view outcome) const;

    /// The sum for each unit; NaN if none of its runs has it.  Of welfare the sum of its logarithms.
    std::vector<double> of(std::span<const Term> terms, std::string_view outcome,
                           const Group& group, std::size_t cell) const;

    /// The mean of these with its interval, which units that somebody chose do not have.
    ContrastEstimate mean(std::span<const Term> terms, std::string_view outcome, const Group& group,
                          std::size_t cell) const;

private:
    std::vector<std::size_t> columns_of(std::string_view outcome, const Group& group) const;
    std::vector<double> of_replicates(std::span<const Term> terms, std::string_view outcome,
                                      const Group& group) const;
    void add_run(std::span<const Term> terms, std::string_view outcome,
                 std::span<const std::size_t> columns, std::int64_t point, std::int64_t replicate,
                 double& sum, double& count) const;
    double of_run(std::span<const Term> terms, std::string_view outcome, std::size_t column,
                  std::int64_t point, std::int64_t replicate) const;

    const Plan* plan_;
    const OutcomeTable* table_;
    bool samples_;  ///< points are units
    bool has_intervals_ = true;
    std::int64_t points_of_unit_ = 1;
    std::vector<double> weights_;
    std::size_t economies_ = 0;
    std::vector<std::string> keys_;  ///< of outcomes, for each economy
    std::vector<Group> groups_;
};

/// How the long name of a variable goes on for a part of an estimate: "", "_low", "_high", "_chance" or "_agreement".
std::string words_of_estimate(std::string_view part, const Contrasts& contrasts);

/// Level of confidence of comparisons.
inline constexpr double contrast_level = 0.95;

/// Whether an outcome is one number of a run: "world.takeovers" or "moment.turnover".
bool is_of_world(std::string_view outcome);

/// Whether comparisons are of the logarithm of an outcome, which has no zero.
bool is_compared_by_ratio(std::string_view outcome);

}  // namespace latecomer::jobs::study
