#pragma once

#include "jobs/terminal/progress_style.hpp"
#include "jobs/terminal/speaker.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace latecomer::jobs::study {

/// How far a study is and how fast it goes.
struct StudyPace {
    std::int64_t runs = 0;      ///< that this job or one before was to compute
    std::int64_t final = 0;     ///< of them
    std::int64_t failed = 0;    ///< or timed out or quarantined
    std::int64_t ended = 0;     ///< final by this job
    double seconds = 0.0;       ///< since the job began
    double core_seconds = 0.0;  ///< that the runs of this job took
    double cores = 1.0;         ///< that could have worked all the time

    double runs_a_minute() const;
    double efficiency() const;    ///< share of the time of all cores that runs took
    double seconds_left() const;  ///< NaN: not known yet
};

std::string bar_line(const StudyPace& pace, std::size_t columns);
std::string plain_line(const StudyPace& pace);
std::string json_line(const StudyPace& pace);

/// Tells on standard error how far a study is: a bar on a terminal, a line a minute in a log.
class ProgressLine {
public:
    ProgressLine(ProgressStyle style, bool audible) : speaker_{style, audible} {}

    /// Whether it is time to speak; always at the end.
    bool is_time(bool is_end) const;

    void say(const StudyPace& pace);

private:
    Speaker speaker_;
    std::chrono::steady_clock::time_point spoken_ = std::chrono::steady_clock::now();
};

}  // namespace latecomer::jobs::study
