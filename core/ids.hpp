#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace latecomer {

/// An index that cannot be confused with another: `Tag` names what it counts.
template <class Tag>
struct Index {
    std::uint32_t value = 0;

    constexpr Index() = default;
    constexpr explicit Index(std::size_t v) : value{static_cast<std::uint32_t>(v)} {}
    constexpr std::size_t at() const { return value; }
    constexpr auto operator<=>(const Index&) const = default;
    constexpr Index& operator++()
    {
        ++value;
        return *this;
    }
};

using CountryId = Index<struct CountryTag>;        ///< country of the scenario, 0 .. C-1
using PositionId = Index<struct PositionTag>;      ///< row of the table of positions
using SectorId = Index<struct SectorTag>;          ///< application sector
using LeadId = Index<struct LeadTag>;              ///< lead firm
using FirmIndex = Index<struct FirmTag>;           ///< slot of a latecomer firm on this rank
using PoolId = Index<struct PoolTag>;              ///< country x position, country-major
using InstrumentId = Index<struct InstrumentTag>;  ///< row of the table of policy instruments

/// The values 0 .. size-1 of an index type, for range-based loops.
template <class Id>
class Range {
public:
    struct Iterator {
        Id id;
        Id operator*() const { return id; }
        Iterator& operator++()
        {
            ++id;
            return *this;
        }
        bool operator==(const Iterator&) const = default;
    };

    explicit Range(std::size_t size) : first_{0}, last_{size} {}
    Range(std::size_t first, std::size_t last) : first_{first}, last_{last} {}
    Iterator begin() const { return {Id{first_}}; }
    Iterator end() const { return {Id{last_}}; }
    std::size_t size() const { return last_ - first_; }

private:
    std::size_t first_;
    std::size_t last_;
};

/// Permanent identity of an agent: key of its random numbers, written to files.
///
/// Bits, from the top: country row (10), birth position (4), birth quarter + 1 (12; 0: there from
/// the start), sequence (28).  The country is its row in the country table, whatever a scenario
/// selects, so that a firm draws the same numbers in every selection.
enum class FirmId : std::uint64_t {};

namespace identity {

inline constexpr std::uint32_t lead_firms = 1023;    ///< country row of lead firms
inline constexpr std::uint32_t pairs = 1022;         ///< country row of (country, position) pairs
inline constexpr std::uint32_t country_rows = 1022;  ///< rows a country table may use
inline constexpr std::uint32_t positions = 16;       ///< positions an id can hold
inline constexpr std::uint32_t quarters = 4094;      ///< quarters an id can hold
inline constexpr std::uint64_t sequences = 1ull << 28;  ///< births of a pool in one quarter

constexpr FirmId make(std::uint64_t country_row, std::uint64_t position, std::uint64_t birth,
                      std::uint64_t sequence)
{
    return FirmId{country_row << 44 | position << 40 | birth << 28 | sequence};
}
constexpr std::uint64_t bits(FirmId id)
{
    return static_cast<std::uint64_t>(id);
}
constexpr std::uint32_t country_row(FirmId id)
{
    return static_cast<std::uint32_t>(bits(id) >> 44);
}
constexpr std::uint32_t birth(FirmId id)
{
    return static_cast<std::uint32_t>(bits(id) >> 28 & 4095);
}
constexpr FirmId lead(LeadId l)
{
    return make(lead_firms, 0, 0, l.value);
}

/// The (country, position) pair as an entity that draws random numbers of its own.
constexpr FirmId pair(std::uint64_t country_row, std::uint64_t position)
{
    return make(pairs, 0, 0, country_row << 4 | position);
}

}  // namespace identity
}  // namespace latecomer
