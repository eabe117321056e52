#pragma once

#include "agents/world/world.hpp"
#include "io/files/rolling_sum.hpp"
#include "io/hdf5/hdf5.hpp"
#include "mpi/communicator.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

/// What a run has recorded of its quarters: rows of series.h5 and lines of events.csv.
///
/// While a run is under way no seal covers these, for they grow.  A checkpoint that was written after
/// them holds their checksums, so that a run which goes on from it knows whether they are still what was
/// written.
namespace latecomer::io {

/// Everything that `outputs()` declares of the quarter just ended, one after another.
std::vector<double> row_of(const World& world);

/// The lines that events.csv has of the quarter just ended.
std::vector<std::string> event_lines(const World& world);

/// Checksums of the rows and the lines of all quarters so far.
struct RecordSums {
    RollingSum rows;
    RollingSum events;

    void add_row(std::span<const double> row);
    void add_events(std::span<const std::string> lines);

    bool operator==(const RecordSums&) const = default;
};

/// How a checkpoint holds them, with the quarters after which snapshots were written.
Attributes attributes_of(const RecordSums& sums, std::span<const std::int64_t> snapshots);

/// These quarters, as that attribute says them.
std::vector<std::int64_t> snapshots_in(const std::string& attribute);

/// Those of the first `world.quarter` quarters in the folder of a run.  One process.
/// @throws FileError if files cannot be read, or are of other economies
RecordSums read_record_sums(const std::filesystem::path& run, const World& world);

/// Checks that the folder of a run still has what it had recorded when the world was as it is; the root
/// looks, and knows what to expect.  Collective.
/// @throws FileError that names the file which was changed
void check_records(const std::filesystem::path& run, const World& world, const RecordSums& expected,
                   const mpi::Communicator& comm);

}  // namespace latecomer::io
