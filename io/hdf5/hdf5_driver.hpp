#pragma once

#include <cstdint>

/// How HDF5 reaches the disk: a driver of our own below the library.
///
/// HDF5 was not made for writes that fail: it keeps what it could not write, tries again at the end of the
/// program, and crashes.  This driver never tells it.  From the first failure on it remembers the reason
/// and keeps in memory what HDF5 would still write of its own structures, so that the library finds
/// everything as it left it; whoever calls the library asks for the reason after each call.  A call that a
/// signal interrupts is repeated.
namespace latecomer::io::native {

/// Lets files that are opened with these access properties use the driver.
/// @return false if the library does not take it
bool use_driver(std::int64_t access_properties);

/// The system's number of the first error of writing to the file to which an object belongs; 0: none.
int write_error(std::int64_t object);

/// The same of the file that this thread has closed last.
int close_error();

}  // namespace latecomer::io::native
