#include "tests/support/golden.hpp"
#include "tests/support/worlds.hpp"

/// A tiny world, quarter by quarter, against numbers kept with the sources: tells whether the model
/// changed.  If it was meant to, `golden_tests --update` and a line in CHANGELOG.md.
namespace latecomer::tests::synthetic_test {
namespace {

constexpr std::array<std::string_view, 17> selected{
    "adoption",    "wage",       "exchange_rate",      "capability_index", "gap_by_stage",
    "frontier",    "firms",      "exporters",          "revenue",          "domestic_share",
    "price_index", "herfindahl", "log_capability_p50", "commons",          "other_wealth",
    "lead_cash",   "tax_revenue"};

TEST_CASE("a tiny synthetic world develops as it did")
{
    World world = make_world(synthetic_scenario(2, 1, 2, 60));
    Golden now;
    for (int quarter = 5; quarter <= 20; quarter += 5) {
        run(world, 5);
        add_outputs(now, world, selected);
    }
    check_golden("synthetic.txt", now);
}

}  // namespace
}  // namespace latecomer::tests::synthetic_test
