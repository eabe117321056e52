// ctest: cost 12

#include "jobs/study/spec/declared.hpp"
#include "tests/support/studies.hpp"

namespace latecomer::tests::bad_designs_test {

using namespace latecomer::jobs::study;

namespace {

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

TEST_CASE("parameters of a study must be numbers that the model declares and nothing else sets")
{
    check_all_refused({
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
    check_all_refused({
        {parameter(entry + "dist = \"unifrom\""), {"study.toml:6:8:", "Did you mean 'uniform'?"}},
        {parameter("name = \"finance.profit_tax\"\nlow = 0"),
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
    check_all_refused({
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
        {"[design]\nkind = \"maximin\"\nn = 4097\n" + entry, {"study.toml:6:5:", "at most 4096"}},
        {"[design]\nkind = \"lhs\"\nn = 2147483649\n" + entry,
         {"study.toml:6:5:", "at most 2147483648"}},
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
        return refusal(study_head + design(kind) + more + parameters);
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
    check_all_refused({
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
        std::string{study_head} + "[design]\nkind = \"file\"\nfile = \"points.csv\"\n";
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

TEST_CASE("an ensemble has weights, and no points are added to it")
{
    const std::string ensemble =
        std::string{study_head} + "[design]\nkind = \"ensemble\"\nfile = \"points.csv\"\n";
    const std::string names = "entry.rate,implausibility,weight\n";
    const auto refused = [&](const std::string& points, const std::vector<std::string>& words) {
        check_refused(refusal(ensemble, points), {points, words});
    };
    refused("entry.rate\n0.1\n", {"points.csv:1:", "no column is called 'weight'", "kind = "});
    refused("weight\n1\n", {"study has none; add [[parameters]]"});
    refused("entry.rte,weight\n0.1,1\n", {"points.csv:1:1:", "Did you mean 'entry.rate'?"});
    refused(names + "0.1,1,-1\n", {"points.csv:2:7:", "bad value -1 for 'weight'"});
    refused(names + "0.1,1,\n", {"points.csv:2:7:", "is no number for 'weight'"});
    refused(names + "0.1,1,0\n0.2,1,0\n", {"points.csv:1:1:", "add up to 0", "above 0"});
    refused(names + "0.1,1,1e308\n0.2,1,1e308\n", {"points.csv:1:1:", "add up to inf"});
    refused(names + "0.1,1\n", {"points.csv:2:1:", "has 2 values", "3 columns"});
    refused(names, {"no point stands below the names"});
    const std::string other = "[[parameters]]\nname = \"trade.barrier\"\n";
    check_refused(
        refusal(ensemble + other, names + "0.1,1,1\n"),
        {"other", {"points.csv:1:", "no column is called 'trade.barrier'", "low and high"}});
    check_refused(
        refusal(ensemble + "[[parameters]]\nname = \"entry.rate\"\nlow = 0.1\nhigh = 0.2\n",
                names + "0.1,1,1\n"),
        {"both", {"study.toml:8:8:", "has values in the ensemble", "take its distribution out"}});
    check_refused(refusal(ensemble + "[[wave]]\npoints = \"points.csv\"\n", names + "0.1,1,1\n"),
                  {"wave", {"study.toml:8:", "points can be added to designs of kind"}});
    check_refused(refusal(ensemble + "n = 4\n", names + "0.1,1,1\n"),
                  {"n", {"study.toml:7:", "says nothing to a design of kind 'ensemble'"}});
    check_refused(refusal(ensemble + "sets = 0\n", names + "0.1,1,1\n"),
                  {"sets", {"study.toml:7:", "bad value 0 for 'design.sets'"}});
}

TEST_CASE(
    "an ensemble is read with weights that sum to 1, and without what else is said of its sets")
{
    const Spec spec = read_below_head(
        "[design]\nkind = \"ensemble\"\nfile = \"points.csv\"\n",
        "# temperature 3\nimplausibility,entry.rate,weight,finance.fixed_cost\n2.5,0.1,3,0.01\n"
        "1.5,0.2,1,0.02\n");
    REQUIRE(spec.design.marginals.size() == 2);
    CHECK(spec.design.marginals[1].parameter == "finance.fixed_cost");
    CHECK(spec.design.rows == std::vector<std::vector<double>>{{0.1, 0.01}, {0.2, 0.02}});
    CHECK(spec.design.weights == std::vector<double>{0.75, 0.25});
}

TEST_CASE("sets are drawn from an ensemble by weight, and each draw counts the same")
{
    const auto drawn = [](int sets, const std::string& lines) {
        return read_below_head("[design]\nkind = \"ensemble\"\nfile = \"points.csv\"\nsets = " +
                                   std::to_string(sets) + "\n",
                               "entry.rate,weight\n" + lines)
            .design;
    };
    // Middles of eighths: .0625, .1875, ... below running sums .5, .7, .75, 1.
    const std::string four = "0.1,0.5\n0.2,0.2\n0.3,0.05\n0.4,0.25\n";
    const DesignSpec eight = drawn(8, four);
    CHECK(eight.rows == std::vector<std::vector<double>>{{0.1}, {0.2}, {0.4}});
    CHECK(eight.weights == std::vector<double>{0.5, 0.25, 0.25});
    const DesignSpec one = drawn(1, "0.1,0.4\n0.2,0.2\n0.3,0.4\n");
    CHECK(one.rows == std::vector<std::vector<double>>{{0.2}});
    CHECK(one.weights == std::vector<double>{1.0});
    const DesignSpec many = drawn(1000, four);
    CHECK(many.rows.size() == 4);
    CHECK(many.weights == std::vector<double>{0.5, 0.2, 0.05, 0.25});
}

TEST_CASE("parameters that an ensemble lacks are spread evenly over its sets")
{
    const std::string design =
        "[design]\nkind = \"ensemble\"\nfile = \"points.csv\"\n[[parameters]]\nname = "
        "\"trade.barrier\"\nlow = 0.2\nhigh = 0.6\n";
    const std::string sets = "entry.rate,weight\n0.1,1\n0.2,1\n0.3,1\n0.4,1\n";
    const Spec spec = read_below_head(design, sets);
    REQUIRE(spec.design.marginals.size() == 2);
    CHECK(spec.design.marginals[0].parameter == "trade.barrier");
    std::vector<int> quarters(4, 0);
    for (const std::vector<double>& row : spec.design.rows) {
        REQUIRE(row[0] >= 0.2);
        REQUIRE(row[0] < 0.6);
        ++quarters.at(static_cast<std::size_t>((row[0] - 0.2) / 0.1));
    }
    CHECK(quarters == std::vector<int>{1, 1, 1, 1});
    CHECK(spec.design.rows[2][1] == 0.3);
    CHECK(read_below_head(design, sets).design.rows == spec.design.rows);
    CHECK(read_below_head("seed = 2\n" + design, sets).design.rows != spec.design.rows);
}

}  // namespace

}  // namespace latecomer::tests::bad_designs_test
