#include "io/files/publish.hpp"

#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/system_call.hpp"

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace latecomer::io {
namespace {

/// An open file or folder of the operating system.
class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags)
        : path_{path}, number_{uninterrupted(
                           [&] { return ::open(path.c_str(), flags | O_CLOEXEC, 0666); })}
    {
        if (number_ < 0) {
            throw_file_error("open", path_, reason(errno));
        }
    }
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    void write(std::string_view content)
    {
        while (!content.empty()) {
            const ssize_t written =
                uninterrupted([&] { return ::write(number_, content.data(), content.size()); });
            if (written < 0) {
                throw_file_error("write", path_, reason(errno),
                                 text(": ", content.size(), " bytes wanted"));
            }
            content.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    void reserve_whole()
    {
        if (const off_t end = ::lseek(number_, 0, SEEK_END); end > 0) {
            allocate(0, end);
        }
    }

    /// Waits until the disk has it.  Some file systems cannot do that for a folder: EINVAL.
    void sync()
    {
        if (uninterrupted([&] { return ::fsync(number_); }) != 0 && errno != EINVAL) {
            throw_file_error("write", path_, reason(errno));
        }
    }

private:
    void allocate(off_t begin, off_t bytes)
    {
        const int result = uninterrupted([&] { return ::fallocate(number_, 0, begin, bytes); });
        if (result != 0 && errno != EOPNOTSUPP && errno != ENOSYS) {
            throw_file_error("write", path_, reason(errno), text(": ", bytes, " bytes wanted"));
        }
    }

    std::filesystem::path path_;
    int number_;
};

}  // namespace

std::filesystem::path draft_of(const std::filesystem::path& path)
{
    return path.string() + ".tmp";
}

void reserve_whole_draft(const std::filesystem::path& path)
{
    Descriptor{draft_of(path), O_RDWR}.reserve_whole();
}

void publish(const std::filesystem::path& path)
{
    const std::filesystem::path draft = draft_of(path);
    Descriptor{draft, O_RDONLY}.sync();
    if (uninterrupted([&] { return std::rename(draft.c_str(), path.c_str()); }) != 0) {
        throw_file_error("rename", draft, reason(errno), text(" to '", path.string(), '\''));
    }
    const std::filesystem::path folder = path.parent_path();
    Descriptor{folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY}.sync();
}

void publish_text(const std::filesystem::path& path, std::string_view content)
{
    try {
        Descriptor{draft_of(path), O_WRONLY | O_CREAT | O_TRUNC}.write(content);
        publish(path);
    } catch (...) {
        discard_draft(path);
        throw;
    }
}

void discard_draft(const std::filesystem::path& path) noexcept
{
    std::error_code ignored;
    std::filesystem::remove(draft_of(path), ignored);
}

}  // namespace latecomer::io
