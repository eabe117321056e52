/// A seventeenth instrument: one row, given here, and no other line of the program knows of it.
/// The linker takes these functions instead of those of the library.

#include "agents/governments/governments.hpp"
#include "agents/observation/outputs.hpp"
#include "io/manual/manual.hpp"
#include "io/scenario/resolved.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/run/builtin.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

namespace latecomer {
namespace {

const double& rate(const Parameters& parameters)
{
    return parameters.government.promotion_cost;
}

Instrument seventeenth()
{
    return {"data_trusts",
            "1T",
            Stage::collection,
            Orientation::local,
            Tool::data,
            true,
            {{&Levers::commons_gain, Scope::applications, Shape::add, nullptr}},
            {{CostBase::demand, rate}},
            "Data trusts",
            "Holds data in trust for domestic firms.",
            "None known.",
            "assumed"};
}

}  // namespace

std::span<const Instrument> instruments()
{
    static const std::vector<Instrument> rows = [] {
        std::vector<Instrument> all = instrument_rows();
        all.push_back(seventeenth());
        return all;
    }();
    return rows;
}

const Instrument& instrument(InstrumentId id)
{
    return instruments()[id.at()];
}

}  // namespace latecomer

namespace latecomer::tests {
namespace {

constexpr CountryId first{0};

Scenario scenario_of(const Scratch& scratch)
{
    write_file(scratch / "trusts.toml", "[world]\n"
                                        "initial = \"synthetic\"\n"
                                        "synthetic_latecomers = 2\n"
                                        "synthetic_lead_economies = 1\n"
                                        "synthetic_lead_firms = 2\n"
                                        "firms_per_country = 40\n"
                                        "[policy.latecomers]\n"
                                        "start = 0\n"
                                        "ramp = 0\n"
                                        "instruments = { data_trusts = 0.5 }\n");
    ScenarioRequest request;
    request.path = scratch / "trusts.toml";
    request.builtin_countries = jobs::builtin_countries;
    return read_scenario(request, mpi::Communicator{});
}

TEST_CASE("a new row of the table of instruments reaches the parser and the resolved scenario")
{
    const Scratch scratch;
    const Scenario scenario = scenario_of(scratch);
    REQUIRE(scenario.policies.size() == 2);
    CHECK(scenario.policies[0].phases[0].request(InstrumentId{16}, SectorId{0}) == 0.5);
    CHECK(resolved_toml(scenario).find("data_trusts = 0.5") != std::string::npos);
}

TEST_CASE("a new row of the table of instruments reaches the manual")
{
    const std::string page = manual("instruments", "md", "");
    CHECK(page.find("data_trusts") != std::string::npos);
    CHECK(page.find("Holds data in trust") != std::string::npos);
}

TEST_CASE("a new row of the table of instruments reaches the budget, the levers and the files")
{
    const Scratch scratch;
    World world = make_world(scenario_of(scratch));
    run(world, 2);
    const Government& government = world.governments[first];
    CHECK(government.required > 0.0);
    CHECK(world.results.flows[first].spending == Approx(government.required));
    CHECK(world.levers[first].commons_gain[Positions::application(SectorId{0}).at()] == 0.5);
    const auto labels = axis_labels(world, Axis::instrument);
    REQUIRE(labels.size() == 17);
    CHECK(labels.back() == "data_trusts");
    for (const Output& output : outputs()) {
        if (output.key == "instrument_spending") {
            std::vector<double> values(output_size(world, output));
            output.fill(world, values);
            CHECK(values[16] == Approx(world.results.flows[first].spending));
        }
    }
}

}  // namespace
}  // namespace latecomer::tests
