#include "agents/markets/rest.hpp"

#include "agents/kernels/market_kernels.hpp"
#include "agents/markets/market_clearing.hpp"
#include "core/constants.hpp"
#include "core/elementary.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace latecomer::tests::rest_test {
namespace {

using Values = std::vector<double>;

TradeParameters trade_with(double habit, double sensitivity)
{
    TradeParameters trade;
    trade.habit = habit;
    trade.sensitivity = sensitivity;
    return trade;
}

Values tastes_at(const Values& shares, const Values& log_appeal, const TradeParameters& trade,
                 double floor)
{
    Values log_taste(shares.size());
    resting_tastes(shares, log_appeal, trade, floor, log_taste);
    return log_taste;
}

/// The shares after one quarter (eq. 15).
Values a_quarter_later(Values shares, const Values& log_taste, const Values& log_appeal,
                       const TradeParameters& trade)
{
    Values scratch(shares.size());
    REQUIRE(market_kernels().update_shares(shares.data(), log_taste.data(), log_appeal.data(),
                                           shares.size(), trade.habit, trade.sensitivity,
                                           scratch.data()));
    return shares;
}

double largest_difference(const Values& a, const Values& b)
{
    Largest largest;
    for (std::size_t k = 0; k < a.size(); ++k) {
        largest(difference(a[k], b[k]));
    }
    return largest.value();
}

TEST_CASE("with resting tastes a market leaves shares as they are")
{
    const double habit = GENERATE(0.0, 0.5, 0.975);
    const double sensitivity = GENERATE(0.0, 0.1, 2.0);
    const TradeParameters trade = trade_with(habit, sensitivity);
    const Values shares{0.5, 0.3, 0.15, 0.05};
    const Values log_appeal{-0.3, 0.4, 1.1, -2.0};
    const Values log_taste = tastes_at(shares, log_appeal, trade, 0.01);

    CHECK(largest_difference(a_quarter_later(shares, log_taste, log_appeal, trade), shares) <
          1e-13);
    // From other shares the market comes back to these.
    Values others{0.1, 0.2, 0.3, 0.4};
    for (int quarter = 0; quarter < 1000; ++quarter) {
        others = a_quarter_later(others, log_taste, log_appeal, trade);
    }
    CHECK(largest_difference(others, shares) < 1e-8);
}

TEST_CASE("resting tastes are shares where all suppliers are alike")
{
    const Values tastes = tastes_at({0.5, 0.25, 0.25}, {0.7, 0.7, 0.7}, trade_with(0.9, 0.1), 0.01);
    CHECK(tastes[0] == Approx(std::log(0.5)));
    CHECK(tastes[1] == Approx(std::log(0.25)));
    CHECK(tastes[2] == Approx(std::log(0.25)));
}

TEST_CASE("who is liked for appeal needs less taste: sensitivity over what habit leaves")
{
    // ln taste = ln share - .1 / (1 - .9) x (ln appeal - mean); the mean is (.5 x 1 + .5 x 3) = 2.
    const Values tastes = tastes_at({0.5, 0.5}, {1.0, 3.0}, trade_with(0.9, 0.1), 0.01);
    CHECK(tastes[0] == Approx(std::log(0.5) + 1.0));
    CHECK(tastes[1] == Approx(std::log(0.5) - 1.0));
}

TEST_CASE("who sells nothing is liked a tenth as much as who sells least")
{
    const TradeParameters trade = trade_with(0.9, 0.1);
    const Values tastes = tastes_at({0.999, 0.001, 0.0}, {0.0, 0.0, 0.0}, trade, 0.02);
    CHECK(tastes[1] == Approx(std::log(0.02)));
    CHECK(tastes[2] == Approx(std::log(0.002)));
    // Its appeal counts as everybody's does, but not in the mean.
    CHECK(tastes_at({0.5, 0.5, 0.0}, {0.0, 0.0, 0.3}, trade, 0.02)[2] ==
          Approx(std::log(0.002) - 0.3));
}

TEST_CASE("who has no appeal counts as one of mean appeal, and moves nobody else")
{
    const TradeParameters trade = trade_with(0.9, 0.1);
    const Values with = tastes_at({0.4, 0.4, 0.2}, {1.0, 3.0, -infinity}, trade, 0.01);
    CHECK(with[2] == Approx(std::log(0.2)));
    CHECK(with[0] - with[1] == Approx(2.0));
    for (const double taste : tastes_at({1.0, 0.0}, {-infinity, -infinity}, trade, 0.01)) {
        CHECK(std::isfinite(taste));
    }
}

// --- Worlds ----------------------------------------------------------------------------------------

/// A world some quarters old in which everybody sells everywhere, and hardly any share is below the floor.
World trading_world()
{
    Scenario scenario = round_scenario(3, 1, 3, 60);
    turn_everything_on(scenario.parameters);
    let_everybody_export(scenario.parameters);
    scenario.parameters.trade.taste_floor = 1e-7;
    scenario.parameters.trade.habit = 0.8;
    scenario.parameters.trade.sensitivity = 0.5;
    World world = make_world(scenario);
    run(world, 6);
    return world;
}

/// How far shares of all markets move when they are cleared once more at the appeals of the last quarter.
double movement(World& world)
{
    const Values before(world.markets.share.span().begin(), world.markets.share.span().end());
    const Values processing(world.markets.processing_share.begin(),
                            world.markets.processing_share.end());
    clear_markets(world);
    Largest largest;
    for (std::size_t k = 0; k < before.size(); ++k) {
        largest(std::abs(world.markets.share.span()[k] - before[k]));
    }
    for (const CountryId c : world.countries.indices()) {
        largest(std::abs(world.markets.processing_share[c] - processing[c.at()]));
    }
    return largest.value();
}

TEST_CASE("all markets of a world rest at the tastes that are made for them")
{
    World restless = trading_world();
    World world = trading_world();
    let_tastes_rest(world);
    CHECK(movement(world) < 1e-5);
    CHECK(movement(restless) > 1e-3);
}

TEST_CASE("held shares are those of the start; who cannot sell leaves its share to the others")
{
    World world = trading_world();
    const CountryId home{0};
    const PositionId p = Positions::storage;
    const auto held = world.held.share(home, p);
    const auto shares = world.markets.share(home, p);
    std::ranges::fill(held, 0.0);
    held[0] = 0.4;
    held[1] = 0.1;
    held[4] = 0.5;
    world.statistics[world.pool(CountryId{1}, p)].exporters = 5;
    hold_shares(world);
    CHECK(std::vector<double>(shares.begin(), shares.begin() + 5) ==
          std::vector<double>{0.4, 0.1, 0.0, 0.0, 0.5});

    world.statistics[world.pool(CountryId{1}, p)].exporters = 0;  // it has firms, none exports
    hold_shares(world);
    CHECK(shares[1] == 0.0);
    CHECK(shares[0] == Approx(4.0 / 9.0));
    CHECK(shares[4] == Approx(5.0 / 9.0));

    world.statistics[world.pool(home, p)].firms = 0;
    hold_shares(world);
    CHECK(shares[0] == 0.0);
    CHECK(shares[4] == 1.0);
}

TEST_CASE("the world market for processing is held, too, and knows when nobody supplies")
{
    World world = trading_world();
    const auto firms = [&](std::size_t c) -> std::int64_t& {
        return world.statistics[world.pool(CountryId{c}, Positions::processing)].firms;
    };
    for (std::size_t c = 0; c < 4; ++c) {
        firms(c) = c < 3 ? 7 : 0;
        world.held.processing_share[CountryId{c}] = c < 3 ? 0.2 * static_cast<double>(c + 1) : 0.0;
    }
    firms(1) = 0;
    CHECK(hold_processing(world));
    CHECK(world.markets.processing_share[CountryId{0}] == Approx(0.25));
    CHECK(world.markets.processing_share[CountryId{1}] == 0.0);
    CHECK(world.markets.processing_share[CountryId{2}] == Approx(0.75));
    firms(0) = 0;
    firms(2) = 0;
    CHECK_FALSE(hold_processing(world));
}

TEST_CASE("the least taste of a supplier falls with the number of economies")
{
    CHECK(least_taste(make_world(round_scenario(2, 1, 3, 60))) == Approx(0.01));
    CHECK(least_taste(make_world(round_scenario(5, 1, 3, 60))) == Approx(0.005));
}

}  // namespace
}  // namespace latecomer::tests::rest_test
