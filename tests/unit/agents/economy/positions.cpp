#include "agents/economy/positions.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace latecomer::positions_test {
namespace {

const PositionId manufacturing = Positions::application(SectorId{0});
const PositionId mobility = Positions::application(SectorId{3});

TEST_CASE("positions are four links of the chain and one application for every sector")
{
    const Positions positions{Parameters{}};
    std::vector<std::string> keys;
    for (const PositionId p : positions.indices()) {
        keys.push_back(positions[p].key);
    }
    CHECK(keys == std::vector<std::string>{"COL", "STO", "PRL", "ANA", "APP_manufacturing",
                                           "APP_agriculture", "APP_services", "APP_mobility"});
    CHECK(positions.sectors() == 4);
    CHECK(positions[mobility].sector == SectorId{3});
    CHECK_FALSE(positions[Positions::analytics].sector);
}

TEST_CASE("processing uses the capability of analytics and alone has a world market")
{
    const Positions positions{Parameters{}};
    CHECK(positions[Positions::processing].stage == Stage::analytics);
    for (const PositionId p : positions.indices()) {
        CHECK(positions[p].world_market == (p == Positions::processing));
    }
}

TEST_CASE("firms climb from collection over storage and analytics to every application")
{
    const Positions positions{Parameters{}};
    CHECK(positions[Positions::collection].ladder == std::vector{Positions::storage});
    CHECK(positions[Positions::storage].ladder == std::vector{Positions::analytics});
    CHECK(positions[Positions::processing].ladder == std::vector{Positions::analytics});
    CHECK(positions[Positions::analytics].ladder ==
          std::vector{PositionId{4}, PositionId{5}, PositionId{6}, PositionId{7}});
    CHECK(positions[manufacturing].ladder.empty());
}

TEST_CASE("cost that is not wages is the sum of the inputs")
{
    const Positions positions{Parameters{}};
    CHECK(positions[Positions::collection].input_share() == Approx(0.05));
    CHECK(positions[Positions::storage].input_share() == 0.0);
    CHECK(positions[Positions::processing].input_share() == Approx(0.05));
    CHECK(positions[Positions::analytics].input_share() == Approx(0.25));
    CHECK(positions[manufacturing].input_share() == Approx(0.35));
}

TEST_CASE("applications share out their firms by the demand of their sectors")
{
    const Positions positions{Parameters{}};
    CHECK(positions[manufacturing].initial_firms == Approx(0.0875));
    CHECK(positions[mobility].initial_firms == Approx(0.025));
    double all = 0.0;
    for (const PositionId p : positions.indices()) {
        all += positions[p].initial_firms;
    }
    CHECK(all == Approx(1.0));
}

TEST_CASE("data raise quality fully in analytics and applications, by half in collection")
{
    Parameters parameters;
    parameters.data.quality_gain = 0.35;
    const Positions positions{parameters};
    CHECK(positions[Positions::collection].quality_gain == Approx(0.175));
    CHECK(positions[Positions::storage].quality_gain == 0.0);
    CHECK(positions[Positions::processing].quality_gain == 0.0);
    CHECK(positions[Positions::analytics].quality_gain == Approx(0.35));
    CHECK(positions[mobility].quality_gain == Approx(0.35));
}

TEST_CASE("downwards, every position comes once and after all that buy from it")
{
    const Positions positions{Parameters{}};
    const std::vector<PositionId>& order = positions.downwards();
    REQUIRE(order.size() == 8);
    const auto place = [&](PositionId p) { return std::ranges::find(order, p) - order.begin(); };
    for (const PositionId seller : positions.indices()) {
        CHECK(std::ranges::count(order, seller) == 1);
        for (const PositionId buyer : positions.indices()) {
            if (positions[buyer].inputs[seller.at()] > 0.0) {
                CHECK(place(buyer) < place(seller));
            }
            if (seller == Positions::processing &&
                positions[buyer].parameters.lead_input_processing > 0.0) {
                CHECK(place(buyer) < place(seller));
            }
        }
    }
}

}  // namespace
}  // namespace latecomer::positions_test
