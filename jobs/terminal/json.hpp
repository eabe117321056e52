#pragma once

#include <string>
#include <string_view>

/// Values as JSON has them.
namespace latecomer::jobs {

/// A text in quotes; TOML and JSON agree on how.
std::string json_text(std::string_view words);

/// A number; null if it is none, since JSON has no NaN.
std::string json_number(double number);

}  // namespace latecomer::jobs
