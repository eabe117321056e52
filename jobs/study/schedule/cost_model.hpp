#pragma once

#include "jobs/study/journal/ledger.hpp"
#include "jobs/study/plan/plan.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

/// What a run will cost, learnt from those that are done: the logarithm of its core-seconds is linear
/// in those of firms at the start, quarters and economies, and has an effect of the scenario.
///
/// Slopes are drawn to what a step costs without any run known (in proportion to firms and
/// quarters), effects of scenarios to none, by as much as a few runs weigh.  Costs decide about
/// order and budget, never about results.
class CostModel {
public:
    CostModel(const Plan& plan, const Ledger& ledger);

    std::int64_t runs() const { return runs_; }  ///< that it has learnt from

    /// Core-seconds of a run; only ratios mean something if runs() is 0.
    double core_seconds(const Task& task) const;

    /// Of all tasks with numbers from `first` to before `last`.
    double core_seconds(std::int64_t first, std::int64_t last) const;

    /// Whether points of one scenario cost differently.
    bool depends_on_points() const { return firms_column_ >= 0; }

    /// "64 runs of a pilot", "48 runs", or "none".
    const std::string& source() const { return source_; }

private:
    static constexpr std::size_t n_terms = 4;  ///< 1, log firms, log quarters, log economies
    using Terms = std::array<double, n_terms>;
    using Squares = std::array<Terms, n_terms>;

    /// What is known of the runs of one scenario.
    struct Sample {
        double runs = 0.0;
        double log_seconds = 0.0;  ///< sum
        Terms terms{};             ///< sums
    };

    Terms terms_of(const Task& task) const;
    double log_core_seconds(const Task& task) const;
    void fit(const Ledger& ledger);
    void settle(const Squares& squares, const Terms& products, const std::vector<Sample>& samples);

    const Plan& plan_;
    std::vector<Terms> arm_terms_;
    int firms_column_ = -1;          ///< of the design: firms per economy; -1: does not vary
    std::vector<double> arm_firms_;  ///< world.firms_per_country, by arm
    Terms slopes_{0.0, 1.0, 1.0, 0.0};
    std::vector<double> arm_effects_;
    std::int64_t runs_ = 0;
    std::string source_ = "none";
};

}  // namespace latecomer::jobs::study
