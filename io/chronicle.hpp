#pragma once

#include "agents/outcomes.hpp"
#include "mpi/communicator.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace latecomer::io {

/// events.csv: what happened in a run that a person would want to know of, a line an event.  Rank 0
/// writes; the file grows with the run.
class Chronicle {
public:
    /// Collective.  @throws FileError
    Chronicle(const std::filesystem::path& path, const mpi::Communicator& comm);

    /// Adds the events of the quarter just ended.  Collective.  @throws FileError
    void record(const World& world, const mpi::Communicator& comm);

    /// Collective.  @throws FileError
    void finish(const mpi::Communicator& comm);

private:
    std::filesystem::path path_;
    std::ofstream file_;  // rank 0 only
};

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
