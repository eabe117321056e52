#pragma once

#include "io/files/run_lock.hpp"
#include "mpi/communicator.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace latecomer::io {

/// What to do where a run already lies in the folder.
enum class Existing { refuse, overwrite, resume };

/// Checks that a run could be put into the folder and writes nothing.  Collective.
/// @throws InputError if it is in use, holds a run that may not be overwritten or foreign files,
///         is no folder or cannot be written
void check_run_folder(const std::filesystem::path& path, Existing existing,
                      const mpi::Communicator& comm);

/// Checks that the run in the folder, if there is one, has this scenario.  Collective.
/// @throws InputError that names the first line that differs
void check_same_run(const std::filesystem::path& path, std::string_view run_toml,
                    const mpi::Communicator& comm);

/// The checkpoints in a run folder, newest first; on rank 0 only is the disk touched.  Collective.
std::vector<std::filesystem::path> checkpoints_in(const std::filesystem::path& run,
                                                  const mpi::Communicator& comm);

/// The snapshot of firms that a run writes after so many quarters, "firms/firms_0120.h5" in its folder.
std::filesystem::path snapshot_of_run(const std::filesystem::path& run, std::uint32_t quarter);

/// What DONE says: the line with the state hash; empty if the run in this folder is not finished.
/// Collective.
std::string finished_hash(const std::filesystem::path& run, const mpi::Communicator& comm);

/// Removes checkpoints that are damaged, whoever wrote them: a run that ends vouches for those that are there.
/// One process.
void remove_damaged_checkpoints(const std::filesystem::path& run);

/// The files of a run by their names within its folder, in alphabetical order: run.toml, series.h5,
/// events.csv, outcomes.csv, snapshots and checkpoints, but neither DONE nor drafts.  One process.
std::vector<std::string> names_of_run(const std::filesystem::path& run);

/// The scenario of a run, as run.toml in its folder says it; empty if there is none.  Collective.
std::string scenario_of_run(const std::filesystem::path& run, const mpi::Communicator& comm);

/// The folder of a run, locked against other runs while this object lives.
///
/// Rank 0 alone touches the disk; all ranks learn of its errors.  Nothing that another program
/// wrote is ever removed: overwriting takes away files by the names that this program gives them,
/// and only in a folder that holds a run.
class RunFolder {
public:
    /// Makes the folder with run.lock and run.toml.  Collective.
    ///
    /// To resume, the folder must hold a run of the same scenario; without any run, one begins.
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

    std::filesystem::path chronicle() const;
    std::filesystem::path outcomes() const;
    std::filesystem::path checkpoint(std::uint32_t quarter) const;  ///< "checkpoints/ckpt_0120.h5"

    /// Removes all checkpoints but the newest two.  Not collective: rank 0.
    void drop_old_checkpoints() const;

    /// Declares the run finished: writes DONE (io/run_folder/done.hpp), after everything else.  It wrote
    /// snapshots after these quarters.  Collective.
    /// @throws FileError
    void finish(std::uint64_t state_hash, std::uint32_t quarters,
                std::span<const std::int64_t> snapshots, const mpi::Communicator& comm);

private:
    std::filesystem::path path_;
    RunLock lock_;                             // on rank 0 only
    bool was_there_ = false;                   // the run is resumed
    std::vector<std::filesystem::path> made_;  // folders that were not there before
};

}  // namespace latecomer::io
