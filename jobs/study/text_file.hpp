#pragma once

#include "io/toml/toml.hpp"
#include "mpi/communicator.hpp"

#include <filesystem>
#include <string>

namespace latecomer::jobs::study {

/// The text of a file, which the root reads; `place` is where the file was named.  Collective.
/// @throws InputError on every rank if it cannot be read
std::string read_text_file(const std::filesystem::path& path, const Place& place,
                           const mpi::Communicator& comm);

}  // namespace latecomer::jobs::study
