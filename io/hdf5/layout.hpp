#pragma once

#include "io/hdf5/hdf5.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

/// The shape that all files share: variables over dimensions, each dimension with a coordinate.
namespace latecomer::io {

/// So many identities that will be written later, into a dataset of type u64.
struct Identities {
    std::uint64_t count = 0;
};

/// The values of a coordinate: numbers, whole numbers, labels or identities.
using Labels = std::variant<std::vector<double>, std::vector<std::int64_t>,
                            std::vector<std::string>, Identities>;

/// A dimension with its coordinate variable, or (see `along`) another variable known beforehand.
struct Coordinate {
    std::string key;
    std::string unit;  ///< empty: labels
    std::string long_name;
    Labels labels;
    std::string along{};  ///< empty: it is the dimension's own; else: describes that dimension
};

/// A variable over dimensions.
struct Variable {
    std::string key;
    std::string unit;
    std::string long_name;
    std::string equation{};  ///< of agents/MODEL.md; empty: none
    std::vector<std::string> dimensions;
    Type type = Type::f64;
    Attributes more{};
};

/// Number of values of a coordinate.
std::uint64_t size_of(const Labels& labels);

/// Extent of each dimension of a variable, in order.
std::vector<std::uint64_t> extents_of(const Variable& variable,
                                      const std::vector<Coordinate>& coordinates);

/// Decides the chunk of a dataset whose rows have so many values: whole rows, about so many values.
std::vector<std::uint64_t> chunk_of_rows(const std::vector<std::uint64_t>& extents,
                                         std::uint64_t values);

/// Writes attributes and coordinates into a new file and creates its variables without values.
///
/// @return the open datasets of the variables, in their order
std::vector<Dataset> create_layout(Hdf5File& file, const std::vector<Coordinate>& coordinates,
                                   const std::vector<Variable>& variables,
                                   const Attributes& attributes, Storage storage,
                                   std::uint64_t chunk_values);

/// The same for firms, whose values all ranks write past HDF5 into the places that it has made for them.
///
/// @return first byte in the file of the values of the coordinate "firm", then of each variable; 0 if there is no room yet
std::vector<std::uint64_t> create_raw_layout(Hdf5File& file,
                                             const std::vector<Coordinate>& coordinates,
                                             const std::vector<Variable>& variables,
                                             const Attributes& attributes);

}  // namespace latecomer::io
