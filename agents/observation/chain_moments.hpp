#pragma once

#include "agents/world/world.hpp"

#include <cstdint>
#include <vector>

/// Moments of the chain: who leads, how low-value work grows and where it leads to; no firm is needed for them.
namespace latecomer {

/// Watches a run and tells these moments, as `analysis/latecomer/statistics` does from series.
class ChainMoments {
public:
    explicit ChainMoments(const World& world);

    /// Takes a quarter that counts: one after burn-in.  Every rank does, with what every rank knows.
    void observe(const World& world);

    /// In the order of the rows of `moment_rows()`; NaN where the run cannot tell.
    std::vector<double> values() const;

private:
    /// A step of the ladder: from one position to those to which its firms climb.
    struct Step {
        PositionId from;
        std::vector<PositionId> targets;
        double moves = 0.0;  ///< firms that climbed
        double firms = 0.0;  ///< sum over quarters of those that stood there
        /// By country, of the first fifty years.
        std::vector<double> moved;
        std::vector<double> stood;
    };
    /// Processing at the end of a year, by country.
    struct Processing {
        std::vector<double> revenue;
        std::vector<double> per_worker;  ///< up to a factor that does not change
    };
    struct Growth {
        double revenue;
        double per_worker;
    };

    Processing processing_of(const World& world) const;
    Growth fastest_growth() const;
    double climbing_economies(const Step& step) const;

    std::int64_t quarters_ = 0;    ///< taken
    double top_three_ = 0.0;       ///< sum over quarters
    double first_frontier_ = 0.0;  ///< mean over stages of its ln, at the end of the first quarter
    double last_frontier_ = 0.0;
    std::vector<Step> steps_;
    std::vector<bool> latecomers_;  ///< by country: whether it has such firms
    std::vector<Processing> years_;
};

}  // namespace latecomer
