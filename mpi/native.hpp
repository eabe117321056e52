#pragma once

#include "mpi/communicator.hpp"
#include "mpi/traffic.hpp"

#include <mpi.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace latecomer::mpi {

class SharedMemory;

/// Owns one MPI communicator.
struct Communicator::Handle {
    /// Takes over a communicator, whose errors it makes return codes.
    explicit Handle(MPI_Comm owned);

    /// Gives it back, unless MPI has ended or an exception is passing, in which ranks part ways.
    ~Handle();

    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    MPI_Comm comm;
    int rank = 0;
    int size = 1;
    std::int64_t handshakes = 0;  ///< of exchanges; tells one from the next
    Traffic traffic;
    std::vector<std::int64_t> ordered;  ///< scratch of comparisons of doubles
    std::vector<int> lengths;  ///< of share_parts(), kept so that a quarter need not allocate them
    std::vector<int> begins;
    std::unique_ptr<SharedMemory> shared_memory;  ///< nothing if ranks run on several hosts
    bool asked_for_memory = false;  ///< whether ranks have looked if there is such memory
    bool uses_shared_memory = true;
    bool watches_waiting = false;
    double waited = 0.0;  ///< seconds until others had arrived, while it was watched
};

/// Whether MPI has begun and not ended; it never begins in a program that no launcher has started.
bool runs_mpi();

/// The MPI communicator, for libraries that take one.  Precondition: not serial.
MPI_Comm native(const Communicator& comm);

/// Waits until the others have arrived and remembers how long that took, if it is watched.  For the beginning of
/// collective calls.
void await_others(const Communicator& comm);

/// Checks what an MPI function returned.
/// @throws InternalError, with the library's own words, unless it is success
void check(int code, const char* file = __builtin_FILE(), int line = __builtin_LINE());

/// Tags of point-to-point messages; a number per purpose, never reused.
enum class Tag : int {
    gather = 1,
    exchange = 2,
    handshake_even = 3,
    handshake_odd = 4,
    letter = 5
};

}  // namespace latecomer::mpi
