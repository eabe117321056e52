#pragma once

#include "io/files/raw_file.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace latecomer::io {

/// A file that is written piece by piece and appears under its name when it is whole (see publish.hpp).
/// Without `publish`, nothing remains.
class DraftFile {
public:
    /// @throws FileError
    explicit DraftFile(std::filesystem::path path);
    DraftFile(const DraftFile&) = delete;
    DraftFile& operator=(const DraftFile&) = delete;
    ~DraftFile();

    /// @throws FileError
    void add(std::string_view bytes);

    /// To be called once, at the end.
    /// @throws FileError
    void publish();

private:
    void write(std::string_view bytes);

    std::filesystem::path path_;
    RawFile file_;
    std::string waiting_;  ///< small pieces, to be written together
    std::uint64_t written_ = 0;
    bool is_published_ = false;
};

}  // namespace latecomer::io
