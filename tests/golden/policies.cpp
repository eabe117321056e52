#include "agents/observation/outcomes.hpp"
#include "agents/world/events.hpp"
#include "agents/world/state_hash.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/run/builtin.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/worlds.hpp"

#include <map>

/// Real economies with fixed and adaptive governments, tight budgets, technology windows and answers of
/// lead economies, against numbers kept with the sources.
namespace latecomer::tests::policies_test {
namespace {

constexpr int quarters_apart = 20;

constexpr auto selected = std::to_array<std::string_view>({"gap_by_stage",
                                                           "skill",
                                                           "wage",
                                                           "exchange_rate",
                                                           "adoption",
                                                           "capability_index",
                                                           "exports",
                                                           "imports",
                                                           "income",
                                                           "tax_revenue",
                                                           "public_spending",
                                                           "public_debt",
                                                           "other_wealth",
                                                           "commons",
                                                           "open_data",
                                                           "data_localised",
                                                           "firms",
                                                           "upgrades_in",
                                                           "exporters",
                                                           "revenue",
                                                           "domestic_share",
                                                           "price_index",
                                                           "log_capability_p50",
                                                           "frontier",
                                                           "lead_capability",
                                                           "lead_cash",
                                                           "world_herfindahl",
                                                           "intensity",
                                                           "required_spending",
                                                           "presence_share",
                                                           "tariff"});

/// What happened over the run, besides values at its stops.
struct Chronicled {
    std::map<EventKind, int> events;
    int reviews = 0;              ///< that shifted the mix of the adaptive government
    double least_granted = 1.0;   ///< part of a programme that its budget allowed (eq. 22)
    double most_shortfall = 0.0;  ///< of a plan at equal cost, over what it did spend
    std::int64_t adopters = 0;    ///< latecomer firms at work that adopted a window (eq. 19)
};

World first_world()
{
    ScenarioRequest request;
    request.path = golden_path("policies.toml");
    request.builtin_countries = jobs::builtin_countries;
    return make_world(read_scenario(request, mpi::Communicator{}));
}

void note(Chronicled& chronicled, const World& world)
{
    for (const Event& event : world.results.events) {
        ++chronicled.events[event.kind];
        chronicled.reviews += event.who == "THA" && event.label.starts_with("review") ? 1 : 0;
    }
    for (const Government& government : world.governments) {
        if (government.required > 0.0) {
            chronicled.least_granted =
                std::min(chronicled.least_granted, government.available / government.required);
            chronicled.most_shortfall = std::max(chronicled.most_shortfall,
                                                 government.cost_shortfall / government.required);
        }
    }
    chronicled.adopters = 0;
    for (const PoolId pool : world.pool_indices()) {
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            chronicled.adopters += world.firms.columns.windows[i] != 0 ? 1 : 0;
        }
    }
}

void add_stop(Golden& golden, const World& world, Chronicled& chronicled)
{
    add_outputs(golden, world, selected);
    for (std::size_t kind = 0; kind < event_names.size(); ++kind) {
        golden.values.push_back(
            {text(world.quarter, " events ", event_names[kind]),
             static_cast<double>(chronicled.events[static_cast<EventKind>(kind)])});
    }
    golden.hashes.push_back(
        {text(world.quarter, " state_hash"), state_hash(world, mpi::Communicator{})});
}

void add_outcomes(Golden& golden, const World& world, const Outcomes& outcomes)
{
    const std::vector<CountryOutcome> countries = outcomes.countries(world);
    for (const CountryId c : world.countries.indices()) {
        for (const auto& row : country_outcomes()) {
            golden.values.push_back(
                {text(world.countries.key[c], ' ', row.key), countries[c.at()].*row.member});
        }
    }
    const WorldOutcome of_world = outcomes.of_world(world);
    for (const auto& row : world_outcomes()) {
        golden.values.push_back({text("world ", row.key), of_world.*row.member});
    }
}

TEST_CASE("real economies under policies, windows and tariffs develop as they did")
{
    World world = first_world();
    const mpi::Communicator alone;
    Outcomes outcomes;
    Chronicled chronicled;
    Golden now;
    const auto quarters = static_cast<std::uint32_t>(world.parameters().run.quarters);
    while (world.quarter < quarters) {
        step(world, alone);
        outcomes.observe(world);
        note(chronicled, world);
        if (world.quarter % quarters_apart == 0) {
            add_stop(now, world, chronicled);
        }
    }
    add_outcomes(now, world, outcomes);
    check_golden("policies.txt", now);

    // What the numbers are meant to notice has taken place.
    CHECK(chronicled.events[EventKind::policy] > 10);
    CHECK(chronicled.events[EventKind::window] > 2);
    CHECK(chronicled.events[EventKind::presence] > 10);
    CHECK(chronicled.events[EventKind::retaliation] > 10);
    CHECK(chronicled.events[EventKind::upgrade] > 10);
    CHECK(chronicled.events[EventKind::parameters] == 1);
    CHECK(chronicled.reviews > 4);
    CHECK(chronicled.least_granted < 0.5);
    CHECK(chronicled.most_shortfall > 0.1);
    CHECK(chronicled.adopters > 10);
    CHECK(std::ranges::count_if(world.countries.public_debt.span(),
                                [](double debt) { return debt > 0.0; }) == 2);
}

}  // namespace
}  // namespace latecomer::tests::policies_test
