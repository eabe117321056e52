#include "io/files/place.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace latecomer {
namespace {

/// The text on one line: control characters become spaces.
std::string one_line(std::string line)
{
    std::replace_if(
        line.begin(), line.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }, ' ');
    return line;
}

}  // namespace

void reject(const Place& place, std::string_view message)
{
    std::string where = place.file;
    if (place.line > 0) {
        where += text(':', place.line, ':', place.column);
    }
    throw InputError(one_line(where.empty() ? std::string{message} : text(where, ": ", message)));
}

}  // namespace latecomer
