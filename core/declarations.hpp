#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

/// What a user may set and what a file may hold is declared once, as a row beside its member.
/// Parsing, checking, the manual, the files and the state hash walk these rows.
namespace latecomer {

/// A closed interval; infinite ends are open.
struct Interval {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();

    constexpr bool contains(double x) const { return low <= x && x <= high; }
    constexpr bool empty() const { return !(low <= high); }
};

inline constexpr Interval share{0.0, 1.0};
inline constexpr Interval not_negative{0.0, 1e300};
inline constexpr Interval positive{1e-300, 1e300};
inline constexpr Interval any_number{-1e300, 1e300};
inline constexpr Interval unexplored{1.0, 0.0};  ///< no range of sensitivity is stated

/// One number (or text) that a scenario may set.
///
/// `range` is what the program accepts; `explored` is the range over which a sensitivity study
/// moves the value (empty: none stated); `equation` holds numbers of equations; the
/// table in agents/MODEL.md, section 7, says where each is written.
template <class Owner, class Value>
struct Parameter {
    std::string_view key;
    Value Owner::*member;
    std::string_view unit;
    Interval range;
    Interval explored;
    std::string_view equation;
    std::string_view source;
    std::string_view doc;
};

/// A parameter with a fixed set of words: the value is the place of the word in the list.
template <class Owner, class Value>
struct ChoiceParameter {
    std::string_view key;
    Value Owner::*member;
    std::array<std::string_view, 4> words;  ///< unused places are empty
    std::string_view equation;
    std::string_view source;
    std::string_view doc;
};

/// A group of parameters: one section of a scenario file.
template <class Owner, class Struct>
struct Section {
    std::string_view key;
    Struct Owner::*member;
    std::string_view doc;
};

template <class Owner, class Value>
Parameter(std::string_view, Value Owner::*, std::string_view, Interval, Interval, std::string_view,
          std::string_view, std::string_view) -> Parameter<Owner, Value>;
template <class Owner, class Value>
ChoiceParameter(std::string_view, Value Owner::*, std::array<std::string_view, 4>, std::string_view,
                std::string_view, std::string_view) -> ChoiceParameter<Owner, Value>;
template <class Owner, class Struct>
Section(std::string_view, Struct Owner::*, std::string_view) -> Section<Owner, Struct>;

/// What happens to a column at a restart.
enum class Role {
    state,       ///< written to checkpoints, part of the state hash
    diagnostic,  ///< can be computed from the state
};

/// A column of agents that a file may hold.
template <class Owner, class Values>
struct Field {
    std::string_view key;
    Values Owner::*member;
    std::string_view unit;
    Role role;
    std::string_view doc;
};

template <class Owner, class Values>
Field(std::string_view, Values Owner::*, std::string_view, Role, std::string_view)
    -> Field<Owner, Values>;

/// Calls `visit(row)` for every row of a declaration table.
template <class Rows, class Visit>
constexpr void for_each(const Rows& rows, Visit&& visit)
{
    std::apply([&](const auto&... row) { (visit(row), ...); }, rows);
}

namespace detail {

template <class Row>
struct MemberSize;
template <class Owner, class Value>
struct MemberSize<Parameter<Owner, Value>> {
    static constexpr std::size_t value = sizeof(Value);
};
template <class Owner, class Value>
struct MemberSize<ChoiceParameter<Owner, Value>> {
    static constexpr std::size_t value = sizeof(Value);
};
template <class Owner, class Struct>
struct MemberSize<Section<Owner, Struct>> {
    static constexpr std::size_t value = sizeof(Struct);
};
template <class Owner, class Values>
struct MemberSize<Field<Owner, Values>> {
    static constexpr std::size_t value = sizeof(Values);
};

template <class Rows>
struct TotalSize;
template <class... Rows>
struct TotalSize<std::tuple<Rows...>> {
    static constexpr std::size_t value = (std::size_t{0} + ... + MemberSize<Rows>::value);
};

}  // namespace detail

/// True when the rows of `Struct::table` account for every byte of the struct: a member without a
/// row does not compile.  Members must have sizes that are multiples of their common alignment.
template <class Struct>
inline constexpr bool fully_declared =
    detail::TotalSize<std::remove_const_t<decltype(Struct::table)>>::value == sizeof(Struct);

}  // namespace latecomer
