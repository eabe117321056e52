#pragma once

#include "agents/observation/outcomes.hpp"
#include "io/files/raw_file.hpp"
#include "mpi/communicator.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace latecomer::io {

/// events.csv: what happened in a run that a person would want to know of, a line an event.  Rank 0
/// writes; the file grows with the run.
class Chronicle {
public:
    /// Begins with what `earlier`, the chronicle of the run that this one continues, says of the
    /// first `quarters`; it may be the file that is replaced.  Collective.
    /// @throws FileError
    Chronicle(const std::filesystem::path& path, std::uint32_t quarters,
              const std::filesystem::path& earlier, const mpi::Communicator& comm);

    /// Adds lines on the quarter just ended, which only the root has.  Collective.
    /// @throws FileError
    void record(std::span<const std::string> lines, const mpi::Communicator& comm);

    /// Waits until the disk has what was recorded.  Collective.  @throws FileError
    void sync(const mpi::Communicator& comm);

private:
    std::filesystem::path path_;
    RawFile file_;  // rank 0 only
    std::uint64_t end_ = 0;
};

/// The complete lines of a chronicle on the first `quarters`, each with its end.  @throws FileError
std::vector<std::string> read_event_lines(const std::filesystem::path& path,
                                          std::uint32_t quarters);

/// outcomes.csv: a line for each country, and one for the world.  Collective.  @throws FileError
void write_outcomes(const std::filesystem::path& path, const Outcomes& outcomes, const World& world,
                    const mpi::Communicator& comm);

/// The cells of a table in a run folder, line by line, the header first.
///
/// Rank 0 reads, all ranks get the same.  Collective.
/// @throws InputError if it is not there
std::vector<std::vector<std::string>> read_table(const std::filesystem::path& path,
                                                 const mpi::Communicator& comm);

}  // namespace latecomer::io
