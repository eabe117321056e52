#pragma once

#include <cstddef>
#include <string>

/// Counts what `operator new` hands out in this program, whichever thread asks.
namespace latecomer::tests {

/// Begins to count from zero.
void count_allocations();

/// Ends to count and tells how many there were.
std::size_t allocations_counted();

/// Where the first of them came from: addresses of callers, innermost first, one line for each, as
/// `addr2line -fCi -e PROGRAM` reads them.  For the message of a test that fails.
std::string callers_of_allocations();

}  // namespace latecomer::tests
