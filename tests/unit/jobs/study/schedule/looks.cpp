#include "jobs/study/schedule/looks.hpp"

#include "tests/support/studies.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace latecomer::tests::looks_test {

using namespace latecomer::jobs::study;

namespace {

constexpr const char* arms = R"([scenarios]
none = {}
calm = { "trade.barrier" = 0.1 }
wild = { "trade.barrier" = 0.2 }
[replicates]
min = 4
max = 10
)";

constexpr const char* mean_rule = R"([[stop]]
observable = "world.catch_ups"
half_width = 2.0
)";

constexpr const char* difference_rule = R"([[stop]]
observable = "world.catch_ups"
estimand = "difference"
vs = "none"
half_width = 2.0
)";

Plan plan_of(const std::string& rules)
{
    const Scratch folder;
    return Plan{read_study(folder, study_head + std::string{arms} + rules), mpi::Communicator{}};
}

/// An outcome that swings by this much from one replicate to the next.
std::vector<double> swinging(const Task& task, double by)
{
    return {task.replicate % 2 == 0 ? by : -by};
}

/// Ends all needed runs from `first` on; those of arm 2 are wild.
void end_runs(Looks& looks, const Plan& plan, std::int64_t first)
{
    for (std::int64_t number = first; number < looks.end(); ++number) {
        const Task task = plan.task(number);
        if (looks.is_needed(task)) {
            looks.note(number, swinging(task, task.arm == 2 ? 100.0 : 0.1));
        }
    }
}

TEST_CASE("a look is taken when the last of its runs is final, in whichever order they end")
{
    const Plan plan = plan_of(mean_rule);
    Looks looks{plan};
    CHECK(looks.needed_tasks() == 12);
    CHECK(looks.end() == 12);
    for (std::int64_t number = 11; number >= 0; --number) {
        CHECK_FALSE(looks.advance());
        looks.note(number, swinging(plan.task(number), 100.0));
    }
    CHECK(looks.advance());
    CHECK(looks.looks_taken() == 1);
    CHECK(looks.needed_tasks() == 24);
    CHECK_FALSE(looks.advance());
}

TEST_CASE("a scenario whose rules are met stops, others go on")
{
    const Plan plan = plan_of(mean_rule);
    Looks looks{plan};
    end_runs(looks, plan, 0);
    REQUIRE(looks.advance());
    CHECK(looks.state(0, 1).is_met);
    CHECK_FALSE(looks.state(0, 2).is_met);
    CHECK(looks.needed_tasks() == 4 + 4 + 8);
    CHECK(looks.is_ruled_out(plan.task(plan.number_of(1, 0, 4))));
    CHECK_FALSE(looks.is_ruled_out(plan.task(plan.number_of(2, 0, 9))));
    CHECK_FALSE(looks.is_over());
}

TEST_CASE("the scenario that others are compared with goes on as long as they do")
{
    const Plan plan = plan_of(difference_rule);
    Looks looks{plan};
    end_runs(looks, plan, 0);
    REQUIRE(looks.advance());
    CHECK_FALSE(looks.state(0, 0).applies);
    CHECK(looks.state(0, 1).is_met);
    CHECK(looks.needed_tasks() == 8 + 4 + 8);
}

TEST_CASE(
    "at the largest number of replicates a study ends, and says what is not known well enough")
{
    const Plan plan = plan_of(mean_rule);
    Looks looks{plan};
    for (int look = 0; look < 3; ++look) {
        end_runs(looks, plan, 0);
        REQUIRE(looks.advance());
    }
    CHECK(looks.is_over());
    CHECK(looks.needed_tasks() == 4 + 4 + 10);
    const std::vector<std::string> lines = describe_rules(plan, looks);
    REQUIRE(lines.size() == 3);
    CHECK(lines[1].ends_with("n = 4, wanted +-2: met"));
    CHECK(lines[2].find("n = 10, wanted +-2: not converged, would take about ") !=
          std::string::npos);
}

TEST_CASE("a difference is taken over the replicates that both scenarios have")
{
    const Plan plan = plan_of(std::string{difference_rule} + R"([[stop]]
observable = "world.leadership_changes"
half_width = 2.0
)");
    Looks looks{plan};
    for (int look = 0; look < 2; ++look) {
        for (std::int64_t number = 0; number < looks.end(); ++number) {
            const Task task = plan.task(number);
            const double of_mean = swinging(task, task.arm == 2 ? 100.0 : 0.1).front();
            if (looks.is_needed(task)) {
                looks.note(number, {0.5, of_mean});
            }
        }
        REQUIRE(looks.advance());
    }
    CHECK(looks.needed_tasks() == 4 + 4 + 10);  // the first stopped at 4, the last goes on
    CHECK(looks.state(0, 2).estimate.ids == 4);
    CHECK(looks.state(1, 2).estimate.ids == 8);
}

TEST_CASE("replicates beyond a look do not change what it decides")
{
    const Plan plan = plan_of(mean_rule);
    Looks looks{plan};
    end_runs(looks, plan, 0);
    for (std::int64_t number = 12; number < plan.tasks(); ++number) {
        looks.note(number, {1e9});
    }
    REQUIRE(looks.advance());
    CHECK(looks.state(0, 1).is_met);
    CHECK(looks.state(0, 1).estimate.ids == 4);
}

TEST_CASE("failed runs are counted in the estimate of a look")
{
    const Plan plan = plan_of(mean_rule);
    Looks looks{plan};
    end_runs(looks, plan, 0);
    looks.note(plan.number_of(1, 0, 2), {});
    REQUIRE(looks.advance());
    CHECK(looks.state(0, 1).estimate.ids == 4);
    CHECK(looks.state(0, 1).estimate.without == 1);
    const std::string line = describe_rules(plan, looks)[1];
    CHECK(line.find("n = 4, 1 of them without a value") != std::string::npos);
}

TEST_CASE("a rule whose runs failed but for one shows its value without an interval, and goes on")
{
    const Plan plan = plan_of(mean_rule);
    Looks looks{plan};
    end_runs(looks, plan, 0);
    for (const std::int64_t replicate : {0, 1, 3}) {
        looks.note(plan.number_of(1, 0, replicate), {});
    }
    for (const std::int64_t replicate : {0, 1, 2, 3}) {
        looks.note(plan.number_of(2, 0, replicate), {});
    }
    REQUIRE(looks.advance());
    CHECK_FALSE(looks.state(0, 1).is_met);
    CHECK_FALSE(looks.is_over());
    const std::vector<std::string> lines = describe_rules(plan, looks);
    CHECK(lines[1] ==
          "mean of world.catch_ups, calm: 0.1, no interval, n = 4, 3 of them without a value, "
          "wanted +-2: not yet, cannot tell how many replicates it would take");
    CHECK(lines[2].find("wild: unknown, n = 4, 4 of them") != std::string::npos);
}

TEST_CASE("without rules all replicates are needed from the beginning")
{
    const Plan plan = plan_of("");
    Looks looks{plan};
    CHECK(looks.is_over());
    CHECK(looks.needed_tasks() == 30);
    CHECK(looks.is_needed(plan.task(29)));
    CHECK_FALSE(looks.is_ruled_out(plan.task(29)));
    CHECK_FALSE(looks.advance());
}

}  // namespace

}  // namespace latecomer::tests::looks_test
