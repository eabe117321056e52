#pragma once

#include "jobs/terminal/progress_style.hpp"

#include <cstddef>
#include <string>

namespace latecomer::jobs {

/// Draws lines of progress: again and again in one place on a terminal, which under mpirun is that of mpirun; one below the
/// other on standard error, where it is no terminal.  Control codes go to terminals only, never through standard error
/// that somebody else reads.
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
    int terminal_ = -1;  ///< of a bar
    bool line_is_open_ = false;
};

/// "[====    ] words", or words alone where there is no room.
std::string bar(double share, const std::string& words, std::size_t columns);

}  // namespace latecomer::jobs
