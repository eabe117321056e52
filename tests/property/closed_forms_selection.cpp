/// Laws of selection within a pool: nothing moves among equals, replicator dynamics, Fisher's
/// theorem, Gibrat's law.

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace latecomer::tests::closed_forms_selection_test {
namespace {

/// Competitiveness is capability over a constant of the pool; selection alone moves shares.
void let_only_selection_work(Parameters& parameters, double strength)
{
    turn_learning_off(parameters);
    turn_moves_off(parameters);
    parameters.data.quality_gain = 0.0;
    parameters.selection.strength = strength;
    parameters.selection.noise = 0.0;
    parameters.selection.mark_up_speed = 0.0;
}

/// Two economies and lead firms.
Scenario synthetic_world()
{
    return round_scenario(2, 1, 2, 80);
}

/// An economy alone in the world whose storage firms compete by capability: storage has no inputs.
World economy_alone(double strength)
{
    Scenario scenario = table_scenario({economy("A", 0)}, 400);
    let_only_selection_work(scenario.parameters, strength);
    return make_world(scenario);
}

const PoolId storage_pool{Positions::storage.at()};

/// Domestic shares of the storage pool, and capability at storage, in order of slots.
struct StoragePool {
    std::vector<double> share;
    std::vector<double> capability;

    explicit StoragePool(const World& world)
    {
        for (const FirmIndex i : world.firms.firms_of(storage_pool)) {
            share.push_back(domestic_share(world, storage_pool, i));
            capability.push_back(world.firms.columns.capability[1][i]);
        }
    }
    std::size_t size() const { return share.size(); }

    template <class Function>
    double mean(Function value) const
    {
        double sum = 0.0;
        for (std::size_t i = 0; i < size(); ++i) {
            sum += share[i] * value(capability[i]);
        }
        return sum;
    }
};

/// Gives all firms of a pool the same past, to the last bit.
void make_members_equal(World& world)
{
    Firms& firms = world.firms.columns;
    for (const PoolId pool : world.pool_indices()) {
        const auto range = world.firms.firms_of(pool);
        if (range.size() == 0) {
            continue;
        }
        const FirmRecord model = record_of(firms, *range.begin());
        for (const FirmIndex i : range) {
            FirmRecord record = model;
            record.id = firms.id[i];
            record.domestic_share = 1.0 / static_cast<double>(range.size());
            store(firms, i, record);
        }
        world.pools[pool].domestic_scale = 1.0;
    }
}

TEST_CASE("nothing ever moves between equal firms that do not learn")
{
    Scenario scenario = round_scenario(3, 1, 3, 60);
    Parameters& parameters = scenario.parameters;
    turn_learning_off(parameters);
    turn_moves_off(parameters);
    let_everybody_export(parameters);
    parameters.selection.noise = 0.0;
    parameters.entry.dispersion = 0.0;
    World world = make_world(scenario);
    make_members_equal(world);
    const auto before = members(world);
    run(world, 1);
    const auto exporting = members(world);
    run(world, 24);

    Largest capability;
    Largest shares;
    int exporters = 0;
    for (const auto& [id, now] : members(world)) {
        const Member& then = before.at(id);
        const double n = static_cast<double>(world.firms.firms_of(now.pool).size());
        for (std::size_t s = 0; s < stages; ++s) {
            capability(difference(now.record.capability[s], then.record.capability[s]));
        }
        shares(difference(now.domestic_share, 1.0 / n));
        shares(difference(now.export_share, exporting.at(id).export_share));
        shares(difference(now.record.mark_up, 0.30));
        if (now.export_share > 0.0) {
            ++exporters;
            shares(difference(now.export_share, 1.0 / n));
        }
    }
    CHECK(exporters > 100);
    CHECK(capability.value() == 0.0);
    CHECK(shares.value() < 1e-12);
}

TEST_CASE("under selection alone shares are initial shares times competitiveness to the chi t")
{
    const double strength = GENERATE(0.1, 1.0);
    Scenario scenario = round_scenario(2, 1, 2, 80);
    let_only_selection_work(scenario.parameters, strength);
    let_everybody_export(scenario.parameters);
    World world = make_world(scenario);
    const auto start = members(world);
    run(world, 1);
    const auto exporting = members(world);
    constexpr int quarters = 20;
    run(world, quarters);

    // Competitiveness of a firm relative to the first of its pool is relative capability to the
    // power of the share of wages in cost.
    Largest deviation;
    int exporters = 0;
    for (const PoolId pool : world.pool_indices()) {
        const Position& position = world.positions[world.position_of(pool)];
        const std::size_t s = at(position.stage);
        const auto range = world.firms.firms_of(pool);
        if (range.size() < 2) {
            continue;
        }
        const FirmId first = world.firms.columns.id[*range.begin()];
        const auto now = members(world);
        for (const FirmIndex i : range) {
            const FirmId id = world.firms.columns.id[i];
            const double relative =
                start.at(id).record.capability[s] / start.at(first).record.capability[s];
            const double exponent = (1.0 - position.input_share()) * strength;
            deviation(difference(now.at(id).domestic_share / now.at(first).domestic_share,
                                 start.at(id).domestic_share / start.at(first).domestic_share *
                                     std::pow(relative, exponent * (quarters + 1))));
            if (now.at(id).export_share > 0.0) {
                ++exporters;
                deviation(
                    difference(now.at(id).export_share / now.at(first).export_share,
                               exporting.at(id).export_share / exporting.at(first).export_share *
                                   std::pow(relative, exponent * quarters)));
            }
        }
    }
    CHECK(exporters > 100);
    CHECK(deviation.value() < 1e-12);
}

TEST_CASE("under drag alone a firm above the mean size loses size to the power of the drag, others "
          "nothing")
{
    Scenario scenario = synthetic_world();
    let_only_selection_work(scenario.parameters, 0.0);
    scenario.parameters.selection.size_drag = 0.02;
    scenario.parameters.processing.multi_sourcing = 0.05;
    World world = make_world(scenario);
    std::map<FirmId, double> size;
    double processing_firms = 0.0;
    for (const CountryId c : world.countries.indices()) {
        processing_firms +=
            static_cast<double>(world.statistics[world.pool(c, Positions::processing)].firms);
    }
    for (const auto& [id, member] : members(world)) {
        const bool processing = world.position_of(member.pool) == Positions::processing;
        const double market =
            processing ? world.markets.processing_share[world.country_of(member.pool)] : 1.0;
        const double firms = processing
                                 ? processing_firms
                                 : static_cast<double>(world.firms.firms_of(member.pool).size());
        size[id] = member.domestic_share * market * firms;
    }
    const auto before = members(world);
    run(world, 1);
    Largest deviation;
    int large = 0;
    for (const PoolId pool : world.pool_indices()) {
        const double drag = world.position_of(pool) == Positions::processing ? 0.07 : 0.02;
        double all = 0.0;
        const auto grown = [&](FirmId id) {
            return before.at(id).domestic_share * std::pow(std::max(1.0, size.at(id)), -drag);
        };
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            all += grown(world.firms.columns.id[i]);
        }
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            const FirmId id = world.firms.columns.id[i];
            large += size.at(id) > 1.5 ? 1 : 0;
            deviation(difference(domestic_share(world, pool, i), grown(id) / all));
        }
    }
    CHECK(large > 20);
    CHECK(deviation.value() < 1e-12);
}

TEST_CASE("drag keeps the largest firms of a world small")
{
    const auto largest = [](double drag) {
        Scenario scenario = synthetic_world();
        let_only_selection_work(scenario.parameters, 0.2);
        scenario.parameters.selection.size_drag = drag;
        World world = make_world(scenario);
        run(world, 60);
        double sum = 0.0;
        for (const PoolResults& results : world.results.pools) {
            sum += results.largest_share;
        }
        return sum;
    };
    const double free = largest(0.0);
    const double dragged = largest(0.01);
    CHECK(dragged < 0.95 * free);
    CHECK(largest(0.03) < dragged);
}

TEST_CASE("two types of firms follow the logistic curve")
{
    World world = economy_alone(1.0);
    Firms& firms = world.firms.columns;
    for (const FirmIndex i : world.firms.firms_of(storage_pool)) {
        firms.capability[1][i] = i.at() % 2 == 0 ? 0.2 : 0.1;
    }
    const auto odds_of_better_type = [&] {
        const StoragePool pool{world};
        const double better = pool.mean([](double k) { return k > 0.15 ? 1.0 : 0.0; });
        return better / (1.0 - better);
    };

    const double odds = odds_of_better_type();
    run(world, 5);
    CHECK(same(odds_of_better_type(), 32.0 * odds));
}

TEST_CASE("at unit selection mean fitness grows by its variance over its mean")
{
    World world = economy_alone(1.0);
    const StoragePool before{world};
    REQUIRE(before.size() == 40);
    run(world, 1);
    const StoragePool after{world};

    const auto fitness = [](double k) { return k; };
    const double mean = before.mean(fitness);
    const double variance = before.mean([&](double k) { return (k - mean) * (k - mean); });
    CHECK(variance > 1e-3 * mean * mean);
    CHECK(same(after.mean(fitness), mean + variance / mean));
}

TEST_CASE("weak selection moves shares by chi times share times distance from mean log fitness")
{
    constexpr double strength = 1e-4;
    World world = economy_alone(strength);
    const StoragePool before{world};
    run(world, 1);
    const StoragePool after{world};

    const double mean = before.mean([](double k) { return std::log(k); });
    double spread = 0.0;
    for (const double k : before.capability) {
        spread = std::max(spread, std::abs(std::log(k) - mean));
    }
    // The rest of the expansion: (d^2 + variance)/2 <= spread^2 times share times chi^2, and the
    // third order, which is smaller than spread chi of that.
    Largest rest;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const double first_order =
            strength * before.share[i] * (std::log(before.capability[i]) - mean);
        rest(std::abs(after.share[i] - before.share[i] - first_order) / before.share[i]);
    }
    CHECK(spread > 0.1);
    CHECK(rest.value() < strength * strength * spread * spread * (1.0 + strength));
}

TEST_CASE("a pool's appeal is the power mean of competitiveness, at no selection the geometric")
{
    const double strength = GENERATE(0.0, 1e-10, 0.1, 1.0);
    World world = economy_alone(strength);
    const StoragePool before{world};
    run(world, 1);

    const double cost = 1.3 * world.countries.wage[CountryId{0}];  // of a firm of capability 1
    const double appeal =
        strength < 1e-9
            ? std::exp(before.mean([](double k) { return std::log(k); })) / cost
            : std::pow(before.mean([&](double k) { return std::pow(k / cost, strength); }),
                       1.0 / strength);
    CHECK(same(world.results.pools[storage_pool].appeal, appeal));
}

TEST_CASE("without selection the variance of log shares grows by the variance of the shock")
{
    const int quarters = GENERATE(1, 16);
    Scenario scenario = table_scenario({economy("A", 0)}, 20000);
    let_only_selection_work(scenario.parameters, 0.0);
    scenario.parameters.selection.noise = 0.08;
    scenario.parameters.selection.noise_size_exponent = 0.0;
    World world = make_world(scenario);
    const auto before = members(world);
    run(world, quarters);

    // Normalisation takes the same off the log share of every firm of a pool.
    Column<PoolId, double> mean(world.pools.size());
    double squares = 0.0;
    double freedom = 0.0;
    const auto now = members(world);
    const auto growth = [&](const auto& entry) {
        return std::log(entry.second.domestic_share / before.at(entry.first).domestic_share);
    };
    for (const auto& entry : now) {
        const PoolId pool = entry.second.pool;
        mean[pool] += growth(entry) / static_cast<double>(world.firms.firms_of(pool).size());
    }
    for (const auto& entry : now) {
        const double deviation = growth(entry) - mean[entry.second.pool];
        squares += deviation * deviation;
    }
    for (const PoolId pool : world.pool_indices()) {
        freedom += std::max(0.0, static_cast<double>(world.firms.firms_of(pool).size()) - 1.0);
    }

    // A sum of t Laplace variates has excess kurtosis 3/t, a sample variance of n of them the
    // relative standard error sqrt((2 + 3/t)/n).
    const double expected = 0.0064 * quarters;
    const double z =
        (squares / freedom / expected - 1.0) / std::sqrt((2.0 + 3.0 / quarters) / freedom);
    INFO("z = " << z);
    CHECK(now.size() == 20000);
    CHECK(std::abs(z) < 4.0);
}

}  // namespace
}  // namespace latecomer::tests::closed_forms_selection_test
