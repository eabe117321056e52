#include "io/series_file.hpp"

#include "core/errors.hpp"
#include "io/publish.hpp"

#include <algorithm>

namespace latecomer::io {
namespace {

constexpr double quarters_per_year = 4.0;

/// Values of a chunk of the compressed copy: 1 MiB before compression.
constexpr std::uint64_t chunk_values = 131072;

/// The dimension of time: the end of each quarter, with the quarter's number.
std::vector<Coordinate> with_time(std::uint64_t rows, std::vector<Coordinate> coordinates)
{
    std::vector<double> time;
    std::vector<std::int64_t> quarter;
    for (std::uint64_t t = 0; t < rows; ++t) {
        time.push_back(static_cast<double>(t + 1) / quarters_per_year);
        quarter.push_back(static_cast<std::int64_t>(t));
    }
    coordinates.insert(
        coordinates.begin(),
        {Coordinate{"time", "year", "Time since the start, at the end of the quarter",
                    std::move(time), ""},
         Coordinate{"quarter", "1", "Number of the quarter, from 0", std::move(quarter), "time"}});
    return coordinates;
}

std::vector<Variable> over_time(std::vector<Variable> variables)
{
    for (Variable& variable : variables) {
        expects(variable.type == Type::f64, "series hold doubles");
        variable.dimensions.insert(variable.dimensions.begin(), "time");
    }
    Variable n_valid{"n_valid", "1", "Number of complete quarters in this file", "", {}};
    n_valid.type = Type::i64;
    variables.push_back(std::move(n_valid));
    return variables;
}

/// Creates the file under its final name, complete but for the values.
Hdf5File create(const std::filesystem::path& path)
{
    return Hdf5File::create(draft_of(path));
}

std::uint64_t product(std::span<const std::uint64_t> extents)
{
    std::uint64_t values = 1;
    for (const std::uint64_t extent : extents) {
        values *= extent;
    }
    return values;
}

}  // namespace

SeriesFile::SeriesFile(const std::filesystem::path& path, std::uint64_t rows,
                       std::vector<Coordinate> coordinates, std::vector<Variable> variables,
                       Attributes attributes)
    : path_{path}, coordinates_{with_time(rows, std::move(coordinates))},
      variables_{over_time(std::move(variables))},
      attributes_{std::move(attributes)}, rows_{rows}, file_{create(path)}
{
    try {
        datasets_ = create_layout(file_, coordinates_, variables_, attributes_, Storage::plain,
                                  chunk_values);
        file_.flush();
        publish(path_);
    } catch (...) {
        discard_draft(path_);
        throw;
    }
    for (std::size_t i = 0; i + 1 < datasets_.size(); ++i) {
        row_size_ += product(datasets_[i].extents().subspan(1));
    }
}

void SeriesFile::append(std::span<const double> row)
{
    expects(row.size() == row_size_ && rows_written_ < rows_, "a row fits into the file");
    const double* values = row.data();
    for (std::size_t i = 0; i + 1 < datasets_.size(); ++i) {
        const std::uint64_t count = product(datasets_[i].extents().subspan(1));
        if (count > 0) {
            datasets_[i].write(rows_written_, 1, values);
        }
        values += count;
    }
    ++rows_written_;
    const auto n_valid = static_cast<std::int64_t>(rows_written_);
    datasets_.back().write(0, 1, &n_valid);
}

void SeriesFile::finish(const Attributes& more)
{
    Attributes attributes = attributes_;
    attributes.insert(attributes.end(), more.begin(), more.end());
    try {
        Hdf5File file = create(path_);
        std::vector<Dataset> copies = create_layout(file, coordinates_, variables_, attributes,
                                                    Storage::compressed, chunk_values);
        copy_values(copies);
        for (Dataset& copy : copies) {
            copy.close();
        }
        file.close();
        publish(path_);
    } catch (...) {
        discard_draft(path_);
        throw;
    }
    for (Dataset& dataset : datasets_) {
        dataset.close();
    }
    file_.close();
}

void SeriesFile::copy_values(std::vector<Dataset>& copies) const
{
    std::vector<std::byte> values;
    for (std::size_t i = 0; i < copies.size(); ++i) {
        const Dataset& from = datasets_[i];
        const auto extents = extents_of(variables_[i], coordinates_);
        const std::uint64_t step =
            extents.empty() ? 1 : chunk_of_rows(extents, chunk_values).front();
        if (product(extents) == 0) {
            continue;
        }
        for (std::uint64_t row = 0; row < from.rows(); row += step) {
            const std::uint64_t count = std::min(step, from.rows() - row);
            values.resize(count * from.row_bytes());
            from.read(row, count, values.data());
            copies[i].write(row, count, values.data());
        }
    }
}

std::uint64_t series_bytes(std::uint64_t rows, const std::vector<Coordinate>& coordinates,
                           const std::vector<Variable>& variables)
{
    std::uint64_t values = 0;
    for (const Variable& variable : variables) {
        values += product(extents_of(variable, coordinates));
    }
    return rows * values * sizeof(double);
}

}  // namespace latecomer::io
