#include "jobs/run/supervisor.hpp"

#include "core/errors.hpp"
#include "jobs/command_line/options.hpp"
#include "tests/support/catch.hpp"

#include <cmath>

namespace latecomer::jobs::supervisor_test {
namespace {

const mpi::Communicator alone;

OutputParameters with_rule(CheckpointRule rule)
{
    OutputParameters output;
    output.checkpoint_rule = rule;
    output.checkpoint_every = 5;
    return output;
}

TEST_CASE("the best interval is that of Young and Daly, and never shorter than a checkpoint")
{
    CHECK(best_interval(2.0, 86400.0) == Approx(std::sqrt(2.0 * 2.0 * 86400.0) - 2.0));
    CHECK(best_interval(100.0, 1.0) == 100.0);
    // What checkpoints cost at this interval: 2 % of the time at most, once failures are 100 times
    // 100 checkpoints apart.
    CHECK(1.0 / best_interval(1.0, 1e4) < 0.02);
}

TEST_CASE("checkpoints by quarters come when their number is a multiple, others do not")
{
    Supervisor supervisor{with_rule(CheckpointRule::quarters), std::nullopt, 0.1};
    CHECK_FALSE(supervisor.after_quarter(4, alone).checkpoint);
    CHECK(supervisor.after_quarter(5, alone).checkpoint);
    CHECK_FALSE(supervisor.after_quarter(5, alone).stop);
    Supervisor never{with_rule(CheckpointRule::none), std::nullopt, 0.1};
    CHECK_FALSE(never.after_quarter(5, alone).checkpoint);
    Supervisor rarely{with_rule(CheckpointRule::automatic), std::nullopt, 0.1};
    CHECK_FALSE(rarely.after_quarter(5, alone).checkpoint);
}

TEST_CASE("who has no time left stops with a checkpoint, whatever the rule")
{
    Supervisor late{with_rule(CheckpointRule::none), 0.5, 0.1};
    const Orders orders = late.after_quarter(1, alone);
    CHECK(orders.stop);
    CHECK(orders.checkpoint);
    Supervisor early{with_rule(CheckpointRule::none), 3600.0, 0.1};
    CHECK_FALSE(early.after_quarter(1, alone).stop);
}

RunOptions options_of(std::vector<std::string> more)
{
    std::vector<std::string> arguments{"run", "x.toml"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return std::get<RunOptions>(read_command_line(arguments));
}

TEST_CASE("the time that is left is read as schedulers write it")
{
    CHECK(options_of({"--time-left", "01:02:03"}).time_left == 3723.0);
    CHECK(options_of({"--time-left", "02:03"}).time_left == 123.0);
    CHECK(options_of({"--time-left", "1-00:00:01"}).time_left == 86401.0);
    for (const char* bad : {"5", "", "1:2:3:4", "1-2-3", "a:b", "1:-2", "01:02:03 "}) {
        CHECK_THROWS_AS(options_of({"--time-left", bad}), InputError);
    }
}

TEST_CASE("intervals of checkpoints are quarters, minutes, auto or none")
{
    const auto settings = [](const char* word) {
        return options_of({"--checkpoint-every", word}).settings;
    };
    CHECK(settings("7") ==
          std::vector<std::string>{"output.checkpoint_rule=quarters", "output.checkpoint_every=7"});
    CHECK(settings("1.5min") == std::vector<std::string>{"output.checkpoint_rule=minutes",
                                                         "output.checkpoint_minutes=1.5"});
    CHECK(settings("auto") == std::vector<std::string>{"output.checkpoint_rule=auto"});
    CHECK(settings("0") == std::vector<std::string>{"output.checkpoint_rule=none"});
    CHECK_THROWS_AS(settings("often"), InputError);
    CHECK_THROWS_AS(settings("5h"), InputError);
    CHECK_THROWS_AS(options_of({"--resume", "--overwrite"}), InputError);
}

}  // namespace
}  // namespace latecomer::jobs::supervisor_test
