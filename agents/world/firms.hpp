#pragma once

#include "agents/economy/positions.hpp"
#include "core/column.hpp"
#include "core/declarations.hpp"

#include <cstdint>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace latecomer {

template <class T>
using FirmColumn = Column<FirmIndex, T>;

/// One column per stage of the value chain.
using StageColumns = ByStage<FirmColumn<double>>;

/// The slots of one pool on this rank: `count` live firms from `begin`, room for `capacity`.
struct alignas(64) PoolSlots {  // a cache line, because threads fill different pools at once
    std::size_t begin = 0;
    std::size_t count = 0;
    std::size_t capacity = 0;
};

/// The values of one firm, for the few that move: packed when firms change pool or rank.
struct FirmRecord {
    FirmId id{};
    ByStage<double> capability{};
    ByStage<double> experience{};
    double domestic_share = 0.0;
    double export_share = 0.0;
    double mark_up = 0.0;
    double data_stock = 0.0;
    double cash = 0.0;
    double revenue = 0.0;
    double units = 0.0;
    double price = 0.0;
    double growth = 0.0;
    std::uint32_t windows = 0;
    std::uint32_t weak_quarters = 0;
    std::uint32_t weak_exports = 0;
};

/// The latecomer firms of this rank, pool by pool.
///
/// Firms of one pool (country, position) lie together in every column, in no particular order;
/// behind them is room for arrivals.  A firm that leaves is replaced by the last of its pool, so
/// a quarter moves few firms.  Order, slots and rank never show in a result.
struct Firms {
    FirmColumn<FirmId> id;
    StageColumns capability;
    StageColumns experience;
    FirmColumn<double> domestic_share;
    FirmColumn<double> export_share;
    FirmColumn<double> mark_up;
    FirmColumn<double> data_stock;
    FirmColumn<double> cash;
    FirmColumn<double> revenue;
    FirmColumn<double> units;
    FirmColumn<double> price;
    FirmColumn<double> growth;
    FirmColumn<std::uint32_t> windows;
    FirmColumn<std::uint32_t> weak_quarters;
    FirmColumn<std::uint32_t> weak_exports;

    static constexpr auto table = std::tuple{
        Field{"id", &Firms::id, &FirmRecord::id, "1", Role::state, "",
              "Identity of the firm: country row, birth position, birth quarter + 1, sequence"},
        Field{"capability", &Firms::capability, &FirmRecord::capability, "1", Role::state, "9",
              "Capability of the firm, by stage"},
        Field{"experience", &Firms::experience, &FirmRecord::experience, "unit", Role::state, "5",
              "Cumulative output of the firm, by stage"},
        Field{"domestic_share", &Firms::domestic_share, &FirmRecord::domestic_share, "1",
              Role::state, "13",
              "Share of the firm in what domestic firms of its position sell at home"},
        Field{"export_share", &Firms::export_share, &FirmRecord::export_share, "1", Role::state,
              "24", "Share of the firm in its country's exports at its position; 0: not exporting"},
        Field{"mark_up", &Firms::mark_up, &FirmRecord::mark_up, "1", Role::state, "14",
              "Mark-up of the firm on unit cost"},
        Field{"data_stock", &Firms::data_stock, &FirmRecord::data_stock, "unit of data",
              Role::state, "18", "Data that the firm holds"},
        Field{"cash", &Firms::cash, &FirmRecord::cash, "numeraire", Role::state, "17",
              "Cash of the firm"},
        Field{"revenue", &Firms::revenue, &FirmRecord::revenue, "numeraire/quarter", Role::state,
              "17", "Revenue of the firm in the last quarter, net of tariffs"},
        Field{"units", &Firms::units, &FirmRecord::units, "unit/quarter", Role::state, "17",
              "Units that the firm produced in the last quarter"},
        Field{"price", &Firms::price, &FirmRecord::price, "numeraire/unit", Role::diagnostic, "11",
              "Price that the firm asked in the last quarter"},
        Field{
            "growth", &Firms::growth, &FirmRecord::growth, "1", Role::diagnostic, "13",
            "Factor on the firm's share in the last quarter, before shares are made to sum to one"},
        Field{"windows", &Firms::windows, &FirmRecord::windows, "1", Role::state, "",
              "Technology windows that the firm has adopted, as a set of bits"},
        Field{"weak_quarters", &Firms::weak_quarters, &FirmRecord::weak_quarters, "quarter",
              Role::state, "25",
              "Quarters in a row in which the firm's share was too small to matter"},
        Field{"weak_exports", &Firms::weak_exports, &FirmRecord::weak_exports, "quarter",
              Role::state, "24a", "Quarters in a row in which the firm's exports did not pay"},
    };
};
static_assert(fully_declared<Firms>);

static_assert(std::tuple_size_v<std::remove_const_t<decltype(Firms::table)>> ==
              member_count<FirmRecord>());

/// The columns of a member of Firms: one, or one per stage.
template <class T>
std::span<FirmColumn<T>> columns_of(FirmColumn<T>& column)
{
    return {&column, 1};
}
template <class T>
std::span<const FirmColumn<T>> columns_of(const FirmColumn<T>& column)
{
    return {&column, 1};
}
inline std::span<FirmColumn<double>> columns_of(StageColumns& columns)
{
    return columns;
}
inline std::span<const FirmColumn<double>> columns_of(const StageColumns& columns)
{
    return columns;
}

/// Calls `visit(field, stage, column)` for every column; a member by stage has four, others have one
/// and stage 0.  `Firms_` is Firms or const Firms.
template <class Firms_, class Visit>
void for_each_column(Firms_& firms, const Visit& visit)
{
    for_each(Firms::table, [&](const auto& field) {
        std::size_t stage = 0;
        for (auto& column : columns_of(firms.*field.member)) {
            visit(field, stage++, column);
        }
    });
}

FirmRecord record_of(const Firms& firms, FirmIndex i);
void store(Firms& firms, FirmIndex i, const FirmRecord& record);

/// Firms with the slots of every pool on this rank.
class FirmStore {
public:
    FirmStore() = default;
    explicit FirmStore(std::size_t pools) : slots_(pools) {}

    Firms columns;

    std::size_t pools() const { return slots_.size(); }
    const PoolSlots& slots(PoolId pool) const { return slots_[pool]; }
    Range<FirmIndex> firms_of(PoolId pool) const
    {
        return {slots_[pool].begin, slots_[pool].begin + slots_[pool].count};
    }
    std::size_t size() const;                   ///< live firms on this rank
    std::size_t room() const { return room_; }  ///< slots of every column

    /// Makes room for `arrivals[pool]` more firms of every pool.  Pools without room move behind the
    /// others; columns move only if there is none left there.  What moves gets room for more: for eight times as
    /// many if as many will arrive `every_quarter`, with bounds.
    enum class Arrivals { once, every_quarter };
    void reserve(std::span<const std::size_t> arrivals, Arrivals again = Arrivals::once);

    /// Adds a firm to a pool that has room.
    FirmIndex add(PoolId pool, const FirmRecord& record);

    /// Removes firms of a pool, given by their places in it, which it sorts; the last of the pool takes a place that
    /// becomes free.  Threads may do this to different pools at once.
    void remove(PoolId pool, std::span<std::size_t> places);

    /// Slots that columns have for a firm once they were laid out in a quarter, at most: a thirty-second and a quarter for
    /// firms to come, and a sixteenth behind all pools.
    static constexpr double most_slots_per_firm = (1.0 + 1.0 / 32 + 1.0 / 4) * (1.0 + 1.0 / 16);

    /// Memory in use by the columns, bytes.
    std::size_t bytes() const;

private:
    /// Columns of the kinds that firms have, without content: what is laid out anew goes here and
    /// leaves its memory behind for the next column.
    using Spares = std::tuple<FirmColumn<FirmId>, FirmColumn<double>, FirmColumn<std::uint32_t>>;

    void lay_out(const Column<PoolId, PoolSlots>& places, std::size_t size);

    /// Copies the values of a pool to another place.
    template <class Values>
    void copy(PoolId pool, const Values& from, Values& to, const PoolSlots& place) const;

    Column<PoolId, PoolSlots> slots_;
    Column<PoolId, PoolSlots> roomier_;  ///< scratch
    Spares spares_;
    std::size_t end_ = 0;   ///< first slot that no pool has had
    std::size_t room_ = 0;  ///< slots of every column
};

}  // namespace latecomer
