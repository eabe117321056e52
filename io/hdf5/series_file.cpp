#include "io/hdf5/series_file.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/publish.hpp"
#include "io/files/seal.hpp"

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
                       Attributes attributes, std::span<const double> first_rows)
    : path_{path}, coordinates_{with_time(rows, std::move(coordinates))},
      variables_{over_time(std::move(variables))}, attributes_{std::move(attributes)}, rows_{rows}
{
    try {
        lay_out();
        std::vector<ByteRange> values;
        for (const Place& place : places_) {
            const bool has_rows = &place != &places_.back();
            const std::uint64_t bytes = place.row_bytes * (has_rows ? rows_ : 1);
            if (bytes > 0) {
                values.push_back({place.at, place.at + bytes});
            }
        }
        std::ranges::sort(values, {}, &ByteRange::begin);
        seal(draft_of(path_), values);
        file_ = RawFile::open_to_write(draft_of(path_));
        for (; first_rows.size() >= std::max<std::size_t>(1, row_size_);
             first_rows = first_rows.subspan(row_size_)) {
            append(first_rows.first(row_size_));
        }
        publish(path_);
    } catch (...) {
        discard_draft(path_);
        throw;
    }
}

void SeriesFile::lay_out()
{
    Hdf5File file = create(path_);
    std::vector<Dataset> datasets =
        create_layout(file, coordinates_, variables_, attributes_, Storage::plain, chunk_values);
    for (Dataset& dataset : datasets) {
        const bool has_rows = &dataset != &datasets.back();
        const std::uint64_t values = has_rows ? product(dataset.extents().subspan(1)) : 1;
        const std::optional<std::uint64_t> place = dataset.place();
        places_.push_back({place.value_or(0), place ? values * sizeof(double) : 0});
        row_size_ += has_rows ? values : 0;
        dataset.close();
    }
    datasets.clear();
    file.close();
}

void SeriesFile::append(std::span<const double> row)
{
    expects(row.size() == row_size_ && rows_written_ < rows_, "a row fits into the file");
    std::span<const std::byte> rest = std::as_bytes(row);
    for (std::size_t i = 0; i + 1 < places_.size(); ++i) {
        const Place& place = places_[i];
        const auto bytes = static_cast<std::size_t>(place.row_bytes);
        file_.write(place.at + rows_written_ * place.row_bytes, rest.first(bytes));
        rest = rest.subspan(bytes);
    }
    const auto n_valid = static_cast<std::int64_t>(rows_written_ + 1);
    file_.write(places_.back().at, std::as_bytes(std::span{&n_valid, 1}));
    ++rows_written_;
}

void SeriesFile::sync()
{
    file_.sync();
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
        copies.clear();
        file.close();
        seal(draft_of(path_));
        publish(path_);
    } catch (...) {
        discard_draft(path_);
        throw;
    }
    file_.close();
}

void SeriesFile::copy_values(std::vector<Dataset>& copies) const
{
    std::vector<std::byte> values;
    for (std::size_t i = 0; i < copies.size(); ++i) {
        const Place& place = places_[i];
        if (place.row_bytes == 0) {
            continue;
        }
        const auto extents = extents_of(variables_[i], coordinates_);
        const std::uint64_t rows = extents.empty() ? 1 : rows_;
        const std::uint64_t step =
            extents.empty() ? 1 : chunk_of_rows(extents, chunk_values).front();
        for (std::uint64_t row = 0; row < rows; row += step) {
            const std::uint64_t count = std::min(step, rows - row);
            values.resize(count * place.row_bytes);
            file_.read(place.at + row * place.row_bytes, values);
            copies[i].write(row, count, values.data());
        }
    }
}

std::vector<double> read_series_rows(const std::filesystem::path& path, std::uint64_t rows,
                                     const std::vector<Coordinate>& coordinates,
                                     const std::vector<Variable>& variables)
{
    if (const std::string why = damage(path); !why.empty()) {
        throw_file_error("use", path, why);
    }
    const Hdf5File file = Hdf5File::open(path);
    std::int64_t n_valid = 0;
    file.open_dataset("n_valid").read(0, 1, &n_valid);
    if (n_valid < 0 || static_cast<std::uint64_t>(n_valid) < rows) {
        throw_file_error("use", path, text("it has ", n_valid, " quarters, not ", rows));
    }
    std::vector<std::uint64_t> sizes;
    std::uint64_t row_size = 0;
    for (const Variable& variable : variables) {
        sizes.push_back(product(extents_of(variable, coordinates)));
        row_size += sizes.back();
    }
    std::vector<double> all(rows * row_size);
    std::vector<double> values;
    std::uint64_t first = 0;
    for (std::size_t i = 0; i < variables.size(); ++i) {
        const Dataset dataset = file.open_dataset(variables[i].key);
        if (dataset.type() != Type::f64 ||
            dataset.extents().size() != variables[i].dimensions.size() + 1 ||
            dataset.row_bytes() != sizes[i] * sizeof(double) || dataset.rows() < rows) {
            throw_file_error("use", path, text("'", variables[i].key, "' has another shape"));
        }
        values.resize(rows * sizes[i]);
        if (!values.empty()) {
            dataset.read(0, rows, values.data());
        }
        for (std::uint64_t row = 0; row < rows; ++row) {
            std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(row * sizes[i]), sizes[i],
                        all.begin() + static_cast<std::ptrdiff_t>(row * row_size + first));
        }
        first += sizes[i];
    }
    return all;
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
