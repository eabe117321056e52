#pragma once

#include "agents/observation/outcomes.hpp"
#include "agents/world/shared_state.hpp"
#include "agents/world/world.hpp"
#include "io/hdf5/hdf5.hpp"
#include "io/results/records.hpp"
#include "mpi/communicator.hpp"

#include <filesystem>
#include <string>
#include <vector>

/// Checkpoints: everything that it takes to go on with a run, on any number of ranks.
namespace latecomer::io {

inline constexpr std::string_view checkpoint_schema = "latecomer-checkpoint";

/// Writes a checkpoint of the quarters completed so far.  Collective.
///
/// Each rank writes its part of the firms, in order of identity; the file appears under its name,
/// sealed, when it is complete and on disk.
/// @throws FileError
///
/// `attributes` hold, on the root, what the run has recorded (io/results/records.hpp).
void write_checkpoint(const std::filesystem::path& path, const World& world,
                      const Outcomes& outcomes, const Attributes& attributes,
                      const mpi::Communicator& comm);

/// The same with the shared state and its hash given; only rank 0 needs the former.
void write_checkpoint(const std::filesystem::path& path, const World& world,
                      const std::vector<StatePart>& parts, std::uint64_t hash,
                      const Attributes& attributes, const mpi::Communicator& comm);

/// Bytes of a checkpoint of so many firms, without the state that all ranks share.
std::uint64_t checkpoint_bytes(std::uint64_t firms);

/// A run at the end of a quarter.
struct Restart {
    World world;
    Outcomes outcomes;
    RecordSums records{};                   ///< of the quarters so far; on the root
    std::vector<std::int64_t> snapshots{};  ///< quarters after which one was written; on the root
};

/// What a checkpoint tells of itself beside its values.
struct CheckpointHead {
    std::int64_t quarters = 0;  ///< completed
    std::int64_t firms = 0;
    std::string state_hash;
    RecordSums records{};                   ///< on the root
    std::vector<std::int64_t> snapshots{};  ///< on the root
};

/// Reads a checkpoint into a world of the scenario, and checks that the state hash agrees.
/// Collective.
///
/// The scenario may be another than that which wrote it, as far as its countries, sectors, lead
/// firms, windows and instruments are the same.
/// @throws FileError if it is damaged or does not fit the scenario
Restart read_checkpoint(const std::filesystem::path& path, const Scenario& scenario,
                        const mpi::Communicator& comm);

/// All that a checkpoint holds, on one process, for looking at it.
struct CheckpointContent {
    CheckpointHead head;
    std::vector<StatePart> parts;
    std::vector<std::string> columns;                      ///< "capability" has four, by stage
    std::vector<std::vector<std::uint64_t>> column_words;  ///< in order of identity
    std::vector<bool> is_whole;                            ///< by column: no doubles
};
CheckpointContent read_checkpoint_content(const std::filesystem::path& path);

}  // namespace latecomer::io
