#include "jobs/terminal/json.hpp"

#include "core/text.hpp"
#include "io/toml/toml_text.hpp"

#include <cmath>

namespace latecomer::jobs {

std::string json_text(std::string_view words)
{
    return toml_text(words);
}

std::string json_number(double number)
{
    return std::isfinite(number) ? shortest(number) : "null";
}

}  // namespace latecomer::jobs
