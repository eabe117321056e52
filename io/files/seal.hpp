#pragma once

#include "mpi/communicator.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

/// The seal at the end of a file: a checksum over all of its bytes, behind what HDF5 reads.
///
/// A file is opened with HDF5 only after its seal was found good, so a damaged one never reaches that
/// library.  The checksum is a sum over 64-bit words, each mixed with its place: any rank can add
/// its part, in any order.
namespace latecomer::io {

/// The words that checksums are made of.
inline constexpr std::uint64_t word_bytes = sizeof(std::uint64_t);

/// Bytes [begin, end) of a file.
struct ByteRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// What the bytes at a place, a multiple of 8, add to the checksum; a last part of a word counts as
/// filled up with zeros.
std::uint64_t checksum_of(std::uint64_t at, std::span<const std::byte> bytes);

/// Seals a finished file.  Bytes in `open` ranges stay free to change and are not covered; begin and
/// end are multiples of 8, in order.  `known` is what parts of the file outside `unread` add to the
/// checksum: the caller has computed it and these are not read again.  One process.
/// @throws FileError
void seal(const std::filesystem::path& path, const std::vector<ByteRange>& open = {},
          const std::vector<ByteRange>& known = {}, std::uint64_t known_sum = 0);

/// Seals a finished file; each rank reads its part.  Collective.
/// @throws FileError
void seal(const std::filesystem::path& path, const mpi::Communicator& comm);

/// A number by which the seal of a file, and with it the file, is known: it covers length and checksum.
/// What the seal covers is not read.  One process.
/// @throws FileError if there is no seal
std::uint64_t seal_of(const std::filesystem::path& path);

/// Why a file cannot be trusted, in words that go behind its name; empty: it is as it was sealed.
///
/// Reads all of it, each rank its part.  Collective.
std::string damage(const std::filesystem::path& path, const mpi::Communicator& comm);

/// The same by one process.
std::string damage(const std::filesystem::path& path);

}  // namespace latecomer::io
