#include "jobs/run/supervisor.hpp"

#include "core/constants.hpp"
#include "jobs/run/interrupt.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace latecomer::jobs {
namespace {

constexpr double seconds_a_minute = 60.0;

double seconds_between(std::chrono::steady_clock::time_point from,
                       std::chrono::steady_clock::time_point to)
{
    return std::chrono::duration<double>(to - from).count();
}

}  // namespace

double best_interval(double seconds_per_checkpoint, double seconds_between_failures)
{
    const double c = std::max(1e-3, seconds_per_checkpoint);
    return std::max(c, std::sqrt(2.0 * c * seconds_between_failures) - c);
}

Supervisor::Supervisor(const OutputParameters& output, std::optional<double> time_left,
                       double checkpoint_seconds)
    : output_{output}, checkpoint_seconds_{checkpoint_seconds}
{
    if (time_left) {
        end_ = quarter_began_ + std::chrono::duration_cast<Clock::duration>(
                                    std::chrono::duration<double>(*time_left));
    }
}

bool Supervisor::is_checkpoint_due(std::int64_t quarter, Clock::time_point now) const
{
    const double elapsed = seconds_between(last_checkpoint_, now);
    switch (output_.checkpoint_rule) {
    case CheckpointRule::automatic:
        return elapsed >=
               best_interval(checkpoint_seconds_, output_.hours_between_failures * seconds_an_hour);
    case CheckpointRule::quarters:
        return quarter % output_.checkpoint_every == 0;
    case CheckpointRule::minutes:
        return elapsed >= output_.checkpoint_minutes * seconds_a_minute;
    case CheckpointRule::none:
        return false;
    }
    return false;
}

Orders Supervisor::after_quarter(std::int64_t quarter, const mpi::Communicator& comm)
{
    const Clock::time_point now = Clock::now();
    longest_quarter_ = std::max(longest_quarter_, seconds_between(quarter_began_, now));
    quarter_began_ = now;

    // The next quarter, a checkpoint, and again as much in case they take longer than ever.
    const double needed = 2.0 * (longest_quarter_ + checkpoint_seconds_) + 1.0;
    const bool root = comm.is_root();
    std::array<std::int64_t, 3> votes{
        stop_signal() != 0 ? 1 : 0,
        root && is_checkpoint_due(quarter, now) ? 1 : 0,
        root && end_ && seconds_between(now, *end_) < needed ? 1 : 0,
    };
    comm.sum(std::span{votes});
    Orders orders;
    orders.stop = votes[0] > 0 || votes[2] > 0;
    orders.checkpoint = votes[1] > 0 || orders.stop;
    orders.reason = votes[0] > 0 ? "a signal asked for it" : "the time is up";
    return orders;
}

void Supervisor::checkpoint_done(double seconds)
{
    checkpoint_seconds_ = seconds;
    last_checkpoint_ = Clock::now();
    quarter_began_ = last_checkpoint_;
}

}  // namespace latecomer::jobs
