#pragma once

#include "mpi/communicator.hpp"

#include <cstddef>
#include <memory>
#include <span>

namespace latecomer::mpi {

/// Memory that all ranks of a communicator see, because they run on one host.
///
/// It has two halves that take turns: ranks that are ahead write into one while others still read in the other.  So ranks
/// meet once for each exchange.
class SharedMemory {
public:
    /// Room for so many numbers, the same on every rank; nothing if ranks run on several hosts or the system has none.
    /// Collective.
    static std::unique_ptr<SharedMemory> of(const Communicator& comm, std::size_t numbers);

    ~SharedMemory() { unmap(); }

    SharedMemory(const SharedMemory&) = delete;
    SharedMemory& operator=(const SharedMemory&) = delete;

    /// The half whose turn it is, of so many numbers; the same on every rank.  Each rank may write a part of it and must
    /// not read what others write before it meets them.  Empty if the system has no room for it.  Collective.
    std::span<double> next(std::size_t numbers, const Communicator& comm);

    /// Waits until all ranks have written.  Collective.
    static void meet(const Communicator& comm);

private:
    SharedMemory() = default;
    bool map(std::size_t numbers, const Communicator& comm);
    void unmap();

    double* memory_ = nullptr;
    std::size_t numbers_ = 0;  ///< of a half
    bool is_second_half_ = false;
};

}  // namespace latecomer::mpi
