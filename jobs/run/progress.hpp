#pragma once

#include "jobs/terminal/progress_style.hpp"
#include "jobs/terminal/speaker.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace latecomer::jobs {

/// How far a run is and how fast it goes.
struct Pace {
    std::int64_t first = 0;     ///< quarters completed before this program began
    std::int64_t quarter = 0;   ///< quarters completed
    std::int64_t quarters = 0;  ///< of the whole run
    std::int64_t firms = 0;
    double seconds = 0.0;        ///< since the first quarter began
    double firm_quarters = 0.0;  ///< firms of all quarters since then

    double share() const;                     ///< of the run that is done
    double firm_quarters_per_second() const;  ///< NaN: not known yet
    double seconds_left() const;              ///< NaN: not known yet
};

/// A line that fits into `columns` of a terminal; shorter ones tell less.
std::string bar_line(const Pace& pace, std::size_t columns);
std::string plain_line(const Pace& pace);
std::string json_line(const Pace& pace);

/// Tells on standard error how far a run is; reads a clock, which never shows in a result.
class Progress {
public:
    /// A speaker that is not `audible` keeps silent: one rank speaks for all.  The run goes from
    /// quarter `first` to `quarters`.
    Progress(ProgressStyle style, std::int64_t first, std::int64_t quarters, bool audible);

    /// To be called after every quarter; speaks when it is time to.
    void quarter_done(std::int64_t quarter, std::int64_t firms);

private:
    using Clock = std::chrono::steady_clock;

    bool is_time_to_speak(Clock::time_point now) const;
    void speak();

    Speaker speaker_;
    Pace pace_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point spoken_ = start_;
    std::int64_t tenths_spoken_ = 0;
};

}  // namespace latecomer::jobs
