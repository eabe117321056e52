#include "jobs/study/plan/plan.hpp"
#include "tests/support/studies.hpp"

namespace latecomer::tests::spec_waves_test {

using namespace latecomer::jobs::study;

namespace {

constexpr const char* base = R"([scenarios]
none = {}
open = { "trade.barrier" = 0.1 }

[design]
kind = "sobol"
n = 4

[[parameters]]
name = "learning.search_share"

[replicates]
min = 3
)";

Plan plan_of(const std::string& waves)
{
    const Scratch folder;
    const std::string points = "learning.search_share\n0.03\n0.05\n";
    return Plan{read_study(folder, study_head + (base + waves), points), mpi::Communicator{}};
}

constexpr const char* larger = "[[wave]]\nsize = 8\n";
constexpr const char* longer = "[[wave]]\nreplicates = 5\n";
constexpr const char* listed = "[[wave]]\npoints = \"points.csv\"\n";

TEST_CASE("a wave leaves numbers and keys of the tasks before it as they were")
{
    const Plan before = plan_of("");
    const Plan after = plan_of(std::string{larger} + longer + listed);
    REQUIRE(before.tasks() == 24);
    REQUIRE(after.tasks() == 2 * 10 * 5);
    for (std::int64_t number = 0; number < before.tasks(); ++number) {
        CHECK(after.task(number) == before.task(number));
        CHECK(after.key(after.task(number)) == before.key(before.task(number)));
    }
}

TEST_CASE("waves have tasks with numbers of their own, and every point has all replicates")
{
    const Plan plan = plan_of(std::string{larger} + longer + listed);
    CHECK(plan.task(24) == Task{24, 0, 4, 0});  // 4 new points x 3 replicates
    CHECK(plan.task(48) == Task{48, 0, 0, 3});  // 8 points x 2 new replicates
    CHECK(plan.task(80) == Task{80, 0, 8, 0});  // 2 points of the file x 5 replicates
    CHECK(plan.design().point(8) == std::vector<double>{0.03});
    CHECK(plan.design().point(9) == std::vector<double>{0.05});
    for (std::int64_t number = 0; number < plan.tasks(); ++number) {
        const Task task = plan.task(number);
        CHECK(plan.number_of(task.arm, task.point, task.replicate) == number);
    }
}

TEST_CASE("all tasks below a replicate have numbers below the end of that replicate")
{
    const Plan plan = plan_of(std::string{larger} + longer);
    for (std::int64_t replicates = 1; replicates <= 5; ++replicates) {
        std::int64_t last = 0;
        for (std::int64_t number = 0; number < plan.tasks(); ++number) {
            last = plan.task(number).replicate < replicates ? number : last;
        }
        CHECK(plan.end_of(replicates) == last + 1);
    }
}

TEST_CASE("a wave must add one thing that leaves what was there")
{
    const std::string sobol = base;
    std::string lhs = sobol;
    lhs.replace(lhs.find("sobol"), 5, "lhs");
    std::string saltelli = sobol;
    saltelli.replace(saltelli.find("sobol"), 5, "saltelli");
    check_all_refused({
        {sobol + "[[wave]]\n", {"study.toml:17:1:", "a wave adds one thing"}},
        {sobol + "[[wave]]\nsize = 8\nreplicates = 9\n", {"study.toml:17:1:", "one thing"}},
        {sobol + "[[wave]]\nsize = 4\n", {"study.toml:18:8:", "has 4 already"}},
        {sobol + "[[wave]]\nsize = 12\n", {"study.toml:18:8:", "take 16"}},
        {sobol + "[[wave]]\nreplicates = 3\n", {"study.toml:18:14:", "there are 3 already"}},
        {sobol + "[[wave]]\npoints = \"no.csv\"\n", {"study.toml:18:10:", "no.csv"}},
        {sobol + "[[wave]]\nn = 8\n", {"study.toml:18:1:", "'wave.n'"}},
        {lhs + "[[wave]]\nsize = 8\n", {"study.toml:18:8:", "points = \"more.csv\""}},
        {saltelli + "[[wave]]\npoints = \"points.csv\"\n", {"study.toml:18:10:", "of its own"}},
        {"[[wave]]\npoints = \"points.csv\"\n", {"study.toml:5:10:", "of its own"}},
    });
    CHECK(refusal(study_head + sobol + "[[wave]]\npoints = \"points.csv\"\n" + larger,
                  "learning.search_share\n0.03\n")
              .find("would get other numbers") != std::string::npos);
}

}  // namespace

}  // namespace latecomer::tests::spec_waves_test
