#include "tests/support/studies.hpp"

namespace latecomer::tests::bad_specs_test {

using namespace latecomer::jobs::study;

namespace {

/// A rule in line 4 and following.
std::string stop(const std::string& keys)
{
    return "[[stop]]\n" + keys + '\n';
}

TEST_CASE("[study] must name the study and a model that exists and is right")
{
    const std::vector<Bad> cases{
        {"", {"study.toml: 'study.name' is missing", "name = "}},
        {"[study]\nname = 3\n", {"study.toml:2:8:", "bad value 3", "a text in quotes"}},
        {"[study]\nname = \"a b\"\n", {"study.toml:2:8:", "letters, digits"}},
        {"[study]\nname = \"a\"\n", {"study.toml:1:", "'study.model' is missing"}},
        {"[study]\nname = \"a\"\nmodel = \"\"\n", {"study.toml:3:9:", "the name of a file"}},
        {"[study]\nname = \"a\"\nmodel = \"absent.toml\"\n",
         {"cannot read '", "absent.toml' (No such file or directory); check the path"}},
        {"[study]\nname = \"a\"\nmodel = \"wrong.toml\"\n",
         {"wrong.toml:2:1:", "'learning.search_shar'", "Did you mean 'search_share'?"}},
        {"[study]\nname = \"a\"\nmodel = \"base.toml\"\nseed = -1\n",
         {"study.toml:4:8:", "bad value -1 for 'study.seed'"}},
        {"[study]\nname = \"a\"\nmodel = \"base.toml\"\nquarters = 0\n",
         {"study.toml:4:12:", "'study.quarters'", "a whole number in [1, 4000]"}},
        {"[study\n", {"study.toml:1:", "this is not TOML"}},
    };
    for (const Bad& bad : cases) {
        check_refused(refusal(bad.toml), bad);
    }
    CHECK(
        refusal("[study]\nname = \"a\"\nmodel = \"wrong.toml\"\n").starts_with("wrong.toml:2:1:"));
    CHECK(refusal("[study]\nname = \"\xff\"\n").starts_with("study.toml:2:"));
}

TEST_CASE("a study's file that cannot be read is named")
{
    const tests::Scratch folder;
    const auto reading = [&](const std::string& name) {
        try {
            read_spec(folder / name, mpi::Communicator{});
        } catch (const InputError& error) {
            return std::string{error.what()};
        }
        return std::string{"accepted"};
    };
    CHECK(reading("no.toml").find("no.toml' (No such file or directory)") != std::string::npos);
    CHECK(reading("").find("(Is a directory)") != std::string::npos);
}

TEST_CASE("unknown sections and keys of a study are refused with what may be meant")
{
    check_all_refused({
        {"[scenario]\na = {}\n", {"study.toml:4:", "'scenario'", "Did you mean 'scenarios'?"}},
        {"[output]\n", {"study.toml:4:", "unknown section 'output'", "A study has: study, "}},
        {"[replicates]\nmim = 3\n", {"study.toml:5:1:", "Did you mean 'min'?"}},
        {"[budget]\nnode_hours = 3\n", {"study.toml:5:1:", "Did you mean 'core_hours'?"}},
        {"[run]\nseed = 3\n", {"study.toml:5:1:", "'run.seed'", "[study] and [design]"}},
        {"[run]\norder = 3\n", {"study.toml:5:1:", "Known here: ranks_per_task, threads"}},
        {"[stop]\nlevel = 0.9\n", {"study.toml:4:", "[[stop]]"}},
        {"stop = [1]\n", {"study.toml:4:1:", "'study.stop'"}},
        {"[[run]]\nthreads = 1\n", {"study.toml:4:", "bad value a list of 1", "[run]"}},
        {"[[parameters]]\nnam = \"x\"\n", {"study.toml:5:1:", "Did you mean 'name'?"}},
    });
    CHECK(refusal("seed = 3\n")
              .find("study.toml:1:1: unknown key 'seed' of a study. This key is "
                    "in section [study] and [design].") == 0);
}

TEST_CASE("scenarios of a study must have names, settings and pathways that a run accepts")
{
    check_all_refused({
        {"[scenarios]\n", {"study.toml:4:", "has 0 scenarios"}},
        {"scenarios = 3\n", {"study.toml:4:1:"}},
        {"[scenarios]\n\"a b\" = {}\n", {"study.toml:5:1:", "bad name 'a b'", "letters, digits"}},
        {"[scenarios]\n" + std::string(65, 'a') + " = {}\n", {"study.toml:5:1:", "1 to 64"}},
        {"[scenarios]\na = {}\na = {}\n", {"study.toml:6:", "this is not TOML"}},
        {"[scenarios]\na = 3\n", {"study.toml:5:5:", "bad value 3 for scenario 'a'"}},
        {"[scenarios]\na = { learning.search_share = 0.1 }\n",
         {"study.toml:5:7:", "in quotes: \"learning.search_share\""}},
        {"[scenarios]\na = { \"learning.search_share=1\" = 0.1 }\n", {"study.toml:5:7:", "no key"}},
        {"[scenarios]\na = { \"run.seed\" = 2 }\n", {"study.toml:5:7:", "study.seed"}},
        {"[scenarios]\na = { \"run.replicate\" = 2 }\n", {"study.toml:5:7:", "[replicates]"}},
        {"[scenarios]\na = { \"finance.fixed_cost\" = 2020-01-01 }\n",
         {"study.toml:5:30:", "a date or time"}},
        {"[scenarios]\na = {}\n[scenarios.b]\n\n\"learning.search_share\" = 2\n",
         {"study.toml:8:27: scenario 'b': bad value 2 for 'learning.search_share'"}},
        {"[scenarios]\na = { \"learning.serch_share\" = 0.1 }\n",
         {"study.toml:5:32: scenario 'a': unknown key", "Did you mean 'search_share'?"}},
        {"[scenarios]\na = { \"world.countries\" = [\"IDN\", 4] }\n",
         {"study.toml:5:27: scenario 'a': bad value 4 for 'world.countries'"}},
        {"[scenarios]\na = { \"collection.initial_firms\" = 0.9, \"storage.initial_firms\" = 0.9 "
         "}\n",
         {"study.toml:5:", "scenario 'a': ", "initial_firms"}},
        {"[scenarios]\na = { pathway = \"sovereignty\" }\n",
         {"study.toml:5:17:", "a table of economies"}},
        {"[scenarios]\na = { pathway = { IDN = 3 } }\n",
         {"study.toml:5:25:", "bad value 3 for 'pathway.IDN'"}},
        {"[scenarios]\na = { pathway = { \"I=N\" = \"low_value\" } }\n",
         {"study.toml:5:19:", "no key of an economy"}},
        {"[scenarios]\na = { pathway = { IDN = \"sovereigny\" } }\n",
         {"study.toml:5:25: scenario 'a': ", "Did you mean 'sovereignty'?"}},
        {"[scenarios]\na = { pathway = { XYZ = \"sovereignty\" } }\n",
         {"study.toml:5:25: scenario 'a': ", "XYZ"}},
        {"quarters = 9\n[scenarios]\na = { \"run.quarters\" = 8 }\n",
         {"study.toml:6:24:", "'study.quarters' in line 4"}},
    });
}

TEST_CASE("numbers of replicates must be in order and enough for a rule")
{
    const std::string rule = "[[stop]]\nobservable = \"world.catch_ups\"\nhalf_width = 1\n";
    check_all_refused({
        {"[replicates]\nmin = 0\n", {"study.toml:5:7:", "bad value 0"}},
        {"[replicates]\nmin = 2.5\n", {"study.toml:5:7:", "a whole number"}},
        {"[replicates]\nmin = 8\nmax = 7\n", {"study.toml:6:7:", "less than 'replicates.min', 8"}},
        {"[replicates]\nmin = 1\n" + rule, {"study.toml:5:7:", "at least 2"}},
        {"[replicates]\ncrn = \"on\"\n", {"study.toml:5:7:", "'scenarios+points' or 'scenarios'"}},
    });
}

TEST_CASE("rules must observe an outcome that all scenarios have and say how well")
{
    const std::string gap = "observable = \"gap_at_end.IDN\"\n";
    const std::string two = "[scenarios]\na = {}\nb = { \"trade.barrier\" = 0.2 }\n";
    check_all_refused({
        {stop("half_width = 1"), {"study.toml:4:1:", "'stop.observable' is missing"}},
        {stop("observable = \"gap_at_end\""), {"study.toml:5:14:", "write 'gap_at_end.IDN'"}},
        {stop("observable = \"catch_ups\""), {"study.toml:5:14:", "'world.catch_ups'"}},
        {stop("observable = \"world.catchups\""), {"study.toml:5:14:", "'world.catch_ups'"}},
        {stop("observable = \"world.gini\""), {"study.toml:5:14:", "Outcomes of the world"}},
        {stop("observable = \"gap_at_ent.IDN\""), {"study.toml:5:14:", "'gap_at_end.IDN'"}},
        {stop("observable = \"nonsense\""), {"study.toml:5:14:", "Outcomes of an economy"}},
        {stop("observable = \"gap_at_end.IDM\"\nhalf_width = 1"),
         {"study.toml:5:14:", "no economy 'IDM'", "Did you mean"}},
        {two + stop("observable = \"gap_at_end.FRA\"\nhalf_width = 1"),
         {"study.toml:8:14:", "scenario 'a' has no economy 'FRA'"}},
        {stop(gap + "estimand = \"meen\"\nhalf_width = 1"), {"study.toml:6:12:", "'mean'"}},
        {stop(gap + "estimand = \"share\"\nhalf_width = 1"), {"study.toml:5:14:", "0 or 1"}},
        {stop("observable = \"world.catch_ups\"\nestimand = \"share\"\nhalf_width = 1"),
         {"study.toml:5:14:", "0 or 1"}},
        {stop(gap + "vs = \"a\"\nhalf_width = 1"), {"study.toml:6:6:", "\"difference\""}},
        {stop(gap + "estimand = \"difference\"\nhalf_width = 1"),
         {"study.toml:4:1:", "no scenario besides 'baseline'"}},
        {two + stop(gap + "estimand = \"difference\"\nvs = \"c\"\nhalf_width = 1"),
         {"study.toml:10:6:", "unknown scenario \"c\""}},
        {stop(gap + "estimand = \"difference\"\nvs = \"baseline\"\nhalf_width = 1"),
         {"study.toml:7:6:", "no scenario besides 'baseline'"}},
        {stop(gap), {"study.toml:4:1:", "'half_width' or 'relative_half_width'"}},
        {stop(gap + "half_width = 1\nrelative_half_width = 1"), {"study.toml:7:23:", "has both"}},
        {stop(gap + "half_width = 0"), {"study.toml:6:14:", "greater than 0"}},
        {stop(gap + "relative_half_width = -1"), {"study.toml:6:23:", "greater than 0"}},
        {stop(gap + "half_width = 1\nlevel = 1.0"), {"study.toml:7:9:", "less than 1"}},
        {stop(gap + "half_width = 1\nlevel = 0"), {"study.toml:7:9:", "greater than 0"}},
        {stop(gap + "half_width = 1") + stop(gap + "half_width = 2"),
         {"study.toml:7:1:", "stands above"}},
    });
}

TEST_CASE("budget, resources and series must be of their kind and in range")
{
    check_all_refused({
        {"[budget]\ncore_hours = 0\n", {"study.toml:5:14:", "greater than 0"}},
        {"[budget]\ntask_timeout = 30\n", {"study.toml:5:16:", "\"30m\""}},
        {"[budget]\ntask_timeout = \"30\"\n", {"study.toml:5:16:", "\"90s\""}},
        {"[budget]\ntask_timeout = \"m\"\n", {"study.toml:5:16:", "\"90s\""}},
        {"[budget]\ntask_timeout = \"-3m\"\n", {"study.toml:5:16:", "\"90s\""}},
        {"[budget]\ntask_timeout = \"infs\"\n", {"study.toml:5:16:", "\"90s\""}},
        {"[budget]\ntask_timeout = \"1h30m\"\n", {"study.toml:5:16:", "\"2h\""}},
        {"[run]\nranks_per_task = 0\n", {"study.toml:5:18:", "bad value 0"}},
        {"[run]\nthreads = 1.5\n", {"study.toml:5:11:", "a whole number"}},
        {"[run]\nmax_failed_share = 1.5\n", {"study.toml:5:20:", "[0, 1]"}},
        {"[run]\nhost_failures = 0\n", {"study.toml:5:17:", "bad value 0"}},
        {"[series]\nreplicates = 33\n", {"study.toml:5:14:", "[0, 32]", "replicates.max"}},
        {"[series]\nreplicates = 3\n", {"study.toml:4:", "add 'variables'"}},
        {"[series]\nvariables = [\"income\"]\n", {"study.toml:5:13:", "add 'replicates'"}},
        {"[series]\nreplicates = 3\nvariables = \"income\"\n", {"study.toml:6:13:", "a list"}},
        {"[series]\nreplicates = 3\nvariables = [\"incom\"]\n",
         {"study.toml:6:14:", "unknown output", "Did you mean 'income'?"}},
        {"[series]\nreplicates = 3\nvariables = [\"lead_share\"]\n",
         {"study.toml:6:14:", "no output by lead firm"}},
        {"[series]\nreplicates = 3\nvariables = [\"income\", \"income\"]\n",
         {"study.toml:6:24:", "twice"}},
    });
}

}  // namespace

}  // namespace latecomer::tests::bad_specs_test
