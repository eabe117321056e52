#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace latecomer::io {

/// A file could not be written or read while the program was at work: a full disk, a lost network
/// folder, a damaged file.  Neither the user's input nor our mistake; exit status 1.
class FileError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What the operating system says about an error number, "No space left on device".
std::string reason(int error_number);

/// Throws FileError: "cannot <verb> '<path>' (<why>)<remedy>".
[[noreturn]] void throw_file_error(std::string_view verb, const std::filesystem::path& path,
                                   std::string_view why, std::string_view remedy = {});

}  // namespace latecomer::io
