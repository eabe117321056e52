#include "jobs/study/spec/spec.hpp"

#include "tests/support/studies.hpp"

namespace latecomer::tests::spec_test {

using namespace latecomer::jobs::study;

namespace {

constexpr const char* full_spec = R"([study]
name = "path-ways_1"
model = "../models/base.toml"
seed = 20230501
quarters = 120

[scenarios]
baseline = {}
sovereignty = { "learning.search_share" = 0.1, "output.snapshot_countries" = ["IDN", "USA"], pathway = { latecomers = "sovereignty", USA = ["strategic_data", "low_value"] } }

[scenarios.more]
"learning.absorption_rate" = 1e-3
"world.firms_per_country" = 300
"policy.IDN.instruments" = { 3K = 0.25 }

[design]
kind = "saltelli"
n = 1024
scramble = "none"
seed = 7

[[parameters]]
name = "finance.fixed_cost"
dist = "uniform"
low = 0.01
high = 0.02
[[parameters]]
name = "learning.innovation_rate"
dist = "loguniform"
[[parameters]]
name = "learning.wright_exponent"
dist = "normal"
mean = 0.25
sd = 0.01
[[parameters]]
name = "entry.rate"
dist = "triangular"
low = 0
mode = 0.01
high = 0.02
[[parameters]]
name = "presence.review_quarters"
values = [4, 8, 20]

[replicates]
min = 64
max = 512
crn = "scenarios"

[[stop]]
observable = "caught_up.IDN"
estimand = "difference"
vs = "baseline"
half_width = 0.02
level = 0.9
[[stop]]
observable = "world.catch_ups"
relative_half_width = 0.05
[[stop]]
observable = "caught_up.USA"
estimand = "share"
half_width = 0.1

[budget]
core_hours = 400
task_timeout = "1.5h"
[run]
ranks_per_task = 4
threads = 2
max_failed_share = 0.1
host_failures = 3
[series]
replicates = 5
variables = ["capability_index", "income"]
)";

/// The full spec, read once.
const Spec& full()
{
    static const Spec spec = [] {
        const tests::Scratch folder;
        tests::write_file(folder / "models/base.toml", "[run]\nquarters = 80\n");
        return read_spec(tests::write_file(folder / "studies/study.toml", full_spec),
                         mpi::Communicator{});
    }();
    return spec;
}

TEST_CASE("a study has the name, model, seed and length that its file gives")
{
    CHECK(full().name == "path-ways_1");
    CHECK(full().model == full().path.parent_path().parent_path() / "models/base.toml");
    CHECK(full().seed == 20230501);
    CHECK(full().quarters == 120);
    CHECK(full().text == full_spec);
}

TEST_CASE("scenarios of a study become settings and pathways as on the command line")
{
    const std::vector<Arm>& arms = full().arms;
    REQUIRE(arms.size() == 3);
    CHECK(arms[0] == Arm{"baseline", {}, {}});
    CHECK(arms[1] ==
          Arm{"sovereignty",
              {"learning.search_share=0.1", R"(output.snapshot_countries=["IDN", "USA"])"},
              {"latecomers=sovereignty", "USA=strategic_data,low_value"}});
    CHECK(arms[2] == Arm{"more",
                         {"learning.absorption_rate=0.001", "world.firms_per_country=300",
                          R"(policy.IDN.instruments={"3K" = 0.25})"},
                         {}});
}

TEST_CASE("the design of a study has its kind, size and own seed")
{
    const DesignSpec& design = full().design;
    CHECK(design.method->kind == "saltelli");
    CHECK(design.n == 1024);
    CHECK(design.scramble == Scramble::none);
    CHECK(design.seed == 7);
    CHECK(design.rows.empty());
}

TEST_CASE("parameters of a study have the distributions that the file gives")
{
    const std::vector<Marginal>& marginals = full().design.marginals;
    REQUIRE(marginals.size() == 6);
    CHECK(marginals[0].parameter == "finance.fixed_cost");
    CHECK(marginals[0].kind == MarginalKind::uniform);
    CHECK(marginals[0].low == 0.01);
    CHECK(marginals[0].high == 0.02);
    CHECK(marginals[1].kind == MarginalKind::log_uniform);
    CHECK(marginals[1].low == 0.02);
    CHECK(marginals[1].high == 0.3);
    CHECK(marginals[2].kind == MarginalKind::normal);
    CHECK(marginals[2].mean == 0.25);
    CHECK(marginals[2].sd == 0.01);
    CHECK(marginals[3].kind == MarginalKind::triangular);
    CHECK(marginals[3].low == 0.0);
    CHECK(marginals[3].mode == 0.01);
    CHECK(marginals[3].high == 0.02);
    CHECK(marginals[4].kind == MarginalKind::discrete);
    CHECK(marginals[4].values == std::vector<double>{4, 8, 20});
    CHECK(marginals[5].parameter.empty());
}

TEST_CASE("a study has the rules that its file gives")
{
    const Spec& spec = full();
    CHECK(spec.replicates.min == 64);
    CHECK(spec.replicates.max == 512);
    CHECK(spec.replicates.common == CommonRandomNumbers::scenarios);
    REQUIRE(spec.stops.size() == 3);
    CHECK(spec.stops[0].observable == "caught_up.IDN");
    CHECK(spec.stops[0].estimand == Estimand::difference);
    CHECK(spec.stops[0].versus == "baseline");
    CHECK(spec.stops[0].half_width == 0.02);
    CHECK(spec.stops[0].level == 0.9);
    CHECK(spec.stops[1].estimand == Estimand::mean);
    CHECK_FALSE(spec.stops[1].half_width.has_value());
    CHECK(spec.stops[1].relative_half_width == 0.05);
    CHECK(spec.stops[1].level == 0.95);
    CHECK(spec.stops[2].estimand == Estimand::share);
}

TEST_CASE("a study has the budget, resources and series that its file gives")
{
    const Spec& spec = full();
    CHECK(spec.budget.core_hours == 400.0);
    CHECK(spec.budget.task_seconds == 5400.0);
    CHECK(spec.run.ranks_per_task == 4);
    CHECK(spec.run.threads == 2);
    CHECK(spec.run.max_failed_share == 0.1);
    CHECK(spec.run.host_failures == 3);
    CHECK(spec.series.replicates == 5);
    CHECK(spec.series.variables == std::vector<std::string>{"capability_index", "income"});
}

TEST_CASE("a study that says nothing runs the model as it is, 32 times")
{
    const Spec spec = read_below_head("");
    CHECK(spec.seed == 1);
    CHECK_FALSE(spec.quarters.has_value());
    CHECK(spec.arms == std::vector<Arm>{{"baseline", {}, {}}});
    CHECK(spec.design.method->kind == "none");
    CHECK(spec.design.marginals.empty());
    CHECK(spec.replicates.min == 32);
    CHECK(spec.replicates.max == 32);
    CHECK(spec.replicates.common == CommonRandomNumbers::scenarios_and_points);
    CHECK(spec.stops.empty());
    CHECK_FALSE(spec.budget.core_hours.has_value());
    CHECK_FALSE(spec.budget.task_seconds.has_value());
    CHECK(spec.run.ranks_per_task == 1);
    CHECK(spec.series.replicates == 0);
}

TEST_CASE("a study's last look is its first unless the file says more")
{
    CHECK(read_below_head("[replicates]\nmin = 5\n").replicates.max == 5);
}

TEST_CASE("times of a task are told in seconds, minutes or hours")
{
    CHECK(read_below_head("[budget]\ntask_timeout = \"90s\"\n").budget.task_seconds == 90.0);
    CHECK(read_below_head("[budget]\ntask_timeout = \"30m\"\n").budget.task_seconds == 1800.0);
    CHECK(read_below_head("[budget]\ntask_timeout = \"2h\"\n").budget.task_seconds == 7200.0);
}

TEST_CASE("differences to several scenarios are several rules")
{
    const std::string rule = "[[stop]]\nobservable = \"world.catch_ups\"\nhalf_width = 1\n"
                             "estimand = \"difference\"\nvs = ";
    const Spec spec = read_below_head("[scenarios]\na = {}\nb = {}\nc = {}\n" + rule + "\"a\"\n" +
                                      rule + "\"b\"\n");
    REQUIRE(spec.stops.size() == 2);
    CHECK(spec.stops[1].versus == "b");
}

TEST_CASE("a setting of a scenario keeps every bit of a number and every character of a text")
{
    const Spec spec =
        read_below_head("[scenarios]\na = { \"finance.fixed_cost\" = 0.10000000000000002, "
                        "builtin_countries = true, \"name\" = \"a \\\"b\\\" \\\\ c = d\" }\n");
    CHECK(spec.arms[0].settings ==
          std::vector<std::string>{"finance.fixed_cost=0.10000000000000002",
                                   "builtin_countries=true", R"(name="a \"b\" \\ c = d")"});
}

}  // namespace

}  // namespace latecomer::tests::spec_test
