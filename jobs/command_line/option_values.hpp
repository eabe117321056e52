#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// What the values of options say.
namespace latecomer::jobs {

/// What "50", "auto", "30min" or "0" say about checkpoints, as settings of the scenario.
/// @throws InputError
std::vector<std::string> checkpoint_settings(const std::string& word);

/// One of several jobs that do not talk to each other.
struct StaticPart {
    std::int64_t part = 1;  ///< 1 to parts
    std::int64_t parts = 1;
};

/// What "3/8" says.
/// @throws InputError
StaticPart static_part(const std::string& word);

/// What "IND,CHN" says.
/// @throws InputError if a key is empty
std::vector<std::string> keys_between_commas(const std::string& word, const std::string& option);

}  // namespace latecomer::jobs
