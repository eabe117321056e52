#pragma once

#include "agents/observation/outcomes.hpp"
#include "agents/world/world.hpp"
#include "io/hdf5/series_file.hpp"
#include "mpi/communicator.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace latecomer::io {

/// Everything that `outputs()` declares, quarter by quarter, in series.h5.  Rank 0 writes.
class Series {
public:
    /// Creates the file with room for all quarters of the scenario.  Collective.
    ///
    /// If the world has completed quarters, their rows come from `earlier`, the series of the run
    /// that this one continues; it may be the file that is replaced.
    /// @throws InputError if it cannot be made, for want of room or of these rows: nothing has been
    ///         computed yet
    Series(const std::filesystem::path& path, const World& world, const Attributes& attributes,
           const std::filesystem::path& earlier, const mpi::Communicator& comm);

    /// Waits until the disk has what was recorded.  Collective.  @throws FileError
    void sync(const mpi::Communicator& comm);

    /// Writes the row of the quarter just ended, which only the root has.  Collective.
    /// @throws FileError
    void record(std::span<const double> row, const mpi::Communicator& comm);

    /// Completes the file; it is then compressed and carries the hash and the outcomes of the world
    /// as attributes `outcome_...`.  Collective.
    /// @throws FileError
    void finish(std::uint64_t state_hash, const WorldOutcome& outcome,
                const mpi::Communicator& comm);

private:
    std::unique_ptr<SeriesFile> file_;  // rank 0 only
};

/// The rows of the quarters that a world has completed, one after another, from an existing series.
/// @throws FileError if it is damaged, of other economies, or has fewer
std::vector<double> read_rows(const std::filesystem::path& path, const World& world);

/// Bytes that series.h5 takes while the run is under way.
std::uint64_t series_bytes(const World& world);

/// What a scenario says of its economies besides their keys, along `country`: names, regions, income groups and roles;
/// of a synthetic world names and roles only.
std::vector<Coordinate> country_coordinates(const Scenario& scenario);

/// The dimensions of the model with their labels, as the files of a run have them.
std::vector<Coordinate> model_coordinates(const World& world);

}  // namespace latecomer::io
