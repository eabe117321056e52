#pragma once

#include "agents/world.hpp"
#include "io/firm_file.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace latecomer::io {

/// Checks that every word names a column of firms.
/// @throws InputError that names the first that does not
void check_snapshot_fields(std::span<const std::string> fields);

/// Writes the firms of the world, with the columns and the precision that the scenario asks for:
/// output.snapshot_fields, output.snapshot_precision.  Collective.
/// @throws FileError
void write_firm_snapshot(const std::filesystem::path& path, const World& world,
                         const Attributes& attributes, const mpi::Communicator& comm);

/// Bytes of the values in a snapshot of so many firms.
std::uint64_t snapshot_bytes(const OutputParameters& output, std::uint64_t firms);

}  // namespace latecomer::io
