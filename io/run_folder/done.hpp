#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// DONE, the last file that a run writes: it says that the run is finished, and vouches for every file of it.
///
///     state hash: b04c398770dfe45d
///     quarters: 300
///     sha256 <64 digits> run.toml
///     seal <16 digits> series.h5
///     gone - firms/firms_0120.h5
///     sha256 <64 digits> DONE
///
/// Texts are known by their SHA-256, HDF5 files by their seal, which covers all of their bytes; the last
/// line is that of the lines above it.
namespace latecomer::io {

/// What DONE is to say of a finished run.  `snapshots` are the files of firms that it wrote; one that is
/// no longer there is named as gone.  One process.
/// @throws FileError
std::string done_text(const std::filesystem::path& run, std::uint64_t state_hash,
                      std::uint32_t quarters, const std::vector<std::filesystem::path>& snapshots);

/// What is not as DONE says: "events.csv: it is not what the run wrote".  Texts are read; of HDF5 files
/// only the seal, so whether their content agrees with that is for `damage()` to say.  A checkpoint may
/// be gone: who has the results needs none.  One process.
std::vector<std::string> changes_since_done(const std::filesystem::path& run);

}  // namespace latecomer::io
