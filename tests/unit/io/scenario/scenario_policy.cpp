#include "core/errors.hpp"
#include "io/scenario/resolved.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/run/builtin.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/messages.hpp"
#include "tests/support/policies.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

namespace latecomer::tests::scenario_policy_test {
namespace {

Scenario read(const std::string& toml, const std::vector<std::string>& pathways = {})
{
    const Scratch scratch;
    ScenarioRequest request;
    request.path = write_file(scratch / "policy.toml", "name = \"test\"\n" + toml);
    request.builtin_countries = jobs::builtin_countries;
    request.pathways = pathways;
    return read_scenario(request, mpi::Communicator{});
}

const PolicyPlan& plan_of(const Scenario& scenario, std::string_view country)
{
    const auto found = std::ranges::find(scenario.policies, country, &PolicyPlan::country);
    REQUIRE(found != scenario.policies.end());
    return *found;
}

double intensity(const PolicyPhase& phase, std::string_view cell, std::size_t sector = 0)
{
    return phase.request(instrument_named(cell), SectorId{sector});
}

TEST_CASE("an economy's own plan wins over that of its group, and that over the plan for all")
{
    const Scenario scenario = read("[policy.all]\npathway = \"none\"\n"
                                   "[policy.latecomers]\npathway = \"low_value\"\n"
                                   "[policy.IDN]\npathway = \"sovereignty\"\n");
    CHECK(scenario.policies.size() == 16);
    CHECK(plan_of(scenario, "IDN").phases[0].pathway == "sovereignty");
    CHECK(plan_of(scenario, "IND").phases[0].pathway == "low_value");
    CHECK(plan_of(scenario, "USA").phases[0].pathway == "none");
    CHECK(intensity(plan_of(scenario, "IDN").phases[0], "2X") == 0.8);
}

TEST_CASE(
    "a plan for an income group wins over that for a role, and that over the one for latecomers")
{
    // IDN: lower middle income, latecomer; CHL: upper middle income, latecomer; CHN: both; GRC: advanced; USA: lead.
    const std::string all = "[policy.all]\npathway = \"none\"\n";
    const std::string latecomers = "[policy.latecomers]\npathway = \"low_value\"\n";
    const std::string role = "[policy.latecomer]\npathway = \"strategic_data\"\n";
    const std::string group = "[policy.GROUP]\npathway = \"sector_applications\"\n";
    const std::string key = "[policy.IDN]\npathway = \"sovereignty\"\n";
    const Scenario table = read(all);
    const auto income = [&](std::string_view country) {
        const auto found = std::ranges::find(table.countries, country, &CountryData::key);
        return found->income_group;
    };
    const auto of_group = [&](const std::string& which) {
        std::string toml = group;
        return toml.replace(toml.find("GROUP"), 5, which);
    };
    const auto pathway = [&](const std::string& toml, std::string_view country) {
        return std::string{plan_of(read(toml), country).phases[0].pathway};
    };
    const std::string mine = of_group(income("IDN"));
    REQUIRE(income("USA") == "high_income");
    REQUIRE(income("IDN") != "high_income");
    CHECK(pathway(all + latecomers + role + mine + key, "IDN") == "sovereignty");
    CHECK(pathway(all + latecomers + role + mine, "IDN") == "sector_applications");
    CHECK(pathway(all + latecomers + role, "IDN") == "strategic_data");
    CHECK(pathway(all + latecomers, "IDN") == "low_value");
    CHECK(pathway(all, "IDN") == "none");
    // Those that are both try to catch up, too, but are no mere latecomers; advanced and lead economies do not.
    CHECK(pathway(all + latecomers + role, "CHN") == "low_value");
    CHECK(pathway(all + latecomers + role, "GRC") == "none");
    CHECK(pathway(all + latecomers + role, "USA") == "none");
    CHECK(pathway(all + "[policy.both]\npathway = \"all\"\n" + latecomers, "CHN") == "all");
    CHECK(pathway(all + "[policy.advanced]\npathway = \"all\"\n", "GRC") == "all");
    CHECK(pathway(all + "[policy.lead]\npathway = \"all\"\n", "USA") == "all");
    CHECK(pathway(of_group("high_income") + "[policy.lead]\npathway = \"all\"\n", "USA") ==
          "sector_applications");
}

TEST_CASE("--pathway takes the groups that policies take")
{
    for (const char* group : {"latecomers", "latecomer", "lead", "both", "advanced", "low_income",
                              "lower_middle_income", "upper_middle_income", "high_income", "all"}) {
        CAPTURE(group);
        CHECK(refusal_by([&] { read("", {std::string{group} + "=low_value"}); }) == "accepted");
    }
    CHECK(plan_of(read("", {"lead=low_value"}), "USA").phases[0].pathway == "low_value");
    CHECK(is_refused_with("is not part of this run",
                          [] { read("world.countries = [\"IND\"]\n", {"USA=low_value"}); }));
}

TEST_CASE("several pathways join cell by cell, single instruments override them")
{
    const Scenario scenario = read("[policy.IND]\npathway = [\"strategic_data\", \"low_value\"]\n"
                                   "instruments = { 3K = 0.25, open_data = { mobility = 0.9 } }\n");
    const PolicyPhase& phase = plan_of(scenario, "IND").phases[0];
    CHECK(intensity(phase, "1L") == 0.8);
    CHECK(intensity(phase, "2L") == 0.5);
    CHECK(intensity(phase, "3K") == 0.25);
    CHECK(intensity(phase, "1D", 0) == 0.8);
    CHECK(intensity(phase, "1D", 3) == 0.9);
    CHECK(scenario.policies.size() == 1);
}

TEST_CASE("a policy begins four quarters after the burn-in unless told otherwise, and lasts")
{
    const PolicyPhase own =
        plan_of(read("[policy.IND]\npathway = \"low_value\"\n"), "IND").phases[0];
    CHECK(own.from == 104);
    CHECK(own.to > 4000);
    CHECK(own.ramp_quarters == 8);
    const PolicyPhase set =
        plan_of(read("[policy.IND]\npathway = \"low_value\"\nstart = 20\nend = 60\nramp = 0\n"),
                "IND")
            .phases[0];
    CHECK(set.from == 20);
    CHECK(set.to == 60);
    CHECK(set.ramp_quarters == 0);
}

TEST_CASE("phases follow each other; one without an end lasts until the next")
{
    const Scenario scenario = read("[[policy.CHL.phase]]\nfrom = 150\npathway = \"all\"\n"
                                   "[[policy.CHL.phase]]\nfrom = 50\npathway = \"low_value\"\n");
    const PolicyPlan& plan = plan_of(scenario, "CHL");
    REQUIRE(plan.phases.size() == 2);
    CHECK(plan.phases[0].from == 50);
    CHECK(plan.phases[0].to == 150);
    CHECK(plan.phases[1].pathway == "all");
}

TEST_CASE("a selective stance takes sectoral instruments from sectors that are not named")
{
    const Scenario scenario = read("[policy.ZAF]\npathway = \"sector_applications\"\n"
                                   "sectors = [\"mobility\"]\nstance = 0.75\n");
    const PolicyPhase& phase = plan_of(scenario, "ZAF").phases[0];
    CHECK(intensity(phase, "4L", 3) == 0.7);
    CHECK(intensity(phase, "4L", 0) == Approx(0.175));
    CHECK(intensity(phase, "3L", 0) == 0.5);
}

TEST_CASE("the stance of a plan is that of its phases which favour sectors")
{
    const Scenario scenario = read("[policy.ZAF]\nstance = 0.5\n"
                                   "[[policy.ZAF.phase]]\nfrom = 50\n"
                                   "pathway = \"sector_applications\"\nsectors = [\"mobility\"]\n"
                                   "[[policy.ZAF.phase]]\nfrom = 90\n"
                                   "pathway = \"sector_applications\"\n");
    const PolicyPlan& plan = plan_of(scenario, "ZAF");
    CHECK(intensity(plan.phases[0], "4L", 0) == Approx(0.35));
    CHECK(intensity(plan.phases[1], "4L", 0) == 0.7);
}

TEST_CASE("--pathway is a plan; it comes after the file")
{
    const Scenario scenario =
        read("[policy.IDN]\npathway = \"low_value\"\nstart = 30\n", {"IDN=sovereignty"});
    const PolicyPhase& phase = plan_of(scenario, "IDN").phases[0];
    CHECK(phase.pathway == "sovereignty");
    CHECK(phase.from == 30);
}

TEST_CASE("a resolved scenario says the same again: policies, windows and switches")
{
    const Scenario scenario = read("[policy.latecomers]\npathway = \"strategic_data\"\n"
                                   "equal_cost = 0.02\nmode = \"adaptive\"\n"
                                   "goals = { growth = 2, sovereignty = 0.5 }\n"
                                   "orientation = { skills = 1 }\n"
                                   "[policy.IDN]\npathway = \"sector_applications\"\n"
                                   "sectors = [\"mobility\"]\nend = 200\n"
                                   "[[window]]\nquarter = 160\nstage = \"storage\"\ngain = 0.4\n"
                                   "[[window]]\nquarter = 120\nstage = 3\nlabel = \"cloud\"\n"
                                   "[[switch]]\nquarter = 150\nlabel = \"trade opens\"\n"
                                   "trade.barrier = 0.1\n"
                                   "[[switch]]\nquarter = 120\nfinance.profit_tax = 0.5\n");
    CHECK(scenario.windows[0].label == "cloud");
    REQUIRE(scenario.switches.size() == 2);
    CHECK(scenario.switches[0].parameters.finance.profit_tax == 0.5);
    CHECK(scenario.switches[0].parameters.trade.barrier == scenario.parameters.trade.barrier);
    CHECK(scenario.switches[1].parameters.finance.profit_tax == 0.5);
    CHECK(scenario.switches[1].parameters.trade.barrier == 0.1);
    const std::string once = resolved_toml(scenario);
    const std::string twice = resolved_toml(read(once.substr(once.find('\n') + 1)));
    CHECK(once == twice);
}

TEST_CASE("every part of a list of pathways must be one, also an empty part at its end")
{
    for (const char* list : {"IND=sovereignty,", "IND=,sovereignty", "IND=sovereignty,,all"}) {
        CHECK(is_refused_with("unknown pathway ''", [&] { read("", {list}); }));
    }
}

/// The scenario of a run from a quarter on in which a branch changes something.
Scenario branched(const std::string& toml, const std::vector<std::string>& settings,
                  const std::vector<std::string>& pathways, std::int64_t quarter)
{
    const Scratch scratch;
    ScenarioRequest request;
    request.path = write_file(scratch / "policy.toml", "name = \"test\"\n" + toml);
    request.builtin_countries = jobs::builtin_countries;
    request.settings = settings;
    request.pathways = pathways;
    request.policy_from = quarter;
    return read_scenario(request, mpi::Communicator{});
}

constexpr const char* two_phases = "[policy.IND]\npathway = \"low_value\"\nstart = 5\n"
                                   "[[policy.IND.phase]]\nfrom = 40\npathway = \"all\"\n";

TEST_CASE("a branch takes the place of what was planned from its quarter on, and of nothing before")
{
    const Scenario scenario = branched(two_phases, {"policy.IND.ramp=2"}, {"IND=sovereignty"}, 20);
    const PolicyPlan& plan = plan_of(scenario, "IND");
    REQUIRE(plan.phases.size() == 2);
    CHECK(plan.phases[0].from == 5);
    CHECK(plan.phases[0].to == 20);
    CHECK(plan.phases[0].request == plan_of(read(two_phases), "IND").phases[0].request);
    CHECK(plan.phases[1].from == 20);
    CHECK(plan.phases[1].ramp_quarters == 2);
    CHECK(plan.phases[1].request ==
          plan_of(read("[policy.IND]\npathway = \"sovereignty\"\n"), "IND").phases[0].request);
}

TEST_CASE("a branch that changes later keeps the plan until then, one before all replaces it")
{
    const Scenario late = branched(two_phases, {"policy.IND.start=35"}, {"IND=sovereignty"}, 20);
    CHECK(plan_of(late, "IND").phases.at(0).to == 35);
    CHECK(plan_of(late, "IND").phases.at(1).from == 35);
    const Scenario early = branched(two_phases, {}, {"IND=sovereignty"}, 3);
    REQUIRE(plan_of(early, "IND").phases.size() == 1);
    CHECK(plan_of(early, "IND").phases[0].from == 3);
}

TEST_CASE("a branch that only reviews changes no phase, and needs a policy to review")
{
    const Scenario scenario = branched(two_phases, {"policy.all.mode=adaptive"}, {}, 20);
    const PolicyPlan& plan = plan_of(scenario, "IND");
    CHECK(plan.mode == PolicyMode::adaptive);
    CHECK(plan.phases.size() == 2);
    CHECK(scenario.policies.size() == 1);  // who has no policy gets none
    const auto refusal = [](const std::vector<std::string>& settings) {
        return refusal_by([&] { branched(two_phases, settings, {}, 20); });
    };
    CHECK(refusal({"policy.USA.mode=adaptive"}).find("'USA' has no policy to review") !=
          std::string::npos);
    CHECK(refusal({"policy.IND.pathway=all", "policy.IND.start=10"})
              .find("would begin in quarter 10, before the branch in quarter 20") !=
          std::string::npos);
    CHECK(refusal({"policy.latecommers.ramp=4"}).find("Did you mean 'latecomers'?") !=
          std::string::npos);
}

TEST_CASE("a switch cannot change what a run reads at its start")
{
    CHECK_THROWS_AS(read("[[switch]]\nquarter = 5\nrun.seed = 3\n"), InputError);
    CHECK_THROWS_AS(read("[[switch]]\nquarter = 5\nworld.firms_per_country = 3\n"), InputError);
    CHECK_THROWS_AS(read("[[switch]]\ntrade.barrier = 0.1\n"), InputError);
    CHECK_THROWS_AS(read("[[switch]]\nquarter = 5\ntrade.barier = 0.1\n"), InputError);
    CHECK_THROWS_AS(read("[[switch]]\nquarter = 5\nsector = 1\n"), InputError);
    CHECK_THROWS_AS(read("[[switch]]\nquarter = 5\nselection.mark_up_low = 0.9\n"), InputError);
    CHECK_THROWS_AS(read("switch = 1\n"), InputError);
}

TEST_CASE("a plan may rank its instruments, equals in a list, and levy tariffs by stage")
{
    const Scenario scenario = read("[policy.IND]\npriority = [\"4L\", [\"open_data\", \"2K\"]]\n"
                                   "tariff = { analytics = 0.2, storage = 0.1 }\n"
                                   "[policy.IND.instruments]\n4L = 1\n1D = 0.5\n2K = 0.5\n");
    const PolicyPhase& phase = plan_of(scenario, "IND").phases.front();
    const std::vector<std::vector<InstrumentId>> ranks{
        {instrument_named("4L")}, {instrument_named("1D"), instrument_named("2K")}};
    CHECK(phase.priority == ranks);
    CHECK(phase.tariff == std::array<double, stages>{0.0, 0.1, 0.2, 0.0});
    const Scenario only_tariff = read("[policy.IND]\ntariff = { applications = 0.5 }\n");
    CHECK(plan_of(only_tariff, "IND").phases.front().tariff[3] == 0.5);
    CHECK(plan_of(only_tariff, "IND").phases.front().pathway == "tariff");
}

TEST_CASE("ranks and tariffs come back from the resolved scenario")
{
    const Scenario scenario =
        read("[policy.IND]\npathway = \"all\"\npriority = [[\"4L\", \"4K\"], \"1D\"]\n"
             "tariff = { collection = 0.25 }\n");
    const std::string resolved = resolved_toml(scenario);
    CHECK(resolved.find("priority = [[\"application_support\", \"application_skills\"], "
                        "[\"open_data\"]]") != std::string::npos);
    const Scratch scratch;
    ScenarioRequest request;
    request.path = write_file(scratch / "again.toml", resolved);
    const Scenario again = read_scenario(request, mpi::Communicator{});
    CHECK(plan_of(again, "IND").phases == plan_of(scenario, "IND").phases);
}

TEST_CASE("a plan begins four quarters after the burn-in unless it says when")
{
    const Scenario scenario = read("[run]\nburn_in = 20\n[policy.IND]\npathway = \"all\"\n");
    CHECK(plan_of(scenario, "IND").phases.front().from == 24);
}

TEST_CASE("what never begins because the run is too short is remarked on, once for all economies")
{
    const Scenario scenario = read("[run]\nquarters = 50\nburn_in = 10\n[world]\nleast_firms = 1\n"
                                   "[policy.latecomers]\npathway = \"all\"\nstart = 50\n"
                                   "[[window]]\nquarter = 60\nstage = \"storage\"\n"
                                   "[[window]]\nquarter = 49\nstage = \"storage\"\n"
                                   "[[switch]]\nquarter = 70\nlearning.innovation_rate = 0.05\n");
    REQUIRE(scenario.remarks.size() == 3);
    CHECK(scenario.remarks[0].find("a phase of policy of IDN, IND, CHL, MEX, COL and ") == 0);
    CHECK(scenario.remarks[0].find(" begins in quarter 50, but the run has 50 quarters") !=
          std::string::npos);
    CHECK(scenario.remarks[1].find("a technology window at storage opens in quarter 60") == 0);
    CHECK(scenario.remarks[2].find("a switch changes parameters in quarter 70") == 0);
}

TEST_CASE("ranks and tariffs that cannot be are refused with a reason")
{
    const auto refused = [](const std::string& toml) {
        return refusal_by([&] { read("[policy.IND]\npathway = \"low_value\"\n" + toml); });
    };
    CHECK(refused("priority = []\n").find("names no instrument") != std::string::npos);
    CHECK(refused("priority = [\"3K\", \"3K\"]\n").find("twice") != std::string::npos);
    CHECK(refused("priority = [[]]\n").find("a rank of") != std::string::npos);
    CHECK(refused("priority = [\"4K\"]\n").find("does not request") != std::string::npos);
    CHECK(refused("priority = [\"3Q\"]\n").find("unknown instrument '3Q'") != std::string::npos);
    CHECK(refused("priority = \"3K\"\n").find("a list of instruments") != std::string::npos);
    CHECK(refused("priority = [3]\n").find("a list of instruments") != std::string::npos);
    CHECK(refused("tariff = 0.2\n").find("a table of stages") != std::string::npos);
    CHECK(refused("tariff = {}\n").find("a table of stages") != std::string::npos);
    CHECK(refused("tariff = { analitics = 0.2 }\n").find("Did you mean 'analytics'?") !=
          std::string::npos);
    CHECK(refused("tariff = { analytics = -0.1 }\n").find("tariff.analytics") != std::string::npos);
    CHECK(refused("tariff = { analytics = 20 }\n").find("tariff.analytics") != std::string::npos);
}

}  // namespace
}  // namespace latecomer::tests::scenario_policy_test
