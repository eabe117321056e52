#pragma once

#include "core/declarations.hpp"
#include "io/toml/toml_text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace latecomer {

/// A declared parameter as the manual shows it: every cell is text.
struct ManualRow {
    std::string key;
    std::string type;
    std::string value;  ///< in TOML
    std::string unit;   ///< "1": a pure number, or no number
    std::string range;
    std::string explored;  ///< range of sensitivity studies
    std::string equation;  ///< "none": it is in no equation
    std::string source;
    std::string doc;
};

namespace detail {

inline std::string_view type_of(double)
{
    return "number";
}
inline std::string_view type_of(std::int64_t)
{
    return "whole number";
}
inline std::string_view type_of(const std::string&)
{
    return "text";
}
inline std::string_view type_of(const std::vector<std::string>&)
{
    return "list of texts";
}

}  // namespace detail

template <class Owner, class Value>
ManualRow manual_row(const Parameter<Owner, Value>& row, const Owner& owner)
{
    ManualRow result;
    result.key = row.key;
    result.type = detail::type_of(owner.*row.member);
    result.value = toml_value(row, owner);
    result.unit = row.unit;
    result.range = range_text(row.range);
    if (result.range.empty()) {
        result.range = "any";
    }
    result.explored = row.explored.empty() ? "" : range_text(row.explored);
    result.equation = row.equation.empty() ? "none" : row.equation;
    result.source = row.source;
    result.doc = row.doc;
    return result;
}

template <class Owner, class Choice>
ManualRow manual_row(const ChoiceParameter<Owner, Choice>& row, const Owner& owner)
{
    ManualRow result;
    result.key = row.key;
    result.type = "choice";
    result.value = toml_value(row, owner);
    result.unit = "1";
    result.range = words_text(row.words);
    result.equation = row.equation.empty() ? "none" : row.equation;
    result.source = row.source;
    result.doc = row.doc;
    return result;
}

}  // namespace latecomer
