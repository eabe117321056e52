#pragma once

#include "io/hdf5/layout.hpp"
#include "mpi/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

namespace latecomer::io {

/// A column of the firms of this rank.
///
/// `gather` writes the values of the firms in the given slots, one after another, in the type of
/// the variable; a firm has `values_per_firm` of them.
struct FirmSource {
    Variable variable;  ///< over "firm" and perhaps one dimension more
    std::size_t values_per_firm = 1;
    std::function<void(std::span<const std::size_t> slots, void* values)> gather;
};

/// The firms of this rank: which slots are in use, and who is there.
struct FirmList {
    std::vector<std::size_t> slots;
    std::vector<std::uint64_t> ids;  ///< one per slot in use; unique among all ranks, below 2^63
};

/// Writes values of all firms, in order of the firms' identity, whatever rank they are on.
/// Collective.
///
/// The coordinate of the dimension "firm" holds the identities.  Every rank writes its part; the
/// file appears under its name when it is complete.
/// @throws FileError
void write_firm_file(const std::filesystem::path& path, const FirmList& firms,
                     const std::vector<FirmSource>& columns, std::vector<Coordinate> coordinates,
                     const Attributes& attributes, const mpi::Communicator& comm);

}  // namespace latecomer::io
