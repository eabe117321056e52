#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace latecomer {

/// The user's mistake: one line that says what is wrong, why, and what to do.  Exit status 2.
class InputError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Our mistake, or a state the model must never reach.  Exit status 1; every rank ends.
class InternalError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Throws InternalError with the caller's file and line.
[[noreturn]] void fail(std::string_view message, const char* file = __builtin_FILE(),
                       int line = __builtin_LINE());

/// Precondition of a function: throws InternalError unless it holds.
inline void expects(bool condition, const char* message, const char* file = __builtin_FILE(),
                    int line = __builtin_LINE())
{
    if (!condition) {
        fail(message, file, line);
    }
}

}  // namespace latecomer
