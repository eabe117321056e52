#include "core/errors.hpp"

#include "core/text.hpp"

namespace latecomer {

void fail(std::string_view message, const char* file, int line)
{
    throw InternalError(text(message, " (", file, ':', line, ')'));
}

}  // namespace latecomer
