#include "io/results/series.hpp"

#include "agents/observation/outputs.hpp"
#include "core/constants.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/results/dollar_attributes.hpp"
#include "io/results/provenance.hpp"

#include <chrono>

namespace latecomer::io {
namespace {

const AxisRow& row_of(Axis axis)
{
    for (const AxisRow& row : axes()) {
        if (row.axis == axis) {
            return row;
        }
    }
    fail("an axis has no row");
}

std::uint64_t quarters_of(const World& world)
{
    return static_cast<std::uint64_t>(world.scenario.parameters.run.quarters);
}

std::vector<Variable> series_variables(const World& world)
{
    std::vector<Variable> variables;
    for (const Output& output : outputs()) {
        Variable variable{std::string{output.key},
                          std::string{output.unit},
                          std::string{output.doc},
                          std::string{output.equation},
                          {}};
        for (const Axis axis : output.dimensions) {
            variable.dimensions.emplace_back(row_of(axis).key);
        }
        variable.more = dollar_attributes(output.key, output.unit, world.scenario);
        variables.push_back(std::move(variable));
    }
    return variables;
}

/// The labels of a dimension; bins are known by numbers.
Labels labels_of(const World& world, Axis axis)
{
    std::vector<std::string> labels = axis_labels(world, axis);
    if (axis != Axis::bin) {
        return labels;
    }
    std::vector<double> numbers;
    for (const std::string& label : labels) {
        numbers.push_back(std::stod(label));
    }
    return numbers;
}

/// Years of the calendar that every program can decode: in between, nanoseconds since 1970 fit into 64 bits.
constexpr std::int64_t first_date_year = 1678;
constexpr std::int64_t last_date_year = 2261;

/// The first day of a quarter in days since the first day of the first.
std::int64_t first_day(std::int64_t start_year, std::int64_t quarter)
{
    using namespace std::chrono;
    const auto date = [](std::int64_t y, std::int64_t month_index) {
        return sys_days{year{static_cast<int>(y)} / month{static_cast<unsigned>(month_index + 1)} /
                        day{1}};
    };
    const auto days = date(start_year + quarter / quarters_a_year, quarter % quarters_a_year * 3) -
                      date(start_year, 0);
    return days.count();
}

/// Where quarters lie in the calendar, if the run has one: the first that is recorded is the first of run.start_year.
void add_calendar(std::vector<Coordinate>& coordinates, const RunParameters& run)
{
    if (run.start_year <= 0) {
        return;
    }
    std::vector<std::int64_t> years;
    std::vector<std::int64_t> days;
    for (std::int64_t quarter = 0; quarter < run.quarters; ++quarter) {
        years.push_back(run.start_year + quarter / quarters_a_year);
        days.push_back(first_day(run.start_year, quarter));
    }
    const bool has_dates = run.start_year >= first_date_year &&
                           run.start_year + run.quarters / quarters_a_year <= last_date_year;
    coordinates.push_back({"year", "year", "Year of the calendar", std::move(years), "time"});
    if (has_dates) {
        coordinates.push_back({"date", text("days since ", run.start_year, "-01-01"),
                               "First day of the quarter", std::move(days), "time"});
    }
}

}  // namespace

std::vector<Coordinate> country_coordinates(const Scenario& scenario)
{
    std::vector<std::string> names;
    std::vector<std::string> regions;
    std::vector<std::string> income_groups;
    std::vector<std::string> roles;
    for (const Economy& economy : economies_of(scenario)) {
        const bool in_table = names.size() < scenario.countries.size();
        const CountryData data = in_table ? scenario.countries[names.size()] : CountryData{};
        names.push_back(in_table ? data.name : economy.key);
        regions.push_back(data.region);
        income_groups.push_back(data.income_group);
        roles.emplace_back(country_role_names[static_cast<std::size_t>(economy.role)]);
    }
    return {
        {"country_name", "", "Name of the economy", names, "country"},
        {"country_region", "", "Region of the economy; empty: not known", regions, "country"},
        {"country_income_group", "", "Income group of the economy (World Bank); empty: not known",
         income_groups, "country"},
        {"country_role", "", "Role of the economy in the model: latecomer, lead, both or advanced",
         roles, "country"},
    };
}

std::vector<Coordinate> model_coordinates(const World& world)
{
    std::vector<Coordinate> coordinates;
    for (const AxisRow& row : axes()) {
        coordinates.push_back({std::string{row.key}, row.axis == Axis::bin ? "1" : "",
                               std::string{row.doc}, labels_of(world, row.axis)});
    }
    for (Coordinate& coordinate : country_coordinates(world.scenario)) {
        coordinates.push_back(std::move(coordinate));
    }
    return coordinates;
}

Series::Series(const std::filesystem::path& path, const World& world, const Attributes& attributes,
               const std::filesystem::path& earlier, const mpi::Communicator& comm)
{
    do_and_agree<InputError>(comm, [&] {
        if (comm.is_root()) {
            std::vector<Coordinate> coordinates = model_coordinates(world);
            add_calendar(coordinates, world.parameters().run);
            const std::vector<Variable> variables = series_variables(world);
            std::vector<double> rows;
            if (world.quarter > 0) {
                rows = read_rows(earlier, world);
            }
            file_ = std::make_unique<SeriesFile>(path, quarters_of(world), coordinates, variables,
                                                 attributes, rows);
        }
    });
}

std::vector<double> read_rows(const std::filesystem::path& path, const World& world)
{
    return read_series_rows(path, world.quarter, model_coordinates(world), series_variables(world));
}

void Series::record(std::span<const double> row, const mpi::Communicator& comm)
{
    do_and_agree(comm, [&] {
        if (comm.is_root()) {
            file_->append(row);
        }
    });
}

void Series::sync(const mpi::Communicator& comm)
{
    do_and_agree(comm, [&] {
        if (comm.is_root()) {
            file_->sync();
        }
    });
}

void Series::finish(std::uint64_t state_hash, const WorldOutcome& outcome,
                    const mpi::Communicator& comm)
{
    do_and_agree(comm, [&] {
        if (comm.is_root()) {
            Attributes more{state_hash_attribute(state_hash)};
            for (const OutcomeRow<WorldOutcome>& row : world_outcomes()) {
                more.push_back({text("outcome_", row.key), outcome.*row.member});
            }
            file_->finish(more);
        }
    });
}

std::uint64_t series_bytes(const World& world)
{
    return series_bytes(quarters_of(world), model_coordinates(world), series_variables(world));
}

}  // namespace latecomer::io
