#pragma once

#include "core/member_count.hpp"

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
/// The same for parameters of the model, which does not run with any number.
inline constexpr Interval moderate{0.0, 1e6};
inline constexpr Interval moderate_positive{1e-6, 1e6};
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

/// What happens to a member at a restart.
enum class Role {
    state,       ///< written to checkpoints, part of the state hash
    diagnostic,  ///< tells of the quarter just ended; what follows does not need it
    fixed,       ///< follows from the scenario
    local,  ///< of this rank alone: its firms, which have a table of their own, and memory to work in
};

/// A column of agents that a file may hold, and what it is for one agent.
template <class Owner, class Values, class One, class Value>
struct Field {
    std::string_view key;
    Values Owner::*member;
    Value One::*of_one;
    std::string_view unit;
    Role role;
    std::string_view equation;  ///< of agents/MODEL.md; empty: none
    std::string_view doc;       ///< stands alone below an axis: no full stop
};

template <class Owner, class Values, class One, class Value>
Field(std::string_view, Values Owner::*, Value One::*, std::string_view, Role, std::string_view,
      std::string_view) -> Field<Owner, Values, One, Value>;

/// The axes along which the entries of a list are counted; unused places are empty.
using Axes = std::array<std::string_view, 3>;

/// State that all ranks share: a list of entries.  Their axes follow from the type of the member;
/// only a vector needs to be told.  In a struct of nothing but numbers, a row names a number.
template <class Owner, class Values>
struct Shared {
    std::string_view key;
    Values Owner::*member;
    Axes axes{};
};

template <class Owner, class Values>
Shared(std::string_view, Values Owner::*) -> Shared<Owner, Values>;
template <class Owner, class Values>
Shared(std::string_view, Values Owner::*, Axes) -> Shared<Owner, Values>;

/// A struct, or a column of structs, that declares its members itself, by these rows.
template <class Owner, class Values, class Rows>
struct Group {
    Values Owner::*member;
    Rows rows;
};

template <class Owner, class Values, class Rows>
Group(Values Owner::*, Rows) -> Group<Owner, Values, Rows>;

/// A member that is no state which ranks share; its role says why.
template <class Owner, class Values>
struct NotShared {
    Values Owner::*member;
    Role role;
};

template <class Owner, class Values>
NotShared(Values Owner::*, Role) -> NotShared<Owner, Values>;

/// Calls `visit(row)` for every row of a declaration table.
template <class Rows, class Visit>
constexpr void for_each(const Rows& rows, Visit&& visit)
{
    std::apply([&](const auto&... row) { (visit(row), ...); }, rows);
}

namespace detail {

/// How many members the rows of a table declare.
template <class... Rows>
constexpr std::size_t declared_members(const std::tuple<Rows...>&)
{
    return sizeof...(Rows);
}

}  // namespace detail

/// True when every member of the aggregate has a row in `Struct::table`: a member without a row does
/// not compile.
template <class Struct>
inline constexpr bool fully_declared =
    detail::declared_members(Struct::table) == member_count<Struct>();

}  // namespace latecomer
