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

/// The machine does not do its part: no room for what was computed (a full disk, a quota, a limit of file
/// size), a disk that fails, a standard output that nobody takes.  Never the user's input, whatever was
/// being done.
class OutputError : public FileError {
public:
    using FileError::FileError;
};

/// What the operating system says about an error number, "No space left on device".
std::string reason(int error_number);

/// Whether an error number says that the machine failed, not the user: no room, a disk that fails,
/// not enough memory or open files.
bool is_of_the_machine(int error_number);

/// Whether the message of a FileError says that there is no room.
bool tells_no_room(std::string_view message);

/// Whether the message of a FileError says that the machine failed.
bool tells_of_the_machine(std::string_view message);

/// Whether the message of a FileError says what is wrong with a file, and not only that nobody could look.
bool tells_of_damage(std::string_view message);

/// Throws FileError: "cannot <verb> '<path>' (<why>)<remedy>"; an OutputError if the verb is "write" or
/// `why` is a reason that `is_of_the_machine`, or quotes one.
[[noreturn]] void throw_file_error(std::string_view verb, const std::filesystem::path& path,
                                   std::string_view why, std::string_view remedy = {});

}  // namespace latecomer::io
