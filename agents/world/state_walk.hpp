#pragma once

#include "agents/economy/policy_terms.hpp"
#include "agents/world/markets.hpp"
#include "core/column.hpp"
#include "core/declarations.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

/// The walk over the declarations of shared state, and what each declared member is in words of 64
/// bits.  Saving, restoring and hashing are visitors of this walk and know no member by name.
namespace latecomer {

namespace detail {

template <class Values>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

/// Several lists that are one member, such as the losses of four quarters.
template <class Values>
inline constexpr bool is_array_of_lists = false;
template <class T, std::size_t size>
inline constexpr bool is_array_of_lists<std::array<T, size>> = requires(T list)
{
    list.span();
};

template <class Owner, class Member, class Values, class Visit>
void walk_row(Owner& owner, const Shared<Member, Values>& row, Visit& visit)
{
    auto& values = owner.*row.member;
    if constexpr (is_array_of_lists<Values>) {
        for (auto& list : values) {
            visit(row, list);
        }
    } else {
        visit(row, values);
    }
}

template <class Owner, class Member, class Values>
void walk_row(Owner&, const NotShared<Member, Values>&, auto&)
{}

template <class Group, class Rows, class Visit>
void walk_group(Group& group, const Rows& rows, Visit& visit)
{
    if constexpr (requires {
                      group.indices();
                      group.span();
                  }) {  // a column of structs
        for (auto& one : group) {
            for_each(rows, [&](const auto& row) { walk_row(one, row, visit); });
        }
    } else {
        for_each(rows, [&](const auto& row) { walk_row(group, row, visit); });
    }
}

template <class Owner, class Member, class Values, class Rows, class Visit>
void walk_row(Owner& owner, const Group<Member, Values, Rows>& row, Visit& visit)
{
    walk_group(owner.*row.member, row.rows, visit);
}

}  // namespace detail

/// Calls `visit(row, values)` for every list of the shared state that an owner declares, in the order
/// of its table: World, OutcomesMemory, or a struct with a table like theirs.
template <class Owner, class Visit>
void walk_state(Owner& owner, Visit& visit)
{
    for_each(Owner::table, [&](const auto& row) { detail::walk_row(owner, row, visit); });
}

/// The entries of a list: all values of a column, table, vector or array, or one single value.
template <class Values>
auto entries_of(Values& values)
{
    if constexpr (requires { values.span(); }) {
        return values.span();
    } else if constexpr (requires {
                             values.data();
                             values.size();
                         }) {
        return std::span{values.data(), values.size()};
    } else {
        return std::span<Values, std::dynamic_extent>{&values, 1};
    }
}

/// Entries that are made of words: doubles, 64-bit integers, and structs and arrays of them.  Others
/// are small numbers, each of which becomes a word.
template <class Entry>
inline constexpr bool is_words = std::is_trivially_copyable_v<Entry> &&
                                 sizeof(Entry) % sizeof(std::uint64_t) == 0 &&
                                 !std::is_same_v<Entry, std::optional<std::size_t>>;

template <class Entry>
inline constexpr std::size_t words_per_entry = is_words<Entry>
                                                   ? sizeof(Entry) / sizeof(std::uint64_t)
                                                   : 1;

/// Whether words are whole numbers.
template <class Entry>
inline constexpr bool is_whole = !std::is_class_v<Entry> && !std::is_same_v<Entry, double>;
template <>
inline constexpr bool is_whole<std::optional<std::size_t>> = true;
template <class T, std::size_t size>
inline constexpr bool is_whole<std::array<T, size>> = is_whole<T>;

inline std::uint64_t small_to_word(std::optional<std::size_t> value)
{
    return value ? *value + 1 : 0;
}
inline void small_from_word(std::uint64_t word, std::optional<std::size_t>& value)
{
    value = word == 0 ? std::nullopt : std::optional{word - 1};
}
template <class Small>
std::uint64_t small_to_word(Small value)
{
    return static_cast<std::uint64_t>(value);
}
template <class Small>
void small_from_word(std::uint64_t word, Small& value)
{
    value = static_cast<Small>(word);
}

/// Writes the words of entries, `words_per_entry` each.
template <class Entry>
void to_words(std::span<const Entry> entries, std::uint64_t* words)
{
    if constexpr (is_words<Entry>) {
        if (!entries.empty()) {
            std::memcpy(words, entries.data(), entries.size_bytes());
        }
    } else {
        for (const Entry& entry : entries) {
            *words++ = small_to_word(entry);
        }
    }
}

/// Reads entries from their words.
template <class Entry>
void from_words(const std::uint64_t* words, std::span<Entry> entries)
{
    if constexpr (is_words<Entry>) {
        if (!entries.empty()) {
            std::memcpy(static_cast<void*>(entries.data()), words, entries.size_bytes());
        }
    } else {
        for (Entry& entry : entries) {
            small_from_word(*words++, entry);
        }
    }
}

}  // namespace latecomer
