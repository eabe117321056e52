#include "jobs/run/trial.hpp"

#include "io/scenario/scenario.hpp"
#include "jobs/run/builtin.hpp"
#include "tests/support/catch.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace latecomer::tests::trial_test {

using namespace latecomer::jobs;

namespace {

Scenario scenario_with(const std::vector<std::string>& settings)
{
    ScenarioRequest request;
    request.builtin_countries = builtin_countries;
    request.settings = settings;
    request.quarters = 40;
    return read_scenario(request, mpi::Communicator{});
}

Summary with_granted(const std::vector<double>& granted)
{
    Summary summary;
    for (std::size_t i = 0; i < granted.size(); ++i) {
        EconomySummary economy{std::string(1, static_cast<char>('A' + i)), "", "", {}, {}};
        economy.outcome.granted = granted[i];
        summary.economies.push_back(economy);
    }
    return summary;
}

TEST_CASE("who is granted less than nine tenths is named, the least first; others are not")
{
    CHECK(underfunded_line(with_granted({1.0, 0.9, std::nan("")})).empty());
    const std::string line = underfunded_line(with_granted({0.89, 0.13, 1.0}));
    CHECK(line.find("B 13 %, A 89 %;") != std::string::npos);
    CHECK(line.find("'priority'") != std::string::npos);
    CHECK(underfunded_line(with_granted(std::vector<double>(9, 0.5))).find("and 3 more") !=
          std::string::npos);
}

TEST_CASE("a coarse run finds that a plan with everything is not paid for, and that a small one is")
{
    const mpi::Communicator alone;
    const std::string countries = R"(world.countries=["IND", "MEX", "USA"])";
    const auto line = [&](const std::string& plan) {
        return underfunded_line(
            try_plans(scenario_with({countries, "run.burn_in=4", plan}), alone));
    };
    CHECK(line("policy.IND.pathway=\"all\"").find("IND ") != std::string::npos);
    CHECK(line("policy.IND.instruments={ 3K = 0.2 }").empty());
    CHECK(try_plans(scenario_with({countries}), alone).economies.empty());
}

}  // namespace
}  // namespace latecomer::tests::trial_test
