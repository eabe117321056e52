#pragma once

#include "io/files/draft_file.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace latecomer::jobs::study {

/// Writes a tar file (ustar) whose bytes depend on names and contents alone: no time,
/// no owner.  It appears under its name when it is finished.
class TarFile {
public:
    /// @throws FileError
    explicit TarFile(const std::filesystem::path& path);

    /// @param name with folders, of any length in any alphabet: an extended header (POSIX.1-2001, pax) says
    ///             what the usual one cannot
    /// @throws FileError
    void add(const std::string& name, std::string_view content);

    /// @throws FileError
    void finish();

private:
    std::filesystem::path path_;
    io::DraftFile file_;
};

}  // namespace latecomer::jobs::study
