#pragma once

#include "core/declarations.hpp"
#include "io/toml/toml.hpp"
#include "io/toml/toml_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// From a TOML value to a declared parameter, checked.
namespace latecomer {

/// The reason why a value was refused: what it must be, and what it means.
struct Demand {
    std::string_view key;  ///< with its section
    std::string must_be;
    std::string_view unit;
    std::string_view doc;
};

/// "bad value 2 for 'learning.search_share' (must be a number in [0, 1]): Share of ..."
[[noreturn]] void reject_value(const TomlValue& value, const Demand& demand);

/// The number, text or list that a TOML value gives; whole numbers count as numbers.
double read_number(const TomlValue& value, const Interval& range, const Demand& demand);
std::int64_t read_whole(const TomlValue& value, const Interval& range, const Demand& demand);
std::string read_text(const TomlValue& value, const Demand& demand);
std::vector<std::string> read_texts(const TomlValue& value, const Demand& demand);

/// The place of a word in the list of a choice; refused with the nearest word.
std::size_t read_word(const TomlValue& value, const std::vector<std::string>& words,
                      std::string_view key, std::string_view doc);

namespace detail {

inline void read(double& to, const TomlValue& value, const Interval& range, const Demand& demand)
{
    to = read_number(value, range, demand);
}
inline void read(std::int64_t& to, const TomlValue& value, const Interval& range,
                 const Demand& demand)
{
    to = read_whole(value, range, demand);
}
inline void read(std::string& to, const TomlValue& value, const Interval&, const Demand& demand)
{
    to = read_text(value, demand);
}
inline void read(std::vector<std::string>& to, const TomlValue& value, const Interval&,
                 const Demand& demand)
{
    to = read_texts(value, demand);
}

}  // namespace detail

/// Sets the parameter of a row; `key` is its name with the section.
template <class Owner, class Value>
void read_parameter(const Parameter<Owner, Value>& row, Owner& owner, const TomlValue& value,
                    const std::string& key)
{
    detail::read(owner.*row.member, value, row.range, {key, {}, row.unit, row.doc});
}
template <class Owner, class Choice>
void read_parameter(const ChoiceParameter<Owner, Choice>& row, Owner& owner, const TomlValue& value,
                    const std::string& key)
{
    std::vector<std::string> words;
    for (const std::string_view word : row.words) {
        if (!word.empty()) {
            words.emplace_back(word);
        }
    }
    owner.*row.member = static_cast<Choice>(read_word(value, words, key, row.doc));
}

}  // namespace latecomer
