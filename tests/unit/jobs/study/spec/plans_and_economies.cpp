// ctest: cost 15

#include "agents/policy/instruments.hpp"
#include "tests/support/studies.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace latecomer::tests::plans_and_economies_test {

using namespace latecomer::jobs::study;

namespace {

/// Scenarios without and with a plan, and a design of two points over one number.
std::string varied(const std::string& name, const std::string& points,
                   const std::string& scenarios = "none = {}\nplan = { pathway = { IND = "
                                                  "\"low_value\" } }\n",
                   const std::string& more = "")
{
    return "[scenarios]\n" + scenarios + "[design]\nkind = \"list\"\npoints = " + points +
           "\n[[parameters]]\nname = \"" + name + "\"\n" + more;
}

/// The plan of an economy at a point of a study.
const PolicyPlan* plan_at(const Scenario& scenario, const std::string& economy)
{
    for (const PolicyPlan& plan : scenario.policies) {
        if (plan.country == economy) {
            return &plan;
        }
    }
    return nullptr;
}

InstrumentId instrument_in(const std::string& cell)
{
    for (const InstrumentId id : instrument_indices()) {
        if (instrument(id).cell == cell) {
            return id;
        }
    }
    return {};
}

}  // namespace

TEST_CASE("a design varies an intensity of a plan where there is one, and leaves others alone")
{
    const Plan plan = plan_of(varied("policy.IND.instruments.4D", "[[0.25], [0.75]]"));
    for (const std::int64_t point : {0, 1}) {
        const Scenario none = plan.scenario(plan.task_of(0, point, 0));
        const Scenario with = plan.scenario(plan.task_of(1, point, 0));
        CHECK(plan_at(none, "IND") == nullptr);
        REQUIRE(plan_at(with, "IND") != nullptr);
        const PolicyPhase& phase = plan_at(with, "IND")->phases.front();
        CHECK(phase.request.row(instrument_in("4D"))[0] == (point == 0 ? 0.25 : 0.75));
        CHECK(phase.request.row(instrument_in("3K"))[0] == 0.7);  // of the pathway
    }
}

TEST_CASE("an intensity that no scenario plans makes a plan in all but the reference")
{
    const Plan plan =
        plan_of(varied("policy.IND.instruments.4D", "[[0.25], [0.75]]", "none = {}\nmade = {}\n"));
    CHECK(plan_at(plan.scenario(plan.task_of(0, 1, 0)), "IND") == nullptr);
    CHECK(plan_at(plan.scenario(plan.task_of(1, 1, 0)), "IND") != nullptr);
    const Plan alone =
        plan_of(varied("policy.IND.instruments.4D", "[[0.25], [0.75]]", "only = {}\n"));
    CHECK(plan_at(alone.scenario(alone.task_of(0, 0, 0)), "IND") != nullptr);
}

TEST_CASE("a scenario may say of a plan what asks for nothing while the design says the rest")
{
    const Plan plan = plan_of(
        varied("policy.IND.instruments.4D", "[[0.25], [0.75]]",
               "none = {}\nmade = { \"policy.IND.start\" = 40, \"policy.IND.ramp\" = 2 }\n"));
    const Scenario made = plan.scenario(plan.task_of(1, 0, 0));
    REQUIRE(plan_at(made, "IND") != nullptr);
    CHECK(plan_at(made, "IND")->phases.front().from == 40);
}

TEST_CASE("start, ramp, cost, tariff, goals and figures of economies are varied")
{
    const auto phase_of = [](const std::string& name, const std::string& points) {
        const Plan plan = plan_of(varied(name, points));
        const Scenario made = plan.scenario(plan.task_of(1, 1, 0));
        return plan_at(made, "IND")->phases.front();
    };
    CHECK(phase_of("policy.IND.start", "[[30], [50]]").from == 50);
    CHECK(phase_of("policy.IND.ramp", "[[3], [9]]").ramp_quarters == 9);
    CHECK(phase_of("policy.IND.equal_cost", "[[0.001], [0.002]]").cost_share == 0.002);
    CHECK(phase_of("policy.IND.tariff.analytics", "[[0.1], [0.2]]").tariff[at(Stage::analytics)] ==
          0.2);
    const Plan figures = plan_of(varied("country.IND.internet_users", "[[10], [90]]"));
    const auto adoption = [&](std::size_t arm, std::int64_t point) {
        for (const Economy& economy :
             economies_of(figures.scenario(figures.task_of(arm, point, 0)))) {
            if (economy.key == "IND") {
                return economy.adoption;
            }
        }
        return 0.0;
    };
    CHECK(adoption(0, 0) > 0.0);
    CHECK(adoption(0, 1) == Approx(9.0 * adoption(0, 0)));  // in scenarios without a plan, too
    CHECK(adoption(1, 1) == adoption(0, 1));
}

TEST_CASE("the scenarios that read a number can be said")
{
    const std::string scenarios = "none = {}\na = {}\nb = {}\n";
    const Plan plan = plan_of(
        varied("learning.absorption_rate", "[[0.01], [0.02]]", scenarios, "scenarios = [\"b\"]\n"));
    const auto rate = [&](std::size_t arm) {
        return plan.scenario(plan.task_of(arm, 1, 0)).parameters.learning.absorption_rate;
    };
    CHECK(rate(0) == rate(1));
    CHECK(rate(2) == 0.02);
    // Who does not read it may set it.
    const Plan both = plan_of(varied("learning.absorption_rate", "[[0.01], [0.02]]",
                                     "a = { \"learning.absorption_rate\" = 0.03 }\nb = {}\n",
                                     "scenarios = [\"b\"]\n"));
    CHECK(both.scenario(both.task_of(0, 1, 0)).parameters.learning.absorption_rate == 0.03);
}

TEST_CASE("a number that is whole is drawn whole, and a file of points may name one of a plan")
{
    const Plan sampled =
        plan_of("[scenarios]\nnone = {}\np = { pathway = { IND = \"low_value\" } }\n"
                "[design]\nkind = \"lhs\"\nn = 16\n[[parameters]]\nname = "
                "\"policy.IND.start\"\nlow = 4\nhigh = 40\n");
    for (std::int64_t point = 0; point < 16; ++point) {
        const double start = sampled.design().point(point)[0];
        CHECK(start == std::floor(start));
        CHECK(plan_at(sampled.scenario(sampled.task_of(1, point, 0)), "IND")->phases.front().from ==
              static_cast<std::int64_t>(start));
    }
    const Scratch folder;
    const Plan filed{
        read_study(folder,
                   std::string{study_head} +
                       "[scenarios]\nnone = { \"learning.absorption_rate\" = 0.01 }\np = {}\n"
                       "[design]\nkind = \"file\"\nfile = \"points.csv\"\n[[parameters]]\nname = "
                       "\"learning.absorption_rate\"\nscenarios = [\"p\"]\n",
                   "learning.absorption_rate\n0.02\n0.03\n"),
        mpi::Communicator{}};
    CHECK(filed.scenario(filed.task_of(1, 1, 0)).parameters.learning.absorption_rate == 0.03);
    CHECK(filed.scenario(filed.task_of(0, 1, 0)).parameters.learning.absorption_rate == 0.01);
}

TEST_CASE("keys of runs do not depend on the values that stand in for those of points")
{
    const Plan two = plan_of(varied("policy.IND.instruments.4D", "[[0.25], [0.75]]"));
    const Plan other = plan_of(varied("policy.IND.instruments.4D", "[[0.75], [0.25]]"));
    CHECK(two.key(two.task_of(1, 0, 0)) == other.key(other.task_of(1, 1, 0)));
    CHECK(two.key(two.task_of(1, 0, 0)) != other.key(other.task_of(1, 0, 0)));
}

TEST_CASE("a scenario of a study may be a file, alone or below settings")
{
    const tests::Scratch folder;
    tests::write_file(folder / "own.toml",
                      "[run]\nquarters = 12\n[learning]\nsearch_share = 0.03\n");
    const Plan plan{
        read_study(folder, std::string{study_head} +
                               "[scenarios]\nmodel = {}\nown = \"own.toml\"\n"
                               "more = { file = \"own.toml\", \"trade.barrier\" = 0.5 }\n"),
        mpi::Communicator{}};
    CHECK(plan.scenario_of_arm(1).parameters.run.quarters == 12);
    CHECK(plan.scenario_of_arm(2).parameters.learning.search_share == 0.03);
    CHECK(plan.scenario_of_arm(2).parameters.trade.barrier == 0.5);
    CHECK(plan.scenario_of_arm(0).parameters.run.quarters != 12);
    // The model is not needed then.
    const Plan files{read_study(folder, "[study]\nname = \"s\"\n[scenarios]\na = \"own.toml\"\n"),
                     mpi::Communicator{}};
    CHECK(files.scenario_of_arm(0).parameters.run.quarters == 12);
}

TEST_CASE(
    "the reference is the first scenario unless the study names it, and rules compare with it")
{
    const std::string arms = "[scenarios]\na = {}\nb = {}\n";
    CHECK(read_below_head(arms).reference == 0);
    const Spec spec = read_below_head("reference = \"b\"\n" + arms +
                                      "[[stop]]\nobservable = \"world.takeovers\"\nestimand = "
                                      "\"difference\"\nhalf_width = 1\n");
    CHECK(spec.reference == 1);
    CHECK(spec.stops.front().versus == "b");
}

TEST_CASE("plans and figures that a study cannot vary are refused in one line")
{
    const std::string plan = "none = {}\np = { pathway = { IND = \"low_value\" } }\n";
    const std::vector<Bad> cases{
        {varied("policy.IND.instruments.9L", "[[0], [1]]"),
         {"study.toml:11:8:", "unknown instrument '9L'"}},
        {varied("policy.IND.instruments", "[[0], [1]]"),
         {"study.toml:11:8:", "unknown parameter 'policy.IND.instruments'"}},
        {varied("policy.IND.intruments.3L", "[[0], [1]]"),
         {"study.toml:11:8:", "Did you mean 'policy.IND.instruments.3L'?"}},
        {varied("policy.IND.instruments.3L", "[[0], [2]]"), {"study.toml:9:17:", "bad value 2"}},
        {varied("policy.XYZ.instruments.3L", "[[0], [1]]"),
         {"study.toml:11:8:", "unknown economy 'XYZ'"}},
        {varied("policy.IND.tariff.analytic", "[[0], [1]]"),
         {"study.toml:11:8:", "analytic", "Did you mean 'analytics'?"}},
        {varied("policy.IND.goals.growht", "[[0], [1]]"),
         {"study.toml:11:8:", "Did you mean 'growth'?"}},
        {varied("policy.IND.start", "[[0.5], [1]]"), {"study.toml:9:", "a whole number"}},
        {varied("policy.IND.start", "[[0], [5000]]"), {"study.toml:9:", "[0, 4000]"}},
        {varied("policy.IND.equal_cost", "[[0], [1]]"),
         {"study.toml:9:", "'policy.IND.equal_cost'"}},
        {varied("policy.IND.pathway", "[[0], [1]]"),
         {"study.toml:11:8:", "unknown parameter 'policy.IND.pathway'"}},
        {varied("policy.IND.instruments.3L.mobility.x", "[[0], [1]]"),
         {"study.toml:11:8:", "unknown parameter"}},
        {varied("policy.IND.instruments.3K.mobility", "[[0], [1]]"),
         {"study.toml:11:8:", "is not sectoral"}},
        {varied("policy.IND.stance", "[[0], [1]]"),
         {"study.toml:11:8:", "without effect, as no sectors are favoured"}},
        {varied("country.XYZ.internet_users", "[[10], [20]]"),
         {"study.toml:11:8:", "'XYZ', which is no economy of scenario 'none'"}},
        {varied("country.IND.internet_user", "[[10], [20]]"),
         {"study.toml:11:8:", "Did you mean 'country.IND.internet_users'?"}},
        {varied("country.IND.internet_users", "[[10], [120]]"), {"study.toml:9:", "[0, 100]"}},
        {varied("country.IND.name", "[[10], [20]]"), {"study.toml:11:8:", "unknown parameter"}},
        {varied("learning.absorption_rate", "[[0.1], [0.2]]", plan, "scenarios = [\"q\"]\n"),
         {"study.toml:12:14:", "unknown scenario \"q\""}},
        {varied("learning.absorption_rate", "[[0.1], [0.2]]", plan, "scenarios = []\n"),
         {"study.toml:12:13:", "a list of scenarios, not empty"}},
        {varied("policy.IND.start", "[[1], [2]]",
                "none = {}\np = { pathway = { IND = \"low_value\" }, \"policy.IND.start\" = 3 }\n"),
         {"study.toml:11:8:", "set by scenario 'p' too, in line 6"}},
        {varied("policy.IND.start", "[[1], [2]]", "none = {}\nq = {}\n"),
         {"study.toml:11:8:", "requests nothing"}},
        {varied("policy.IND.instruments.4D", "[[0.1], [0.2]]",
                "none = {}\np = { \"policy.IND.instruments\" = { 3L = 0.5, 4D = 0.5 } }\n"),
         {"study.toml:11:8:", "set by scenario 'p' too, in line 6"}},
        {"[scenarios]\na = {}\nb = { \"world.countries\" = [\"IND\", \"USA\"] }\n",
         {"study.toml:6:", "has other economies than 'a'", "the same world.countries"}},
        {"[scenarios]\na = \"absent.toml\"\n", {"study.toml:5:5:", "absent.toml'"}},
        {"[scenarios]\na = \"\"\n", {"study.toml:5:5:", "the name of a file"}},
        {"[scenarios]\na = { file = 3 }\n", {"study.toml:5:14:", "the name of a file"}},
        {"[scenarios]\na = \"wrong.toml\"\n", {"wrong.toml:2:1:", "Did you mean 'search_share'?"}},
        {"reference = \"b\"\n[scenarios]\na = {}\n",
         {"study.toml:4:13:", "unknown scenario \"b\""}},
    };
    check_all_refused(cases);
}

TEST_CASE("a question needs four scenarios and outcomes that there are")
{
    const std::string arms = "[scenarios]\nn = {}\na = {}\nb = {}\nab = {}\n";
    const auto question = [&](const std::string& keys) { return arms + "[question]\n" + keys; };
    const std::string three = "first = \"a\"\nsecond = \"b\"\nboth = \"ab\"\n";
    const Spec spec = read_below_head(question(three));
    REQUIRE(spec.question);
    CHECK(spec.question->first == 1);
    CHECK(spec.question->both == 3);
    CHECK_FALSE(spec.question->outcomes.empty());
    check_all_refused({
        {question("first = \"a\"\nsecond = \"b\"\n"),
         {"study.toml:9:", "'question.both' is missing"}},
        {question("first = \"a\"\nsecond = \"a\"\nboth = \"ab\"\n"),
         {"study.toml:11:10:", "which the question has already"}},
        {question("first = \"n\"\nsecond = \"b\"\nboth = \"ab\"\n"),
         {"study.toml:10:9:", "(the reference is 'n')"}},
        {question("first = \"x\"\nsecond = \"b\"\nboth = \"ab\"\n"),
         {"study.toml:10:9:", "unknown scenario \"x\" for 'question.first'"}},
        {question(three + "outcomes = []\n"), {"study.toml:13:12:", "not empty"}},
        {question(three + "outcomes = [\"gap_at_ent\"]\n"),
         {"study.toml:13:13:", "Did you mean 'gap_at_end'?"}},
        {question(three + "outcomes = [\"gap_at_end\", \"gap_at_end\"]\n"),
         {"twice; take one out"}},
        {question(three + "third = \"a\"\n"), {"study.toml:13:1:", "Known here: first, second"}},
        {arms + "[[question]]\nfirst = \"a\"\n", {"study.toml:9:", "[question]"}},
    });
}

TEST_CASE("a study keeps outputs by stage, position and of the world, but none by lead firm")
{
    const auto series = [](const std::string& name) {
        return "[series]\nreplicates = 1\nvariables = [\"" + name + "\"]\n";
    };
    for (const char* name : {"gap_by_stage", "revenue", "frontier"}) {
        CAPTURE(name);
        CHECK(read_below_head(series(name)).series.variables.size() == 1);
    }
    check_all_refused({
        {series("lead_cash"), {"study.toml:6:14:", "no output by lead firm"}},
        {series("gap_by_stag"), {"study.toml:6:14:", "Did you mean 'gap_by_stage'?"}},
    });
}

TEST_CASE("scenarios with other sectors may be compared, but not keep series by sector")
{
    const tests::Scratch folder;
    tests::write_file(
        folder / "two.toml",
        "[[sector]]\nkey = \"health\"\ndemand_share = 0.5\n[[sector]]\nkey = \"mobility\"\n"
        "demand_share = 0.5\n");
    const auto read = [&](const std::string& output) {
        try {
            read_study(folder,
                       std::string{study_head} +
                           "[scenarios]\nall = {}\ntwo = \"two.toml\"\n[series]\nreplicates = 1\n"
                           "variables = [\"" +
                           output + "\"]\n");
        } catch (const InputError& error) {
            return std::string{error.what()};
        }
        return std::string{"accepted"};
    };
    CHECK(read("gap_by_stage") == "accepted");
    CHECK(read("revenue").find("scenario 'two' has other sectors than 'all'") != std::string::npos);
}

TEST_CASE("moments are asked for by a study, and rules may observe them then")
{
    const std::string rule = "[[stop]]\nobservable = \"moment.turnover\"\nhalf_width = 0.01\n";
    CHECK_FALSE(read_below_head("").moments);
    const Spec spec = read_below_head("moments = true\n" + rule);
    CHECK(spec.moments);
    CHECK(spec.stops.front().observable == "moment.turnover");
    check_all_refused({
        {rule, {"study.toml:5:14:", "add moments = true to [study]"}},
        {"moments = 1\n", {"study.toml:4:11:", "true or false"}},
        {"moments = true\n[[stop]]\nobservable = \"moment.turnovr\"\nhalf_width = 0.01\n",
         {"study.toml:6:14:", "Did you mean 'moment.turnover'?"}},
    });
}

}  // namespace latecomer::tests::plans_and_economies_test
