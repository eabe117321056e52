#pragma once

#include "io/hdf5/hdf5.hpp"
#include "io/hdf5/hdf5_driver.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

/// What the sources behind io/hdf5/hdf5.hpp share.
namespace latecomer::io::native {

/// Prepares the library; every function that needs it calls this first.
///
/// Errors are told by exceptions only, and files are not locked: run.lock guards a run, and locks
/// fail on some network file systems.
void start_library();

/// Throws FileError for the call that has just failed, with the innermost reason HDF5 gives.
[[noreturn]] void throw_last_error(std::string_view verb, std::string_view file,
                                   std::string_view what);

/// Throws FileError for a write that the system refused with this number.
[[noreturn]] void throw_write_error(int number, std::string_view file, std::string_view what);

/// The identifier, error code or answer of a call that reads or opens, unless it failed.
template <class Result>
Result check(Result result, std::string_view verb, std::string_view file, std::string_view what)
{
    if (result < 0) {
        throw_last_error(verb, file, what);
    }
    return result;
}

/// The same for a call that writes; `object` is the file or something in it.  HDF5 itself never learns
/// that writing failed (io/hdf5/hdf5_driver.hpp).
template <class Result>
Result check_write(Result result, std::int64_t object, std::string_view file, std::string_view what)
{
    check(result, "write", file, what);
    if (const int number = write_error(object); number != 0) {
        if constexpr (std::is_same_v<Result, std::int64_t>) {
            const Hdf5Handle unused{result};  // given back
        }
        throw_write_error(number, file, what);
    }
    return result;
}

/// The HDF5 type for a type of ours; the same on disk and in memory.
Hdf5Handle native_type(Type type);

/// Our type for that of a dataset.
Type type_of(std::int64_t dataset, std::string_view file, std::string_view name);

/// Writes an attribute of a file or dataset.
void write_attribute(std::int64_t object, const Attribute& attribute, std::string_view file);

}  // namespace latecomer::io::native
