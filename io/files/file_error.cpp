#include "io/files/file_error.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <string>
#include <system_error>

namespace latecomer::io {
namespace {

constexpr std::array no_room{ENOSPC, EDQUOT, EFBIG};
constexpr std::array no_service{EIO,    EINTR, EMFILE,    ENFILE,   ENOMEM,   ENOLCK,
                                ESTALE, EROFS, ETIMEDOUT, ENOTCONN, ESHUTDOWN};

/// Whether a message has the reason of one of these numbers in brackets.
bool quotes_any(std::span<const int> numbers, std::string_view message)
{
    return std::ranges::any_of(numbers, [&](int number) {
        return message.find('(' + reason(number) + ')') != std::string_view::npos;
    });
}

}  // namespace

std::string reason(int error_number)
{
    return std::generic_category().message(error_number);
}

bool is_of_the_machine(int error_number)
{
    return std::ranges::find(no_room, error_number) != no_room.end() ||
           std::ranges::find(no_service, error_number) != no_service.end();
}

bool tells_no_room(std::string_view message)
{
    return quotes_any(no_room, message);
}

bool tells_of_the_machine(std::string_view message)
{
    return quotes_any(no_room, message) || quotes_any(no_service, message);
}

bool tells_of_damage(std::string_view message)
{
    return !tells_of_the_machine(message) && message.find("cannot open") == std::string_view::npos;
}

void throw_file_error(std::string_view verb, const std::filesystem::path& path,
                      std::string_view why, std::string_view remedy)
{
    const std::string message = text("cannot ", verb, " '", path.string(), "' (", why, ')', remedy);
    if (verb == "write" || tells_of_the_machine(message)) {
        throw OutputError(message);
    }
    throw FileError(message);
}

}  // namespace latecomer::io
