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

template <class Range>
std::vector<double> copied(const Range& values)
{
    return {values.begin(), values.end()};
}

/// Lead firms have two homes, countries have luck, firms come, go, climb and export all the time.
Scenario lively()
{
    Scenario scenario = round_scenario(3, 2, 4, 100);
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

/// A world that has moved away from its start, and the frontier to which its last quarter is relative.
struct Moved {
    World world;
    ByStage<double> frontier;
};

Moved moved(const Scenario& scenario, int quarters = 8)
{
    Moved result{make_world(scenario), {}};
    run(result.world, quarters - 1);
    result.frontier = result.world.references.frontier;
    run(result.world, 1);
    return result;
}

bool has_firms(const World& world, CountryId c)
{
    return world.countries.role[c] != CountryRole::lead;
}

/// Mean capability of what lead firms at home in a country sold at a stage, by the books of the quarter.
double sold_by_leads(const World& world, CountryId home, std::size_t s)
{
    double sales = 0.0;
    double weighted = 0.0;
    for (const LeadId l : world.leads.indices()) {
        for (const PositionId p : world.positions.indices()) {
            if (world.leads.home[l] == home && at(world.positions[p].stage) == s) {
                const double value = world.leads.units(l, p) * world.leads.price(l, p);
                sales += value;
                weighted += value * world.leads.capability[l][s];
            }
        }
    }
    return weighted / sales;
}

TEST_CASE("a nudge brings what economies sell to where figures say, and lead firms to one")
{
    auto [world, frontier] = moved(lively());
    const World before = world;
    const CountryId first{0};
    const double capability = economies_of(world.scenario)[0].capability;
    REQUIRE(std::abs(before.references.mean[first][3] / (0.7 * capability) - 1.0) > 0.01);
    nudge(world, frontier);
    // Synthetic economies are 1, .9, .6 and .7 of their capability at the four stages.
    CHECK(same(world.references.mean[first][0], capability));
    CHECK(same(world.references.mean[first][1], 0.9 * capability));
    CHECK(same(world.references.mean[first][2], 0.6 * capability));
    CHECK(same(world.references.mean[first][3], 0.7 * capability));
    for (const CountryId c : world.countries.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            CHECK(same(world.references.frontier[s], 1.0));
            CHECK(same(world.references.home[c][s],
                       has_firms(world, c) ? world.countries.initial_capability[c][s] : 1.0));
        }
        CHECK(world.references.home_before[c] == world.references.home[c]);
    }
}

TEST_CASE("a nudge multiplies the firms of a country at a stage by one factor, and leaves all else")
{
    auto [world, frontier] = moved(lively());
    const World old = world;
    const Capabilities before = capabilities_of(world);
    nudge(world, frontier);
    const Capabilities after = capabilities_of(world);
    REQUIRE(after.firms.size() == before.firms.size());
    Largest largest;
    for (const auto& [id, member] : after.firms) {
        const Member& was = before.firms.at(id);
        const CountryId c = world.country_of(member.pool);
        for (std::size_t s = 0; s < stages; ++s) {
            const double factor =
                old.countries.initial_capability[c][s] / old.references.mean[c][s];
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
            CHECK(same(after.leads[l.at()][s],
                       before.leads[l.at()][s] / sold_by_leads(old, old.leads.home[l], s)));
        }
    }
}

TEST_CASE("what is known of pools and economies is nudged with their firms")
{
    auto [world, frontier] = moved(lively());
    const World old = world;
    nudge(world, frontier);
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
            const double factor =
                old.countries.initial_capability[c][s] / old.references.mean[c][s];
            CHECK(now.sold_capability == Approx(old.statistics[pool].sold_capability * factor));
            CHECK(
                same(world.references.plain_mean[c][s], old.references.plain_mean[c][s] * factor));
            CHECK(same(world.references.best[c][s], old.references.best[c][s] * factor));
        }
    }
    for (const CountryId c : world.countries.indices()) {
        double index = 0.0;
        for (std::size_t s = 0; s < stages; ++s) {
            const double weights[] = {0.05, 0.12, 0.15, 0.68};
            index += weights[s] * std::log(world.references.home[c][s]);
        }
        CHECK(world.references.capability_index[c] == Approx(index).margin(1e-13));
        CHECK((!has_firms(world, c) ||
               world.references.capability_index[c] != old.references.capability_index[c]));
    }
    CHECK(copied(world.references.mean_revenue) == copied(old.references.mean_revenue));
}

TEST_CASE("capabilities at a stage where nothing is sold stay as they are")
{
    auto [world, frontier] = moved(lively());
    const CountryId c{0};
    const std::size_t s = at(Stage::storage);
    world.references.mean[c][s] = 0.0;
    const Capabilities before = capabilities_of(world);
    nudge(world, frontier);
    for (const auto& [id, member] : capabilities_of(world).firms) {
        if (world.country_of(member.pool) == c) {
            CHECK(member.record.capability[s] == before.firms.at(id).record.capability[s]);
        }
    }
}

TEST_CASE("a second nudge changes nothing")
{
    auto [world, frontier] = moved(lively());
    const ByStage<double> after_quarter = world.references.frontier;
    nudge(world, frontier);
    const Capabilities once = capabilities_of(world);
    const World nudged = world;
    nudge(world, after_quarter);
    Largest largest;
    for (const auto& [id, member] : capabilities_of(world).firms) {
        for (std::size_t s = 0; s < stages; ++s) {
            largest(
                difference(member.record.capability[s], once.firms.at(id).record.capability[s]));
        }
    }
    for (const CountryId c : world.countries.indices()) {
        for (std::size_t s = 0; s < stages; ++s) {
            largest(difference(world.references.home[c][s], nudged.references.home[c][s]));
        }
    }
    CHECK(largest.value() < 1e-14);
}

TEST_CASE(
    "who is more productive than the reference is ahead of lead firms, and part of the frontier")
{
    std::vector<CountryData> countries{economy("A", 1), economy("B", 2), economy("L", 3)};
    countries[1].role = CountryRole::advanced;
    countries[1][Indicator::productivity].value = 80000.0 * 1.44;
    countries[2].role = CountryRole::lead;
    countries[2].lead_firms = 3;
    auto [world, frontier] = moved(table_scenario(std::move(countries), 100));
    nudge(world, frontier);
    for (std::size_t s = 0; s < stages; ++s) {
        CHECK(same(world.references.mean[CountryId{1}][s], 1.2));
        CHECK(same(world.references.home[CountryId{2}][s], 1.0));
        CHECK(world.references.frontier[s] > 1.0);
        CHECK(world.references.frontier[s] < 1.2);
    }
    CHECK(world.references.capability_index[CountryId{1}] > 0.0);
    CHECK(world.references.capability_index[CountryId{2}] < 0.0);
}

}  // namespace
}  // namespace latecomer::tests::nudge_test
