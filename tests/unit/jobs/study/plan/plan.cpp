#include "jobs/study/plan/plan.hpp"

#include "core/text.hpp"
#include "tests/support/studies.hpp"

#include <set>
#include <string>

namespace latecomer::tests::plan_test {

using namespace latecomer::jobs::study;

namespace {

constexpr const char* small = R"([scenarios]
none = {}
open = { "trade.barrier" = 0.1 }

[design]
kind = "lhs"
n = 3
dummy = true

[[parameters]]
name = "learning.search_share"

[replicates]
min = 4
)";

Plan plan_of(const std::string& toml, const std::string& head = study_head)
{
    const Scratch folder;
    return Plan{read_study(folder, head + toml), mpi::Communicator{}};
}

TEST_CASE("tasks are arms within points within replicates, each once")
{
    const Plan plan = plan_of(small);
    REQUIRE(plan.tasks() == 24);
    CHECK(plan.tasks_per_replicate() == 6);
    CHECK(plan.task(0) == Task{0, 0, 0, 0});
    CHECK(plan.task(1) == Task{1, 1, 0, 0});
    CHECK(plan.task(2) == Task{2, 0, 1, 0});
    CHECK(plan.task(23) == Task{23, 1, 2, 3});
    std::set<std::string> keys;
    for (std::int64_t number = 0; number < plan.tasks(); ++number) {
        const Task task = plan.task(number);
        CHECK(plan.number_of(task.arm, task.point, task.replicate) == number);
        keys.insert(plan.key(task));
    }
    CHECK(keys.size() == 24);
    CHECK(keys.begin()->size() == 32);
}

TEST_CASE("a task's scenario is that of its arm with the values of its point")
{
    const Plan plan = plan_of(small);
    const Task task = plan.task(9);  // arm 1, point 1, replicate 1
    const Scenario scenario = plan.scenario(task);
    CHECK(scenario.parameters.trade.barrier == 0.1);
    CHECK(scenario.parameters.learning.search_share == plan.design().point(1)[0]);
    CHECK(scenario.parameters.run.replicate == 1);
    CHECK(scenario.parameters.run.seed == 1);
    CHECK(plan.settings(task).size() == 3);  // nobody reads the dummy
}

/// Seeds of the first task and of those that differ from it in one thing.
struct Seeds {
    std::int64_t first, other_arm, other_point, other_replicate;
};

Seeds seeds_of(const std::string& words)
{
    const Plan plan = plan_of(small + words);
    const auto seed = [&](std::size_t arm, std::int64_t point, std::int64_t replicate) {
        return plan.scenario(plan.task(plan.number_of(arm, point, replicate))).parameters.run.seed;
    };
    return {seed(0, 0, 0), seed(1, 0, 0), seed(0, 1, 0), seed(0, 0, 1)};
}

TEST_CASE("random events are shared as the study says; replicates are told apart by their number")
{
    const Seeds all = seeds_of("crn = \"scenarios+points\"");
    CHECK(all.first == 1);
    CHECK(all.other_arm == 1);
    CHECK(all.other_point == 1);

    const Seeds scenarios = seeds_of("crn = \"scenarios\"");
    CHECK(scenarios.other_arm == scenarios.first);
    CHECK(scenarios.other_point != scenarios.first);
    CHECK(scenarios.other_replicate == scenarios.first);

    const Seeds none = seeds_of("crn = \"off\"");
    CHECK(none.other_arm != none.first);
    CHECK(none.other_point != none.first);
    CHECK(none.other_replicate == none.first);
}

TEST_CASE("seeds of tasks are those that they always were")
{
    // By a script in Python with whole numbers of any size, from what core/hash.hpp says of mixing:
    // mix(seed ^ mix(point + 1)), with crn = "off" mix(that ^ (arm + 1)), without its last 11 bits.
    struct Known {
        std::string crn;
        std::string study_seed;
        std::vector<std::int64_t> seeds;  ///< points 0, 1, 2 of arm 0, then of arm 1
    };
    const std::vector<Known> all{
        {"scenarios+points", "1", {1, 1, 1, 1, 1, 1}},
        {"scenarios+points", "20", {20, 20, 20, 20, 20, 20}},
        {"scenarios",
         "1",
         {5616040192490273, 3813080944016936, 1462279811905327, 5616040192490273, 3813080944016936,
          1462279811905327}},
        {"scenarios",
         "20",
         {7828608771622026, 8750206859234071, 6757344572479059, 7828608771622026, 8750206859234071,
          6757344572479059}},
        {"off",
         "1",
         {2455891677973777, 2135638907237990, 1605949309863602, 6160896543057477, 5917383288449248,
          3965596518702185}},
        {"off",
         "20",
         {6247116430681447, 3961073546833459, 4499877533083342, 3722923801127204, 6189312350319655,
          4223085290145263}},
    };
    for (const Known& known : all) {
        CAPTURE(known.crn, known.study_seed);
        const Plan plan = plan_of(text(small, "crn = \"", known.crn, "\"\n"),
                                  text(study_head, "seed = ", known.study_seed, '\n'));
        for (std::int64_t number = 0; number < plan.tasks(); ++number) {
            const Task task = plan.task(number);
            const RunParameters& run = plan.scenario(task).parameters.run;
            CHECK(run.seed == known.seeds[3 * task.arm + static_cast<std::size_t>(task.point)]);
            CHECK(run.replicate == task.replicate);
        }
    }
}

TEST_CASE("a task is told apart from others by values, seed and replicate, in this order")
{
    const Plan plan = plan_of(R"([scenarios]
none = {}
open = { "trade.barrier" = 0.1 }
[design]
kind = "list"
points = [[0.25, 0.5], [0.1, 1e-9]]
[[parameters]]
name = "learning.search_share"
[[parameters]]
name = "trade.habit"
[replicates]
min = 2
crn = "off"
)");
    CHECK(plan.settings(plan.task(plan.number_of(0, 0, 0))) ==
          std::vector<std::string>{"learning.search_share=0.25", "trade.habit=0.5",
                                   "run.seed=2455891677973777", "run.replicate=0"});
    CHECK(plan.settings(plan.task(plan.number_of(1, 1, 1))) ==
          std::vector<std::string>{"learning.search_share=0.1", "trade.habit=1e-09",
                                   "run.seed=5917383288449248", "run.replicate=1"});
}

TEST_CASE("a key says what a task computes, and nothing else")
{
    const std::string head = "[study]\nname = \"s\"\nmodel = \"base.toml\"\n";
    const Plan plan = plan_of(small, head);
    const std::string key = plan.key(plan.task(0));
    const Plan more = plan_of(std::string{small} + "max = 9\n[run]\nthreads = 2\n",
                              "[study]\nname = \"t\"\nmodel = \"base.toml\"\n");
    CHECK(more.key(more.task(0)) == key);
    const Plan other_seed = plan_of(small, head + "seed = 2\n");
    CHECK(other_seed.key(other_seed.task(0)) != key);
    const Plan shorter = plan_of(small, head + "quarters = 7\n");
    CHECK(shorter.key(shorter.task(0)) != key);
}

}  // namespace

}  // namespace latecomer::tests::plan_test
