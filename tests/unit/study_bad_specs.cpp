#include "core/errors.hpp"
#include "jobs/study/declared.hpp"
#include "jobs/study/spec.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

using namespace latecomer;
using namespace latecomer::jobs::study;

namespace {

/// What a study says wrong, and what the message holds: where, and why or what to do.
struct Bad {
    std::string toml;
    std::vector<std::string> words;
};

/// The message with which a study is refused, without its folder.
std::string refusal(const std::string& toml, const std::string& points = {})
{
    const tests::Scratch folder;
    tests::write_file(folder / "base.toml", "");
    tests::write_file(folder / "wrong.toml", "[learning]\nsearch_shar = 0.1\n");
    tests::write_file(folder / "points.csv", points);
    try {
        read_spec(tests::write_file(folder / "study.toml", toml), mpi::Communicator{});
    } catch (const InputError& error) {
        const std::string message = error.what();
        const std::string own = folder.path().string() + '/';
        return message.starts_with(own) ? message.substr(own.size()) : message;
    }
    return "accepted";
}

void check_refused(const std::string& message, const Bad& bad)
{
    CAPTURE(bad.toml, message);
    CHECK(message.find('\n') == std::string::npos);
    for (const std::string& word : bad.words) {
        CAPTURE(word);
        CHECK(message.find(word) != std::string::npos);
    }
}

constexpr const char* head = "[study]\nname = \"s\"\nmodel = \"base.toml\"\n";  // lines 1 to 3

/// Each is refused below a sound [study].
void check_all(const std::vector<Bad>& cases)
{
    for (const Bad& bad : cases) {
        check_refused(refusal(head + bad.toml), bad);
    }
}

/// A design above the parameters that follow: lines 4 to 6.
std::string design(const std::string& kind)
{
    return "[design]\nkind = \"" + kind + "\"\nn = 4\n";
}

/// Line 4 and following of a study with one parameter.
std::string parameter(const std::string& keys)
{
    return "[[parameters]]\n" + keys + '\n' + design("lhs");
}

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
    check_all({
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
    check_all({
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

TEST_CASE("parameters of a study must be numbers that the model declares and nothing else sets")
{
    check_all({
        {parameter("dist = \"uniform\""), {"study.toml:4:1:", "'parameters.name' is missing"}},
        {parameter("name = \"learning.serch_share\""),
         {"study.toml:5:8:", "Did you mean 'learning.search_share'?"}},
        {parameter("name = \"search_share\""),
         {"study.toml:5:8:", "Did you mean 'learning.search_share'?"}},
        {parameter("name = \"nonsense\""), {"study.toml:5:8:", "latecomer describe parameters"}},
        {parameter("name = \"world.initial\""), {"study.toml:5:8:", "is no number"}},
        {parameter("name = \"world.countries\""), {"study.toml:5:8:", "is no number"}},
        {parameter("name = \"run.seed\""), {"study.toml:5:8:", "set by the study itself"}},
        {parameter("name = \"run.replicate\""), {"study.toml:5:8:", "set by the study itself"}},
        {parameter("name = \"entry.rate\"\n[[parameters]]\nname = \"entry.rate\""),
         {"study.toml:7:8:", "twice, first in line 5"}},
        {parameter("name = \"entry.rate\"") + "[scenarios]\na = { \"entry.rate\" = 0.1 }\n",
         {"study.toml:5:8:", "set by scenario 'a' too, in line 10"}},
        {"quarters = 9\n" + parameter("name = \"run.quarters\"\nlow = 1\nhigh = 9"),
         {"study.toml:6:8:", "study.quarters"}},
    });
}

TEST_CASE("distributions of a study must have their numbers, in range and in order")
{
    const std::string entry = "name = \"entry.rate\"\n";
    const std::string whole = "name = \"presence.review_quarters\"\n";
    check_all({
        {parameter(entry + "dist = \"unifrom\""), {"study.toml:6:8:", "Did you mean 'uniform'?"}},
        {parameter("name = \"finance.fixed_cost\"\nlow = 0"),
         {"study.toml:4:1:", "needs 'low' and 'high'"}},
        {parameter(entry + "low = -1"), {"study.toml:6:7:", "bad value -1 for 'entry.rate'"}},
        {parameter(entry + "high = 11"), {"study.toml:6:8:", "[0, 10]"}},
        {parameter(entry + "low = 0.1\nhigh = 0.1"), {"study.toml:7:8:", "less than 'high'"}},
        {parameter(entry + "low = 5"), {"study.toml:6:7:", "between 5 and 0.04"}},
        {parameter(entry + "low = nan"), {"study.toml:6:7:", "bad value nan"}},
        {parameter(entry + "low = \"x\""), {"study.toml:6:7:", "must be a number"}},
        {parameter(whole + "low = 1.5\nhigh = 3"), {"study.toml:6:7:", "a whole number"}},
        {parameter(entry + "dist = \"loguniform\"\nlow = 0"), {"study.toml:7:7:", "no logarithm"}},
        {parameter(entry + "mode = 0.02"), {"study.toml:6:8:", "low, high; take it out"}},
        {parameter(entry + "dist = \"triangular\""), {"study.toml:4:1:", "mode' is missing"}},
        {parameter(entry + "dist = \"triangular\"\nmode = 0.5"),
         {"study.toml:7:8:", "in [0.005, 0.04]"}},
        {parameter(entry + "dist = \"normal\"\nmean = 1"), {"study.toml:4:1:", "sd' is missing"}},
        {parameter(entry + "dist = \"normal\"\nmean = 1\nsd = 0"),
         {"study.toml:8:6:", "greater than 0"}},
        {parameter(entry + "dist = \"normal\"\nmean = 1\nsd = 0.2"),
         {"study.toml:8:6:", "6.3 standard deviations", "[0, 10]"}},
        {parameter(entry + "dist = \"discrete\""), {"study.toml:4:1:", "values' is missing"}},
        {parameter(entry + "values = []"), {"study.toml:6:10:", "not empty"}},
        {parameter(entry + "values = [1, 11]"), {"study.toml:6:14:", "bad value 11"}},
        {parameter(entry + "values = [1, 1.0]"), {"study.toml:6:14:", "twice"}},
        {parameter(whole + "values = [1, 2.5]"), {"study.toml:6:14:", "a whole number"}},
    });
}

TEST_CASE("a design must have a kind, a fitting size and parameters")
{
    const std::string entry = "[[parameters]]\nname = \"entry.rate\"\n";
    check_all({
        {"[design]\nn = 4\n", {"study.toml:4:", "'design.kind' is missing"}},
        {"[design]\nkind = \"sobel\"\n", {"study.toml:5:8:", "Did you mean 'sobol'?"}},
        {entry, {"study.toml:4:1:", "add [design]"}},
        {"[design]\nkind = \"none\"\nn = 4\n", {"study.toml:6:5:", "says nothing"}},
        {design("lhs"), {"study.toml:4:", "add [[parameters]]"}},
        {"[design]\nkind = \"lhs\"\n" + entry, {"study.toml:4:", "'design.n' is missing"}},
        {"[design]\nkind = \"lhs\"\nn = 0\n" + entry, {"study.toml:6:5:", "bad value 0"}},
        {"[design]\nkind = \"sobol\"\nn = 1000\n" + entry, {"study.toml:6:5:", "512 or 1024"}},
        {"[design]\nkind = \"saltelli\"\nn = 3\n" + entry, {"study.toml:6:5:", "2 or 4"}},
        {"[design]\nkind = \"saltelli\"\nn = 1099511627776\n" + entry,
         {"study.toml:6:5:", "2^40 points"}},
        {"[design]\nkind = \"lhs\"\nn = 1099511627776\n" + entry + "[replicates]\nmin = 100000\n",
         {"study.toml:6:5:", "2^53 runs"}},
        {design("lhs") + "levels = 4\n" + entry, {"study.toml:7:10:", "only to: morris"}},
        {design("lhs") + "scramble = \"owen\"\n" + entry, {"study.toml:7:12:", "sobol, saltelli"}},
        {design("lhs") + "seed = -1\n" + entry, {"study.toml:7:8:", "'design.seed'"}},
        {design("lhs") + "dummy = 1\n" + entry, {"study.toml:7:9:", "true or false"}},
        {design("maximin") + "dummy = true\n" + entry, {"study.toml:7:9:", "says nothing"}},
        {design("sobol") + "scramble = \"ovan\"\n" + entry, {"study.toml:7:12:", "'owen'"}},
        {design("morris") + "levels = 5\n" + entry, {"study.toml:7:10:", "take 6"}},
        {design("morris") + entry + "dist = \"normal\"\nmean = 1\nsd = 0.1\n",
         {"study.toml:8:8:", "visits the ends"}},
        {"[design]\nkind = \"full\"\n" + entry, {"study.toml:7:8:", "give values"}},
    });
}

TEST_CASE("a design must not have more dimensions than a sequence has")
{
    // The message about the first so many parameters with a range that the model explores.
    const auto with = [](std::size_t count, const std::string& kind, const std::string& more) {
        std::string parameters;
        for (const std::string& name : declared_numbers()) {
            if (!find_declared(name)->explored.empty() && count > 0) {
                parameters += "[[parameters]]\nname = \"" + name + "\"\n";
                --count;
            }
        }
        REQUIRE(count == 0);
        return refusal(head + design(kind) + more + parameters);
    };
    CHECK(with(31, "saltelli", "") == "accepted");  // the dummy is the 32nd
    CHECK(with(32, "saltelli", "dummy = false\n") == "accepted");
    CHECK(with(32, "saltelli", "").find("study.toml:4:1: the design has 66 dimensions") == 0);
    CHECK(with(64, "sobol", "") == "accepted");
    CHECK(with(64, "sobol", "dummy = true\n").find("study.toml:4:1: the design has 65 dim") == 0);
}

TEST_CASE("points that are written down must fit their parameters")
{
    const std::string entry = "[[parameters]]\nname = \"entry.rate\"\n";
    const std::string list = "[design]\nkind = \"list\"\n";
    check_all({
        {list + entry, {"study.toml:4:", "'design.points' is missing"}},
        {list + "points = [[1]]\n", {"study.toml:4:", "add [[parameters]]"}},
        {list + "points = []\n" + entry, {"study.toml:6:10:", "a list of points"}},
        {list + "points = [1]\n" + entry, {"study.toml:6:11:", "a list of 1 number)"}},
        {list + "points = [[1], [1, 2]]\n" + entry, {"study.toml:6:16:", "a list of 2"}},
        {list + "points = [[1], [11]]\n" + entry, {"study.toml:6:17:", "bad value 11"}},
        {"[design]\nkind = \"file\"\n", {"study.toml:4:", "'design.file' is missing"}},
        {"[design]\nkind = \"file\"\nfile = \"no.csv\"\n",
         {"study.toml:6:8:", "no.csv' (No such file or directory)"}},
    });
}

TEST_CASE("mistakes in a file of points are told with line and column")
{
    const std::string file =
        std::string{head} + "[design]\nkind = \"file\"\nfile = \"points.csv\"\n";
    const std::string two = file + "[[parameters]]\nname = \"entry.rate\"\n"
                                   "[[parameters]]\nname = \"finance.fixed_cost\"\n";
    const auto check = [](const std::string& toml, const std::string& points,
                          std::vector<std::string> words) {
        check_refused(refusal(toml, points), {points, std::move(words)});
    };
    check(file, "", {"points.csv:1:1:", "is empty"});
    check(file, "entry.rate\n", {"points.csv:1:1:", "no point"});
    check(file, "\nentry.rate,entry.rat\n1,2\n",
          {"points.csv:2:12:", "Did you mean 'entry.rate'?"});
    check(file, "entry.rate,entry.rate\n1,2\n", {"points.csv:1:12:", "two columns"});
    check(file, "entry.rate,\n1,2\n", {"points.csv:1:12:", "unknown parameter ''"});
    check(file, "entry.rate\n1\n\n1,2\n", {"points.csv:4:1:", "has 2 values", "names 1"});
    check(file, "entry.rate,finance.fixed_cost\n1, x\n", {"points.csv:2:4:", "'x' is no number"});
    check(file, "entry.rate\n1e999\n", {"points.csv:2:1:", "is no number"});
    check(file, "entry.rate\ninf\n", {"points.csv:2:1:", "is no number"});
    check(file, "entry.rate\n11\n", {"points.csv:2:1:", "bad value 11 for 'entry.rate'"});
    check(file, "presence.review_quarters\n1.5\n", {"points.csv:2:1:", "a whole number"});
    check(two, "entry.rate\n1\n", {"points.csv:1:1:", "no column is called 'finance.fixed_cost'"});
    check(two, "entry.rate,macro.exchange_floor\n1,1\n", {"points.csv:1:12:", "[[parameters]]"});
    check(two, "entry.rate,entry.rate\n1,1\n", {"points.csv:1:12:", "two columns"});
}

TEST_CASE("numbers of replicates must be in order and enough for a rule")
{
    const std::string rule = "[[stop]]\nobservable = \"world.catch_ups\"\nhalf_width = 1\n";
    check_all({
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
    const std::string two =
        "[scenarios]\na = {}\nb = { \"world.countries\" = [\"IDN\", \"USA\"] }\n";
    check_all({
        {stop("half_width = 1"), {"study.toml:4:1:", "'stop.observable' is missing"}},
        {stop("observable = \"gap_at_end\""), {"study.toml:5:14:", "write 'gap_at_end.IDN'"}},
        {stop("observable = \"catch_ups\""), {"study.toml:5:14:", "'world.catch_ups'"}},
        {stop("observable = \"world.catchups\""), {"study.toml:5:14:", "'world.catch_ups'"}},
        {stop("observable = \"world.gini\""), {"study.toml:5:14:", "Outcomes of the world"}},
        {stop("observable = \"gap_at_ent.IDN\""), {"study.toml:5:14:", "'gap_at_end.IDN'"}},
        {stop("observable = \"nonsense\""), {"study.toml:5:14:", "Outcomes of an economy"}},
        {stop("observable = \"gap_at_end.IDM\"\nhalf_width = 1"),
         {"study.toml:5:14:", "no economy 'IDM'", "Did you mean"}},
        {two + stop("observable = \"gap_at_end.IND\"\nhalf_width = 1"),
         {"study.toml:8:14:", "scenario 'b' has no economy 'IND'"}},
        {stop(gap + "estimand = \"meen\"\nhalf_width = 1"), {"study.toml:6:12:", "'mean'"}},
        {stop(gap + "estimand = \"share\"\nhalf_width = 1"), {"study.toml:5:14:", "0 or 1"}},
        {stop("observable = \"world.catch_ups\"\nestimand = \"share\"\nhalf_width = 1"),
         {"study.toml:5:14:", "0 or 1"}},
        {stop(gap + "vs = \"a\"\nhalf_width = 1"), {"study.toml:6:6:", "\"difference\""}},
        {stop(gap + "estimand = \"difference\"\nhalf_width = 1"), {"study.toml:4:1:", "stop.vs"}},
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
    check_all({
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
        {"[series]\nreplicates = 3\nvariables = [\"skill\"]\n",
         {"study.toml:6:14:", "not by country alone"}},
        {"[series]\nreplicates = 3\nvariables = [\"income\", \"income\"]\n",
         {"study.toml:6:24:", "twice"}},
    });
}

}  // namespace
