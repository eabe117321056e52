#include "agents/world/firms.hpp"

#include "core/errors.hpp"
#include "core/parallel.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace latecomer {

namespace {

template <class T>
void copy_value(const FirmColumn<T>& column, FirmIndex i, T& value)
{
    value = column[i];
}
void copy_value(const StageColumns& columns, FirmIndex i, ByStage<double>& values)
{
    for (std::size_t s = 0; s < stages; ++s) {
        values[s] = columns[s][i];
    }
}
template <class T>
void set_value(FirmColumn<T>& column, FirmIndex i, const T& value)
{
    column[i] = value;
}
void set_value(StageColumns& columns, FirmIndex i, const ByStage<double>& values)
{
    for (std::size_t s = 0; s < stages; ++s) {
        columns[s][i] = values[s];
    }
}

/// Slots behind all pools, for those that grow: one for so many that belong to pools.
constexpr std::size_t spare_part = 16;

/// How many slots pools get that are laid out anew: those that they need now, and room for firms to come.
class Rooms {
public:
    using Arrivals = FirmStore::Arrivals;

    Rooms(const Column<PoolId, PoolSlots>& pools, std::span<const std::size_t> arrivals,
          Arrivals again)
        : pools_{pools}, arrivals_{arrivals}, again_{again}
    {
        std::size_t all = 1;
        std::size_t hoped = 1;
        for (const PoolId pool : pools.indices()) {
            all += wanted(pool);
            hoped += hoped_for(pool);
        }
        granted_ = std::min(1.0, most_hope * static_cast<double>(all) / static_cast<double>(hoped));
    }

    std::size_t wanted(PoolId pool) const { return pools_[pool].count + arrivals_[pool.at()]; }

    std::size_t slots(PoolId pool) const
    {
        constexpr std::size_t line = 8;  // doubles, of which a pool gets whole ones
        const auto more = static_cast<std::size_t>(granted_ * static_cast<double>(hoped_for(pool)));
        return (wanted(pool) + usual(pool) + more + line) / line * line;
    }

private:
    /// For which a pool that grows every quarter has room, and of all firms the part for which pools have it.
    static constexpr std::size_t quarters = 8;
    static constexpr double most_hope = 0.25;
    static_assert((1.0 + 1.0 / 32 + most_hope) * (1.0 + 1.0 / spare_part) ==
                  FirmStore::most_slots_per_firm);

    std::size_t usual(PoolId pool) const
    {
        return again_ == Arrivals::once ? wanted(pool) / 8 : wanted(pool) / 32;
    }
    std::size_t hoped_for(PoolId pool) const
    {
        const std::size_t later = again_ == Arrivals::once ? 0 : quarters * arrivals_[pool.at()];
        return later - std::min(later, usual(pool));
    }

    const Column<PoolId, PoolSlots>& pools_;
    std::span<const std::size_t> arrivals_;
    Arrivals again_;
    double granted_ = 1.0;  // part of what pools hope for
};

/// Slots that columns could grow to before they need other memory.  Until they do, the system gives none for them.
std::size_t growth_room(std::size_t slots)
{
    constexpr std::size_t plenty = std::size_t{1} << 22;
    return slots + std::max(slots / spare_part, std::min(slots, plenty));
}

/// Calls `visit(pool)` for all pools, on all threads.
template <class Visit>
void for_each_pool(const Column<PoolId, PoolSlots>& slots, const Visit& visit)
{
    for_each_index(static_cast<long>(slots.size()),
                   [&](long index, int) { visit(PoolId{static_cast<std::size_t>(index)}); });
}

}  // namespace

FirmRecord record_of(const Firms& firms, FirmIndex i)
{
    FirmRecord record;
    for_each(Firms::table,
             [&](const auto& field) { copy_value(firms.*field.member, i, record.*field.of_one); });
    return record;
}

void store(Firms& firms, FirmIndex i, const FirmRecord& record)
{
    for_each(Firms::table,
             [&](const auto& field) { set_value(firms.*field.member, i, record.*field.of_one); });
}

std::size_t FirmStore::size() const
{
    std::size_t firms = 0;
    for (const PoolSlots& slots : slots_) {
        firms += slots.count;
    }
    return firms;
}

void FirmStore::reserve(std::span<const std::size_t> arrivals, Arrivals again)
{
    expects(arrivals.size() == slots_.size(), "one number of arrivals per pool");
    const Rooms rooms{slots_, arrivals, again};

    // A few pools move behind all others; when there is no room left, everything is laid out anew.
    roomier_ = slots_;
    std::size_t end = end_;
    for (const PoolId pool : slots_.indices()) {
        if (rooms.wanted(pool) > slots_[pool].capacity) {
            roomier_[pool] = {end, slots_[pool].count, rooms.slots(pool)};
            end += roomier_[pool].capacity;
        }
    }
    if (end == end_) {
        return;
    }
    if (end <= room_) {
        for_each_pool(slots_, [&](PoolId pool) {
            if (roomier_[pool].begin != slots_[pool].begin) {
                for_each_column(columns, [&](const auto&, std::size_t, auto& column) {
                    copy(pool, column, column, roomier_[pool]);
                });
            }
        });
    } else {
        end = 0;
        for (const PoolId pool : slots_.indices()) {
            const std::size_t capacity = rooms.wanted(pool) == 0 ? 0 : rooms.slots(pool);
            roomier_[pool] = {end, slots_[pool].count, capacity};
            end += capacity;
        }
        lay_out(roomier_, end + end / spare_part);
    }
    std::swap(slots_, roomier_);
    end_ = end;
}

void FirmStore::lay_out(const Column<PoolId, PoolSlots>& places, std::size_t size)
{
    room_ = size;
    for_each_column(columns, [&](const auto&, std::size_t, auto& column) {
        using Values = std::remove_reference_t<decltype(column)>;
        Values& spare = std::get<Values>(spares_);
        if (spare.size() < size) {
            spare = Values{};
            spare = Values(growth_room(size), Unwritten{});
        }
        for_each_pool(slots_, [&](PoolId pool) { copy(pool, column, spare, places[pool]); });
        std::swap(column, spare);
    });
}

template <class Values>
void FirmStore::copy(PoolId pool, const Values& from, Values& to, const PoolSlots& place) const
{
    const auto first = from.begin() + static_cast<std::ptrdiff_t>(slots_[pool].begin);
    std::copy(first, first + static_cast<std::ptrdiff_t>(slots_[pool].count),
              to.begin() + static_cast<std::ptrdiff_t>(place.begin));
}

FirmIndex FirmStore::add(PoolId pool, const FirmRecord& record)
{
    PoolSlots& slots = slots_[pool];
    expects(slots.count < slots.capacity, "a pool must have room before a firm joins it");
    const FirmIndex i{slots.begin + slots.count};
    store(columns, i, record);
    ++slots.count;
    return i;
}

void FirmStore::remove(PoolId pool, std::span<std::size_t> places)
{
    PoolSlots& slots = slots_[pool];
    std::ranges::sort(places, std::greater{});  // the hindmost first
    expects(std::ranges::adjacent_find(places) == places.end(), "a firm can only leave once");
    expects(places.empty() || places.front() < slots.count, "only firms can leave");
    // Column by column: the processor then fetches many distant slots at once.
    for_each_column(columns, [&](const auto&, std::size_t, auto& column) {
        const auto of_pool = column.begin() + static_cast<std::ptrdiff_t>(slots.begin);
        auto last = of_pool + static_cast<std::ptrdiff_t>(slots.count);
        for (const std::size_t place : places) {
            of_pool[static_cast<std::ptrdiff_t>(place)] = *--last;
        }
    });
    slots.count -= places.size();
}

std::size_t FirmStore::bytes() const
{
    const auto bytes_of = [&](const auto& column) {
        return std::min(column.size(), room_) * sizeof *column.data();
    };
    std::size_t bytes = 0;
    for_each_column(
        columns, [&](const auto&, std::size_t, const auto& column) { bytes += bytes_of(column); });
    std::apply([&](const auto&... spare) { bytes += (bytes_of(spare) + ...); }, spares_);
    return bytes;
}

}  // namespace latecomer
