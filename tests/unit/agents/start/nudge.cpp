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

/// A world that has moved away from its start for some quarters.
World moved_world()
{
    World world = make_world(lively());
    run(world, 8);
    return world;
}

TEST_CASE("a nudge brings what economies sell back to where they stood against the frontier")
{
    World world = moved_world();
    const World before = world;
    REQUIRE(std::abs(before.references.mean[CountryId{0}][3] / before.held.mean[CountryId{0}][3] -
                     1.0) > 0.01);
    nudge(world);
    for (const CountryId c : world.countries.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            CHECK(same(world.references.mean[c][s], world.held.mean[c][s]));
            CHECK(same(world.references.mean[c][s] / world.references.frontier[s],
                       before.held.mean[c][s] / before.held.frontier[s]));
        }
    }
    CHECK(world.references.frontier == before.held.frontier);
    for (const CountryId c : world.countries.indices()) {
        CHECK(world.references.home_before[c] == world.references.home[c]);
    }
}

TEST_CASE("a nudge multiplies the firms of a country at a stage by one factor, and leaves all else")
{
    World world = moved_world();
    const World old = world;
    const Capabilities before = capabilities_of(world);
    nudge(world);
    const Capabilities after = capabilities_of(world);
    REQUIRE(after.firms.size() == before.firms.size());
    Largest largest;
    for (const auto& [id, member] : after.firms) {
        const Member& was = before.firms.at(id);
        const CountryId c = world.country_of(member.pool);
        for (std::size_t s = 0; s < stages; ++s) {
            const double factor = old.held.mean[c][s] / old.references.mean[c][s];
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
            const double growth = old.references.frontier[s] / old.held.frontier[s];
            CHECK(same(after.leads[l.at()][s], before.leads[l.at()][s] / growth));
        }
    }
}

TEST_CASE("what is known of pools and economies is nudged with their firms")
{
    World world = moved_world();
    const World old = world;
    nudge(world);
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
        }
        CHECK(now.firms == old.statistics[pool].firms);
        if (old.references.mean[c][s] > 0.0) {
            CHECK(now.sold_capability == Approx(old.statistics[pool].sold_capability *
                                                old.held.mean[c][s] / old.references.mean[c][s]));
        }
    }
    for (const CountryId c : world.countries.indices()) {
        double index = 0.0;
        for (std::size_t s = 0; s < stages; ++s) {
            const double weights[] = {0.05, 0.12, 0.15, 0.68};
            index += weights[s] * std::log(world.references.home[c][s] / old.held.frontier[s]);
            if (old.references.mean[c][s] > 0.0) {
                const double factor = old.held.mean[c][s] / old.references.mean[c][s];
                CHECK(same(world.references.home[c][s], old.references.home[c][s] * factor));
                CHECK(same(world.references.plain_mean[c][s],
                           old.references.plain_mean[c][s] * factor));
                CHECK(same(world.references.best[c][s], old.references.best[c][s] * factor));
            }
        }
        CHECK(world.references.capability_index[c] == Approx(index).margin(1e-13));
        CHECK((world.countries.role[c] == CountryRole::lead ||
               world.references.capability_index[c] != old.references.capability_index[c]));
    }
}

TEST_CASE("where nothing was sold at the start, a nudge takes back what the frontier grew by")
{
    World world = moved_world();
    const CountryId c{0};
    const std::size_t s = at(Stage::storage);
    world.held.mean[c][s] = 0.0;
    const double growth = world.references.frontier[s] / world.held.frontier[s];
    const PoolId pool = world.pool(c, Positions::storage);
    REQUIRE(world.firms.slots(pool).count > 0);
    const FirmIndex first = *world.firms.firms_of(pool).begin();
    const double before = world.firms.columns.capability[s][first];
    nudge(world);
    CHECK(same(world.firms.columns.capability[s][first], before / growth));
}

TEST_CASE("where nothing has moved, a nudge changes nothing")
{
    World world = make_world(lively());
    const Capabilities before = capabilities_of(world);
    nudge(world);
    Largest largest;
    for (const auto& [id, member] : capabilities_of(world).firms) {
        for (std::size_t s = 0; s < stages; ++s) {
            largest(
                difference(member.record.capability[s], before.firms.at(id).record.capability[s]));
        }
    }
    CHECK(largest.value() < 1e-14);
}

}  // namespace
}  // namespace latecomer::tests::nudge_test
