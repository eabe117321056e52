#pragma once

#include "io/files/place.hpp"
#include "mpi/communicator.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

/// Reading files of text that users name.
namespace latecomer::io {

/// How large a file may be, and why a larger one is refused.
struct TextLimit {
    std::size_t bytes;
    std::string_view why;
};
inline constexpr TextLimit scenario_limit{std::size_t{64} << 20,
                                          "larger than 64 MiB: no scenario is"};
inline constexpr TextLimit study_limit{std::size_t{256} << 20, "larger than 256 MiB"};

/// The text of a file, read by this rank; `place` is where the file was named.
/// @throws InputError if it cannot be read
std::string read_text_file(const std::filesystem::path& path, const Place& place,
                           const TextLimit& limit);

/// The same, read by the root.  Collective.
/// @throws InputError on every rank if it cannot be read
std::string read_text_file(const std::filesystem::path& path, const Place& place,
                           const TextLimit& limit, const mpi::Communicator& comm);

}  // namespace latecomer::io
