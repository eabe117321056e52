#include "agents/world/state_hash.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <array>
#include <cmath>
#include <type_traits>
#include <utility>

namespace latecomer::state_hash_test {
namespace {

World some_world()
{
    World world = tests::make_world(tests::round_scenario(2, 1, 2, 30));
    tests::run(world, 2);
    return world;
}

std::uint64_t hash_of(const World& world)
{
    return state_hash(world, mpi::Communicator{});
}

/// Two neighbours in a pool.
std::pair<FirmIndex, FirmIndex> neighbours(const World& world)
{
    const std::size_t first = world.firms.slots(world.pool(CountryId{0}, PositionId{0})).begin;
    return {FirmIndex{first}, FirmIndex{first + 1}};
}

TEST_CASE("the order of firms in their pool does not show in the hash")
{
    World world = some_world();
    const std::uint64_t before = hash_of(world);
    const auto [a, b] = neighbours(world);
    Firms& firms = world.firms.columns;
    const FirmRecord first = record_of(firms, a);
    store(firms, a, record_of(firms, b));
    store(firms, b, first);
    CHECK(hash_of(world) == before);
}

TEST_CASE("the hash notices when two firms exchange a value")
{
    World world = some_world();
    const std::uint64_t before = hash_of(world);
    const auto [a, b] = neighbours(world);
    Firms& firms = world.firms.columns;
    REQUIRE(firms.cash[a] != firms.cash[b]);
    std::swap(firms.cash[a], firms.cash[b]);
    CHECK(hash_of(world) != before);
}

TEST_CASE("the hash notices when a firm exchanges two of its values")
{
    World world = some_world();
    const std::uint64_t before = hash_of(world);
    const FirmIndex i = neighbours(world).first;
    std::swap(world.firms.columns.cash[i], world.firms.columns.revenue[i]);
    CHECK(hash_of(world) != before);
}

TEST_CASE("the hash notices one bit of every state column and no other column")
{
    World world = some_world();
    const std::uint64_t before = hash_of(world);
    const FirmIndex i = neighbours(world).first;
    Firms& firms = world.firms.columns;
    for_each(Firms::table, [&](const auto& field) {
        auto& column = firms.*field.member;
        using Columns = std::remove_cvref_t<decltype(column)>;
        const auto notices = [&](auto& of_firm) {
            const auto kept = of_firm;
            using Value = std::remove_cvref_t<decltype(of_firm)>;
            if constexpr (std::is_same_v<Value, double>) {
                of_firm = std::nextafter(kept, 1e300);
            } else {
                of_firm = Value{static_cast<std::underlying_type_t<FirmId>>(kept) ^ 1};
            }
            const bool noticed = hash_of(world) != before;
            of_firm = kept;
            return noticed;
        };
        INFO(field.key);
        if constexpr (std::is_same_v<Columns, StageColumns>) {
            for (auto& of_stage : column) {
                CHECK(notices(of_stage[i]));
            }
        } else if constexpr (std::is_same_v<Columns, FirmColumn<std::uint32_t>>) {
            ++column[i];
            CHECK(hash_of(world) != before);
            --column[i];
        } else {
            CHECK(notices(column[i]) == (field.role == Role::state));
        }
    });
    CHECK(hash_of(world) == before);
}

TEST_CASE("the hash notices a firm in another pool")
{
    World world = some_world();
    const std::uint64_t before = hash_of(world);
    const FirmIndex i = neighbours(world).first;
    const FirmRecord firm = record_of(world.firms.columns, i);
    const PoolId to = world.pool(CountryId{0}, Positions::storage);
    const PoolId from = world.pool(CountryId{0}, PositionId{0});
    std::size_t place = 0;
    world.firms.remove(from, std::span{&place, 1});
    std::vector<std::size_t> arrivals(world.pools.size());
    arrivals[to.at()] = 1;
    world.firms.reserve(arrivals);
    world.firms.add(to, firm);
    CHECK(hash_of(world) != before);
}

TEST_CASE("the hash notices what countries, lead firms and markets remember")
{
    const World world = some_world();
    const std::uint64_t before = hash_of(world);
    const CountryId c{1};
    const auto notices = [&](const auto& change) {
        World other = world;
        change(other);
        return hash_of(other) != before;
    };
    CHECK(notices([](World& w) { ++w.quarter; }));
    CHECK(notices([&](World& w) { w.countries.wage[c] *= 2.0; }));
    CHECK(notices([&](World& w) { w.countries.skill[c][3] *= 2.0; }));
    CHECK(notices([&](World& w) { w.countries.public_debt[c] += 1.0; }));
    CHECK(notices([&](World& w) { w.countries.orders(c, PositionId{3}) += 1.0; }));
    CHECK(notices([&](World& w) { w.countries.commons(c, SectorId{3}) += 1.0; }));
    CHECK(notices([&](World& w) { w.countries.open_data(c, SectorId{3}) += 1.0; }));
    CHECK(notices([](World& w) { w.leads.cash[LeadId{1}] += 1.0; }));
    CHECK(notices([](World& w) { w.leads.capability[LeadId{1}][3] *= 2.0; }));
    CHECK(notices([](World& w) { w.leads.mark_up(LeadId{1}, PositionId{7}) *= 2.0; }));
    CHECK(notices([](World& w) { w.leads.localised.back() += 1.0; }));
    CHECK(notices([&](World& w) { w.leads.presence(LeadId{1}, c) = Presence::region; }));
    CHECK(notices([&](World& w) { w.markets.share(c, PositionId{7})[4] += 0.1; }));
    CHECK(notices([&](World& w) { w.markets.processing_share[c] += 0.1; }));
    CHECK(notices([&](World& w) { w.markets.price_index(c, PositionId{7}) *= 2.0; }));
    CHECK(notices([&](World& w) { w.trade.tariffs(c, CountryId{2}) += 0.1; }));
    CHECK(notices([](World& w) { w.pools[PoolId{9}].export_scale *= 2.0; }));
    CHECK(notices([](World& w) { ++w.statistics[PoolId{9}].exporters; }));
}

}  // namespace
}  // namespace latecomer::state_hash_test
