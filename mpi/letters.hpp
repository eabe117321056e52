#pragma once

#include "mpi/communicator.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// A few integers from one process to another, for work that is handed out while others compute.
namespace latecomer::mpi {

struct Letter {
    int from = 0;
    std::vector<std::int64_t> words;
};

/// Sends words to a rank, which may be this one no less than another.  Not collective.
/// Precondition: the communicator is not serial.
void send_letter(const Communicator& comm, int to, std::span<const std::int64_t> words);

/// A letter that has arrived, from any rank; none if there is none.  Not collective.
std::optional<Letter> arrived_letter(const Communicator& comm);

/// Waits for a letter without keeping a core busy: looks every few tenths of a millisecond.
Letter wait_for_letter(const Communicator& comm);

}  // namespace latecomer::mpi
