#include "io/files/draft_file.hpp"

#include "io/files/publish.hpp"

#include <span>
#include <utility>

namespace latecomer::io {

DraftFile::DraftFile(std::filesystem::path path)
    : path_{std::move(path)}, file_{RawFile::create(draft_of(path_))}
{}

DraftFile::~DraftFile()
{
    if (!is_published_) {
        discard_draft(path_);
    }
}

void DraftFile::write(std::string_view bytes)
{
    file_.write(written_, std::as_bytes(std::span{bytes}));
    written_ += bytes.size();
}

void DraftFile::add(std::string_view bytes)
{
    constexpr std::size_t most_waiting = std::size_t{1} << 16;
    if (waiting_.size() + bytes.size() >= most_waiting) {
        write(std::exchange(waiting_, {}));
    }
    if (bytes.size() >= most_waiting) {
        write(bytes);
    } else {
        waiting_ += bytes;
    }
}

void DraftFile::publish()
{
    write(std::exchange(waiting_, {}));
    file_.close();
    io::publish(path_);
    is_published_ = true;
}

}  // namespace latecomer::io
