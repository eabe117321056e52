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
    if (file_.is_open()) {
        discard_draft(path_);
    }
}

void DraftFile::add(std::string_view bytes)
{
    constexpr std::size_t most_waiting = std::size_t{1} << 16;
    waiting_ += bytes;
    if (waiting_.size() >= most_waiting) {
        write_waiting();
    }
}

void DraftFile::write_waiting()
{
    file_.write(written_, std::as_bytes(std::span{waiting_}));
    written_ += waiting_.size();
    waiting_.clear();
}

void DraftFile::publish()
{
    write_waiting();
    file_.close();
    io::publish(path_);
}

}  // namespace latecomer::io
