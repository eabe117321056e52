#pragma once

#include "agents/world/world.hpp"
#include "io/hdf5/firm_file.hpp"
#include "mpi/communicator.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace latecomer::io {

/// Whether a firm is in a sample of this share of all firms: by its identity alone, so that the same
/// firms are in every snapshot of a run, and those of a smaller share in any larger one.
bool is_in_sample(FirmId firm, double sample);

/// Writes firms of the world, those and with the columns and the precision that the scenario asks for:
/// output.snapshot_countries, _sample, _fields and _precision.  Collective.
/// @throws FileError
void write_firm_snapshot(const std::filesystem::path& path, const World& world,
                         const Attributes& attributes, const mpi::Communicator& comm);

/// Whether firms of an economy are in the snapshots of a run.
bool has_country(const OutputParameters& output, const std::string& country);

/// Bytes of the values in a snapshot when the economies that it holds have so many firms.
std::uint64_t snapshot_bytes(const OutputParameters& output, std::uint64_t firms);

}  // namespace latecomer::io
