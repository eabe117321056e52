#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace latecomer {

/// Where something was said: a file with line and column, or (line 0) a file or option as a whole.
struct Place {
    std::string file;
    std::int64_t line = 0;
    std::int64_t column = 0;
};

/// Throws InputError "file:line:column: message", made one line of printable text.
[[noreturn]] void reject(const Place& place, std::string_view message);

}  // namespace latecomer
