#pragma once

#include "core/declarations.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Values and ranges as scenario files and the manual write them.
namespace latecomer {

std::string toml_text(double value);  ///< the shortest form that reads back to the same bits
std::string toml_text(std::int64_t value);
std::string toml_text(std::string_view value);
std::string toml_text(const std::vector<std::string>& value);

/// The word of a choice.
template <class Owner, class Choice>
std::string_view word_of(const ChoiceParameter<Owner, Choice>& row, Choice value)
{
    return row.words[static_cast<std::size_t>(value)];
}

/// The value of a parameter in TOML.
template <class Owner, class Value>
std::string toml_value(const Parameter<Owner, Value>& row, const Owner& owner)
{
    return toml_text(owner.*row.member);
}
template <class Owner, class Choice>
std::string toml_value(const ChoiceParameter<Owner, Choice>& row, const Owner& owner)
{
    return toml_text(word_of(row, owner.*row.member));
}

/// "[0, 1]", "at least 0", "greater than 0"; empty if every number is allowed.
std::string range_text(const Interval& range);

/// The allowed words of a choice: "'table', 'synthetic'".
std::string words_text(const std::array<std::string_view, 4>& words);

}  // namespace latecomer
