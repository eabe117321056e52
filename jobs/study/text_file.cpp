#include "jobs/study/text_file.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <memory>
#include <system_error>

namespace latecomer::jobs::study {
namespace {

constexpr std::size_t most_bytes = std::size_t{256} << 20;

std::string read_here(const std::filesystem::path& path, const Place& place)
{
    const auto complain = [&](const std::string& why) {
        reject(place, text("cannot read '", path.string(), "' (", why, "); check the path"));
    };
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
        if (content.size() > most_bytes) {
            complain("larger than 256 MiB");
        }
    }
    if (std::ferror(file.get()) != 0) {
        complain(std::generic_category().message(errno));
    }
    return content;
}

}  // namespace

std::string read_text_file(const std::filesystem::path& path, const Place& place,
                           const mpi::Communicator& comm)
{
    std::string content;
    std::string error;
    if (comm.is_root()) {
        try {
            content = read_here(path, place);
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

}  // namespace latecomer::jobs::study
