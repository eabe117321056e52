#pragma once

#include "agents/world/shared_state.hpp"
#include "agents/world/state_walk.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

/// The visitors of walk_state(): one saves, one restores, one hashes.  None of them names a member.
namespace latecomer {

namespace detail {

inline std::vector<std::string> names_of(CountryId)
{
    return {"country"};
}
inline std::vector<std::string> names_of(PositionId)
{
    return {"position"};
}
inline std::vector<std::string> names_of(SectorId)
{
    return {"sector"};
}
inline std::vector<std::string> names_of(LeadId)
{
    return {"lead_firm"};
}
inline std::vector<std::string> names_of(InstrumentId)
{
    return {"instrument"};
}
inline std::vector<std::string> names_of(PoolId)
{
    return {"country", "position"};
}

template <class Id, class T>
std::vector<std::string> axes_of(const Column<Id, T>&)
{
    return names_of(Id{});
}
template <class Row, class Col, class T>
std::vector<std::string> axes_of(const Table<Row, Col, T>&)
{
    std::vector<std::string> axes = names_of(Row{});
    const std::vector<std::string> more = names_of(Col{});
    axes.insert(axes.end(), more.begin(), more.end());
    return axes;
}
inline std::vector<std::string> axes_of(const SupplierTable&)
{
    return {"country", "position", "supplier"};
}
template <class T>
std::vector<std::string> axes_of(const ByStage<T>&)
{
    return {"stage"};
}
template <class T>
std::vector<std::string> axes_of(const T&)  // one value
{
    return {};
}

/// The axes of a list: those of its type, or those that the row of a vector gives.
template <class Row, class Values>
std::vector<std::string> axes_of(const Row& row, const Values& values)
{
    if constexpr (!is_vector<Values>) {
        return axes_of(values);
    } else {
        std::vector<std::string> axes;
        for (const std::string_view axis : row.axes) {
            if (!axis.empty()) {
                axes.emplace_back(axis);
            }
        }
        return axes;
    }
}

/// The members of an entry: those of its table, the stages, the goals, or itself alone.
template <class Entry>
std::vector<StateMember> members_of()
{
    std::vector<StateMember> members;
    const auto add = [&](const auto& names) {
        for (const std::string_view name : names) {
            members.push_back({std::string{name}, 1, is_whole<Entry>});
        }
    };
    if constexpr (requires { Entry::table; }) {
        static_assert(is_words<Entry>, "a struct of numbers of 64 bits");
        for_each(Entry::table, [&]<class Row>(const Row& row) {
            using Value = std::remove_cvref_t<decltype(std::declval<Entry>().*row.member)>;
            static_assert(is_words<Value>);
            members.push_back({std::string{row.key}, words_per_entry<Value>, is_whole<Value>});
        });
    } else if constexpr (std::is_same_v<Entry, ByStage<double>>) {
        add(stage_names);
    } else if constexpr (std::is_same_v<Entry, std::array<double, goals>>) {
        add(goal_keys);
    } else {
        static_assert(!std::is_class_v<Entry> || !is_words<Entry>, "a struct needs a table");
        add(std::array{""});
    }
    return members;
}

}  // namespace detail

/// Writes every list as a part.
class StateSaver {
public:
    template <class Row, class Values>
    void operator()(const Row& row, const Values& values)
    {
        const auto entries = entries_of(values);
        using Entry = std::remove_const_t<typename decltype(entries)::element_type>;
        StatePart part{
            std::string{row.key}, detail::axes_of(row, values), detail::members_of<Entry>(), {}};
        part.words.resize(entries.size() * words_per_entry<Entry>);
        to_words(std::span<const Entry>{entries}, part.words.data());
        parts_.push_back(std::move(part));
    }

    std::vector<StatePart> parts() && { return std::move(parts_); }

private:
    std::vector<StatePart> parts_;
};

/// Reads parts by their names; those of one name in the order in which they were written.  Changes
/// nothing more once a part is missing or has another length.
class StateRestorer {
public:
    explicit StateRestorer(const std::vector<StatePart>& parts)
        : parts_{parts}, taken_(parts.size(), false)
    {}

    /// From now on vectors become as long as what was saved of them.
    void let_vectors_grow() { vectors_grow_ = true; }

    template <class Row, class Values>
    void operator()(const Row& row, Values& values)
    {
        const StatePart* part = take(row.key);
        if (part == nullptr) {
            return;
        }
        if constexpr (detail::is_vector<Values>) {
            if (vectors_grow_) {
                values.resize(part->words.size());
            }
        }
        const auto entries = entries_of(values);
        using Entry = typename decltype(entries)::element_type;
        if (fits(*part, entries.size() * words_per_entry<Entry>)) {
            from_words(part->words.data(), entries);
        }
    }

    std::string complaint() const;  ///< empty: all is well

private:
    const StatePart* take(std::string_view name);
    bool fits(const StatePart& part, std::size_t words);

    const std::vector<StatePart>& parts_;
    std::vector<bool> taken_;
    bool vectors_grow_ = false;
    std::string complaint_;
};

/// Takes one more word into what is known; one to one in each of both.
constexpr std::uint64_t absorb(std::uint64_t known, std::uint64_t word)
{
    const std::uint64_t next = (known ^ word) * 0x9e3779b97f4a7c15;
    return next ^ next >> 32;
}

/// Hashes every list, in order: eight words at a time, as a processor has time for others while it
/// multiplies.
class StateHash {
public:
    template <class Row, class Values>
    void operator()(const Row&, const Values& values)
    {
        const auto entries = entries_of(values);
        using Entry = std::remove_const_t<typename decltype(entries)::element_type>;
        known_[0] = absorb(known_[0], entries.size());
        if constexpr (is_words<Entry>) {
            add(entries.data(), entries.size() * words_per_entry<Entry>);
        } else {
            std::array<std::uint64_t, 64> words;
            for (std::size_t first = 0; first < entries.size(); first += words.size()) {
                const std::size_t count = std::min(words.size(), entries.size() - first);
                to_words(std::span<const Entry>{entries}.subspan(first, count), words.data());
                add(words.data(), count);
            }
        }
    }

    std::uint64_t value() const;

private:
    static constexpr std::size_t lanes = 8;

    void add(const void* words, std::size_t count);

    std::array<std::uint64_t, lanes> known_{1, 2, 3, 4, 5, 6, 7, 8};
};

}  // namespace latecomer
