#include "agents/world/state_walk.hpp"

#include "agents/world/state_hash.hpp"
#include "agents/world/state_visitors.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

#include <map>
#include <set>

namespace latecomer::state_walk_test {
namespace {

/// A world in which every list has entries.
World full_world()
{
    Scenario scenario = tests::round_scenario(2, 1, 2, 30);
    PolicyMix mix = no_policy(scenario.parameters.sectors.size());
    std::ranges::fill(mix.span(), 0.3);
    tests::give_all(scenario, mix);
    scenario.windows.push_back({"", Stage::analytics, 1, 0.3, 0.5, 0.5, 0.5});
    World world = tests::make_world(scenario);
    tests::run(world, 2);
    return world;
}

std::uint64_t hash_of(const World& world)
{
    return state_hash(world, mpi::Communicator{});
}

std::vector<StatePart> parts_of(const World& world)
{
    return shared_state(world, OutcomesMemory{});
}

TEST_CASE("no two lists of the shared state lie at the same place")
{
    const World world = full_world();
    std::set<const void*> places;
    std::size_t lists = 0;
    const auto note = [&](const auto& row, const auto& values) {
        INFO(row.key);
        const auto entries = entries_of(values);
        CHECK(entries.size() > 0);
        places.insert(entries.data());
        ++lists;
    };
    walk_state(world, note);
    CHECK(places.size() == lists);
}

TEST_CASE("the lists of the shared state have names of their own")
{
    std::map<std::string, int> lists;
    for (const StatePart& part : parts_of(full_world())) {
        ++lists[part.name];
    }
    for (const auto& [name, number] : lists) {
        INFO(name);
        // Losses of four quarters; governments of three countries.
        CHECK(number == (name == "losses" ? 4 : name.starts_with("government.") ? 3 : 1));
    }
}

TEST_CASE("the members of the entries of a list make up its words")
{
    const World world = full_world();
    const std::map<std::string, std::size_t> sizes{
        {"country", world.countries.size()},
        {"position", world.positions.size()},
        {"sector", world.positions.sectors()},
        {"lead_firm", world.leads.size()},
        {"instrument", instruments().size()},
        {"supplier", world.countries.size() + world.leads.size()},
        {"stage", stages},
        {"window", world.technology.base.size()},
        {"bin", histogram_bins}};
    for (const StatePart& part : parts_of(world)) {
        INFO(part.name);
        if (!part.name.starts_with("outcome.")) {
            std::size_t words = part.words_per_entry();
            for (const std::string& axis : part.axes) {
                words *= sizes.at(axis);
            }
            CHECK(part.words.size() == words);
        }
    }
}

TEST_CASE("the hash notices one bit of every member of the shared state")
{
    World world = full_world();
    const std::uint64_t before = hash_of(world);
    std::vector<StatePart> parts = parts_of(world);
    OutcomesMemory outcomes;
    for (StatePart& part : parts) {
        if (part.name.starts_with("outcome.")) {
            continue;
        }
        for (std::size_t member = 1; member <= part.words_per_entry(); ++member) {
            INFO(part.name << ", word " << member << " from behind");
            std::uint64_t& word = part.words[part.words.size() - member];
            word ^= 1;
            REQUIRE(restore_shared_state(world, outcomes, parts).empty());
            CHECK(hash_of(world) != before);
            word ^= 1;
        }
    }
    REQUIRE(restore_shared_state(world, outcomes, parts).empty());
    CHECK(hash_of(world) == before);
}

TEST_CASE("the hash notices when two neighbouring numbers of a list change places")
{
    World world = full_world();
    const std::uint64_t before = hash_of(world);
    double* price = world.markets.price_index.span().data();
    for (const std::size_t distance : {std::size_t{1}, std::size_t{8}}) {
        REQUIRE(price[0] != price[distance]);
        std::swap(price[0], price[distance]);
        CHECK(hash_of(world) != before);
        std::swap(price[0], price[distance]);
    }
}

/// A struct of each kind of member.
struct Kinds {
    std::optional<std::size_t> choice;
    std::uint8_t step = 0;
    Presence presence = Presence::home;
    std::vector<double> list;
    ByStage<double> skill{};
    double not_shared = 0.0;

    static constexpr auto table = std::tuple{
        Shared{"choice", &Kinds::choice},     Shared{"step", &Kinds::step},
        Shared{"presence", &Kinds::presence}, Shared{"list", &Kinds::list, {"window"}},
        Shared{"skill", &Kinds::skill},       NotShared{&Kinds::not_shared, Role::fixed},
    };
};
static_assert(fully_declared<Kinds>);

TEST_CASE("small numbers, choices and lists are saved as words and come back")
{
    const Kinds kinds{7, 3, Presence::venture, {1.5, -2.0}, {0.1, 0.2, 0.3, 0.4}, 9.0};
    StateSaver saver;
    walk_state(kinds, saver);
    const std::vector<StatePart> parts = std::move(saver).parts();
    REQUIRE(parts.size() == 5);
    CHECK(parts[0].words == std::vector<std::uint64_t>{8});  // 0 stands for none
    CHECK(parts[1].words == std::vector<std::uint64_t>{3});
    CHECK(parts[2].words == std::vector<std::uint64_t>{3});
    CHECK(parts[3].axes == std::vector<std::string>{"window"});
    CHECK(parts[3].words == std::vector<std::uint64_t>{0x3ff8000000000000, 0xc000000000000000});
    CHECK(parts[4].axes == std::vector<std::string>{"stage"});
    CHECK(parts[0].members.front().is_whole);
    CHECK_FALSE(parts[4].members.front().is_whole);

    Kinds again;
    StateRestorer restorer{parts};
    restorer.let_vectors_grow();
    walk_state(again, restorer);
    CHECK(restorer.complaint().empty());
    CHECK(again.choice == kinds.choice);
    CHECK(again.step == 3);
    CHECK(again.presence == Presence::venture);
    CHECK(again.list == kinds.list);
    CHECK(again.skill == kinds.skill);
    CHECK(again.not_shared == 0.0);
}

TEST_CASE("parts of another length, another name or another number do not fit")
{
    World world = full_world();
    const std::vector<StatePart> parts = parts_of(world);
    OutcomesMemory outcomes;
    std::vector<StatePart> changed = parts;
    changed.back().name = "other";
    CHECK(restore_shared_state(world, outcomes, changed) ==
          "part 'outcome.first_quarter' is missing");
    changed = parts;
    changed.pop_back();
    CHECK(restore_shared_state(world, outcomes, changed) ==
          "part 'outcome.first_quarter' is missing");
    changed = parts;
    changed.push_back(parts.front());
    CHECK(restore_shared_state(world, outcomes, changed) == "unexpected part 'world.quarter'");
    changed = parts;
    changed.front().words.push_back(0);
    CHECK(restore_shared_state(world, outcomes, changed) ==
          "part 'world.quarter' has 2 numbers instead of 1");
}

struct Undeclared {
    double declared = 0.0;
    std::uint32_t also_declared = 0;
    std::uint32_t in_a_gap = 0;  // no row, and no byte more

    static constexpr auto table = std::tuple{
        Shared{"declared", &Undeclared::declared},
        Shared{"also_declared", &Undeclared::also_declared},
    };
};

TEST_CASE("a struct with a member without a row is not fully declared")
{
    CHECK(fully_declared<Kinds>);
    CHECK_FALSE(fully_declared<Undeclared>);
}

}  // namespace
}  // namespace latecomer::state_walk_test
