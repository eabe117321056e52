#pragma once

#include "mpi/communicator.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace latecomer {

/// The text of one scenario file.
struct ScenarioFile {
    std::string name;  ///< as the user knows it
    std::string text;
};

/// The files of a scenario in the order in which they apply: what a file includes comes before it,
/// the file itself is the last.  The root reads, every rank gets the texts.  Collective.
/// @throws InputError on every rank if a file cannot be read, or files include each other.
std::vector<ScenarioFile> read_scenario_files(const std::filesystem::path& path,
                                              const mpi::Communicator& comm);

}  // namespace latecomer
