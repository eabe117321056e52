#include "core/hash.hpp"
#include "tests/support/studies.hpp"

namespace latecomer::tests::designs_test {

using namespace latecomer::jobs::study;

namespace {

using Rows = std::vector<std::vector<double>>;

TEST_CASE("a parameter without ends takes the range that the model's declaration explores")
{
    const Spec spec =
        read_below_head("[design]\nkind = \"lhs\"\nn = 3\n"
                        "[[parameters]]\nname = \"world.firms_per_country\"\n"
                        "[[parameters]]\nname = \"world.synthetic_latecomers\"\nhigh = 20\n");
    CHECK(spec.design.marginals[0].low == 1.0);
    CHECK(spec.design.marginals[0].high == 1e7);
    CHECK(spec.design.marginals[1].low == 1.0);
    CHECK(spec.design.marginals[1].high == 20.0);
}

TEST_CASE("the seed of a design comes from that of the study and differs from it")
{
    const std::string design = "[design]\nkind = \"lhs\"\nn = 3\n"
                               "[[parameters]]\nname = \"entry.rate\"\n";
    const std::uint64_t seed = read_below_head(design).design.seed;
    CHECK(seed == read_below_head(design).design.seed);
    CHECK(seed == mix64(1 ^ 0x64657369676e));
}

TEST_CASE("designs that estimate indices get a dummy parameter, others when they ask")
{
    const auto dimensions = [](const std::string& design) {
        return read_below_head("[design]\nn = 4\n" + design +
                               "\n[[parameters]]\nname = \"entry.rate\"\n")
            .design.marginals.size();
    };
    CHECK(dimensions("kind = \"saltelli\"") == 2);
    CHECK(dimensions("kind = \"saltelli\"\ndummy = false") == 1);
    CHECK(dimensions("kind = \"morris\"") == 2);
    CHECK(dimensions("kind = \"morris\"\ndummy = false") == 1);
    CHECK(dimensions("kind = \"lhs\"") == 1);
    CHECK(dimensions("kind = \"lhs\"\ndummy = true") == 2);
    CHECK(dimensions("kind = \"sobol\"") == 1);
    CHECK(dimensions("kind = \"sobol\"\ndummy = true") == 2);
    CHECK(dimensions("kind = \"maximin\"") == 1);
}

TEST_CASE("a full design keeps the values that it combines")
{
    const Spec spec =
        read_below_head("[design]\nkind = \"full\"\n"
                        "[[parameters]]\nname = \"finance.fixed_cost\"\nvalues = [0.01, 0.02]\n"
                        "[[parameters]]\nname = \"entry.rate\"\nvalues = [0]\n");
    CHECK(spec.design.marginals[0].kind == MarginalKind::discrete);
    CHECK(spec.design.marginals[0].values == std::vector<double>{0.01, 0.02});
    CHECK(spec.design.marginals[1].values == std::vector<double>{0.0});
}

TEST_CASE("points of a list have their parameters in order, which lie between the ends of the list")
{
    const Spec spec =
        read_below_head("[design]\nkind = \"list\"\npoints = [[0.01, 8], [0.03, 4], [0.02, 6]]\n"
                        "[[parameters]]\nname = \"finance.fixed_cost\"\n"
                        "[[parameters]]\nname = \"presence.review_quarters\"\n");
    CHECK(spec.design.rows == Rows{{0.01, 8}, {0.03, 4}, {0.02, 6}});
    CHECK(spec.design.marginals[0].low == 0.01);
    CHECK(spec.design.marginals[0].high == 0.03);
    CHECK(spec.design.marginals[1].low == 4.0);
    CHECK(spec.design.marginals[1].high == 8.0);
}

constexpr const char* file_design = "[design]\nkind = \"file\"\nfile = \"points.csv\"\n";

TEST_CASE("the header of a file of points names the parameters")
{
    const Spec spec =
        read_below_head(file_design, "\xEF\xBB\xBF\"finance.fixed_cost\", entry.rate\r\n"
                                     "# a comment\r\n0.01,1e-2\r\n\r\n 0.02 , 0\r\n");
    REQUIRE(spec.design.marginals.size() == 2);
    CHECK(spec.design.marginals[0].parameter == "finance.fixed_cost");
    CHECK(spec.design.marginals[1].parameter == "entry.rate");
    CHECK(spec.design.rows == Rows{{0.01, 0.01}, {0.02, 0.0}});
    CHECK(spec.design.marginals[1].high == 0.01);
}

TEST_CASE("columns of a file of points go into the order of the study's parameters")
{
    const Spec spec =
        read_below_head(std::string{file_design} +
                            "[[parameters]]\nname = \"entry.rate\"\n"
                            "[[parameters]]\nname = \"finance.fixed_cost\"\nlow = 0\nhigh = 1\n",
                        "finance.fixed_cost,entry.rate\n0.01,0.5\n0.02,0.25");
    CHECK(spec.design.marginals[0].parameter == "entry.rate");
    CHECK(spec.design.rows == Rows{{0.5, 0.01}, {0.25, 0.02}});
    CHECK(spec.design.marginals[0].low == 0.25);
    CHECK(spec.design.marginals[1].high == 1.0);
}

}  // namespace

}  // namespace latecomer::tests::designs_test
