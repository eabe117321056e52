#include "agents/world/firms.hpp"

#include "core/errors.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace latecomer::firms_test {
namespace {

/// A firm whose every value is another number.
FirmRecord firm(double start)
{
    FirmRecord record;
    record.id = FirmId{static_cast<std::uint64_t>(start)};
    double value = start;
    for (std::size_t s = 0; s < stages; ++s) {
        record.capability[s] = ++value;
        record.experience[s] = ++value;
    }
    for (double* member :
         {&record.domestic_share, &record.export_share, &record.mark_up, &record.data_stock,
          &record.cash, &record.revenue, &record.units, &record.price, &record.growth}) {
        *member = ++value;
    }
    record.windows = static_cast<std::uint32_t>(++value);
    record.weak_quarters = static_cast<std::uint32_t>(++value);
    record.weak_exports = static_cast<std::uint32_t>(++value);
    return record;
}

/// All values of a slot, column by column as the table of columns lists them.
std::vector<double> values_of(const Firms& firms, FirmIndex i)
{
    std::vector<double> values;
    for_each(Firms::table, [&](const auto& field) {
        const auto& column = firms.*field.member;
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(column)>, StageColumns>) {
            for (const auto& of_stage : column) {
                values.push_back(of_stage[i]);
            }
        } else {
            values.push_back(static_cast<double>(column[i]));
        }
    });
    return values;
}

std::vector<std::uint64_t> ids_of(const FirmStore& store, PoolId pool)
{
    std::vector<std::uint64_t> ids;
    for (const FirmIndex i : store.firms_of(pool)) {
        ids.push_back(identity::bits(store.columns.id[i]));
    }
    return ids;
}

void remove(FirmStore& store, PoolId pool, std::size_t place)
{
    store.remove(pool, std::span{&place, 1});
}

using Ids = std::vector<std::uint64_t>;

TEST_CASE("a record holds every column of a firm")
{
    FirmStore store{1};
    store.reserve(std::array<std::size_t, 1>{2});
    const FirmIndex first = store.add(PoolId{0}, firm(100));
    const FirmIndex second = store.add(PoolId{0}, {});
    CHECK(values_of(store.columns, first) != values_of(store.columns, second));
    latecomer::store(store.columns, second, record_of(store.columns, first));
    CHECK(values_of(store.columns, second) == values_of(store.columns, first));

    // Each number stands once, so no column took another's value.
    const std::vector<double> values = values_of(store.columns, second);
    CHECK(values == std::vector<double>{100, 101, 103, 105, 107, 102, 104, 106, 108, 109, 110,
                                        111, 112, 113, 114, 115, 116, 117, 118, 119, 120});
}

TEST_CASE("a store that makes room keeps every value of every firm")
{
    FirmStore store{3};
    store.reserve(std::array<std::size_t, 3>{1, 0, 2});
    store.add(PoolId{0}, firm(100));
    store.add(PoolId{2}, firm(200));
    const std::vector<double> last = values_of(store.columns, store.add(PoolId{2}, firm(300)));

    store.reserve(std::array<std::size_t, 3>{500, 700, 0});
    CHECK(ids_of(store, PoolId{0}) == Ids{100});
    CHECK(ids_of(store, PoolId{1}).empty());
    CHECK(ids_of(store, PoolId{2}) == Ids{200, 300});
    CHECK(values_of(store.columns, FirmIndex{store.slots(PoolId{2}).begin + 1}) == last);
    CHECK(store.slots(PoolId{0}).capacity >= 501);
    CHECK(store.slots(PoolId{1}).capacity >= 700);
    CHECK(store.slots(PoolId{2}).capacity >= 2);
    CHECK(store.size() == 3);
}

TEST_CASE("pools that make room do not overlap")
{
    FirmStore store{2};
    store.reserve(std::array<std::size_t, 2>{20, 20});
    for (int n = 0; n < 20; ++n) {
        store.add(PoolId{1}, firm(1000 + n));
        store.add(PoolId{0}, firm(2000 + n));
    }
    for (std::uint64_t n = 0; n < 20; ++n) {
        CHECK(ids_of(store, PoolId{0})[n] == 2000 + n);
        CHECK(ids_of(store, PoolId{1})[n] == 1000 + n);
    }
}

TEST_CASE("columns stay where they are while there is room")
{
    FirmStore store{1};
    store.reserve(std::array<std::size_t, 1>{100});
    const double* cash = store.columns.cash.data();
    store.add(PoolId{0}, firm(1));
    store.reserve(std::array<std::size_t, 1>{99});
    CHECK(store.columns.cash.data() == cash);
}

TEST_CASE("a pool that grows moves alone while there is room behind the others")
{
    FirmStore store{2};
    store.reserve(std::array<std::size_t, 2>{1000, 5});
    store.add(PoolId{0}, firm(1));
    store.add(PoolId{1}, firm(100));
    const std::vector<double> second = values_of(store.columns, store.add(PoolId{1}, firm(200)));
    const double* cash = store.columns.cash.data();
    const PoolSlots large = store.slots(PoolId{0});

    store.reserve(std::array<std::size_t, 2>{0, 30});
    CHECK(store.columns.cash.data() == cash);
    CHECK(store.slots(PoolId{0}).begin == large.begin);
    CHECK(store.slots(PoolId{1}).begin >= large.begin + large.capacity);
    CHECK(store.slots(PoolId{1}).capacity >= 32);
    CHECK(ids_of(store, PoolId{1}) == Ids{100, 200});
    CHECK(values_of(store.columns, FirmIndex{store.slots(PoolId{1}).begin + 1}) == second);
    CHECK(store.slots(PoolId{1}).begin + store.slots(PoolId{1}).capacity <=
          store.columns.id.size());
}

TEST_CASE("a pool that grows every quarter gets room for eight quarters like this one")
{
    FirmStore store{2};
    store.reserve(std::array<std::size_t, 2>{100, 10'000});
    for (int n = 0; n < 100; ++n) {
        store.add(PoolId{0}, firm(n));
    }
    for (int n = 0; n < 10'000; ++n) {  // a quarter of whom is more than the room
        store.add(PoolId{1}, firm(n));
    }
    store.reserve(std::array<std::size_t, 2>{40, 0}, FirmStore::Arrivals::every_quarter);
    const PoolSlots once = store.slots(PoolId{0});
    CHECK(once.capacity >= 140 + 8 * 40);
    CHECK(once.capacity <= 140 + 8 * 40 + 8);
    int moved = 0;
    for (int quarter = 0; quarter < 9; ++quarter) {
        store.reserve(std::array<std::size_t, 2>{40, 0}, FirmStore::Arrivals::every_quarter);
        moved += store.slots(PoolId{0}).begin == once.begin ? 0 : 1;
        for (int n = 0; n < 40; ++n) {
            store.add(PoolId{0}, firm(1000 * (quarter + 1) + n));
        }
    }
    CHECK(moved == 0);
    CHECK(store.size() == 10'460);
}

TEST_CASE("room for those who may come is no more than a quarter of all firms")
{
    FirmStore store{2};
    store.reserve(std::array<std::size_t, 2>{1000, 1000}, FirmStore::Arrivals::every_quarter);
    CHECK(store.slots(PoolId{0}).capacity <= 1000 + 1000 / 32 + 250 + 8);
    CHECK(store.slots(PoolId{1}).capacity == store.slots(PoolId{0}).capacity);
}

TEST_CASE("the last firm of the pool takes the slot of one that leaves")
{
    FirmStore store{2};
    store.reserve(std::array<std::size_t, 2>{3, 1});
    const FirmIndex first = store.add(PoolId{0}, firm(100));
    store.add(PoolId{0}, firm(200));
    const std::vector<double> last = values_of(store.columns, store.add(PoolId{0}, firm(300)));
    store.add(PoolId{1}, firm(400));

    remove(store, PoolId{0}, 0);
    CHECK(ids_of(store, PoolId{0}) == Ids{300, 200});
    CHECK(values_of(store.columns, first) == last);
    CHECK(ids_of(store, PoolId{1}) == Ids{400});

    remove(store, PoolId{0}, 1);
    CHECK(ids_of(store, PoolId{0}) == Ids{300});
    remove(store, PoolId{0}, 0);
    CHECK(store.size() == 1);
}

TEST_CASE("firms that leave together leave the others whole, also those that move twice")
{
    FirmStore store{2};
    store.reserve(std::array<std::size_t, 2>{6, 3});
    for (int n = 0; n < 6; ++n) {
        store.add(PoolId{0}, firm(1000 + 100 * n));
    }
    for (int n = 0; n < 3; ++n) {
        store.add(PoolId{1}, firm(5000 + 100 * n));
    }
    const std::size_t first = store.slots(PoolId{0}).begin;
    const std::vector<double> last = values_of(store.columns, FirmIndex{first + 5});

    // The hindmost of pool 0 goes to place 4, then on to place 1.
    std::array<std::size_t, 2> leavers{1, 4};
    store.remove(PoolId{0}, leavers);
    leavers = {2, 0};
    store.remove(PoolId{1}, leavers);
    CHECK(ids_of(store, PoolId{0}) == Ids{1000, 1500, 1200, 1300});
    CHECK(values_of(store.columns, FirmIndex{first + 1}) == last);
    CHECK(ids_of(store, PoolId{1}) == Ids{5100});
}

TEST_CASE("pools that are laid out anew again and again keep their firms in the memory there is")
{
    FirmStore store{2};
    store.reserve(std::array<std::size_t, 2>{100, 100});
    store.add(PoolId{1}, firm(7000));
    const std::vector<double> values =
        values_of(store.columns, FirmIndex{store.slots(PoolId{1}).begin});
    int laid_out = 0;
    std::size_t bytes = store.bytes();
    for (std::size_t n = 0; n < 300; ++n) {
        store.reserve(std::array<std::size_t, 2>{1, 0});
        store.add(PoolId{0}, firm(100.0 * static_cast<double>(n + 1)));
        laid_out += store.bytes() != bytes ? 1 : 0;
        bytes = store.bytes();
    }
    CHECK(ids_of(store, PoolId{0}).size() == 300);
    CHECK(ids_of(store, PoolId{0}).back() == 30'000);
    CHECK(values_of(store.columns, FirmIndex{store.slots(PoolId{1}).begin}) == values);
    CHECK(laid_out > 0);
    CHECK(laid_out < 30);
}

TEST_CASE("a full pool takes no firm")
{
    FirmStore store{2};
    store.reserve(std::array<std::size_t, 2>{1, 0});
    CHECK_THROWS_AS(store.add(PoolId{1}, firm(1)), InternalError);
}

TEST_CASE("only firms leave, and each once")
{
    FirmStore store{2};
    store.reserve(std::array<std::size_t, 2>{1, 1});
    store.add(PoolId{0}, firm(1));
    store.add(PoolId{1}, firm(2));
    std::array<std::size_t, 2> twice{0, 0};
    CHECK_THROWS_AS(store.remove(PoolId{0}, twice), InternalError);
    CHECK_THROWS_AS(remove(store, PoolId{0}, 1), InternalError);
}

TEST_CASE("every pool must say how many firms arrive")
{
    FirmStore store{2};
    CHECK_THROWS_AS(store.reserve(std::array<std::size_t, 1>{4}), InternalError);
}

TEST_CASE("a firm takes twenty-one numbers of memory")
{
    // 17 doubles, an id and three counters.
    FirmStore store{1};
    store.reserve(std::array<std::size_t, 1>{7});
    CHECK(store.slots(PoolId{0}).capacity == 8);
    CHECK(store.bytes() == 8 * 156);
}

}  // namespace
}  // namespace latecomer::firms_test
