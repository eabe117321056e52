#include "jobs/study/journal/chosen_series.hpp"

#include "agents/observation/outputs.hpp"
#include "agents/world/state_hash.hpp"
#include "core/errors.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

namespace latecomer::tests::chosen_series_test {

using namespace latecomer::jobs::study;

namespace {

/// Some outputs of three quarters that work that much out.
Record observed(const std::vector<std::string>& variables, World& world, Observation observation)
{
    ChosenSeries series{{1, variables}, 0};
    world.observation = observation;
    for (int quarter = 0; quarter < 3; ++quarter) {
        run(world, 1);
        series.observe(world);
    }
    return *series.record({});
}

}  // namespace

TEST_CASE("a study works out what its series need, and nothing else")
{
    const auto needed = [](const std::vector<std::string>& variables) {
        return ChosenSeries{{1, variables}, 0}.needed();
    };
    CHECK_FALSE(needed({"gap"}).distributions);
    CHECK_FALSE(needed({"gap"}).identities);
    CHECK(needed({"gap", "log_capability_p50"}).distributions);
    CHECK(needed({"capability_histogram"}).distributions);
    CHECK(needed({"residual_money"}).identities);
    CHECK_FALSE(needed({"residual_money"}).distributions);
    CHECK_FALSE((ChosenSeries{{1, {"residual_money"}}, 1}.needed().identities));  // not kept
}

TEST_CASE("every output is what it is in a run that works everything out")
{
    const World before = make_world(synthetic_scenario(2, 1, 3, 60));
    for (const Output& output : outputs()) {
        CAPTURE(output.key);
        const std::vector<std::string> variables{std::string{output.key}};
        World all = before;
        World some = before;
        const Record expected = observed(variables, all, {});
        const Record record = observed(variables, some, ChosenSeries{{1, variables}, 0}.needed());
        REQUIRE(record.outcomes.size() == expected.outcomes.size());
        bool is_same = true;
        for (std::size_t i = 0; i < record.outcomes.size(); ++i) {
            is_same = is_same && std::bit_cast<std::uint64_t>(record.outcomes[i]) ==
                                     std::bit_cast<std::uint64_t>(expected.outcomes[i]);
        }
        CHECK(is_same);
    }
}

TEST_CASE("what observers do not want changes nothing that comes later")
{
    const mpi::Communicator alone;
    World all = make_world(synthetic_scenario(2, 1, 3, 60));
    World some = all;
    some.observation = {false, false};
    run(all, 4);
    run(some, 4);
    CHECK_THROWS_AS(state_hash(some, alone), InternalError);
    some.observation = {};
    run(all, 1);
    run(some, 1);
    CHECK(state_hash(some, alone) == state_hash(all, alone));
}

}  // namespace latecomer::tests::chosen_series_test
