#include "io/files/raw_file.hpp"

#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/system_call.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace latecomer::io {

RawFile::RawFile(const std::filesystem::path& path, int flags)
    : path_{path}, number_{
                       uninterrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC, 0666); })}
{
    if (number_ < 0) {
        throw_file_error("open", path_, reason(errno));
    }
}

RawFile RawFile::open_to_read(const std::filesystem::path& path)
{
    return {path, O_RDONLY};
}

RawFile RawFile::open_to_write(const std::filesystem::path& path)
{
    return {path, O_RDWR};
}

RawFile RawFile::create(const std::filesystem::path& path)
{
    return {path, O_RDWR | O_CREAT | O_TRUNC};
}

RawFile::RawFile(RawFile&& other) noexcept
    : path_{std::move(other.path_)}, number_{std::exchange(other.number_, -1)}
{}

RawFile& RawFile::operator=(RawFile&& other) noexcept
{
    std::swap(path_, other.path_);
    std::swap(number_, other.number_);
    return *this;
}

RawFile::~RawFile()
{
    if (is_open()) {
        ::close(number_);
    }
}

std::uint64_t RawFile::bytes() const
{
    struct stat status {};
    if (::fstat(number_, &status) != 0) {
        throw_file_error("read", path_, reason(errno));
    }
    if (!S_ISREG(status.st_mode)) {
        throw_file_error("read", path_, "not a file");
    }
    return static_cast<std::uint64_t>(status.st_size);
}

void RawFile::write(std::uint64_t at, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = uninterrupted(
            [&] { return ::pwrite(number_, bytes.data(), bytes.size(), static_cast<off_t>(at)); });
        if (written < 0) {
            throw_file_error("write", path_, reason(errno),
                             text(": ", bytes.size(), " bytes wanted"));
        }
        at += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void RawFile::read(std::uint64_t at, std::span<std::byte> bytes) const
{
    while (!bytes.empty()) {
        const ssize_t got = uninterrupted(
            [&] { return ::pread(number_, bytes.data(), bytes.size(), static_cast<off_t>(at)); });
        if (got == 0) {
            throw_file_error("read", path_, text("it ends ", bytes.size(), " bytes too early"));
        }
        if (got < 0) {
            throw_file_error("read", path_, reason(errno));
        }
        at += static_cast<std::uint64_t>(got);
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
}

void RawFile::resize(std::uint64_t bytes)
{
    if (uninterrupted([&] { return ::ftruncate(number_, static_cast<off_t>(bytes)); }) != 0) {
        throw_file_error("write", path_, reason(errno), text(": ", bytes, " bytes wanted"));
    }
}

void RawFile::start_sync(std::uint64_t at, std::uint64_t bytes) noexcept
{
#ifdef SYNC_FILE_RANGE_WRITE
    // Advice only: whether data arrived is for `sync` to say.
    (void)::sync_file_range(number_, static_cast<off_t>(at), static_cast<off_t>(bytes),
                            SYNC_FILE_RANGE_WRITE);
#else
    (void)at;
    (void)bytes;
#endif
}

void RawFile::sync()
{
    if (uninterrupted([&] { return ::fsync(number_); }) != 0 && errno != EINVAL) {
        throw_file_error("write", path_, reason(errno));
    }
}

void RawFile::close()
{
    if (is_open() && ::close(std::exchange(number_, -1)) != 0 && errno != EINTR) {
        throw_file_error("write", path_, reason(errno));
    }
}

std::string bytes_of(const std::filesystem::path& path)
{
    const RawFile file = RawFile::open_to_read(path);
    std::string content(file.bytes(), '\0');
    file.read(0, std::as_writable_bytes(std::span{content}));
    return content;
}

}  // namespace latecomer::io
