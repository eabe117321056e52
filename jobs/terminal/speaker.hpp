#pragma once

#include "jobs/terminal/progress_style.hpp"

#include <cstddef>
#include <string>

namespace latecomer::jobs {

/// Draws lines of progress on standard error: again and again in one place on a terminal, one below
/// the other in a log.
class Speaker {
public:
    /// One that is not `audible` keeps silent: one rank speaks for all.
    Speaker(ProgressStyle style, bool audible);
    ~Speaker();  ///< ends the line of a bar

    Speaker(const Speaker&) = delete;
    Speaker& operator=(const Speaker&) = delete;

    ProgressStyle style() const { return style_; }  ///< never automatic
    std::size_t columns() const;                    ///< of the terminal

    void say(const std::string& line);

private:
    ProgressStyle style_;
    bool line_is_open_ = false;
};

/// "[====    ] words", or words alone where there is no room.
std::string bar(double share, const std::string& words, std::size_t columns);

}  // namespace latecomer::jobs
