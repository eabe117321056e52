#include "agents/countries/accounts.hpp"
#include "agents/countries/macro.hpp"
#include "agents/countries/references.hpp"
#include "agents/governments/governments.hpp"
#include "agents/lead_firms/lead_firms.hpp"
#include "agents/lead_firms/presence.hpp"
#include "agents/markets/data_flows.hpp"
#include "agents/markets/market_clearing.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

namespace latecomer {
namespace {

constexpr int warm_up = 20;

/// Every branch of a quarter at work: a plan at equal cost, an adaptive one, one on a long ramp, and
/// a technology window.
World busy_world()
{
    Scenario scenario = tests::synthetic_scenario(3, 2, 4, 2000);
    PolicyMix mix = no_policy(scenario.parameters.sectors.size());
    std::ranges::fill(mix.span(), 0.3);
    tests::give_all(scenario, mix);
    scenario.policies[0].phases[0].cost_share = 0.02;
    scenario.policies[1].mode = PolicyMode::adaptive;
    scenario.policies[2].phases[0].ramp_quarters = 200;
    scenario.windows.push_back({"", Stage::analytics, 5, 0.3, 0.1, 0.1, 1.0});
    World world = tests::make_world(scenario);
    tests::run(world, warm_up);
    return world;
}

/// How often some work allocates memory.
template <class Work>
std::size_t allocations_of(const Work& work)
{
    tests::count_allocations();
    work();
    return tests::allocations_counted();
}

/// Whether a government reviewed its policy in the quarter just ended, for which it makes new plans.
bool somebody_reviewed(const World& world)
{
    return std::ranges::any_of(world.governments, [&](const Government& government) {
        return government.since + 1 == static_cast<std::int64_t>(world.quarter);
    });
}

TEST_CASE("the counter sees memory from every form of new", "[allocations]")
{
    struct alignas(64) Line {
        double values[8]{};
    };
    // By volatile pointers: compilers may leave out a pair of new and delete.
    CHECK(allocations_of([] {
              int* volatile one = new int{1};
              delete one;
          }) == 1);
    CHECK(allocations_of([] {
              int* volatile several = new int[3]{};
              delete[] several;
          }) == 1);
    CHECK(allocations_of([] {
              Line* volatile aligned = new Line;
              delete aligned;
          }) == 1);
    CHECK(allocations_of([] { FirmColumn<double>{100}; }) == 1);
    CHECK(allocations_of([] {}) == 0);
}

TEST_CASE("governments, lead firms, markets and accounts allocate no memory", "[allocations]")
{
    World world = busy_world();
    for (int quarter = 0; quarter < 20; ++quarter) {
        World after = world;
        clear_markets(after);  // a copy has room for exactly what it holds
        const auto check = [&](const char* what, auto&& work) {
            const std::size_t allocations = allocations_of(work);
            INFO(what << " in quarter " << after.quarter << ", by\n"
                      << tests::callers_of_allocations());
            CHECK(allocations == 0);
        };
        tests::run(world, 1);
        if (!world.results.events.empty() || somebody_reviewed(world)) {
            continue;  // the chronicle's texts, new plans
        }
        check("governments", [&] { set_policies(after); });
        check("macro", [&] { update_macro(after); });
        check("lead firms", [&] {
            lead_firms_learn(after);
            lead_firms_set_prices(after);
        });
        check("markets", [&] {
            clear_markets(after);
            distribute_data(after);
        });
        check("settlement of lead firms", [&] { settle_lead_firms(after); });
        check("accounts", [&] {
            close_accounts(after);
            update_references(after);
        });
    }
}

TEST_CASE("a quarter allocates no memory unless the chronicle, a plan or a pool grows",
          "[allocations]")
{
    const mpi::Communicator alone;
    World world = busy_world();
    int quiet = 0;
    for (int quarter = 0; quarter < 40; ++quarter) {
        const std::size_t bytes_before = world.firms.bytes();
        const std::size_t allocations = allocations_of([&] { step(world, alone); });
        if (world.results.events.empty() && !somebody_reviewed(world) &&
            world.firms.bytes() == bytes_before) {
            ++quiet;
            INFO("quarter " << world.quarter << ", by\n" << tests::callers_of_allocations());
            CHECK(allocations == 0);
        }
    }
    CHECK(quiet >= 10);
}

}  // namespace
}  // namespace latecomer
