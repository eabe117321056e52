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

/// What was computed finds no room: a full disk, a quota, a limit of file size, a standard output that
/// nobody takes.  Never the user's input, whatever was being done.
class OutputError : public FileError {
public:
    using FileError::FileError;
};

/// What the operating system says about an error number, "No space left on device".
std::string reason(int error_number);

/// Whether an error number says that there is no room.
bool is_no_room(int error_number);

/// Whether the message of a FileError says so.
bool tells_no_room(std::string_view message);

/// Throws FileError: "cannot <verb> '<path>' (<why>)<remedy>"; an OutputError if the verb is "write" or
/// the system says that there is no room.
[[noreturn]] void throw_file_error(std::string_view verb, const std::filesystem::path& path,
                                   std::string_view why, std::string_view remedy = {});

}  // namespace latecomer::io
