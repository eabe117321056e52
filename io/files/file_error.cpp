#include "io/files/file_error.hpp"

#include "core/text.hpp"

#include <system_error>

namespace latecomer::io {

std::string reason(int error_number)
{
    return std::generic_category().message(error_number);
}

void throw_file_error(std::string_view verb, const std::filesystem::path& path,
                      std::string_view why, std::string_view remedy)
{
    throw FileError(text("cannot ", verb, " '", path.string(), "' (", why, ')', remedy));
}

}  // namespace latecomer::io
