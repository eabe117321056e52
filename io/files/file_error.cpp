#include "io/files/file_error.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>

namespace latecomer::io {
namespace {

constexpr std::array no_room{ENOSPC, EDQUOT, EFBIG};

}  // namespace

std::string reason(int error_number)
{
    return std::generic_category().message(error_number);
}

bool is_no_room(int error_number)
{
    return std::ranges::find(no_room, error_number) != no_room.end();
}

bool tells_no_room(std::string_view message)
{
    return std::ranges::any_of(no_room, [&](int number) {
        return message.find('(' + reason(number) + ')') != std::string_view::npos;
    });
}

void throw_file_error(std::string_view verb, const std::filesystem::path& path,
                      std::string_view why, std::string_view remedy)
{
    const std::string message = text("cannot ", verb, " '", path.string(), "' (", why, ')', remedy);
    const bool has_no_room =
        std::ranges::any_of(no_room, [&](int number) { return why == reason(number); });
    if (verb == "write" || has_no_room) {
        throw OutputError(message);
    }
    throw FileError(message);
}

}  // namespace latecomer::io
