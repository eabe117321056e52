#pragma once

#include <span>
#include <string>

namespace latecomer::jobs::submit {

/// How another program ended.
struct CommandEnd {
    int status = 0;  ///< 127: there is no such program
    std::string output;
    std::string errors;  ///< what it said on standard error
};

/// Calls another program and waits for its end.  Its words go to it as they are: no shell sees them.
/// It gets the environment in which this program was started, without what MPI has added since.
/// @throws FileError if the system has no process or pipe for it
CommandEnd call(std::span<const std::string> words);

}  // namespace latecomer::jobs::submit
