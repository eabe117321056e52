#pragma once

#include <cerrno>

namespace latecomer::io {

/// Makes a call of the operating system once more whenever a signal came between (EINTR).
/// @param call returns a negative number, with `errno`, if it failed
/// @return what `call` returned in the end
template <class Call>
auto uninterrupted(Call call)
{
    auto result = call();
    while (result < 0 && errno == EINTR) {
        result = call();
    }
    return result;
}

}  // namespace latecomer::io
