#include "io/files/text_file.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <memory>
#include <system_error>

namespace latecomer::io {

std::string read_text_file(const std::filesystem::path& path, const Place& place,
                           const TextLimit& limit)
{
    const auto complain = [&](const std::string& why) {
        reject(place, text("cannot read '", path.string(), "' (", why, "); check the path"));
    };
    // Opening a pipe would wait for somebody who writes, and a device may have no end.
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(path, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
        !std::filesystem::is_directory(status)) {
        complain("it is a pipe or a device, no file");
    }
    errno = 0;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file{std::fopen(path.c_str(), "rb"),
                                                               &std::fclose};
    if (!file) {
        complain(std::generic_category().message(errno));
    }
    std::string content;
    std::array<char, 65536> piece{};
    for (std::size_t got = 1; got > 0;) {
        got = std::fread(piece.data(), 1, piece.size(), file.get());
        content.append(piece.data(), got);
        if (content.size() > limit.bytes) {
            complain(std::string{limit.why});
        }
    }
    if (std::ferror(file.get()) != 0) {
        complain(std::generic_category().message(errno));
    }
    return content;
}

std::string read_text_file(const std::filesystem::path& path, const Place& place,
                           const TextLimit& limit, const mpi::Communicator& comm)
{
    std::string content;
    std::string error;
    if (comm.is_root()) {
        try {
            content = read_text_file(path, place, limit);
        } catch (const std::exception& caught) {  // the other ranks wait: tell them first
            error = caught.what();
        }
    }
    error = comm.first_error(error);
    if (!error.empty()) {
        throw InputError(error);
    }
    return comm.broadcast(std::move(content));
}

}  // namespace latecomer::io
