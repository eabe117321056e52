#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>
#include <vector>

namespace latecomer {

/// What a quarter spends its time on.
enum class Phase : std::size_t {
    learn,     ///< firms adopt windows and learn
    price,     ///< firms set prices and compete
    pools,     ///< governments, lead firms, what pools and countries are
    markets,   ///< markets clear, data are distributed
    accounts,  ///< firms are paid and pay
    mobility,  ///< exit, upgrade, export, entry
    reduce,    ///< sums over threads and ranks
    exchange,  ///< firms move between ranks
    count,
};
inline constexpr std::size_t phase_count = static_cast<std::size_t>(Phase::count);
inline constexpr std::array<std::string_view, phase_count> phase_names{
    "learn", "price", "pools", "markets", "accounts", "mobility", "reduce", "exchange"};

/// Measures the time of phases once it was started; before, it costs next to nothing.
///
/// One thread says which phase begins; inside parallel loops each thread adds its own time.
class Stopwatch {
public:
    using Clock = std::chrono::steady_clock;

    /// Begins to measure, from zero, for so many threads.
    void start(int threads)
    {
        by_thread_.assign(static_cast<std::size_t>(threads), {});
        phase_ = Phase::count;
        runs_ = true;
    }
    bool runs() const { return runs_; }

    /// Ends the phase before and begins this one; with `Phase::count` none begins.
    void enter(Phase phase)
    {
        if (runs_) {
            const Clock::time_point now = Clock::now();
            add(phase_, 0, now - since_);
            phase_ = phase;
            since_ = now;
        }
    }
    void add(Phase phase, int thread, Clock::duration time)
    {
        if (phase != Phase::count) {
            by_thread_[static_cast<std::size_t>(thread)].seconds[static_cast<std::size_t>(phase)] +=
                std::chrono::duration<double>(time).count();
        }
    }

    /// Seconds of all threads together.
    double seconds(Phase phase) const
    {
        double sum = 0.0;
        for (const OfThread& one : by_thread_) {
            sum += one.seconds[static_cast<std::size_t>(phase)];
        }
        return sum;
    }

private:
    struct alignas(64) OfThread {
        std::array<double, phase_count> seconds{};
    };

    std::vector<OfThread> by_thread_;
    Phase phase_ = Phase::count;
    Clock::time_point since_{};
    bool runs_ = false;
};

/// A thread's laps through phases inside a parallel loop.
class Laps {
public:
    Laps(Stopwatch& stopwatch, int thread) : stopwatch_{stopwatch}, thread_{thread}
    {
        if (stopwatch_.runs()) {
            since_ = Stopwatch::Clock::now();
        }
    }
    /// Books the time since the last lap to a phase.
    void lap(Phase phase)
    {
        if (stopwatch_.runs()) {
            const auto now = Stopwatch::Clock::now();
            stopwatch_.add(phase, thread_, now - since_);
            since_ = now;
        }
    }

private:
    Stopwatch& stopwatch_;
    int thread_;
    Stopwatch::Clock::time_point since_{};
};

}  // namespace latecomer
