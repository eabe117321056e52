#pragma once

#include "mpi/communicator.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace latecomer::io {

/// What to do where a run already lies in the folder.
enum class Existing { refuse, overwrite };

/// Checks that a run could be put into the folder and writes nothing.  Collective.
/// @throws InputError if it is in use, holds a run that may not be overwritten or foreign files,
///         is no folder or cannot be written
void check_run_folder(const std::filesystem::path& path, Existing existing,
                      const mpi::Communicator& comm);

/// The folder of a run, locked against other runs while this object lives.
///
/// Rank 0 alone touches the disk; all ranks learn of its errors.  Nothing that another program
/// wrote is ever removed: overwriting takes away files by the names that this program gives them,
/// and only in a folder that holds a run.
class RunFolder {
public:
    /// Makes the folder with run.lock and run.toml.  Collective.
    /// @throws InputError as check_run_folder; then everything is as it was before
    RunFolder(const std::filesystem::path& path, Existing existing, std::string_view run_toml,
              const mpi::Communicator& comm);

    /// Removes run.lock, and run.toml too where no series was begun.  Not collective.
    ~RunFolder();

    RunFolder(const RunFolder&) = delete;
    RunFolder& operator=(const RunFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path series() const;
    std::filesystem::path firms(std::uint32_t quarter) const;  ///< "firms/firms_0120.h5"

    /// Declares the run finished: writes DONE, after everything else.  Collective.
    /// @throws FileError
    void finish(std::uint64_t state_hash, std::uint32_t quarters, const mpi::Communicator& comm);

private:
    std::filesystem::path path_;
    bool holds_lock_ = false;                  // on rank 0 only
    std::vector<std::filesystem::path> made_;  // folders that were not there before
};

}  // namespace latecomer::io
