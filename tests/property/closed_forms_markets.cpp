/// Laws of markets: what splitting a pool changes, and how habits fade.

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>
#include <vector>

namespace latecomer::tests::closed_forms_markets_test {
namespace {

// --- Splitting a pool ------------------------------------------------------------------------------

/// Three economies of equal firms by number, trade without barriers, selection at work alone.
Scenario three_economies(double habit)
{
    Scenario scenario = table_scenario({economy("A", 0), economy("B", 1), economy("C", 2)}, 200);
    Parameters& parameters = scenario.parameters;
    turn_learning_off(parameters);
    turn_moves_off(parameters);
    turn_macro_off(parameters);
    parameters.data.quality_gain = 0.0;
    parameters.selection.strength = 0.1;
    parameters.selection.noise = 0.0;
    parameters.selection.mark_up_speed = 0.0;
    parameters.trade.habit = habit;
    parameters.trade.sensitivity = 0.1;
    parameters.trade.barrier = 0.0;
    for (PositionParameters* position :
         {&parameters.collection, &parameters.storage, &parameters.processing,
          &parameters.analytics, &parameters.applications}) {
        position->input_collection = 0.0;
        position->input_storage = 0.0;
        position->input_analytics = 0.0;
    }
    return scenario;
}

constexpr CountryId at_home{0};
constexpr CountryId abroad{1};
constexpr CountryId also_abroad{2};

/// What the whole sample of foreign firms has in the first economy's markets.
struct Foreigners {
    std::vector<double> share;        ///< of each market, by firm, position after position
    std::vector<double> price_index;  ///< by position
};

/// Lets one group of foreign firms sell in the first economy: all of them from one country, or, in
/// two halves that are the same firms by capability and share, from two.
World made_world(const Scenario& scenario, bool split)
{
    World world = make_world(scenario);
    Firms& firms = world.firms.columns;
    for (const PositionId p : world.positions.indices()) {
        const PoolId one = world.pool(abroad, p);
        const PoolId other = world.pool(also_abroad, p);
        const std::size_t n = world.firms.firms_of(one).size();
        if (p == Positions::processing || n == 0) {
            continue;
        }
        double part[2] = {0.0, 0.0};  // of the sample's sales, in either half
        for (std::size_t i = 0; i < n; ++i) {
            const FirmIndex twin{world.firms.slots(one).begin + i};
            const FirmIndex copy{world.firms.slots(other).begin + i};
            for (std::size_t s = 0; s < stages; ++s) {
                firms.capability[s][copy] = firms.capability[s][twin];
            }
            part[2 * i < n ? 0 : 1] += domestic_share(world, one, twin);
        }
        world.statistics[one].exporters = 0;
        world.statistics[other].exporters = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const bool late = !(2 * i < n);
            const FirmIndex twin{world.firms.slots(one).begin + i};
            const FirmIndex copy{world.firms.slots(other).begin + i};
            const double share = domestic_share(world, one, twin);
            const PoolId seller = split && late ? other : one;
            firms.export_share[split && late ? copy : twin] =
                split ? share / part[late ? 1 : 0] : share;
            ++world.statistics[seller].exporters;
        }
        world.pools[one].export_scale = 1.0;
        world.pools[other].export_scale = 1.0;
        for (const CountryId d : world.countries.indices()) {
            for (double& share : world.markets.share(d, p)) {
                share = 0.0;
            }
            world.markets.share(d, p)[d.at()] = d == at_home ? 0.7 : 1.0;
        }
        world.markets.share(at_home, p)[abroad.at()] = split ? 0.3 * part[0] : 0.3;
        world.markets.share(at_home, p)[also_abroad.at()] = split ? 0.3 * part[1] : 0.0;
    }
    return world;
}

Foreigners foreigners(const World& world)
{
    Foreigners found;
    for (const PositionId p : world.positions.indices()) {
        if (p == Positions::processing) {
            continue;
        }
        const PoolId one = world.pool(abroad, p);
        const PoolId other = world.pool(also_abroad, p);
        for (std::size_t i = 0; i < world.firms.firms_of(one).size(); ++i) {
            const FirmIndex twin{world.firms.slots(one).begin + i};
            const FirmIndex copy{world.firms.slots(other).begin + i};
            const auto& share = world.markets.share(at_home, p);
            found.share.push_back(share[abroad.at()] * export_share(world, one, twin) +
                                  share[also_abroad.at()] * export_share(world, other, copy));
        }
        found.price_index.push_back(world.markets.price_index(at_home, p));
    }
    return found;
}

/// The largest relative difference that splitting makes after some quarters.
double effect_of_splitting(double habit)
{
    const Scenario scenario = three_economies(habit);
    World whole = made_world(scenario, false);
    World split = made_world(scenario, true);
    run(whole, 10);
    run(split, 10);
    const Foreigners a = foreigners(whole);
    const Foreigners b = foreigners(split);
    REQUIRE(a.share.size() == 160);
    Largest effect;
    for (std::size_t i = 0; i < a.share.size(); ++i) {
        CHECK(a.share[i] > 0.0);
        effect(difference(a.share[i], b.share[i]));
    }
    for (std::size_t i = 0; i < a.price_index.size(); ++i) {
        effect(difference(a.price_index[i], b.price_index[i]));
    }
    return effect.value();
}

TEST_CASE("without taste, splitting a pool changes nothing")
{
    CHECK(effect_of_splitting(1.0) < 1e-12);
}

TEST_CASE("with taste for countries, splitting a pool changes its market share")
{
    CHECK(effect_of_splitting(0.975) > 1e-2);
}

TEST_CASE("without taste, market shares follow the replicator of all firms that sell there")
{
    World world = made_world(three_economies(1.0), false);
    const Foreigners start = foreigners(world);
    const auto before = members(world);
    run(world, 10);
    const Foreigners now = foreigners(world);

    // Foreign storage firms: market share times capability to the power chi t, up to a factor.
    const PositionId p = Positions::storage;
    std::size_t first = 0;  // of storage firms in the list
    first += world.firms.firms_of(world.pool(abroad, Positions::collection)).size();
    const auto range = world.firms.firms_of(world.pool(abroad, p));
    const auto capability = [&](FirmIndex i) {
        return before.at(world.firms.columns.id[i]).record.capability[1];
    };
    Largest deviation;
    for (const FirmIndex i : range) {
        const std::size_t k = first + i.at() - (*range.begin()).at();
        deviation(difference(now.share[k] / now.share[first],
                             start.share[k] / start.share[first] *
                                 (capability(i) / capability(*range.begin()))));
    }
    // Domestic against foreign firms: wages are equal, so capability alone decides here as well.
    const PoolId home = world.pool(at_home, p);
    for (const FirmIndex i : world.firms.firms_of(home)) {
        const Member& then = before.at(world.firms.columns.id[i]);
        const double share = world.markets.share(at_home, p)[0] * domestic_share(world, home, i);
        deviation(difference(share / now.share[first],
                             0.7 * then.domestic_share / start.share[first] *
                                 (then.record.capability[1] / capability(*range.begin()))));
    }
    CHECK(range.size() == 20);
    CHECK(deviation.value() < 1e-12);
}

// --- Habit -----------------------------------------------------------------------------------------

/// Log of a supplier's share relative to the first, less the same for taste.
std::vector<double> distance_from_taste(std::span<const double> share,
                                        std::span<const double> taste)
{
    std::vector<double> distance;
    std::size_t first = share.size();
    for (std::size_t k = 0; k < share.size(); ++k) {
        if (share[k] > 0.0) {
            first = std::min(first, k);
            distance.push_back(std::log(share[k] / share[first]) -
                               std::log(taste[k] / taste[first]));
        }
    }
    return distance;
}

std::vector<double> tastes_of(const World& world, CountryId d, PositionId p)
{
    std::vector<double> tastes;
    for (const double log_taste : world.markets.log_taste(d, p)) {
        tastes.push_back(std::exp(log_taste));
    }
    return tastes;
}

std::vector<double> all_distances(const World& world)
{
    std::vector<double> all = distance_from_taste(world.markets.processing_share.span(),
                                                  world.markets.processing_taste.span());
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            if (p != Positions::processing) {
                const auto some =
                    distance_from_taste(world.markets.share(d, p), tastes_of(world, d, p));
                all.insert(all.end(), some.begin(), some.end());
            }
        }
    }
    return all;
}

/// Moves shares away from taste, by a different factor for each supplier.
template <class Shares>
void disturb(Shares&& shares)
{
    double sum = 0.0;
    double factor = 1.0;
    for (double& share : shares) {
        share *= factor;
        factor = factor > 2.0 ? 0.5 : factor + 0.4;
        sum += share;
    }
    for (double& share : shares) {
        share /= sum > 0.0 ? sum : 1.0;
    }
}

TEST_CASE("where appeal does not count, log shares approach taste by the factor of habit")
{
    Scenario scenario = round_scenario(4, 2, 5, 60);
    turn_moves_off(scenario.parameters);
    keep_lead_firms_offshore(scenario.parameters);
    scenario.parameters.trade.sensitivity = 0.0;
    scenario.parameters.trade.habit = 0.9;
    World world = make_world(scenario);
    disturb(world.markets.processing_share);
    for (const CountryId d : world.countries.indices()) {
        for (const PositionId p : world.positions.indices()) {
            disturb(world.markets.share(d, p));
        }
    }

    const std::vector<double> before = all_distances(world);
    run(world, 5);
    const std::vector<double> after = all_distances(world);
    REQUIRE(before.size() == after.size());
    CHECK(before.size() > 150);
    Largest rest;
    Largest disturbance;
    for (std::size_t k = 0; k < before.size(); ++k) {
        disturbance(std::abs(before[k]));
        rest(std::abs(after[k] - 0.59049 * before[k]));  // .9^5
    }
    CHECK(disturbance.value() > 0.5);
    CHECK(rest.value() < 1e-12);
}

}  // namespace
}  // namespace latecomer::tests::closed_forms_markets_test
