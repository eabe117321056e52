#include "mpi/traffic.hpp"

#include "tests/support/catch.hpp"

namespace latecomer::mpi::traffic_test {
namespace {

TEST_CASE("total traffic is the traffic of all kinds of call")
{
    const Traffic traffic{.barriers = {1, 10, 100},
                          .broadcasts = {2, 20, 200},
                          .reductions = {4, 40, 400},
                          .gathers = {8, 80, 800},
                          .exchanges = {16, 160, 1600}};
    CHECK(total(traffic) == TrafficCount{31, 310, 3100});
}

}  // namespace
}  // namespace latecomer::mpi::traffic_test
