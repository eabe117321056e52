#include "jobs/study/plan/dollar_scale.hpp"

#include "tests/support/study_folder.hpp"

namespace latecomer::tests::dollar_scale_test {

using namespace latecomer::jobs::study;

namespace {

/// Two scenarios, the second with a setting, and points of a parameter.
std::string study_of(const std::string& setting, const std::string& parameter,
                     const std::string& values)
{
    return "[scenarios]\nnone = {}\nother = { " + setting +
           " }\n[design]\nkind = \"list\"\npoints = " + values + "\n[[parameters]]\nname = \"" +
           parameter + "\"\n";
}

bool has_scale(const std::string& toml)
{
    const StudyFolder study{toml, 0, {}};
    return scenario_of_scale(study.plan).has_value();
}

TEST_CASE("a study has one scale in dollars unless something that sets it differs between runs")
{
    const std::string varied = "learning.search_share";
    const std::string shares = "[[0.1], [0.2]]";
    CHECK(has_scale(study_of("\"trade.barrier\" = 0.1", varied, shares)));
    CHECK_FALSE(has_scale(study_of("\"world.firms_per_country\" = 77", varied, shares)));
    CHECK_FALSE(has_scale(study_of("\"macro.demand_start\" = 3.0", varied, shares)));
    CHECK_FALSE(
        has_scale(study_of("\"trade.barrier\" = 0.1", "macro.demand_start", "[[1.5], [2.5]]")));
    CHECK_FALSE(has_scale(
        study_of("\"trade.barrier\" = 0.1", "macro.capability_exponent", "[[0.4], [0.6]]")));
}

TEST_CASE("what is no money has no dollars, nor has anything without a scale")
{
    const StudyFolder study{
        study_of("\"trade.barrier\" = 0.1", "learning.search_share", "[[0.1]]"), 0, {}};
    const std::optional<Scenario> scale = scenario_of_scale(study.plan);
    REQUIRE(scale);
    CHECK(dollars(scale, "public_cost", "numeraire").size() == 2);
    CHECK(dollars(scale, "public_cost", "numeraire").front().key == "usd_per_unit");
    CHECK(dollars(scale, "cost_share", "1").empty());
    CHECK(dollars(std::nullopt, "public_cost", "numeraire").empty());
}

}  // namespace
}  // namespace latecomer::tests::dollar_scale_test
