/// Directions of the levers: from one state, one quarter with more of an instrument, or with a larger
/// effect of it, moves what it is meant to move, and never the other way.  Exact, no averaging.

#include "agents/firms/learning.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

#include <functional>

namespace latecomer::tests::policy_monotone_test {
namespace {

constexpr CountryId first{0};

/// The same world one quarter later with a parameter changed.
World with_parameter(World world, const std::function<void(Parameters&)>& change)
{
    change(world.scenario.parameters);
    run(world, 1);
    return world;
}

double application_share(const World& world, CountryId c)
{
    double sum = 0.0;
    for (const SectorId j : Range<SectorId>(world.positions.sectors())) {
        const PositionId p = Positions::application(j);
        sum += world.markets.sales(c, p)[world.markets.supplier(c)] / world.markets.spending(c, p);
    }
    return sum;
}

double foreign_storage(const World& world, CountryId c)
{
    double sum = 0.0;
    for (const LeadId l : world.leads.indices()) {
        sum += world.markets.sales(c, Positions::storage)[world.markets.supplier(l)];
    }
    return sum / world.markets.spending(c, Positions::storage);
}

TEST_CASE("domestic shares at applications rise with the wedge of licensing and the content floor")
{
    const World world = lived_in_world(GENERATE(1, 2));
    const World weak = with_parameter(world, [](Parameters& p) { p.effects.wedge_licence = 0.1; });
    const World strong =
        with_parameter(world, [](Parameters& p) { p.effects.wedge_licence = 2.0; });
    CHECK(application_share(strong, first) > application_share(weak, first));
    const World low = with_parameter(world, [](Parameters& p) { p.effects.content_floor = 0.0; });
    const World high = with_parameter(world, [](Parameters& p) { p.effects.content_floor = 3.0; });
    CHECK(application_share(high, first) > application_share(low, first));  // a floor of .9
}

TEST_CASE("the commons rise with data sharing, open data with opening government data")
{
    const World world = lived_in_world(GENERATE(1, 2));
    for (const SectorId j : Range<SectorId>(world.positions.sectors())) {
        CHECK(with_intensity(world, "1L", 0.9).countries.commons(first, j) >
              with_intensity(world, "1L", 0.1).countries.commons(first, j));
        CHECK(with_intensity(world, "1D", 0.9).countries.open_data(first, j) >
              with_intensity(world, "1D", 0.1).countries.open_data(first, j));
    }
}

TEST_CASE("localisation keeps data in the country, all of them at full intensity")
{
    const World world = lived_in_world(GENERATE(1, 2));
    const World some = with_intensity(world, "2X", 0.2);
    const World more = with_intensity(world, "2X", 0.7);
    const World full = with_intensity(world, "2X", 1.0);
    CHECK(some.results.flows[first].data_exported > 0.0);
    CHECK(more.results.flows[first].data_exported < some.results.flows[first].data_exported);
    CHECK(full.results.flows[first].data_exported == 0.0);
}

TEST_CASE("offshore lead firms' share of storage does not rise with localisation")
{
    const World world = lived_in_world(GENERATE(1, 2));
    const double low = foreign_storage(with_intensity(world, "2X", 0.1), first);
    const double high = foreign_storage(with_intensity(world, "2X", 0.9), first);
    CHECK(low > 0.0);
    CHECK(high < low);
}

TEST_CASE("public debt rises with the size of reserved demand")
{
    World world = lived_in_world(GENERATE(1, 2));
    world.countries.public_debt[first] = 10.0 * world.countries.final_demand[first];
    const auto debt = [&](double analytics, double applications) {
        return with_parameter(world,
                              [&](Parameters& p) {
                                  p.effects.procurement_analytics = analytics;
                                  p.effects.procurement_applications = applications;
                              })
            .countries.public_debt[first];
    };
    CHECK(debt(0.04, 0.02) > debt(0.01, 0.02));
    CHECK(debt(0.02, 0.04) > debt(0.02, 0.01));
}

TEST_CASE("domestic sales rise with reserved demand for analytics and for applications")
{
    const World world = lived_in_world(GENERATE(1, 2));
    const auto sales = [&](const World& after, PositionId p) {
        return after.results.pools[after.pool(first, p)].domestic_sales;
    };
    const PositionId app = Positions::application(SectorId{1});
    const World little = with_parameter(world, [](Parameters& p) {
        p.effects.procurement_analytics = 0.001;
        p.effects.procurement_applications = 0.001;
    });
    const World much = with_parameter(world, [](Parameters& p) {
        p.effects.procurement_analytics = 0.05;
        p.effects.procurement_applications = 0.05;
    });
    CHECK(sales(much, Positions::analytics) > sales(little, Positions::analytics));
    CHECK(sales(much, app) > sales(little, app));
}

TEST_CASE("chances of success rise with support of search and with skills")
{
    World world = lived_in_world(1);
    for (const PositionId p : world.positions.indices()) {
        const double before = learning_terms(world, first, p).current.innovation_hazard;
        World supported = world;
        supported.levers[first].search[p.at()] *= 1.5;
        CHECK(learning_terms(supported, first, p).current.innovation_hazard > before);
        World skilled = world;
        for (double& skill : skilled.countries.skill[first]) {
            skill *= 1.1;
        }
        CHECK(learning_terms(skilled, first, p).current.innovation_hazard > before);
        CHECK(learning_terms(skilled, first, p).current.absorption_hazard >
              learning_terms(world, first, p).current.absorption_hazard);
    }
    CHECK(success_probability(0.2, 0.9) > success_probability(0.1, 0.9));
    CHECK(success_probability(9.0, 0.5) == 0.5);
}

TEST_CASE("search support of each stage raises the hazard there")
{
    const World world = lived_in_world(1);
    const auto hazard = [&](std::string_view cell, double intensity, PositionId p) {
        const World after = with_intensity(world, cell, intensity);
        return after.levers[first].search[p.at()];
    };
    CHECK(hazard("2L", 0.9, Positions::storage) > hazard("2L", 0.1, Positions::storage));
    CHECK(hazard("3L", 0.9, Positions::analytics) > hazard("3L", 0.1, Positions::analytics));
    CHECK(hazard("3L", 0.9, Positions::processing) > hazard("3L", 0.1, Positions::processing));
    const PositionId p = Positions::application(SectorId{1});
    CHECK(hazard("4L", 0.9, p) > hazard("4L", 0.1, p));
}

TEST_CASE("skills at a stage rise with training at that stage and at no other")
{
    const World world = lived_in_world(GENERATE(1, 2));
    const std::array<std::string_view, stages> cells{"1K", "2K", "3K", "4K"};
    for (std::size_t s = 0; s < stages; ++s) {
        const auto low = with_intensity(world, cells[s], 0.1).countries.skill[first];
        const auto high = with_intensity(world, cells[s], 0.9).countries.skill[first];
        for (std::size_t other = 0; other < stages; ++other) {
            CHECK((other == s ? high[other] > low[other] : high[other] == low[other]));
        }
    }
}

TEST_CASE("analytics capability of every processing firm rises with the stepping-stone coefficient")
{
    const World world = lived_in_world(GENERATE(1, 2));
    const auto after = [&](double coefficient) {
        World other = world;
        other.scenario.parameters.processing.learning_weight = coefficient;
        other.positions = Positions(other.scenario.parameters);
        run(other, 1);
        return members(other);
    };
    const auto low = after(0.1);
    const auto high = after(0.9);
    std::size_t compared = 0;
    for (const auto& [id, member] : members(world)) {
        const auto in_low = low.find(id);
        const auto in_high = high.find(id);
        if (world.position_of(member.pool) == Positions::processing && in_low != low.end() &&
            in_high != high.end() && member.record.units > 0.0) {
            const std::size_t s = at(Stage::analytics);
            CHECK(in_high->second.record.capability[s] > in_low->second.record.capability[s]);
            ++compared;
        }
    }
    CHECK(compared > 10);
}

TEST_CASE("a firm that is more capable asks a lower price")
{
    World world = lived_in_world(1);
    turn_learning_off(world.scenario.parameters);
    turn_moves_off(world.scenario.parameters);
    const PoolId pool = world.pool(first, Positions::collection);
    const FirmIndex firm = *world.firms.firms_of(pool).begin();
    World able = world;
    able.firms.columns.capability[0][firm] *= 1.1;
    run(world, 1);
    run(able, 1);
    CHECK(able.firms.columns.price[firm] < world.firms.columns.price[firm]);
}

TEST_CASE("the lead firms' frontier never falls without depreciation")
{
    World world = lived_in_world(GENERATE(1, 2));
    world.scenario.parameters.learning.depreciation = 0.0;
    const auto frontier = [&] {
        ByStage<double> most{};
        for (const ByStage<double>& capability : world.leads.capability) {
            for (std::size_t s = 0; s < stages; ++s) {
                most[s] = std::max(most[s], capability[s]);
            }
        }
        return most;
    };
    for (int quarter = 0; quarter < 20; ++quarter) {
        const auto before = frontier();
        run(world, 1);
        const auto after = frontier();
        for (std::size_t s = 0; s < stages; ++s) {
            CHECK(after[s] >= before[s]);
        }
    }
}

}  // namespace
}  // namespace latecomer::tests::policy_monotone_test
