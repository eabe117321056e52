#include "io/results/series.hpp"

#include "io/results/provenance.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace latecomer::tests::series_test {

using namespace latecomer::io;

namespace {

using Texts = std::vector<std::string>;

/// What a series says of time and of economies.
struct Said {
    Texts names;
    Texts name, region, income_group, role;
    std::vector<std::int64_t> year, date;
};

Said said_of(const Scenario& scenario)
{
    const Scratch scratch;
    const World world = make_world(scenario);
    {
        const Series series{scratch / "series.h5", world, {}, {}, mpi::Communicator{}};
    }
    const Hdf5File file = Hdf5File::open(scratch / "series.h5");
    Said said;
    said.names = file.dataset_names();
    const auto texts = [&](const char* name) { return file.open_dataset(name).read_texts(); };
    said.name = texts("country_name");
    said.region = texts("country_region");
    said.income_group = texts("country_income_group");
    said.role = texts("country_role");
    const auto numbers = [&](const char* name, std::vector<std::int64_t>& values) {
        if (std::ranges::find(said.names, name) != said.names.end()) {
            const Dataset dataset = file.open_dataset(name);
            values.resize(dataset.rows());
            dataset.read(0, dataset.rows(), values.data());
        }
    };
    numbers("year", said.year);
    numbers("date", said.date);
    return said;
}

Scenario six_quarters_from(std::int64_t start_year)
{
    Scenario scenario = synthetic_scenario(2, 1, 1, 10);
    scenario.parameters.run.quarters = 6;
    scenario.parameters.run.burn_in = 2;
    scenario.parameters.run.start_year = start_year;
    return scenario;
}

TEST_CASE("a series says what the table of economies does, and nothing where it is silent")
{
    CountryData first = economy("AAA", 0);
    first.name = "Côte";
    first.region = "Africa";
    first.income_group = "low_income";
    CountryData second = economy("BBB", 1);
    second.name = "Bee";
    second.role = CountryRole::advanced;
    const Said said = said_of(table_scenario({first, second}, 20));
    CHECK(said.name == Texts{"Côte", "Bee"});
    CHECK(said.region == Texts{"Africa", ""});
    CHECK(said.income_group == Texts{"low_income", ""});
    CHECK(said.role == Texts{"latecomer", "advanced"});
}

TEST_CASE("economies of a synthetic world have names and roles, but no region and no income")
{
    const Said said = said_of(six_quarters_from(0));
    CHECK(said.name == Texts{"S001", "S002", "L003"});
    CHECK(said.region == Texts{"", "", ""});
    CHECK(said.income_group == Texts{"", "", ""});
    CHECK(said.role == Texts{"latecomer", "latecomer", "lead"});
}

TEST_CASE("the first quarter recorded is the first of the year in which the run starts")
{
    const Said said = said_of(six_quarters_from(2005));
    CHECK(said.year == std::vector<std::int64_t>{2005, 2005, 2005, 2005, 2006, 2006});
    CHECK(said.date == std::vector<std::int64_t>{0, 90, 181, 273, 365, 455});
}

TEST_CASE("leap years count in dates")
{
    CHECK(said_of(six_quarters_from(2004)).date ==
          std::vector<std::int64_t>{0, 91, 182, 274, 366, 456});
}

TEST_CASE("a run without a year of start has no calendar")
{
    const Said said = said_of(six_quarters_from(0));
    CHECK(said.year.empty());
    CHECK(said.date.empty());
}

TEST_CASE("years that not every reader can decode as dates are numbers only")
{
    for (const std::int64_t start : {1677, 2261}) {
        CAPTURE(start);
        const Said said = said_of(six_quarters_from(start));
        CHECK(said.year.back() == start + 1);
        CHECK(said.date.empty());
    }
    CHECK(said_of(six_quarters_from(1678)).date.size() == 6);
    CHECK(said_of(six_quarters_from(2260)).date.size() == 6);
}

TEST_CASE("every file tells the year in which its run starts")
{
    const Attributes attributes = provenance(six_quarters_from(2005), {}, "latecomer-series");
    const auto found = std::ranges::find(attributes, "start_year", &Attribute::key);
    REQUIRE(found != attributes.end());
    CHECK(std::get<std::int64_t>(found->value) == 2005);
}

}  // namespace

}  // namespace latecomer::tests::series_test
