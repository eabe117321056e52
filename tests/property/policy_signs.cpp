/// A report, not a requirement: do the signs that hold in one quarter also hold over whole runs?
/// `property_tests "[signs]"` prints a table of means over 50 replicates.

#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

#include <functional>
#include <iomanip>
#include <iostream>

namespace latecomer::tests::policy_signs_test {
namespace {

constexpr int replicates = 50;
constexpr int quarters = 120;
constexpr CountryId first{0};

/// What is raised from a low to a high value, and what is expected to follow.
struct Question {
    std::string_view raised;
    std::string_view cell;                                   ///< instrument, or none
    std::function<void(Parameters&, bool high)> parameters;  ///< or a parameter
    std::string_view observed;
    int expected;  ///< sign
    std::function<double(const World&)> observe;
};

double application_share(const World& world)
{
    double domestic = 0.0;
    double all = 0.0;
    for (const SectorId j : Range<SectorId>(world.positions.sectors())) {
        const PositionId p = Positions::application(j);
        domestic += world.markets.sales(first, p)[world.markets.supplier(first)];
        all += world.markets.spending(first, p);
    }
    return domestic / all;
}

double foreign_storage(const World& world)
{
    double foreign = 0.0;
    for (const LeadId l : world.leads.indices()) {
        foreign += world.markets.sales(first, Positions::storage)[world.markets.supplier(l)];
    }
    return foreign / world.markets.spending(first, Positions::storage);
}

double gap(const World& world, Stage stage)
{
    const double mean = world.references.mean[first][at(stage)];
    return mean > 0.0 ? std::log(mean / world.references.frontier[at(stage)]) : -8.0;
}

const std::vector<Question>& questions()
{
    const auto nothing = [](Parameters&, bool) {};
    static const std::vector<Question> all{
        {"licensing (4X)", "4X", nothing, "domestic share of APP", 1, application_share},
        {"data sharing (1L)", "1L", nothing, "commons", 1,
         [](const World& w) { return w.countries.commons(first, SectorId{0}); }},
        {"open data (1D)", "1D", nothing, "open data", 1,
         [](const World& w) { return w.countries.open_data(first, SectorId{0}); }},
        {"localisation (2X)", "2X", nothing, "data exported", -1,
         [](const World& w) { return w.results.flows[first].data_exported; }},
        {"localisation (2X)", "2X", nothing, "foreign share of STO", -1, foreign_storage},
        {"procurement (3D)", "3D", nothing, "public debt", 1,
         [](const World& w) { return w.countries.public_debt[first]; }},
        {"procurement (4D)", "4D", nothing, "domestic share of APP", 1, application_share},
        {"training (3K)", "3K", nothing, "skill at stage 3", 1,
         [](const World& w) { return w.countries.skill[first][2]; }},
        {"training (3K)", "3K", nothing, "gap at stage 3", 1,
         [](const World& w) { return gap(w, Stage::analytics); }},
        {"laboratories (3L)", "3L", nothing, "gap at stage 3", 1,
         [](const World& w) { return gap(w, Stage::analytics); }},
        {"support (4L)", "4L", nothing, "gap at stage 4", 1,
         [](const World& w) { return gap(w, Stage::applications); }},
        {"stepping stone", "",
         [](Parameters& p, bool high) { p.processing.learning_weight = high ? 0.9 : 0.1; },
         "gap at stage 3", 1, [](const World& w) { return gap(w, Stage::analytics); }},
    };
    return all;
}

double answer(const Question& question, int replicate, bool high)
{
    Scenario scenario = synthetic_scenario(3, 1, 3, 60);
    scenario.parameters.run.replicate = replicate;
    lift_budgets(scenario.parameters);
    question.parameters(scenario.parameters, high);
    PolicyMix mix = no_policy(scenario.parameters.sectors.size());
    if (!question.cell.empty()) {
        std::ranges::fill(mix.row(instrument_named(question.cell)), high ? 0.9 : 0.1);
    }
    give_all(scenario, mix);
    World world = make_world(scenario);
    run(world, quarters);
    return question.observe(world);
}

TEST_CASE("localisation keeps data at home over a whole run too")
{
    const Question& localisation = questions()[3];
    REQUIRE(localisation.observed == "data exported");
    CHECK(answer(localisation, 0, true) < answer(localisation, 0, false));
}

TEST_CASE("signs of one quarter over whole runs, as a report", "[long][signs]")
{
    std::cout << "mean difference over " << replicates << " replicates of " << quarters
              << " quarters, raised from .1 to .9\n";
    for (const Question& question : questions()) {
        double sum = 0.0;
        double squares = 0.0;
        int as_expected = 0;
        for (int replicate = 0; replicate < replicates; ++replicate) {
            const double change =
                answer(question, replicate, true) - answer(question, replicate, false);
            sum += change;
            squares += change * change;
            as_expected += change * question.expected > 0.0 ? 1 : 0;
        }
        const double mean = sum / replicates;
        const double error = std::sqrt((squares / replicates - mean * mean) / (replicates - 1));
        std::cout << std::left << std::setw(20) << question.raised << std::setw(24)
                  << question.observed << std::right << std::setw(12) << mean << " +- "
                  << std::setw(10) << error << "  expected " << (question.expected > 0 ? '+' : '-')
                  << ", so in " << as_expected << " of " << replicates << '\n';
        CHECK(std::isfinite(mean));
    }
}

}  // namespace
}  // namespace latecomer::tests::policy_signs_test
