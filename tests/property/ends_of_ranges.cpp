// ctest: cost 50

/// Every parameter's range ends where the model still runs: at both ends of each, 50 quarters (20 under sanitizers,
/// which take ten times as long) of a world in which governments and technology do all that they can keep the
/// accounts of section 8 and stay finite.

#include "agents/observation/outputs.hpp"
#include "agents/start/initial.hpp"
#include "agents/step.hpp"
#include "core/errors.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/study/spec/declared.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sanitized.hpp"

#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace latecomer::tests::ends_of_ranges_test {
namespace {

constexpr std::int64_t quarters = is_sanitized ? 20 : 50;

/// Who moves to an end must take others along.
const std::map<std::string, std::vector<std::string>> companions{
    {"learning.step_low=10", {"learning.step_high=10"}},
    {"learning.step_high=-0.99", {"learning.step_low=-0.99"}},
    {"selection.mark_up_start=0", {"selection.mark_up_low=0"}},
    {"selection.mark_up_start=1000", {"selection.mark_up_high=1000"}},
    {"selection.mark_up_low=1000", {"selection.mark_up_start=1000", "selection.mark_up_high=1000"}},
    {"selection.mark_up_high=0", {"selection.mark_up_low=0", "selection.mark_up_start=0"}},
};

/// What sets the size of the run and its files, not the model.
bool is_of_the_model(const std::string& key)
{
    return !key.starts_with("run.") && !key.starts_with("world.") && !key.starts_with("output.");
}

/// Ends that no scenario can have, as they do not fit other parameters whatever these are: cost shares of one, firms
/// at one position only, and adoption that would more than double in a quarter.
bool may_be_refused(const std::string& setting)
{
    const bool is_cost_share = setting.find("input_") != std::string::npos;
    const bool is_part_of_firms = setting.find("initial_firms") != std::string::npos;
    const bool is_adoption = setting.find("adoption") != std::string::npos;
    return is_cost_share || is_part_of_firms || is_adoption ||
           setting == "processing.captive_niche=1";
}

double largest_residual_of(const World& world)
{
    double largest = 0.0;
    for_each(Residuals::table, [&](const auto& row) {
        const double residual = std::abs(world.results.residuals.*row.member);
        largest = residual <= largest ? largest : residual;  // NaN, too
    });
    return largest;
}

bool is_finite(const World& world)
{
    bool finite = true;
    for (const Output& output : outputs()) {
        std::vector<double> values(output_size(world, output));
        output.fill(world, values);
        for (const double value : values) {
            finite = finite && !std::isinf(value);
        }
    }
    return finite;
}

}  // namespace

TEST_CASE("at both ends of every range the model runs, and its accounts hold", "[ranges]")
{
    ScenarioRequest request;
    request.path = golden_path("policies.toml");
    request.builtin_countries = jobs::builtin_countries;
    request.settings = {"run.quarters=50", "world.firms_per_country=40"};
    const mpi::Communicator alone;
    const ScenarioTemplate scenarios{request, alone};
    std::size_t tried = 0;
    for (const std::string& key : jobs::study::declared_numbers()) {
        if (!is_of_the_model(key)) {
            continue;
        }
        const Interval range = jobs::study::find_declared(key)->range;
        for (const double end : {range.low, range.high}) {
            const std::string setting = text(key, '=', end);
            INFO(setting);
            std::vector<std::string> settings{setting};
            if (const auto found = companions.find(setting); found != companions.end()) {
                settings.insert(settings.end(), found->second.begin(), found->second.end());
            }
            try {
                World world = make_world(scenarios.with(settings), alone);
                while (world.quarter < quarters) {
                    step(world, alone);
                    CHECK(largest_residual_of(world) <= 1e-12);
                }
                CHECK(is_finite(world));
                ++tried;
            } catch (const InputError& error) {
                INFO(error.what());
                CHECK(may_be_refused(setting));
            } catch (const InternalError& error) {
                FAIL_CHECK(error.what());
            }
        }
    }
    CHECK(tried > 320);
}

}  // namespace latecomer::tests::ends_of_ranges_test
