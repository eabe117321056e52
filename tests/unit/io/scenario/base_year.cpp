#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/scenario/resolved.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/run/builtin.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/messages.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

/// Which figures of which year an economy starts from, and what stands in for those that nobody knows.
namespace latecomer::tests::base_year_test {
namespace {

Scenario read(const std::string& toml, std::string_view table = jobs::builtin_countries)
{
    const Scratch folder;
    ScenarioRequest request;
    request.path = write_file(folder / "base.toml", toml);
    request.builtin_countries = table;
    return read_scenario(request, mpi::Communicator{});
}

std::string refusal(const std::string& toml, std::string_view table = jobs::builtin_countries)
{
    return refusal_by([&] { read(toml, table); });
}

const CountryData& in(const Scenario& scenario, std::string_view key)
{
    const auto found = std::ranges::find(scenario.countries, key, &CountryData::key);
    REQUIRE(found != scenario.countries.end());
    return *found;
}

double figure(const Scenario& scenario, std::string_view key, Indicator which)
{
    return in(scenario, key)[which].value;
}

/// Three economies: EARLY has figures of 2005, LATE of 2019, MIX of both and one for any year.
constexpr const char* table = R"(
[source]
gdp = "source of GDP"
population = "source of population"
productivity = "source of productivity"
internet_users = "source of users"
broadband = "source of broadband"
schooling = "source of schooling"
rd_expenditure = "source of research"
government_revenue = "source of revenue"
fit = "a fit"
[country.EARLY]
name = "Early Land"
role = "latecomer"
row = 1
[country.EARLY.2005]
gdp = 10.0
population = 2.0
productivity = 5000.0
internet_users = 10.0
broadband = 1.0
schooling = 4.0
rd_expenditure = 0.5
government_revenue = 20.0
[country.LATE]
name = "Late Land"
role = "latecomer"
row = 2
[country.LATE.2019]
gdp = 30.0
population = 3.0
productivity = 9000.0
internet_users = 50.0
broadband = 7.0
schooling = 8.0
rd_expenditure = 0.9
government_revenue = 24.0
[country.MIX]
name = "Mix"
role = "both"
row = 3
lead_firms = 1
schooling = 12.0
[country.MIX.2005]
gdp = 100.0
population = 10.0
productivity = 60000.0
internet_users = 60.0
broadband = 9.0
schooling = 10.0
rd_expenditure = { value = 2.0, year = 2003, status = "nearest year" }
government_revenue = { value = 30.0, status = "fitted", source = "fit" }
[country.MIX.2019]
gdp = 200.0
population = 11.0
productivity = 120000.0
internet_users = 90.0
broadband = 30.0
schooling = 11.0
rd_expenditure = 3.0
government_revenue = 31.0
)";

std::vector<std::string> keys_of(const Scenario& scenario)
{
    std::vector<std::string> keys;
    for (const CountryData& country : scenario.countries) {
        keys.push_back(country.key);
    }
    return keys;
}

// --- Years -----------------------------------------------------------------------------------------

TEST_CASE("economies start from the figures of the base year, which is 2019 unless told otherwise")
{
    CHECK(figure(read("", table), "MIX", Indicator::gdp) == 200.0);
    CHECK(figure(read("world.base_year = 2005\n", table), "MIX", Indicator::gdp) == 100.0);
    CHECK(figure(read("world.base_year = 2005\n"), "IND", Indicator::internet_users) <
          figure(read(""), "IND", Indicator::internet_users));
}

TEST_CASE("a figure for any year counts before that of the base year")
{
    for (const char* year : {"2005", "2019"}) {
        const Scenario scenario = read(text("world.base_year = ", year, '\n'), table);
        CHECK(figure(scenario, "MIX", Indicator::schooling) == 12.0);
        CHECK(in(scenario, "MIX")[Indicator::schooling].status == "assumed");
    }
    const Scenario changed =
        read("[country.MIX]\ngdp = 7.0\n[country.MIX.2019]\ngdp = 8.0\n", table);
    CHECK(figure(changed, "MIX", Indicator::gdp) == 7.0);
}

TEST_CASE("a scenario may change a figure of one year and leave those of others")
{
    const std::string change = "[country.MIX.2005]\ngdp = 8.0\n";
    CHECK(figure(read(change, table), "MIX", Indicator::gdp) == 200.0);
    const Scenario scenario = read("world.base_year = 2005\n" + change, table);
    CHECK(figure(scenario, "MIX", Indicator::gdp) == 8.0);
    CHECK(figure(scenario, "MIX", Indicator::population) == 10.0);
}

TEST_CASE("a plain figure of a year is observed in it, in the source of its name")
{
    const Scenario scenario = read("world.base_year = 2005\n", table);
    const CountryData& mix = in(scenario, "MIX");
    CHECK(mix[Indicator::gdp].year == "2005");
    CHECK(mix[Indicator::gdp].status == "observed");
    CHECK(mix[Indicator::gdp].source == "gdp");
    CHECK(mix[Indicator::rd_expenditure].year == "2003");
    CHECK(mix[Indicator::rd_expenditure].status == "nearest year");
    CHECK(mix[Indicator::rd_expenditure].source == "rd_expenditure");
    CHECK(mix[Indicator::government_revenue].status == "fitted");
    CHECK(mix[Indicator::government_revenue].source == "fit");
    const auto has = [&](std::string_view key) {
        return std::ranges::count(scenario.sources, key, &SourceText::key) == 1;
    };
    CHECK(has("fit"));
    CHECK(has("gdp"));
}

TEST_CASE("who has no figures of the base year is left out of all, and refused by name")
{
    CHECK(keys_of(read("", table)) == std::vector<std::string>{"LATE", "MIX"});
    CHECK(keys_of(read("world.base_year = 2005\n", table)) ==
          std::vector<std::string>{"EARLY", "MIX"});
    CHECK(
        refusal("[world]\ncountries = [\"EARLY\", \"MIX\"]\n", table)
            .find("base.toml:2:13: economy 'EARLY' has no figures of 2019; set world.base_year to "
                  "a year of which it has some, or give its gdp and population") !=
        std::string::npos);
    CHECK(refusal("world.countries = [\"EARLY\"]\nworld.base_year = 2005\n", table) == "accepted");
}

TEST_CASE("two figures are enough to start: GDP and population")
{
    const Scenario scenario = read("[country.EARLY]\ngdp = 20.0\npopulation = 2.5\n", table);
    CHECK(keys_of(scenario) == std::vector<std::string>{"EARLY", "LATE", "MIX"});
    CHECK(keys_of(read("[country.EARLY]\ngdp = 20.0\n", table)) ==
          std::vector<std::string>{"LATE", "MIX"});
}

TEST_CASE("a year of which nobody has figures is named")
{
    CHECK(refusal("world.base_year = 1999\n", table)
              .find("no economy has figures of 1999; set world.base_year to a year of which there "
                    "are some") != std::string::npos);
}

TEST_CASE("the built-in table has 149 economies of 2005 and 16 of 2019")
{
    CHECK(read("world.base_year = 2005\n").countries.size() == 149);
    CHECK(read("").countries.size() == 16);
}

// --- The reference ---------------------------------------------------------------------------------

TEST_CASE(
    "the reference is the USA, or else the most productive economy of the base year, chosen or not")
{
    CHECK(read("", table).reference_productivity == 120000.0);
    CHECK(read("world.base_year = 2005\n", table).reference_productivity == 60000.0);
    CHECK(read("world.countries = [\"LATE\"]\n", table).reference_productivity == 120000.0);
    CHECK(read("reference_productivity = 70000\n", table).reference_productivity == 70000.0);
    const std::string usa = "[country.USA]\nname = \"United States\"\nrole = \"lead\"\nrow = 9\n"
                            "gdp = 1000.0\npopulation = 20.0\nproductivity = 80000.0\n"
                            "internet_users = 80.0\nbroadband = 20.0\nschooling = 13.0\n"
                            "rd_expenditure = 3.0\ngovernment_revenue = 30.0\n";
    CHECK(read(usa, table).reference_productivity == 80000.0);
    // In 2005 others are more productive than the USA.
    const Scenario world = read("world.base_year = 2005\n");
    CHECK(world.reference_productivity == figure(world, "USA", Indicator::productivity));
    double highest = 0.0;
    for (const CountryData& country : world.countries) {
        highest = std::max(highest, country[Indicator::productivity].value);
    }
    CHECK(world.reference_productivity < highest);
}

// --- What stands in for what -----------------------------------------------------------------------

constexpr const char* new_land =
    "[country.NEW]\nname = \"New Land\"\nrole = \"latecomer\"\nrow = 8\n"
    "gdp = 40.0\npopulation = 5.0\n";

TEST_CASE("in place of a figure stands the mean over economies of the role, and productivity "
          "follows GDP a head")
{
    const Scenario scenario = read(new_land, table);
    const CountryData& made = in(scenario, "NEW");
    CHECK(made[Indicator::internet_users].value == 50.0);  // of LATE; EARLY has no figures of 2019
    CHECK(made[Indicator::schooling].value == 8.0);
    CHECK(made[Indicator::schooling].status == "derived");
    // Productivity per GDP a head: 9000/10 of LATE, 120000/(200/11) of MIX; GDP a head of NEW is 8.
    CHECK(made[Indicator::productivity].value ==
          Approx(8.0 * std::sqrt(900.0 * 120000.0 * 11.0 / 200.0)));
    CHECK(made[Indicator::productivity].status == "derived");
    CHECK_FALSE(made[Indicator::ict_service_exports].known());
}

TEST_CASE("people are told what stands in for what, once for each economy")
{
    const Scenario scenario = read(new_land, table);
    REQUIRE(scenario.remarks.size() == 1);
    const std::string& remark = scenario.remarks.front();
    CHECK(remark.starts_with("economy 'NEW' lacks figures; in their place: productivity = "));
    CHECK(remark.find("schooling = 8 (mean over latecomer economies)") != std::string::npos);
    CHECK(remark.find("ict_service_exports") == std::string::npos);
    CHECK(remark.find("gdp =") == std::string::npos);
    CHECK(remark.find('\n') == std::string::npos);
    CHECK(read("", table).remarks.empty());
    CHECK(read(text(new_land, "[world]\ncountries = [\"LATE\"]\n"), table).remarks.empty());
}

TEST_CASE("a scenario may refuse stand-ins")
{
    const std::string refuse = "world.missing = \"refuse\"\n";
    CHECK(refusal(refuse, table) == "accepted");
    CHECK(refusal(refuse + new_land, table)
              .find("economy 'NEW' lacks 'productivity', and world.missing is \"refuse\"; add a "
                    "value, or leave the economy out") != std::string::npos);
    // Exports are not needed; who is not part of the run need not be whole.
    CHECK(refusal(text("[world]\nmissing = \"refuse\"\ncountries = [\"LATE\"]\n", new_land),
                  table) == "accepted");
}

TEST_CASE("a share where percent are meant is remarked")
{
    const auto remarks = [](const std::string& lines) {
        return read("world.least_firms = 1\n[country.LATE]\n" + lines, table).remarks;
    };
    REQUIRE(remarks("internet_users = 0.5\n").size() == 1);
    CHECK(remarks("internet_users = 0.5\n").front() ==
          "country.LATE.internet_users = 0.5 is read as 0.5 %; if a share was meant, write 50");
    CHECK(remarks("government_revenue = 0.25\ninternet_users = 0.75\n").size() == 2);
    CHECK(remarks("internet_users = 0.0\n").empty());
    CHECK(remarks("internet_users = 50.0\n").empty());
    CHECK(remarks("internet_users = { value = 0.5, status = \"observed\" }\n").empty());
    CHECK(remarks("rd_expenditure = 0.5\n").empty());  // often below one per cent
}

TEST_CASE("remarks do not change a scenario: what is resolved reads back without any")
{
    const Scenario scenario = read(new_land, table);
    const Scenario again = read(resolved_toml(scenario), "");
    CHECK(again.remarks.empty());
    CHECK(again.reference_productivity == scenario.reference_productivity);
    CHECK(figure(again, "NEW", Indicator::productivity) ==
          figure(scenario, "NEW", Indicator::productivity));
    CHECK(resolved_toml(again) == resolved_toml(scenario));
}

// --- Names -----------------------------------------------------------------------------------------

TEST_CASE("a name leads to its key, codes of two letters to nothing")
{
    const auto said = [](const char* key) {
        return refusal(text("world.countries = [\"", key, "\"]\n"));
    };
    for (const char* name : {"India", "india", "INDIA"}) {
        CHECK(said(name).find("Did you mean 'IND'?") != std::string::npos);
    }
    CHECK(said("South Africa").find("Did you mean 'ZAF'?") != std::string::npos);
    for (const char* code : {"IN", "DE", "CN", "I"}) {
        CHECK(said(code).find("unknown economy") != std::string::npos);
        CHECK(said(code).find("Did you mean") == std::string::npos);
    }
}

TEST_CASE("names of groups are no keys of economies")
{
    for (const char* key :
         {"latecomers", "latecomer", "lead", "both", "advanced", "low_income",
          "lower_middle_income", "upper_middle_income", "high_income", "all", "world"}) {
        CAPTURE(key);
        CHECK(refusal(text("[country.", key, "]\nname = \"x\"\n"))
                  .find(text('\'', key, "' cannot be the key of an economy")) != std::string::npos);
    }
    CHECK(refusal("[country.Worlds]\nname = \"x\"\n").find("cannot be the key") ==
          std::string::npos);
}

// --- Roles and groups ------------------------------------------------------------------------------

TEST_CASE("region, income group and role are read")
{
    const Scenario scenario =
        read("[country.LATE]\nregion = \"South\"\nincome_group = \"low_income\"\n"
             "role = \"advanced\"\n[country.MIX]\nrole = \"both\"\n",
             table);
    CHECK(in(scenario, "LATE").region == "South");
    CHECK(in(scenario, "LATE").income_group == "low_income");
    CHECK(in(scenario, "LATE").role == CountryRole::advanced);
    CHECK(in(scenario, "MIX").role == CountryRole::both);
    CHECK(in(scenario, "MIX").lead_firms == 1);
    CHECK(in(scenario, "MIX").region.empty());
    const std::string again = resolved_toml(scenario);
    CHECK(again.find("income_group = \"low_income\"") != std::string::npos);
    CHECK(resolved_toml(read(again, "")) == again);
}

TEST_CASE("only economies with lead firms may have some")
{
    for (const char* role : {"latecomer", "advanced"}) {
        CHECK(refusal(text("[country.MIX]\nrole = \"", role, "\"\n"), table)
                  .find(text("has the role ", role, " and lead_firms = 1")) != std::string::npos);
    }
    CHECK(refusal("[country.MIX]\nrole = \"lead\"\n", table) == "accepted");
}

// --- Length ----------------------------------------------------------------------------------------

TEST_CASE("a spin-up and the quarters after it fit into identities of firms together")
{
    CHECK(refusal("[run]\nspin_up = 1000\nquarters = 3094\n", table) == "accepted");
    CHECK(refusal("[run]\nspin_up = 94\nquarters = 4000\n", table) == "accepted");
    CHECK(refusal("[run]\nspin_up = 95\nquarters = 4000\n", table)
              .find("are more quarters together") != std::string::npos);
    CHECK(refusal("trade.habit = 1.0\n", table) == "accepted");
    CHECK(refusal("trade.habit = 1.0\nrun.spin_up = 1\n", table)
              .find("trade.habit = 1 leaves tastes no weight") != std::string::npos);
}

TEST_CASE("scenarios of a study are those that are read one by one, whatever was read before")
{
    ScenarioRequest request;
    request.builtin_countries = jobs::builtin_countries;
    const mpi::Communicator alone;
    const ScenarioTemplate scenarios{request, alone};
    const std::vector<std::vector<std::string>> settings{
        {},
        {"world.base_year=2005"},
        {"country.IND.gdp=1"},
        {},
        {"world.base_year=2005", "country.IND.productivity=77"},
        {"source.wb=\"another text\""},
        {"learning.search_share=0.05"},
        {"world.base_year=2005"},
    };
    for (const std::vector<std::string>& setting : settings) {
        INFO(setting.size() << (setting.empty() ? "" : setting.front()));
        request.settings = setting;
        CHECK(resolved_toml(scenarios.with(setting)) ==
              resolved_toml(read_scenario(request, alone)));
        CHECK_THROWS_AS(scenarios.with({"world.base_year=1800"}), InputError);
    }
}

}  // namespace
}  // namespace latecomer::tests::base_year_test
