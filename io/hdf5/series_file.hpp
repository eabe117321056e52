#pragma once

#include "io/files/raw_file.hpp"
#include "io/hdf5/layout.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace latecomer::io {

/// Variables over time, written row by row by one process.
///
/// At any moment, whatever happens to the process, the file can be opened and its first `n_valid`
/// rows are complete: all space is taken and filled with NaN at creation, rows are written in
/// place, and `n_valid` is written after each.  The file is sealed (io/files/seal.hpp): while it grows,
/// all of it but the values; at the end, everything.
class SeriesFile {
public:
    /// Creates the file with room for `rows` quarters.
    ///
    /// The variables are over time, which is not among their dimensions here, and have the type
    /// f64.  `first_rows` are rows that an earlier run has written.  The file appears under its name
    /// when it has its shape and these.
    SeriesFile(const std::filesystem::path& path, std::uint64_t rows,
               std::vector<Coordinate> coordinates, std::vector<Variable> variables,
               Attributes attributes, std::span<const double> first_rows = {});

    /// Number of values of one row: those of all variables, one after another.
    std::size_t row_size() const { return row_size_; }

    /// Writes the next quarter.
    void append(std::span<const double> row);

    /// Waits until the disk has all rows.
    void sync();

    /// Replaces the file by a compressed copy that has more attributes, and closes it.
    void finish(const Attributes& more);

private:
    struct Place {
        std::uint64_t at = 0;         // of the values in the file
        std::uint64_t row_bytes = 0;  // 0: the variable has no values
    };

    void lay_out();
    void copy_values(std::vector<Dataset>& copies) const;

    std::filesystem::path path_;
    std::vector<Coordinate> coordinates_;
    std::vector<Variable> variables_;  // n_valid is the last
    Attributes attributes_;
    std::uint64_t rows_;
    std::uint64_t rows_written_ = 0;
    std::size_t row_size_ = 0;
    std::vector<Place> places_;  // of the variables
    RawFile file_;
};

/// The first `rows` rows of an existing series, finished or not, one after another as `append` takes
/// them.  The variables and coordinates must be those of the file.
/// @throws FileError if it is damaged, of another shape, or has fewer rows
std::vector<double> read_series_rows(const std::filesystem::path& path, std::uint64_t rows,
                                     const std::vector<Coordinate>& coordinates,
                                     const std::vector<Variable>& variables);

/// Bytes of the values of such a file while it is being written.
std::uint64_t series_bytes(std::uint64_t rows, const std::vector<Coordinate>& coordinates,
                           const std::vector<Variable>& variables);

}  // namespace latecomer::io
