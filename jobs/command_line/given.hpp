#pragma once

#include "jobs/command_line/grammar.hpp"
#include "jobs/command_line/options.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The arguments of a command, cut into operands and options.
namespace latecomer::jobs {

/// What a command was given.
struct Given {
    std::vector<std::string> operands;
    std::map<std::string, std::vector<std::string>, std::less<>> options;  ///< values by key

    const std::string& operand() const { return operands.front(); }

    bool has(const char* option) const { return options.contains(option); }
    const std::string& text_of(const char* option) const { return values_of(option).front(); }
    const std::vector<std::string>& values_of(const char* option) const
    {
        return options.find(option)->second;
    }
    std::optional<std::int64_t> whole_number(const char* option) const;
    std::optional<double> duration(const char* option) const;  ///< seconds
};

/// A word that is none of the known ones: names the nearest, or all of them.
/// @throws InputError
[[noreturn]] void refuse(std::string_view what, std::string_view word,
                         const std::vector<std::string>& known);

/// "; see 'latecomer run --help'"
std::string see_help(const CommandRow& command);

/// Reads the arguments of a command.
/// @throws InputError
Given given(std::span<const std::string> arguments, const CommandRow& command);

/// What the value of --progress says; automatic if there is none.
/// @throws InputError
ProgressStyle progress_style(const Given& given);

}  // namespace latecomer::jobs
