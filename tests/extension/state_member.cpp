/// A member of the shared state more, and a lever more, each declared here by its row alone: the walk
/// that saves, restores, hashes and compares the world finds them.
///
/// A type cannot be exchanged by the linker, as a function can, and building the program once more
/// with another World would take minutes.  So this world derives from that of the program, and its
/// table begins with the rows of the other; walk_state() takes any struct with such a table.

#include "agents/world/state_hash.hpp"
#include "agents/world/state_visitors.hpp"
#include "io/checkpoint/checkpoint.hpp"
#include "io/results/provenance.hpp"
#include "io/run_folder/comparison.hpp"
#include "io/scenario/resolved.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/worlds.hpp"

namespace latecomer::tests::state_member_test {
namespace {

using namespace latecomer::io;

const mpi::Communicator alone;
constexpr CountryId second{1};

struct MoreLevers : Levers {
    double sandbox = 1.0;

    static constexpr auto table =
        std::tuple_cat(Levers::table, std::tuple{Shared{"sandbox", &MoreLevers::sandbox}});
};

struct LargerWorld : World {
    Column<CountryId, double> rainfall;
    Column<CountryId, MoreLevers> more_levers;

    static constexpr auto table = std::tuple_cat(
        World::table, std::tuple{Shared{"country.rainfall", &LargerWorld::rainfall},
                                 Shared{"country.more_levers", &LargerWorld::more_levers}});
};

LargerWorld larger_world()
{
    World world = make_world(synthetic_scenario(2, 1, 2, 30));
    run(world, 2);
    const std::size_t countries = world.countries.size();
    return {std::move(world), Column<CountryId, double>(countries, 800.0),
            Column<CountryId, MoreLevers>(countries)};
}

std::uint64_t hash_of(const LargerWorld& world)
{
    StateHash shared;
    walk_state(world, shared);
    return state_hash(firm_hash(world, alone), shared.value());
}

void write(const std::filesystem::path& path, const LargerWorld& world)
{
    StateSaver saver;
    walk_state(world, saver);
    const Attributes attributes = provenance(
        world.scenario, {resolved_toml(world.scenario), "test", 1, 1}, checkpoint_schema);
    write_checkpoint(path, world, std::move(saver).parts(), hash_of(world), attributes, alone);
}

TEST_CASE("a new member of the shared state and a new lever reach the state hash")
{
    LargerWorld world = larger_world();
    const std::uint64_t before = hash_of(world);
    world.rainfall[second] = 801.0;
    CHECK(hash_of(world) != before);
    world.rainfall[second] = 800.0;
    world.more_levers[second].sandbox = 1.5;
    CHECK(hash_of(world) != before);
    world.more_levers[second].sandbox = 1.0;
    CHECK(hash_of(world) == before);
}

TEST_CASE("a new member of the shared state and a new lever come back from a checkpoint")
{
    const Scratch scratch;
    LargerWorld world = larger_world();
    world.rainfall[second] = 801.0;
    world.more_levers[second].sandbox = 1.5;
    write(scratch / "larger.h5", world);

    LargerWorld other = larger_world();
    const CheckpointContent content = read_checkpoint_content(scratch / "larger.h5");
    StateRestorer restorer{content.parts};
    walk_state(other, restorer);
    CHECK(restorer.complaint().empty());
    CHECK(other.rainfall[second] == 801.0);
    CHECK(other.more_levers[second].sandbox == 1.5);
    CHECK(hash_of(other) == hash_of(world));
}

TEST_CASE("comparing names a new member of the shared state and a new lever")
{
    const Scratch scratch;
    LargerWorld world = larger_world();
    write(scratch / "before.h5", world);
    world.rainfall[second] = 801.0;
    write(scratch / "wetter.h5", world);
    const auto wetter = compare_files(scratch / "before.h5", scratch / "wetter.h5").difference;
    REQUIRE(wetter);
    CHECK(wetter->words == "country.rainfall, country S002: 800.0 and 801.0");

    world.rainfall[second] = 800.0;
    world.more_levers[second].sandbox = 1.5;
    write(scratch / "freer.h5", world);
    const auto freer = compare_files(scratch / "before.h5", scratch / "freer.h5").difference;
    REQUIRE(freer);
    CHECK(freer->words == "country.more_levers.sandbox, country S002: 1.0 and 1.5");
}

}  // namespace
}  // namespace latecomer::tests::state_member_test
