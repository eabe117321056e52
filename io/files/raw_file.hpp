#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace latecomer::io {

/// A file as the operating system sees it: bytes at places.
///
/// HDF5 lays files out; the values of datasets that lie in one piece then go to their places by
/// this way, from any rank, at the speed of the disk and with errors that say what happened.
class RawFile {
public:
    RawFile() = default;
    static RawFile open_to_read(const std::filesystem::path& path);   ///< @throws FileError
    static RawFile open_to_write(const std::filesystem::path& path);  ///< of an existing file
    static RawFile create(const std::filesystem::path& path);  ///< in place of what was there

    RawFile(RawFile&& other) noexcept;
    RawFile& operator=(RawFile&& other) noexcept;
    ~RawFile();

    bool is_open() const { return number_ >= 0; }
    std::uint64_t bytes() const;

    /// Writes or reads all of the bytes.
    /// @throws FileError
    void write(std::uint64_t at, std::span<const std::byte> bytes);
    void read(std::uint64_t at, std::span<std::byte> bytes) const;

    /// Cuts the file, or makes it longer with zeros.
    void resize(std::uint64_t bytes);

    /// Lets the disk begin with these bytes, where the system can: `sync` then waits less long.
    void start_sync(std::uint64_t at, std::uint64_t bytes) noexcept;

    /// Waits until the disk has everything.
    void sync();

    void close();

private:
    RawFile(const std::filesystem::path& path, int flags);

    std::filesystem::path path_;
    int number_ = -1;
};

/// All bytes of a file that was made by the program.
/// @throws FileError
std::string bytes_of(const std::filesystem::path& path);

}  // namespace latecomer::io
