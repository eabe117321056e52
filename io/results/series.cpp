#include "io/results/series.hpp"

#include "agents/observation/outputs.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/results/provenance.hpp"

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

std::vector<Variable> series_variables()
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

/// What the scenario calls a country, and whether it is a lead economy.
void add_country_names(std::vector<Coordinate>& coordinates, const World& world)
{
    std::vector<std::string> names;
    std::vector<std::string> roles;
    for (const CountryId c : world.countries.indices()) {
        const auto& table = world.scenario.countries;
        names.push_back(c.at() < table.size() ? table[c.at()].name : world.countries.key[c]);
        roles.emplace_back(country_role_names[static_cast<std::size_t>(world.countries.role[c])]);
    }
    coordinates.push_back({"country_name", "", "Name of the economy", std::move(names), "country"});
    coordinates.push_back(
        {"country_role", "", "Latecomer or lead economy", std::move(roles), "country"});
}

}  // namespace

std::vector<Coordinate> model_coordinates(const World& world)
{
    std::vector<Coordinate> coordinates;
    for (const AxisRow& row : axes()) {
        coordinates.push_back({std::string{row.key}, row.axis == Axis::bin ? "1" : "",
                               std::string{row.doc}, labels_of(world, row.axis)});
    }
    add_country_names(coordinates, world);
    return coordinates;
}

Series::Series(const std::filesystem::path& path, const World& world, const Attributes& attributes,
               const std::filesystem::path& earlier, const mpi::Communicator& comm)
{
    do_and_agree<InputError>(comm, [&] {
        if (comm.is_root()) {
            const std::vector<Coordinate> coordinates = model_coordinates(world);
            const std::vector<Variable> variables = series_variables();
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
    return read_series_rows(path, world.quarter, model_coordinates(world), series_variables());
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
    return series_bytes(quarters_of(world), model_coordinates(world), series_variables());
}

}  // namespace latecomer::io
