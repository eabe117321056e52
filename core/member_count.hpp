#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace latecomer {

namespace detail {

/// Stand for a value of any class, and of any other type, where nothing is evaluated.
struct AnyClass {
    template <class T>
        requires std::is_class_v<T>
    operator T() const;
};
struct AnyOther {
    template <class T>
        requires(!std::is_class_v<T>)
    operator T() const;
};

}  // namespace detail

/// The number of members of an aggregate: how many values can be listed in its braces.
template <class Aggregate, class... Values>
consteval std::size_t member_count()
{
    using detail::AnyClass;
    using detail::AnyOther;
    if constexpr (requires { Aggregate{std::declval<Values>()..., AnyClass{}}; }) {
        return member_count<Aggregate, Values..., AnyClass>();
    } else if constexpr (requires { Aggregate{std::declval<Values>()..., AnyOther{}}; }) {
        return member_count<Aggregate, Values..., AnyOther>();
    } else {
        return sizeof...(Values);
    }
}

}  // namespace latecomer
