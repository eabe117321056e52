#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

/// How files appear under their final name: complete, or not at all.
namespace latecomer::io {

/// The name under which a file is written before it is published: "<path>.tmp".
std::filesystem::path draft_of(const std::filesystem::path& path);

/// Takes room on the disk for all that the draft holds by its length, so that several processes can write
/// into it without any of them meeting a full disk.  Without effect where the file system cannot.
/// @throws FileError
void reserve_whole_draft(const std::filesystem::path& path);

/// Moves the finished draft to its final name, in place of what may stand there.
///
/// The data reach the disk before the name does, so neither a killed process nor a lost machine
/// leaves an incomplete file under the final name.  The draft must be closed.
/// @throws FileError
void publish(const std::filesystem::path& path);

/// Writes a small text file in this way.
/// @throws FileError
void publish_text(const std::filesystem::path& path, std::string_view content);

/// Removes a draft that nobody will finish; keeps silent if that fails.
void discard_draft(const std::filesystem::path& path) noexcept;

}  // namespace latecomer::io
