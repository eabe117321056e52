#include "agents/firms/windows.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

#include <set>

namespace latecomer::tests::windows_test {
namespace {

constexpr CountryId home{0};
constexpr CountryId lead_home{1};
constexpr PositionId storage = Positions::storage;
constexpr std::size_t at_storage = at(Stage::storage);

/// A window at storage that is open from the start; capability never holds anybody back.
TechnologyWindow open_window(double perception_loss = 0.5)
{
    return {"", Stage::storage, 0, 0.3, 0.5, perception_loss, 1e3};
}

/// One latecomer economy, with a tenth of its firms in storage, and one of two lead firms.
World world_with(const std::vector<TechnologyWindow>& windows, int firms = 200)
{
    Scenario scenario = round_scenario(1, 1, 2, firms);
    scenario.windows = windows;
    World world = make_world(scenario);
    clear_books(world);
    open_windows(world);
    return world;
}

double& old_share(World& world, CountryId c, std::size_t window = 0)
{
    return world.technology.old_shares[c.at() * world.scenario.windows.size() + window];
}

double& base_of(World& world, std::size_t window)
{
    return world.technology.base[window];
}

std::vector<Block> storage_blocks(const World& world)
{
    std::vector<Block> found;
    for (const Block& block : blocks_of(world)) {
        if (block.position == storage) {
            found.push_back(block);
        }
    }
    return found;
}

void let_firms_adopt(World& world)
{
    const auto terms = window_terms(world, home, storage, {});
    for (const Block& block : storage_blocks(world)) {
        adopt_windows(world, block, terms);
    }
}

/// Which of the firms in storage have a window.
std::vector<bool> adopters(const World& world, std::size_t window = 0)
{
    std::vector<bool> have;
    for (const FirmIndex i : world.firms.firms_of(world.pool(home, storage))) {
        have.push_back((world.firms.columns.windows[i] >> window & 1u) != 0);
    }
    return have;
}

std::size_t number_of_adopters(const World& world, std::size_t window = 0)
{
    return static_cast<std::size_t>(std::ranges::count(adopters(world, window), true));
}

void set_capability(World& world, double capability)
{
    for (const FirmIndex i : world.firms.firms_of(world.pool(home, storage))) {
        world.firms.columns.capability[at_storage][i] = capability;
    }
}

// --- Opening and gain ------------------------------------------------------------------------------

TEST_CASE("a window's base is a part of the frontier of the quarter in which it opens")
{
    World world = world_with({{"cloud", Stage::storage, 3, 0.3, 0.5, 0.5, 0.4}});
    world.references.frontier[at_storage] = 2.0;
    std::vector<std::string> labels;
    for (world.quarter = 2; world.quarter < 5; ++world.quarter) {
        open_windows(world);
        world.references.frontier[at_storage] *= 2.0;
        labels.push_back(world.results.events.empty() ? "" : world.results.events.back().label);
    }
    CHECK(base_of(world, 0) == Approx(1.6));  // .4 of 4
    CHECK(labels == std::vector<std::string>{"", "cloud", "cloud"});
    REQUIRE(world.results.events.size() == 1);
    CHECK(world.results.events[0].value == 0.3);
    CHECK(world.results.events[0].where == "storage");
}

TEST_CASE("a window without a label is in the chronicle as one that opens")
{
    World world = world_with({open_window()});
    REQUIRE(world.results.events.size() == 1);
    CHECK(world.results.events[0].label == "window opens");
}

TEST_CASE("capability above the base takes away from the gain as far as it is locked in")
{
    WindowTerms terms;
    terms.base = 0.5;
    terms.gain = 0.3;
    terms.lock_in = 0.5;
    CHECK(adoption_gain(0.2, terms) == 0.3);
    CHECK(adoption_gain(0.5, terms) == 0.3);
    CHECK(adoption_gain(0.5 * std::exp(0.2), terms) == Approx(0.2));
    CHECK(adoption_gain(0.5 * std::exp(1.0), terms) == Approx(-0.2));
}

// --- Perception ------------------------------------------------------------------------------------

TEST_CASE("firms see the windows at the stage of their position that are open")
{
    World world = world_with({open_window(),
                              {"", Stage::analytics, 0, 0.1, 0.2, 0.3, 0.4},
                              {"", Stage::storage, 5, 0.3, 0.5, 0.5, 0.5}});
    CHECK(window_terms(world, home, Positions::collection, {}).empty());
    CHECK(window_terms(world, home, storage, {}).size() == 1);
    CHECK(window_terms(world, home, Positions::processing, {}).size() == 1);
    auto memory = window_terms(world, home, storage, {});
    CHECK(window_terms(world, home, Positions::collection, std::move(memory)).empty());
    world.quarter = 5;
    CHECK(window_terms(world, home, storage, {}).size() == 2);
    old_share(world, home, 1) = 0.5;
    const WindowTerms terms = window_terms(world, home, Positions::analytics, {}).front();
    CHECK(terms.window == 1);
    CHECK(terms.stage == 2);
    CHECK(terms.gain == 0.1);
    CHECK(terms.lock_in == 0.2);
    CHECK(terms.visibility == Approx(0.85));  // 1 - .3 x .5
}

TEST_CASE("a window opens on a country that makes all its revenue with the old technology")
{
    World world = world_with({open_window()});
    CHECK(old_share(world, home) == 1.0);
    CHECK(old_share(world, lead_home) == 1.0);
}

TEST_CASE("a firm perceives a window with its part of the frontier times what can be seen")
{
    World world = world_with({open_window()}, 20000);
    world.references.frontier[at_storage] = 2.0;
    set_capability(world, 1.2);    // .6 of the frontier
    old_share(world, home) = 1.0;  // half can be seen
    let_firms_adopt(world);
    CHECK(adopters(world).size() == 2000);
    CHECK(number_of_adopters(world) == Approx(600).margin(82));  // four standard deviations
}

TEST_CASE("a firm beyond the frontier sees no more than one at it")
{
    World world = world_with({open_window()}, 20000);
    set_capability(world, 2.0 * world.references.frontier[at_storage]);
    let_firms_adopt(world);
    CHECK(number_of_adopters(world) == Approx(1000).margin(90));  // half can be seen
}

TEST_CASE("at the frontier, where nobody uses the old, everybody perceives and gains once")
{
    World world = world_with({open_window(1.0)});
    world.references.frontier[at_storage] = 2.0;
    set_capability(world, 2.0);
    old_share(world, home) = 0.0;
    let_firms_adopt(world);
    let_firms_adopt(world);
    CHECK(number_of_adopters(world) == 20);
    for (const FirmIndex i : world.firms.firms_of(world.pool(home, storage))) {
        CHECK(world.firms.columns.capability[at_storage][i] == Approx(2.0 * std::exp(0.3)));
    }
}

TEST_CASE("where everybody sells the old, and the loss of perception is complete, nobody adopts")
{
    World world = world_with({open_window(1.0)});
    set_capability(world, 2.0);
    for (world.quarter = 0; world.quarter < 50; ++world.quarter) {
        let_firms_adopt(world);
    }
    CHECK(number_of_adopters(world) == 0);
}

TEST_CASE("other windows do not change who perceives a window")
{
    const auto perceived = [](const std::vector<TechnologyWindow>& windows, std::size_t number) {
        World world = world_with(windows, 2000);
        set_capability(world, 0.5);
        let_firms_adopt(world);
        return adopters(world, number);
    };
    const TechnologyWindow earlier{"", Stage::collection, 0, 0.3, 0.5, 0.5, 1e3};
    const auto alone = perceived({open_window()}, 0);
    CHECK(perceived({earlier, open_window()}, 1) == alone);
    CHECK(perceived({open_window(), open_window()}, 0) == alone);
    CHECK(perceived({open_window(), open_window()}, 1) != alone);
}

TEST_CASE("every window has draws of its own")
{
    std::vector<TechnologyWindow> windows;
    for (std::int64_t quarter = 0; quarter < 4; ++quarter) {
        for (std::size_t stage = 0; stage < stages; ++stage) {
            for (int n = 0; n < 2; ++n) {
                windows.push_back({"", static_cast<Stage>(stage), quarter, 0.3, 0.5, 0.5, 0.5});
            }
        }
    }
    World world = world_with(windows);
    world.quarter = 4;
    std::set<unsigned> draws;
    for (const PositionId p : {Positions::collection, storage, Positions::analytics,
                               Positions::application(SectorId{0})}) {
        for (const WindowTerms& terms : window_terms(world, home, p, {})) {
            draws.insert(terms.draw);
        }
    }
    CHECK(draws.size() == 32);
    CHECK(*draws.rbegin() < 1u << 18);  // the most that the random numbers can tell apart
}

// --- Lead firms and entrants -----------------------------------------------------------------------

TEST_CASE("lead firms adopt at any stage, once, with the old technology of their home in view")
{
    World world = world_with({open_window(1.0)});
    for (const LeadId l : world.leads.indices()) {
        world.leads.capability[l][at_storage] = world.references.frontier[at_storage];
    }
    old_share(world, home) = 0.0;
    lead_firms_adopt_windows(world);
    CHECK(world.leads.windows[LeadId{0}] == 0);
    old_share(world, lead_home) = 0.0;
    world.results.events.clear();
    lead_firms_adopt_windows(world);
    lead_firms_adopt_windows(world);
    for (const LeadId l : world.leads.indices()) {
        CHECK(world.leads.windows[l] == 1);
        CHECK(world.leads.capability[l][at_storage] == Approx(std::exp(0.3)));
    }
    REQUIRE(world.results.events.size() == 2);
    CHECK(world.results.events[0].label == "adopts at storage");
    CHECK(world.results.events[0].value == 0.3);
}

TEST_CASE("lead firms adopt no window before it opens")
{
    TechnologyWindow later = open_window();
    later.quarter = 1;
    World world = world_with({later});
    old_share(world, lead_home) = 0.0;
    base_of(world, 0) = 1e3;
    lead_firms_adopt_windows(world);
    CHECK(world.leads.windows[LeadId{0}] == 0);
}

TEST_CASE("an entrant has every open window and gains as far as others lack it")
{
    TechnologyWindow closed = open_window();
    closed.quarter = 9;
    World world =
        world_with({open_window(), {"", Stage::analytics, 0, 0.8, 0.5, 0.5, 0.5}, closed});
    old_share(world, lead_home, 0) = 0.5;
    old_share(world, lead_home, 1) = 0.25;
    FirmRecord firm;
    firm.capability = {1.0, 1.0, 1.0, 1.0};
    equip_entrant(world, lead_home, firm);
    CHECK(firm.windows == 3);
    CHECK(firm.capability[0] == 1.0);
    CHECK(firm.capability[1] == Approx(std::exp(0.15)));
    CHECK(firm.capability[2] == Approx(std::exp(0.2)));
    CHECK(firm.capability[3] == 1.0);
}

}  // namespace
}  // namespace latecomer::tests::windows_test
