#pragma once

#include "mpi/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace latecomer::mpi {

/// How ranks learn who will send them how much.
enum class Handshake {
    automatic,  ///< dense up to dense_handshake_ranks ranks, sparse above
    dense,      ///< every rank tells every other: one MPI_Alltoall, cheapest in small groups
    sparse,     ///< only those who send speak: cost grows with partners, not with ranks
};

inline constexpr int dense_handshake_ranks = 1024;

/// Moves packed records, such as firms, to the ranks that shall own them.  Collective.
///
/// `outgoing` holds what goes to rank 0, then what goes to rank 1, and so on, this rank included;
/// `bytes_to_rank` has one length per rank.  Returns what came in, ordered by the rank it came
/// from, and within a rank as it was sent.  Pairs with nothing to send exchange no message.
std::vector<std::byte> exchange(std::span<const std::byte> outgoing,
                                std::span<const std::int64_t> bytes_to_rank,
                                const Communicator& comm);

/// The same with a handshake of the caller's choice, equal on all ranks.  Collective.
std::vector<std::byte> exchange(std::span<const std::byte> outgoing,
                                std::span<const std::int64_t> bytes_to_rank, Handshake handshake,
                                const Communicator& comm);

}  // namespace latecomer::mpi
