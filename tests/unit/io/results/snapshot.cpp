#include "io/results/snapshot.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/worlds.hpp"

#include <set>

namespace latecomer::tests::snapshot_test {

using namespace latecomer::io;
using tests::Scratch;

namespace {

/// A world of three latecomer economies of 2,000 firms on average and one lead economy.
World small_world()
{
    return tests::make_world(tests::synthetic_scenario(3, 1, 2, 2000));
}

struct Snapshot {
    std::vector<std::uint64_t> ids;
    std::vector<std::uint16_t> country_index;
    std::vector<double> cash;
    Attribute countries, sample, firms_in_world;
};

/// What a snapshot of the world holds.
Snapshot snapshot_of(const World& world)
{
    const Scratch scratch;
    write_firm_snapshot(scratch / "firms.h5", world, {}, mpi::Communicator{});
    const Hdf5File file = Hdf5File::open(scratch / "firms.h5");
    Snapshot snapshot;
    const auto read = [&](const char* name, auto& values) {
        const Dataset dataset = file.open_dataset(name);
        values.resize(dataset.rows());
        dataset.read(0, dataset.rows(), values.data());
    };
    read("firm", snapshot.ids);
    read("country_index", snapshot.country_index);
    read("cash", snapshot.cash);
    snapshot.countries = file.attribute("snapshot_countries");
    snapshot.sample = file.attribute("snapshot_sample");
    snapshot.firms_in_world = file.attribute("firms_in_world");
    return snapshot;
}

std::set<std::uint64_t> set_of(const std::vector<std::uint64_t>& ids)
{
    return {ids.begin(), ids.end()};
}

}  // namespace

TEST_CASE("a snapshot holds all firms unless told otherwise")
{
    const World world = small_world();
    const Snapshot snapshot = snapshot_of(world);
    CHECK(static_cast<std::int64_t>(snapshot.ids.size()) == firm_count(world));
    CHECK(std::get<std::string>(snapshot.countries.value) == "all");
    CHECK(std::get<double>(snapshot.sample.value) == 1.0);
    CHECK(std::get<std::int64_t>(snapshot.firms_in_world.value) == firm_count(world));
}

TEST_CASE("a snapshot of one economy holds its firms, all of them and no other")
{
    World world = small_world();
    const CountryId c{1};
    world.scenario.parameters.output.snapshot_countries = {world.countries.key[c]};
    const Snapshot snapshot = snapshot_of(world);
    CHECK(static_cast<std::int64_t>(snapshot.ids.size()) == tests::firms_in(world, c));
    CHECK(std::ranges::count(snapshot.country_index, c.at()) ==
          static_cast<std::ptrdiff_t>(snapshot.ids.size()));
    CHECK(std::get<std::string>(snapshot.countries.value) == world.countries.key[c]);
    CHECK(std::get<std::int64_t>(snapshot.firms_in_world.value) == firm_count(world));
}

TEST_CASE("a sample has about its share of the firms, each with its own values")
{
    World world = small_world();
    world.scenario.parameters.output.snapshot_sample = 0.1;
    const Snapshot snapshot = snapshot_of(world);
    // 6,000 firms on average: 600 of them, give or take five standard deviations of 23.
    CHECK(static_cast<double>(snapshot.ids.size()) ==
          Approx(0.1 * static_cast<double>(firm_count(world))).margin(120.0));
    const auto firms = tests::members(world);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < snapshot.ids.size(); ++i) {
        wrong += firms.at(FirmId{snapshot.ids[i]}).record.cash != snapshot.cash[i];
    }
    CHECK(wrong == 0);
}

TEST_CASE("the sampled firms are the same in every quarter, and part of any larger sample")
{
    World world = small_world();
    world.scenario.parameters.output.snapshot_sample = 0.2;
    const auto before = set_of(snapshot_of(world).ids);
    world.scenario.parameters.output.snapshot_sample = 0.5;
    const auto more = set_of(snapshot_of(world).ids);
    CHECK(std::ranges::includes(more, before));
    CHECK(more.size() > before.size());

    tests::run(world, 12);
    world.scenario.parameters.output.snapshot_sample = 0.2;
    const auto after = set_of(snapshot_of(world).ids);
    std::size_t wrong = 0;
    std::size_t stayed = 0;
    for (const auto& [id, member] : tests::members(world)) {
        if (identity::birth(id) == 0) {
            const bool was_there = before.contains(identity::bits(id));
            wrong += was_there != after.contains(identity::bits(id));
            stayed += was_there ? 1u : 0u;
        }
    }
    CHECK(wrong == 0);
    CHECK(stayed > 100);
}

TEST_CASE("the estimate of a snapshot's size follows the sample")
{
    OutputParameters output;
    const std::uint64_t all = snapshot_bytes(output, 1000000);
    output.snapshot_sample = 0.25;
    CHECK(snapshot_bytes(output, 1000000) == all / 4);
}

TEST_CASE("shares are those of a firm in its market, in single precision rounded")
{
    World world = small_world();
    tests::run(world, 3);
    for (const PoolId pool :
         world.pool_indices()) {  // shares are stored up to a factor of the pool
        world.pools[pool].domestic_scale *= 0.5;
        world.pools[pool].export_scale *= 0.25;
    }
    const auto firms = tests::members(world);
    for (const Precision precision : {Precision::f64, Precision::f32}) {
        world.scenario.parameters.output.snapshot_precision = precision;
        const Scratch scratch;
        write_firm_snapshot(scratch / "firms.h5", world, {}, mpi::Communicator{});
        const Hdf5File file = Hdf5File::open(scratch / "firms.h5");
        const Dataset domestic = file.open_dataset("domestic_share");
        const Dataset exports = file.open_dataset("export_share");
        CHECK(size_of(domestic.type()) == (precision == Precision::f32 ? 4 : 8));
        std::vector<std::uint64_t> ids(domestic.rows());
        file.open_dataset("firm").read(0, ids.size(), ids.data());
        const auto value_in = [&](const Dataset& dataset, std::uint64_t row) {
            double value = 0.0;
            float single = 0.0F;
            dataset.read(row, 1,
                         precision == Precision::f32 ? static_cast<void*>(&single) : &value);
            return precision == Precision::f32 ? static_cast<double>(single) : value;
        };
        for (std::uint64_t row = 0; row < ids.size(); row += 97) {
            const auto& member = firms.at(FirmId{ids[row]});
            const PoolState& pool = world.pools[member.pool];
            CHECK(value_in(domestic, row) ==
                  Approx(member.record.domestic_share * pool.domestic_scale).epsilon(1e-6));
            CHECK(value_in(exports, row) ==
                  Approx(member.record.export_share * pool.export_scale).epsilon(1e-6));
        }
    }
}

}  // namespace latecomer::tests::snapshot_test
