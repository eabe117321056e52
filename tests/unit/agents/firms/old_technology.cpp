#include "agents/firms/windows.hpp"

#include "tests/support/books.hpp"
#include "tests/support/catch.hpp"

/// Revenue that is made with the old technology: part of agents/firms/windows.cpp.
namespace latecomer::tests::old_technology_test {
namespace {

constexpr CountryId home{0};
constexpr CountryId lead_home{1};
constexpr PositionId storage = Positions::storage;

/// The second of two open windows is at storage.
World world_with_windows()
{
    Scenario scenario = round_scenario(1, 1, 2, 200);
    scenario.windows = {{"", Stage::analytics, 0, 0.3, 0.5, 0.5, 0.5},
                        {"", Stage::storage, 0, 0.3, 0.5, 0.5, 0.5}};
    World world = make_world(scenario);
    clear_books(world);
    return world;
}

TEST_CASE("revenue of firms that have not adopted is counted as made with the old technology")
{
    World world = world_with_windows();
    Firms& firms = world.firms.columns;
    const PoolId pool = world.pool(home, storage);
    const Block block{pool, home, storage, world.firms.slots(pool).begin, 3};
    const double revenue[] = {1.0, 2.0, 4.0};
    const std::uint32_t windows[] = {1u, 2u, 0u};  // the second firm has adopted, the first another
    for (std::size_t i = 0; i < 3; ++i) {
        firms.revenue[FirmIndex{block.first + i}] = revenue[i];
        firms.windows[FirmIndex{block.first + i}] = windows[i];
    }
    Tally tally(world);
    count_old_technology(world, block, tally);
    CHECK(tally.old_technology.value(pool.at(), 1) == 5.0);
    CHECK(tally.old_technology.value(pool.at(), 0) == 0.0);  // of another stage
}

TEST_CASE("nothing is counted for a window that is not open yet")
{
    World world = world_with_windows();
    world.scenario.windows[1].quarter = 1;
    const PoolId pool = world.pool(home, storage);
    const FirmIndex firm{world.firms.slots(pool).begin};
    world.firms.columns.revenue[firm] = 1.0;
    Tally tally(world);
    count_old_technology(world, {pool, home, storage, firm.at(), 1}, tally);
    CHECK(tally.old_technology.value(pool.at(), 1) == 0.0);
}

/// Storage sells for 60 at home, 45 of it with the old technology.
struct Sold {
    World world = world_with_windows();
    Tally tally{world};
    double unit;

    explicit Sold(double unit_of_money = 1.0) : unit{unit_of_money}
    {
        pool_of(world, home, storage).revenue = 60.0 * unit;
        pool_of(world, home, Positions::analytics).revenue = 1000.0;  // of another stage
        const double old = 45.0 * unit;
        tally.old_technology.add(world.pool(home, storage).at(), 1, &old, 1);
    }

    /// The first lead firm, which has the window, sells for 20, the second for 30.
    void let_lead_firms_sell(CountryId c)
    {
        world.leads.windows[LeadId{0}] = 2;
        world.leads.windows[LeadId{1}] = 1;
        for (const auto& [l, units, price] :
             {std::tuple{LeadId{0}, 10.0, 2.0}, std::tuple{LeadId{1}, 5.0, 6.0}}) {
            world.leads.home[l] = c;
            world.leads.units(l, storage) = units;
            world.leads.price(l, storage) = price * unit;
            world.leads.units(l, Positions::collection) = 7.0;
        }
    }

    double share(CountryId c)
    {
        update_old_shares(world, tally);
        return world.technology.old_shares[c.at() * 2 + 1];
    }
};

TEST_CASE("the share of the old technology is what firms without the window sell at its stage")
{
    Sold sold(GENERATE(1.0, 0x1p-20));
    CHECK(sold.share(home) == Approx(0.75));
    CHECK(sold.share(lead_home) == 1.0);  // nobody sells there
}

TEST_CASE("lead firms at home count with all that they sell")
{
    Sold sold(GENERATE(1.0, 0x1p-20));
    sold.let_lead_firms_sell(lead_home);
    CHECK(sold.share(home) == Approx(0.75));
    CHECK(sold.share(lead_home) == Approx(0.6));
    sold.let_lead_firms_sell(home);
    CHECK(sold.share(home) == Approx(75.0 / 110.0));
    CHECK(sold.share(lead_home) == 1.0);
}

TEST_CASE("a window that is not open yet keeps all revenue old")
{
    Sold sold;
    sold.world.scenario.windows[1].quarter = 1;
    CHECK(sold.share(home) == 1.0);
}

TEST_CASE("rounding does not make more than all revenue old")
{
    Sold sold;
    pool_of(sold.world, home, storage).revenue = 44.0;
    CHECK(sold.share(home) == 1.0);
}

}  // namespace
}  // namespace latecomer::tests::old_technology_test
