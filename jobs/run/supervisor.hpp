#pragma once

#include "agents/world/scenario.hpp"
#include "mpi/communicator.hpp"

#include <chrono>
#include <optional>

namespace latecomer::jobs {

/// What a run does at the end of a quarter.
struct Orders {
    bool checkpoint = false;
    bool stop = false;  ///< after a checkpoint
    const char* reason = "";
};

/// Interval between checkpoints that loses least time to writing them and to failures: Young (1974)
/// and Daly (2006), first order.  Seconds.
double best_interval(double seconds_per_checkpoint, double seconds_between_failures);

/// Decides when a run writes checkpoints and when it stops with work left: by signals, the time that
/// is left, and the scenario's rule.
class Supervisor {
public:
    /// @param time_left seconds that this program may still take; none: no limit
    /// @param checkpoint_seconds a first guess of what a checkpoint takes
    Supervisor(const OutputParameters& output, std::optional<double> time_left,
               double checkpoint_seconds);

    /// After a quarter; the same on every rank.  Collective.
    Orders after_quarter(std::int64_t quarter, const mpi::Communicator& comm);

    /// Tells how long a checkpoint took.
    void checkpoint_done(double seconds);

private:
    using Clock = std::chrono::steady_clock;

    bool is_checkpoint_due(std::int64_t quarter, Clock::time_point now) const;

    OutputParameters output_;
    std::optional<Clock::time_point> end_;
    double checkpoint_seconds_;
    double longest_quarter_ = 0.0;
    Clock::time_point quarter_began_ = Clock::now();
    Clock::time_point last_checkpoint_ = quarter_began_;
};

}  // namespace latecomer::jobs
