#include "agents/start/spin_up.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

/// What brings capabilities back after a quarter of a spin-up.
namespace latecomer::tests::nudge_test {
namespace {

/// Countries have luck, firms come, go, climb and export all the time.
Scenario lively()
{
    Scenario scenario = round_scenario(3, 1, 3, 100);
    turn_everything_on(scenario.parameters);
    scenario.parameters.entry.rate = 0.1;
    scenario.parameters.mobility.upgrade_rate = 0.3;
    return scenario;
}

/// What firms and lead firms can do.
struct Capabilities {
    std::map<FirmId, Member> firms;
    std::vector<ByStage<double>> leads;
};

Capabilities capabilities_of(const World& world)
{
    return {members(world), {world.leads.capability.begin(), world.leads.capability.end()}};
}

/// A world that has moved away from its start for some quarters, and the frontier of the last of them, to which results of
/// pools are relative.
struct Moved {
    World world = make_world(lively());
    ByStage<double> frontier{};

    Moved()
    {
        run(world, 7);
        frontier = world.references.frontier;
        run(world, 1);
    }
};

bool is_near(double a, double b)
{
    return std::abs(a - b) <= 1e-12 * std::abs(b);
}

TEST_CASE("a nudge brings what economies sell back to what data say of them")
{
    Moved moved;
    World& world = moved.world;
    REQUIRE(std::abs(world.references.mean[CountryId{0}][3] /
                         world.countries.initial_capability[CountryId{0}][3] -
                     1.0) > 0.01);
    const World before = world;
    nudge(world, moved.frontier);
    for (const CountryId c : world.countries.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            CAPTURE(c.at(), s);
            const bool sold = before.references.mean[c][s] > 0.0;
            CHECK((!sold ||
                   is_near(world.references.mean[c][s], world.countries.initial_capability[c][s])));
            const bool lead_home = world.countries.role[c] == CountryRole::lead;
            CHECK((!lead_home || is_near(world.references.home[c][s], 1.0)));
        }
        CHECK(world.references.home_before[c] == world.references.home[c]);
    }
}

TEST_CASE("a nudge multiplies the firms of a country at a stage by one factor, and leaves all else")
{
    Moved moved;
    World& world = moved.world;
    const World old = world;
    const Capabilities before = capabilities_of(world);
    nudge(world, moved.frontier);
    const Capabilities after = capabilities_of(world);
    REQUIRE(after.firms.size() == before.firms.size());
    Largest largest;
    for (const auto& [id, member] : after.firms) {
        const Member& was = before.firms.at(id);
        const CountryId c = world.country_of(member.pool);
        for (std::size_t s = 0; s < stages; ++s) {
            const double mean = old.references.mean[c][s];
            const double factor = mean > 0.0 ? old.countries.initial_capability[c][s] / mean : 1.0;
            largest(difference(member.record.capability[s], was.record.capability[s] * factor));
            CHECK(member.record.experience[s] == was.record.experience[s]);
        }
        CHECK(member.record.cash == was.record.cash);
        CHECK(member.record.revenue == was.record.revenue);
        CHECK(member.domestic_share == was.domestic_share);
    }
    CHECK(largest.value() < 1e-14);
    for (const LeadId l : world.leads.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            const double mean = old.references.home[world.leads.home[l]][s];
            CHECK(is_near(after.leads[l.at()][s], before.leads[l.at()][s] / mean));
        }
    }
}

TEST_CASE("what is known of pools is nudged with their firms")
{
    Moved moved;
    World& world = moved.world;
    const World old = world;
    nudge(world, moved.frontier);
    for (const PoolId pool : world.pool_indices()) {
        const CountryId c = world.country_of(pool);
        const std::size_t s = at(world.positions[world.position_of(pool)].stage);
        double sum = 0.0;
        double best = 0.0;
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            sum += world.firms.columns.capability[s][i];
            best = std::max(best, world.firms.columns.capability[s][i]);
        }
        const PoolStatistics& now = world.statistics[pool];
        CAPTURE(pool.at());
        if (now.firms > 0) {
            CHECK(now.mean_capability == Approx(sum / static_cast<double>(now.firms)));
            CHECK(now.best_capability == Approx(best));
            const double factor =
                old.countries.initial_capability[c][s] / old.references.mean[c][s];
            CHECK(now.sold_capability == Approx(old.statistics[pool].sold_capability * factor));
        }
        CHECK(now.firms == old.statistics[pool].firms);
    }
}

TEST_CASE("where a country never sold anything, a nudge leaves its firms alone")
{
    Moved moved;
    World& world = moved.world;
    const CountryId c{0};
    const std::size_t s = at(Stage::storage);
    world.references.mean[c][s] = 0.0;
    const PoolId pool = world.pool(c, Positions::storage);
    REQUIRE(world.firms.slots(pool).count > 0);
    const FirmIndex first = *world.firms.firms_of(pool).begin();
    const double before = world.firms.columns.capability[s][first];
    nudge(world, moved.frontier);
    CHECK(world.firms.columns.capability[s][first] == before);
}

TEST_CASE("a second nudge changes nothing")
{
    Moved moved;
    World& world = moved.world;
    nudge(world, moved.frontier);
    const Capabilities before = capabilities_of(world);
    nudge(world, world.references.frontier);
    Largest largest;
    for (const auto& [id, member] : capabilities_of(world).firms) {
        for (std::size_t s = 0; s < stages; ++s) {
            largest(
                difference(member.record.capability[s], before.firms.at(id).record.capability[s]));
        }
    }
    CHECK(largest.value() < 1e-12);
}

}  // namespace
}  // namespace latecomer::tests::nudge_test
